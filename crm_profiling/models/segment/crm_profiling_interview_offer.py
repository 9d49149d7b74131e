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

    offer_message_id = fields.Many2one(
        comodel_name="mail.message",
        string="Offer",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        sealed=True,
        groups="base.group_system",
        help="Of the e-mail that was sent: whether it could be.",
    )

    def _offer_sent(self, message):
        """Note that the offer has been e-mailed, or will be.

        :param message: none as long as it is to be sent later
        """
        self.sudo().write(
            {"offer_date": fields.Datetime.now(), "offer_message_id": message.id}
        )

    def _offer_unsent(self):
        """Return why the offer could not be sent, in words; "" where it was."""
        failed = self.sudo().offer_message_id.notification_ids.filtered(
            lambda one: (
                one.res_partner_id == self.partner_id
                and one.notification_status in ("exception", "bounce")
            )
        )[:1]
        return failed and failed.format_failure_reason() or ""
