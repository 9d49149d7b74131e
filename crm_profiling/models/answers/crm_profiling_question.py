from odoo import api, models
from odoo.exceptions import ValidationError

from ...catalog import ASKED
from ..catalog.arguments import check_values
from ..catalog.ours import OURS

# Fields by which answers are found, or else others are; an origin has more of them.
FOUND_BY = frozenset({"origin", "level", "selection_mode", "answer_ids", "by_number"})


class CrmProfilingQuestion(models.Model):
    """Who answered a question, and whose answer counts once it is asked of others."""

    _inherit = "crm.profiling.question"

    _FOUND_BY = FOUND_BY

    def write(self, vals):  # pylint: disable=method-required-super
        """Re-evaluate the contacts concerned when it changes whose answer counts."""
        check_values(self.env, vals)
        if not self._FOUND_BY & vals.keys():
            return self._write_holders(vals)
        found = self.filtered(lambda question: question.origin != ASKED)
        result = self._write_holders(vals)
        found |= self.filtered(lambda question: question.origin != ASKED)
        if found:
            found._found_otherwise()
        return result

    def _found_otherwise(self):
        """Hook: other answers to these questions are found than before."""

    def _write_holders(self, vals):
        """Write, and hand answers over where that changes whose answer counts."""
        moving = self.filtered(lambda q: q.level != vals.get("level", q.level))
        if not moving:
            return super().write(vals)
        affected = moving._answering_contacts()
        result = super().write(vals)
        # nobody answered anything: profiles that are entered do nothing
        moving = moving.with_context(profiling_quiet=OURS)
        moving._hand_answers_over()
        affected |= moving._answering_contacts()
        moving._holders_changed(affected)
        return result

    def _holders_changed(self, affected):
        """Hook: other answers to these questions count for contacts than before."""
        affected._profiling_quietly()._profiling_apply()

    @api.constrains("origin")
    def _check_origin(self):
        """Refuse that what people said is found from now on: it would be forgotten."""
        found = self.filtered(lambda question: question.origin != ASKED)
        given = self.env["crm.profiling.response"].sudo()
        for response in given.search([("question_id", "in", found.ids)], limit=1):
            raise ValidationError(
                self.env._(
                    "People have answered “%(question)s”: their answers cannot be"
                    " found instead. Make a new question.",
                    question=response.question_id.name,
                )
            )

    def _origin_gone(self):
        """Archive questions whose answers nobody finds any more.

        For the addon that brought their origin, which is being uninstalled.
        """
        self.write({"origin": ASKED, "active": False})

    @api.constrains("selection_mode")
    def _check_selection_mode(self):
        """Let a question become single choice only if nobody gave two answers."""
        single = self.filtered(lambda question: question.selection_mode == "single")
        several = self.env["crm.profiling.response"].sudo()._read_group(
            [("question_id", "in", single.ids)],
            ["question_id", "partner_id"],
            having=[("__count", ">", 1)],
            limit=1,
        )  # fmt: skip
        for question, partner in several:
            # name only whom the user may read; constraints are checked as superuser
            known = partner.with_env(self.env(su=False))._filtered_access("read")
            raise ValidationError(
                self.env._(
                    "“%(question)s” cannot become a question with one answer:"
                    " %(contact)s gave several. Keep one answer of each contact first.",
                    question=question.name,
                    contact=known.display_name or self.env._("somebody"),
                )
            )

    def _hand_answers_over(self):
        """Keep what was answered when it changes whom these questions are asked of."""
        Response = self.env["crm.profiling.response"].sudo()
        if self[:1].level == "company":
            Response._hand_over(question_ids=self.ids)
        else:
            Response._spread(self.ids)

    def _answering_contacts(self):
        """Return the contacts for whom an answer to these questions counts."""
        Partner = self.env["res.partner"].sudo().with_context(active_test=False)
        return Partner.search([("profiling_question_ids", "in", self.ids)])

    def action_view_contacts(self):
        """Open the contacts who answered this question."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "res.partner",
            "view_mode": "list,kanban,form",
            "domain": [("profiling_question_ids", "in", self.ids)],
        }
