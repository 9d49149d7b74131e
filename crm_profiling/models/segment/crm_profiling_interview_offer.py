from odoo import fields, models


class CrmProfilingInterview(models.Model):
    """When the offer was e-mailed after the call."""

    _inherit = "crm.profiling.interview"  # pylint: disable=consider-merging-classes-inherited

    offer_date = fields.Datetime(
        string="Offer e-mailed",
        copy=False,
        sealed=True,
        help="When the offer was sent to the contact from the end of the interview.",
    )

    def _offer_sent(self):
        """Note that the offer has been e-mailed, or will be."""
        self.sudo().offer_date = fields.Datetime.now()
