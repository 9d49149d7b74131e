from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import formatLang


class MailComposeMessage(models.TransientModel):
    """Says how many get an e-mail to a segment, and when an offer has been sent."""

    _inherit = "mail.compose.message"

    profiling_recipients = fields.Char(
        string="Who gets it", compute="_compute_profiling_recipients"
    )

    def _action_send_mail_comment(self, res_ids):
        """Note in the interview that its contact has been sent the offer."""
        messages = super()._action_send_mail_comment(res_ids)
        self._note_offer_sent(res_ids)
        return messages

    def _action_schedule_message(self):
        """Note it of an e-mail that is to be sent later, too."""
        scheduled = super()._action_schedule_message()
        for composer in self:
            composer._note_offer_sent(composer._evaluate_res_ids())
        return scheduled

    def _note_offer_sent(self, res_ids):
        interview = self.env["crm.profiling.interview"]._of_context()
        if self.model == "res.partner" and list(res_ids) == interview.partner_id.ids:
            interview._offer_sent()

    @api.depends("composition_mode", "model", "res_domain", "use_exclusion_list")
    @api.depends_context("crm_profiling_segment", "lang")
    def _compute_profiling_recipients(self):
        is_segment = self.env.context.get("crm_profiling_segment")
        for composer in self:
            composer.profiling_recipients = (
                is_segment
                and composer.composition_mode == "mass_mail"
                and composer.model == "res.partner"
                and composer.res_domain
                and composer._profiling_recipients_note()
            )

    def _profiling_recipients_note(self):
        contacts = Domain(self._evaluate_res_domain())
        addressed = Domain("email_normalized", "!=", False)
        blacklisted = Domain.FALSE
        if self.use_exclusion_list:
            blacklisted = Domain("is_blacklisted", "=", True)
        count = self.env["res.partner"].search_count
        in_archive = self.env["res.partner"].with_context(active_test=False)
        archived = contacts & Domain("active", "=", False)
        reached, unaddressed, listed, gone = (
            number and formatLang(self.env, number, digits=0)
            for number in (
                count(contacts & addressed & ~blacklisted),
                count(contacts & ~addressed),
                count(contacts & addressed & blacklisted),
                in_archive.search_count(archived),
            )
        )
        note = self.env._("Contacts who get it: %s.", reached)
        left_out = (
            unaddressed and self.env._("%s without an address", unaddressed),
            listed and self.env._("%s blacklisted", listed),
            gone and self.env._("%s archived", gone),
        )
        if others := ", ".join(filter(None, left_out)):
            note += " " + self.env._("Left out: %s.", others)
        return note
