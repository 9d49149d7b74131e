from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import ormcache

from ...catalog import ASKED
from ..catalog.arguments import check_values

# Fields by which answers are found, or else others are; an origin has more of them.
FOUND_BY = frozenset({"origin", "level", "selection_mode", "answer_ids", "by_number"})


class CrmProfilingQuestion(models.Model):
    """The origin of a question's answers: what people said, or what is found."""

    _inherit = "crm.profiling.question"  # pylint: disable=consider-merging-classes-inherited

    _FOUND_BY = FOUND_BY

    @api.model_create_multi
    def create(self, vals_list):
        questions = super().create(vals_list)
        if any(question.origin != ASKED for question in questions):
            self.env.registry.clear_cache()
        return questions

    def write(self, vals):
        """Have answers found anew where others are found than before."""
        check_values(self.env, vals)
        if not self._FOUND_BY & vals.keys():
            return super().write(vals)
        found = self.filtered(lambda question: question.origin != ASKED)
        result = super().write(vals)
        if "origin" in vals:
            self.env.registry.clear_cache()
        found |= self.filtered(lambda question: question.origin != ASKED)
        if found:
            found._found_otherwise()
        return result

    def unlink(self):
        found = any(question.origin != ASKED for question in self)
        result = super().unlink()
        if found:
            self.env.registry.clear_cache()
        return result

    @api.model
    @ormcache()
    def _is_any_found(self):
        """Whether there are any questions whose answers are found.

        Where there are none, contacts cost nothing more.
        """
        everything = self.sudo().with_context(active_test=False)
        return bool(everything.search_count(Domain("origin", "!=", ASKED), limit=1))

    def _found_otherwise(self):
        """Hook: other answers to these questions are found than before."""

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
