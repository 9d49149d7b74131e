from odoo import api, models


class CrmProfilingImportUndo(models.AbstractModel):
    """What else came of an import is withdrawn, unless it has gone out."""

    _inherit = "crm.profiling.import.undo"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _withdraw(self, changes):
        """Withdraw notes, open activities and e-mails that have not gone out yet."""
        message_ids, activity_ids = (
            [id_ for change in changes for id_ in change._did(name)]
            for name in ("messages", "activities")
        )
        activities = self.env["mail.activity"].sudo().browse(activity_ids).exists()
        activities.filtered(lambda one: one.write_date == one.create_date).unlink()
        messages = self.env["mail.message"].sudo().browse(message_ids).exists()
        mails = self.env["mail.mail"].sudo()
        mails = mails.search([("mail_message_id", "in", messages.ids)])
        waiting = mails.filtered(lambda mail: mail.state in ("outgoing", "exception"))
        sent = mails.mail_message_id - waiting.mail_message_id
        sent |= self._gone_out(messages)
        waiting.unlink()
        (messages.exists() - sent).unlink()
        self._tell_of_sent(changes, sent)

    @api.model
    def _gone_out(self, messages):
        """Return those of messages that went out by e-mail, whatever was kept of it."""
        notifications = self.env["mail.notification"].sudo().search(
            [
                ("mail_message_id", "in", messages.ids),
                ("notification_type", "=", "email"),
                ("notification_status", "in", ("sent", "pending", "process")),
            ]
        )  # fmt: skip
        return notifications.mail_message_id

    @api.model
    def _tell_of_sent(self, changes, sent):
        """Note which e-mails are with people already: nobody can take those back."""
        for change in changes:
            mine = sent.filtered(lambda one, c=change: one.res_id == c.res_id)
            if mine:
                change.sent = self.env._(
                    "%(name)s: %(subjects)s",
                    name=self.env["res.partner"].browse(change.res_id).display_name,
                    subjects=", ".join(filter(None, mine.mapped("subject"))) or "–",
                )
