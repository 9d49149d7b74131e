from odoo import fields, models

from ...groups import SALESMAN
from ..catalog.arguments import check_one


class ResPartner(models.Model):
    """Contacts are interviewed, one by one or by a call list."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    profiling_interview_ids = fields.One2many(
        comodel_name="crm.profiling.interview",
        inverse_name="partner_id",
        string="Interviews",
        groups=SALESMAN,
    )
    # Not computed: adding a stored computed field to a large database takes minutes.
    profiling_last_interview = fields.Datetime(
        string="Last interview",
        readonly=True,
        copy=False,
        sealed=True,
        groups=SALESMAN,
        help="When an interview of this contact was last finished.",
    )

    def _profiling_update_last_interview(self):
        """Note when these contacts were last interviewed."""
        last = dict(
            self.env["crm.profiling.interview"]
            .sudo()
            ._read_group(
                [("partner_id", "in", self.ids), ("state", "=", "done")],
                ["partner_id"],
                ["date_end:max"],
            )
        )
        # Who leads an interview says so on the contact, whatever else they may write.
        for partner in self.sudo():
            if partner.profiling_last_interview != last.get(partner, False):
                partner.profiling_last_interview = last.get(partner, False)

    def action_profiling_interview(self):
        """Interview this contact."""
        check_one(self)
        return self.env["crm.profiling.interview"]._action(partner_id=self.id)
