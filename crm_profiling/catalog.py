"""One state of the catalog, as what stores answers and the evaluator want it.

Nothing here knows Odoo.
"""

from collections import defaultdict
from typing import NamedTuple

from .evaluator import Criterion, Evaluator

ASKED = "asked"  # where answers come from that people give


class Question(NamedTuple):
    """What must be known of a question to store an answer to it."""

    id: int
    single: bool  # one answer at a time
    of_company: bool  # the commercial entity holds the answer
    company_id: int  # 0: asked in every company
    origin: str = ASKED  # where its answers come from


class Stated:
    """What profiles ask, made of the answers that they name.

    :param questions: ``{answer_id: Question}``
    :param bits: ``{answer_id: mask with one bit set}``
    """

    def __init__(self, questions, bits):
        self._questions, self._bits = questions, bits
        self._whole = defaultdict(int)  # {question_id: mask of all its answers}
        for answer_id, question in questions.items():
            self._whole[question.id] |= bits[answer_id]

    def criteria(self, profile_id, required, excluded):
        """Return each `Criterion` of a profile that names these answers.

        :param required: iterable of ids, as `excluded`
        :raise KeyError: for an answer that there is not
        """
        masks = defaultdict(lambda: [0, 0])
        for position, answer_ids in enumerate((required, excluded)):
            for answer_id in answer_ids:
                question = self._questions[answer_id]
                masks[question.id][position] |= self._bits[answer_id]
        return tuple(
            Criterion(question_id, profile_id, self._whole[question_id], *pair)
            for question_id, pair in sorted(masks.items())
        )


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
