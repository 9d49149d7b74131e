from odoo import api, models
from odoo.tools import SQL

from ...catalog import ASKED
from ..matching.masks import any_known_sql


class CrmProfilingBoard(models.AbstractModel):
    """How many contacts questions are answered for."""

    _inherit = "crm.profiling.board"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _questions(self):
        """Return for how many contacts each question is answered, fewest first."""
        questions = self.env["crm.profiling.question"].search(
            [("active", "=", True), ("origin", "=", ASKED)]
        )
        counts, latest = self._answered(questions), self._latest()
        rows = [
            {
                "id": question.id,
                "name": question.name,
                "answered": counts[question.id],
                "date": latest.get(question) or False,
            }
            for question in questions
        ]
        return sorted(rows, key=lambda row: row["answered"])

    @api.model
    def _answered(self, questions):
        """Return ``{question id: contacts who answered it, or whose company did}``."""
        answer_ids = {question_id: [] for question_id in questions.ids}
        for answer_id, question in (
            self.env["crm.profiling.catalog"]._get().questions.items()
        ):
            if question.id in answer_ids:
                answer_ids[question.id].append(answer_id)
        return self._count_known(answer_ids)

    @api.model
    def _count_known(self, answer_ids):
        """Return how many contacts are known to have given one of some answers.

        In one pass over what is kept of each contact, not over all answers. What the
        user may not see nobody gave.

        :param answer_ids: ``{key: ids of answers}``
        :return: ``{key: contacts}``
        """
        catalog = self.env["crm.profiling.catalog"]
        evaluator, seen = catalog._evaluator(), ~catalog._hidden()
        counts = [
            SQL("count(*) FILTER (WHERE %s)", any_known_sql(evaluator.mask(ids) & seen))
            for ids in answer_ids.values()
        ]
        contacts = self.env["res.partner"]._search(self._people_domain())
        [[_all, *answered]] = self.env.execute_query(
            SQL(
                "SELECT %s FROM crm_profiling_state WHERE id IN (%s)",
                SQL(", ").join([SQL("count(*)"), *counts]),
                contacts.select(),
            )
        )
        return dict(zip(answer_ids, answered, strict=True))

    @api.model
    def _latest(self):
        """Return ``{question: when it was answered last}``."""
        Response = self.env["crm.profiling.response"]
        return dict(Response._read_group([], ["question_id"], ["date:max"]))
