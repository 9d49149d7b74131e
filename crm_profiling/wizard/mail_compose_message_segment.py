from odoo import models
from odoo.fields import Domain


class MailComposeMessage(models.TransientModel):
    """Sends one e-mail of a segment to each address, whoever else has it."""

    _inherit = "mail.compose.message"  # pylint: disable=consider-merging-classes-inherited

    def _process_mail_values_state(self, mail_values_dict):
        """Send one e-mail to an address that several contacts share.

        Odoo does so within a batch, and where the texts are the same: here the first
        contact of each address gets it.
        """
        result = super()._process_mail_values_state(mail_values_dict)
        if self._profiling_is_segment():
            for id_ in self._profiling_others(mail_values_dict):
                if mail_values_dict[id_].get("state") != "cancel":
                    mail_values_dict[id_].update(
                        state="cancel", failure_type="mail_dup", is_notification=False
                    )
        return result

    def _profiling_others(self, ids):
        """Return those of contacts whose address one before them has."""
        contacts = self.env["res.partner"].browse(ids)
        emails = set(contacts.mapped("email_normalized")) - {False}
        first = {}
        domain = Domain(self._evaluate_res_domain())
        addressed = Domain("email_normalized", "in", list(emails))
        for contact in contacts.search(domain & addressed):  # in the order they go
            first.setdefault(contact.email_normalized, contact)
        return [
            contact.id
            for contact in contacts
            if contact.email_normalized
            and first.get(contact.email_normalized, contact) != contact
        ]
