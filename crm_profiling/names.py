"""How names are compared wherever a person may have typed them."""


def normalized(name):
    """Return a name without what people do not see: case and blanks.

    :param name: str, or a false value
    """
    return " ".join((name or "").split()).casefold()


def first_twin(records, key):
    """Return the first record whose key another one already has, or None.

    :param records: iterable of records
    :param key: function of a record, to a hashable value
    """
    seen = set()
    for record in records:
        value = key(record)
        if value in seen:
            return record
        seen.add(value)
    return None
