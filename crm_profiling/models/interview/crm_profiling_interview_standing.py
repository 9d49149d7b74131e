"""How the questions of an interview stand, and how they would after an answer."""

from hashlib import sha256
from typing import NamedTuple

from odoo import models


class Standing(NamedTuple):
    """How the questions of an interview stand: read once, then arranged."""

    questions: models.BaseModel  # in scope, in the order of the overview
    given: dict[int, models.BaseModel]  # {question_id: responses that count}
    known: int  # mask of the answers that are not out of date
    told: int  # mask of those that are, too: profiles go by them
    company_id: int  # of the contact, 0 when it is shared by all
    answered: frozenset  # ids of questions whose answers are not out of date
    stale: frozenset  # ids of questions with an answer that is
    declined: frozenset  # ids of questions the contact did not want to answer
    skipped: frozenset  # ids of questions left for later
    requested_id: int  # question to ask next, because the user wants to
    relevant: frozenset = frozenset()  # ids of questions that can change something

    def status(self, question_id):
        """Return where a question stands in the interview."""
        for status in ("answered", "declined", "skipped", "stale"):
            if question_id in getattr(self, status):
                return status
        return "to_ask" if question_id in self.relevant else "not_needed"

    def statuses(self):
        """Return ``{question_id: status}`` for all questions."""
        return {question_id: self.status(question_id) for question_id in self.ids}

    @property
    def ids(self):
        """The ids of the questions."""
        return self.questions.ids

    def after(self, question_id, answers, every):
        """Return how they would stand once a question is answered.

        :param answers: mask of what is answered; 0 takes the answer back
        :param every: mask of all answers to the question
        """
        one = {question_id}
        return self._replace(
            known=self.known & ~every | answers,
            told=self.told & ~every | answers,
            answered=self.answered | one if answers else self.answered - one,
            stale=self.stale - one,
            declined=self.declined - one,
            skipped=self.skipped - one,
        )._no_longer_requested(question_id)

    def after_leaving(self, question_id, is_declined):
        """Return how they would stand once a question is skipped, or declined."""
        one = {question_id}
        return self._replace(
            declined=self.declined | one if is_declined else self.declined,
            skipped=self.skipped - one if is_declined else self.skipped | one,
        )._no_longer_requested(question_id)

    def _no_longer_requested(self, question_id):
        requested = self.requested_id
        return self._replace(requested_id=0 if requested == question_id else requested)

    def basis(self, version, ask_order):
        """Return what names all that the next question depends on.

        :param version: of the catalog
        """
        parts = (
            version,
            ask_order,
            self.ids,
            self.known,
            self.told,
            sorted(self.answered),
            sorted(self.stale),
            sorted(self.declined),
            sorted(self.skipped),
            self.requested_id,
        )
        return sha256(repr(parts).encode()).hexdigest()[:16]
