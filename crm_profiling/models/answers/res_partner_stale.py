from odoo import api, fields, models
from odoo.fields import Domain

from ...catalog import ASKED
from ...groups import SALESMAN


class ResPartner(models.Model):
    """Some answers of a contact are older than their questions say they are valid."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    profiling_has_stale_answers = fields.Boolean(
        string="Stale answers",
        compute="_compute_profiling_has_stale_answers",
        search="_search_profiling_has_stale_answers",
        groups=SALESMAN,
        help="Some answer is older than its question says answers are valid.",
    )

    @api.depends("profiling_response_ids.date")
    def _compute_profiling_has_stale_answers(self):
        stale = self.with_context(active_test=False).search(
            [("id", "in", self._origin.ids), ("profiling_has_stale_answers", "=", True)]
        )
        for partner in self:
            partner.profiling_has_stale_answers = partner._origin in stale

    @api.model
    def _search_profiling_has_stale_answers(self, operator, value):
        self._check_field_access(self._fields["profiling_has_stale_answers"], "read")
        if operator != "in":
            return NotImplemented
        stale = self.env["crm.profiling.source"]._of(ASKED)._expired_sql()
        domains = {
            True: Domain("id", "in", stale),
            False: Domain("id", "not in", stale),
        }
        return Domain.OR(domains[bool(one)] for one in value)
