from odoo import api, models

from .crm_profiling_entry_action import Outcome


class CrmProfilingEntryActionMail(models.AbstractModel):
    """Queues an e-mail to each contact."""

    _name = "crm.profiling.entry.action.mail"
    _inherit = ["crm.profiling.entry.action"]
    _description = "Profiling: Queue an E-mail on Entry"

    _rank = 50
    _needs_reason = True
    _profile_fields = ("entry_send_mail", "mail_template_id")

    @api.model
    def _template(self, profile):
        return profile.mail_template_id

    @api.model
    def _is_wanted(self, profile):
        return profile.entry_send_mail and bool(profile.mail_template_id)

    @api.model
    def _told(self, profile):
        return self._chosen_in(profile, "entry_send_mail", "mail_template_id")

    @api.model
    def _act(self, profile, contacts):
        """Queue the e-mail to those who have an address and did not object."""
        said = self._unreachable(contacts)
        recipients = contacts.filtered(lambda contact: contact.id not in said)
        name = self._template(profile).display_name
        for mail in self._queue_mails(profile, recipients):
            if mail.state == "outgoing":
                line = self.env._("e-mail queued: “%s”", name)
                said[mail.res_id] = Outcome(line, mail)
            else:
                said[mail.res_id] = Outcome(self._unsent(mail), is_done=False)
        return said

    @api.model
    def _foresee(self, profile, contacts):
        said = self._unreachable(contacts)
        name = self._template(profile).display_name
        for contact in contacts.filtered(lambda contact: contact.id not in said):
            said[contact.id] = self.env._(
                "e-mail “%(template)s” to %(address)s",
                template=name,
                address=contact.email_normalized,
            )
        return said

    @api.model
    def _unreachable(self, contacts):
        """Return ``{contact_id: Outcome}`` of those whom no e-mail would reach."""
        said = {}
        for contact in contacts:
            if not contact.email_normalized:
                why = self.env._("no e-mail: there is no valid address")
            elif contact.is_blacklisted:
                why = self.env._("no e-mail: the address is blacklisted")
            else:
                continue
            said[contact.id] = Outcome(why, is_done=False)
        return said

    @api.model
    def _queue_mails(self, profile, recipients):
        """Have Odoo's composer write the e-mails, and leave them in the queue."""
        if not recipients:
            return self.env["mail.mail"]
        composer = self.env["mail.compose.message"].create(
            {
                "composition_mode": "mass_mail",
                "model": "res.partner",
                "res_ids": recipients.ids,
                "template_id": self._template(profile).id,
                "use_exclusion_list": True,
                "force_send": False,
            }
        )
        mails, _messages = composer._action_send_mail()
        return mails

    @api.model
    def _unsent(self, mail):
        """Say why the composer would not send an e-mail."""
        if mail.failure_type == "mail_dup":
            return self.env._("no e-mail: another contact with this address got it")
        reasons = dict(mail._fields["failure_type"]._description_selection(self.env))
        return self.env._(
            "no e-mail: %s", reasons.get(mail.failure_type, mail.failure_type)
        )

    @api.model
    def _withdraw(self, deeds):
        """Cancel the e-mails that are still in the queue.

        One that Odoo is sending just now it has written to: the one of the two that
        comes second begins again.
        """
        withdrawn, stays = {}, {}
        mails = self.env["mail.mail"]
        records = deeds._records()
        for deed, mail in records.items():
            if mail.state in ("outgoing", "exception"):  # nor tried again
                mails |= mail
                withdrawn[deed] = self.env._(
                    "e-mail “%s” withdrawn: it had not been sent", mail.subject
                )
            elif mail.state != "cancel":
                stays[deed] = self.env._("stays: the e-mail “%s”", mail.subject)
        for deed in deeds.filtered(lambda deed: deed not in records):
            # Odoo deletes many once they are sent
            stays[deed] = self.env._("stays: the e-mail, which has been sent")
        mails.cancel()
        notifications = self.env["mail.notification"].search(
            [("mail_mail_id", "in", mails.ids)]
        )
        notifications.write({"notification_status": "canceled"})
        return withdrawn, stays

    @api.model
    def _failure(self, reason):
        return self.env._("the e-mail could not be written: %s", reason)
