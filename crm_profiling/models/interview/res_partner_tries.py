from odoo import fields, models

from ...groups import SALESMAN
from ..catalog.arguments import check_one
from ..catalog.days import today_begins


class ResPartner(models.Model):
    """Calls to a contact are counted."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    profiling_try_ids = fields.One2many(
        comodel_name="crm.profiling.try",
        inverse_name="partner_id",
        string="Calls",
        groups=SALESMAN,
    )

    def _profiling_tries_today(self):
        """Return how many calls there were today, where the user is, by anybody."""
        self.ensure_one()
        Try = self.env["crm.profiling.try"].sudo()
        return Try.search_count(
            [("partner_id", "=", self.id), ("date", ">=", today_begins(self.env))]
        )

    def action_profiling_tries(self):
        """Show the calls to this contact; of a company those to its people as well."""
        check_one(self)
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "crm_profiling.crm_profiling_try_action"
            ),
            "domain": [("partner_id", "child_of", self.id)],
            "context": {},
        }
