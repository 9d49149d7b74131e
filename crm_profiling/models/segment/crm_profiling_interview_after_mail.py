from odoo import api, models

from ..catalog.wording import moment_words
from ..interview.crm_profiling_interview_after import INTERVIEW

MAIL = "crm.profiling.entry.action.mail"


class CrmProfilingInterviewAfterMail(models.AbstractModel):
    """Writes to the contact by the template of its profile, in Odoo's composer."""

    _name = "crm.profiling.interview.after.mail"
    _inherit = ["crm.profiling.interview.after"]
    _description = "Send the Offer After an Interview"

    _rank = 10
    _key = "m"
    _icon = "fa-envelope-o"

    @api.model
    def _label(self):
        return self.env._("E-mail the offer")

    @api.model
    def _template(self, interview):
        """Return the template of the narrowest of the contact's profiles with one."""
        profiles = interview._profiles_to_propose()
        return profiles.mail_template_id._filtered_access("read")[:1]

    @api.model
    def _made(self, interview):
        date = interview.offer_date or interview._deed(MAIL).date
        if not date or self._trouble(interview):
            return ""
        return self.env._("Offer e-mailed: %s", moment_words(self.env, date))

    @api.model
    def _trouble(self, interview):
        deed = interview._deed(MAIL)
        if interview.offer_date:
            why = interview._offer_unsent()
        else:
            why = deed._unsent().get(deed)
        return self.env._("The last one could not be sent: %s", why) if why else ""

    @api.model
    def _why_not(self, interview):
        partner = interview.partner_id
        if not partner.email_normalized:
            return self.env._("The contact has no valid e-mail address.")
        if partner.is_blacklisted:
            return self.env._("The contact does not want e-mails: it is blacklisted.")
        if not self._template(interview):
            return self.env._("None of the contact's profiles has an e-mail template.")
        if self._is_on_its_way(interview):
            return self.env._(
                "The profile sends it by itself, once your colleague has finished, too."
            )
        return ""

    @api.model
    def _is_on_its_way(self, interview):
        """Whether the profile's own e-mail waits for another conversation to end."""
        partner, template = interview.partner_id, self._template(interview)
        stays = (
            self.env["crm.profiling.stay"]
            .sudo()
            .search(
                [
                    ("partner_id", "=", partner.id),
                    ("state", "=", "waiting"),
                    ("profile_id.entry_send_mail", "=", True),
                    ("profile_id.mail_template_id", "=", template.id),
                ]
            )
        )
        return any(MAIL not in stay._left_out()[partner.id] for stay in stays)

    @api.model
    def _do(self, interview):
        """Open Odoo's composer: what is sent there is noted."""
        partner = interview.partner_id
        return {
            "type": "ir.actions.act_window",
            "name": self._label(),
            "res_model": "mail.compose.message",
            "views": [[False, "form"]],
            "target": "new",
            "context": {
                INTERVIEW: interview.id,
                "default_composition_mode": "comment",
                "default_model": partner._name,
                "default_res_ids": partner.ids,
                "default_partner_ids": partner.ids,
                "default_template_id": self._template(interview).id,
            },
        }

    @api.model
    def _show(self, interview):
        return self._open(interview.partner_id)  # its chatter has it
