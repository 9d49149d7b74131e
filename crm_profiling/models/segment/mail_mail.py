from odoo import models
from odoo.fields import Domain


class MailMail(models.Model):
    """Says on the contact, in words, that an offer could not be sent."""

    _inherit = "mail.mail"

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        if failure_type:
            self._profiling_tell_unsent(success_pids, failure_type, failure_reason)
        return super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason, failure_type
        )

    def _profiling_tell_unsent(self, reached, failure_type, failure_reason):
        """Note it on the contacts whom an offer did not reach.

        :param reached: contacts who were sent it for all that
        """
        for mail in self._profiling_offers():
            contact = self.env["res.partner"].sudo().browse(mail.res_id).exists()
            if not contact or contact in (reached or ()):
                continue
            env = self.with_context(lang=mail.author_id.sudo().lang).env
            why = env["mail.mail"]._profiling_reason(failure_type, failure_reason)
            note = env._(
                "The e-mail “%(subject)s” could not be sent: %(reason)s",
                subject=mail.subject,
                reason=why,
            )
            contact._message_log(body=note)

    def _profiling_offers(self):
        """Keep the e-mails by which a contact is sent an offer."""
        mails = self.sudo().filtered(lambda mail: mail.model == "res.partner")
        if not mails:
            return mails
        interviews = self.env["crm.profiling.interview"].sudo()
        by_hand = interviews.search(
            [("offer_message_id", "in", mails.mail_message_id.ids)]
        )
        by_profiles = (
            self.env["crm.profiling.stay.deed"]
            .sudo()
            .search(
                Domain("stay_id.partner_id", "in", mails.mapped("res_id"))
                & Domain("res_model", "=", self._name)
                & Domain("res_id", "in", mails.ids)
            )
        )
        sent = set(by_profiles.mapped("res_id"))
        return mails.filtered(
            lambda mail: (
                mail.id in sent
                or (
                    mail.mail_message_id in by_hand.offer_message_id
                    # others get a copy of their own
                    and mail.res_id in mail.recipient_ids.ids
                )
            )
        )

    def _profiling_reason(self, failure_type, failure_reason):
        """Return why an e-mail could not be sent, in words.

        :param failure_type: Odoo notes none where it could not connect
        """
        reasons = dict(self._fields["failure_type"]._description_selection(self.env))
        if failure_type == "unknown" and failure_reason:
            return failure_reason
        return reasons.get(failure_type or "mail_smtp", failure_reason)
