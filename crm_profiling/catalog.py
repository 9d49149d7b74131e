"""One state of the catalog, as what stores answers and the evaluator want it.

Nothing here knows Odoo.
"""

from typing import NamedTuple

from .evaluator import Evaluator

ASKED = "asked"  # where answers come from that people give


class Question(NamedTuple):
    """What must be known of a question to store an answer to it."""

    id: int
    single: bool  # one answer at a time
    of_company: bool  # the commercial entity holds the answer
    company_id: int  # 0: asked in every company
    origin: str = ASKED  # where its answers come from


class Catalog(NamedTuple):
    """Questions, answers and profiles, as they stand in the database."""

    version: str  # another after every change
    questions: dict[int, Question]  # by the id of each of their answers
    evaluator: Evaluator
    # questions whose answers are found, and that active profiles mention
    found: frozenset[Question] = frozenset()
    kept: int = 0  # mask of the answers to these: all that is found and kept

    @classmethod
    def of(cls, version, questions, evaluator):
        """Return the `Catalog` of these, with what is to be found for it."""
        found = {
            question
            for question in questions.values()
            if question.origin != ASKED and question.id in evaluator.mentioned
        }
        kept = evaluator.mask(a for a, one in questions.items() if one in found)
        return cls(version, questions, evaluator, frozenset(found), kept)
