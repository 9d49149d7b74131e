"""How a question is answered from what is known of a contact."""

from typing import NamedTuple

from odoo.fields import Domain


class Told(NamedTuple):
    """How one question is answered from a contact's data."""

    question_id: int
    single: bool
    known: Domain  # of whom it can be told
    answers: list  # [(answer_id, Domain or None: none of the others)], in order
    # what each condition, in order, has to have filled in before it says anything
    filled_in: tuple = ()
    # or, where it is answered by a number
    number: str = ""  # the field that holds it, or the date whose age it is
    bands: tuple = ()  # ((answer_id, from which number), ...), lowest first
