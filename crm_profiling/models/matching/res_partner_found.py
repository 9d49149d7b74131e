from odoo import api, fields, models
from odoo.tools import SQL

from ...groups import SALESMAN
from .masks import WORD


class ResPartner(models.Model):
    """What was found of contacts, beside what they were asked."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    profiling_found_answer_ids = fields.Many2many(
        comodel_name="crm.profiling.answer",
        string="Answers found",
        compute="_compute_profiling_found_answer_ids",
        search="_search_profiling_found_answer_ids",
        context={"active_test": False},
        groups=SALESMAN,
        help="What nobody had to be asked: found in the contact's data, for example.",
    )

    def _compute_profiling_found_answer_ids(self):
        """Read what is kept of each contact, as far as the user may know it."""
        found = self.env["crm.profiling.explainer"]._found_answers(self._origin)
        for partner in self:
            partner.sudo().profiling_found_answer_ids = found.get(partner._origin.id)

    @api.model
    def _search_profiling_found_answer_ids(self, operator, value):
        return self._profiling_search("profiling_found_answer_ids", operator, value)

    @api.model
    def _profiling_rows_sql(self, field_name):
        if field_name == "profiling_found_answer_ids":
            return self._profiling_found_rows_sql()
        return super()._profiling_rows_sql(field_name)

    @api.model
    def _profiling_found_rows_sql(self):
        """Return a subselect of ``(partner_id, value)`` of what is found and seen."""
        field = self._fields["profiling_found_answer_ids"]
        self._check_field_access(field, "read")
        catalog = self.env["crm.profiling.catalog"]
        found = {question.id for question in catalog._get().found}
        questions = catalog._get().questions
        seen = [a for a in catalog._visible_answers() if questions[a].id in found]
        return SQL(
            """(SELECT state.id AS partner_id, bit.answer_id AS value
                  FROM crm_profiling_state state
                  JOIN crm_profiling_bit bit
                    ON bit.answer_id = ANY(%(seen)s)
                   AND COALESCE(state.found[bit.rank / %(word)s + 1], 0)
                       >> (bit.rank %% %(word)s) & 1 = 1)""",
            seen=seen,
            word=WORD,
        )
