"""What a column of a file is taken for, as one text.

The name of a field (``name``, ``tags``…); ``question:ID``; ``answer:ID``, where a
question has a column for each of its answers; ``new:INDEX``, a question that the import
creates of that column; "" for a column that is ignored.
"""

QUESTION, ANSWER, NEW = "question", "answer", "new"
# Digits of an id that PostgreSQL holds for sure
_DIGITS = 9


def target_of(kind, number):
    """Return the text for a kind and the id, or the index, of what is meant."""
    return f"{kind}:{number}"


def kind_of(target):
    """Return the name of the field, or the kind of what is meant."""
    return target.partition(":")[0]


def id_of(target):
    """Return the id, or the index, of what is meant; 0 for a field."""
    return int(target.partition(":")[2] or 0)


def is_of_record(target):
    """Whether a text that anybody sent names a question or an answer by its id."""
    kind, _colon, number = target.partition(":")
    return kind in (QUESTION, ANSWER) and number.isdecimal() and len(number) <= _DIGITS
