from odoo import models


class MailComposeMessage(models.TransientModel):
    """Notes in the interview when its contact is sent the offer."""

    _inherit = "mail.compose.message"  # pylint: disable=consider-merging-classes-inherited

    def _action_send_mail_comment(self, res_ids):
        """Note in the interview that its contact has been sent the offer."""
        messages = super()._action_send_mail_comment(res_ids)
        self._note_offer_sent(res_ids, messages)
        return messages

    def _action_schedule_message(self):
        """Note it of an e-mail that is to be sent later, too."""
        scheduled = super()._action_schedule_message()
        for composer in self:
            nothing_yet = self.env["mail.message"]
            composer._note_offer_sent(composer._evaluate_res_ids(), nothing_yet)
        return scheduled

    def _note_offer_sent(self, res_ids, messages):
        interview = self.env["crm.profiling.interview"]._of_context()
        if self.model == "res.partner" and list(res_ids) == interview.partner_id.ids:
            interview._offer_sent(messages[:1])
