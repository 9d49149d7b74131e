from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_datetime, is_html_empty

from ..interview.crm_profiling_interview_after import INTERVIEW

MAIL = "crm.profiling.entry.action.mail"
OPPORTUNITY = "crm.profiling.entry.action.opportunity"


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
        if not date:
            return ""
        return self.env._(
            "Offer e-mailed: %s", format_datetime(self.env, date, dt_format="short")
        )

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


class CrmProfilingInterviewAfterOpportunity(models.AbstractModel):
    """Creates an opportunity with the offer, and gives the interview to it."""

    _name = "crm.profiling.interview.after.opportunity"
    _inherit = ["crm.profiling.interview.after"]
    _description = "Create an Opportunity After an Interview"

    _rank = 20
    _key = "o"
    _icon = "fa-star-o"

    @api.model
    def _label(self):
        return self.env._("Create an opportunity")

    @api.model
    def _profile(self, interview):
        """Return what to propose: the narrowest profile with an offer, if any."""
        profiles = interview._profiles_to_propose()
        return (
            profiles.filtered(lambda profile: not is_html_empty(profile.offer))
            or profiles
        )[:1]

    @api.model
    def _lead(self, interview):
        """Return the opportunity there is: the interview's, or one from the profile."""
        company = interview.sudo().partner_id.commercial_partner_id
        return (
            interview._leads()
            or interview._deed(OPPORTUNITY)._records_of("crm.lead")
            or self._profile(interview)._open_opportunities(company)[:1]
        ).with_env(self.env)

    @api.model
    def _made(self, interview):
        lead = self._lead(interview)
        if not lead:
            return ""
        if not lead._filtered_access("read"):
            return self.env._("There is an opportunity that you may not see.")
        if lead.type == "lead":
            return self.env._("Lead: %s", lead.name)
        return self.env._("Opportunity: %s", lead.name)

    @api.model
    def _why_not(self, interview):
        if not self.env["crm.lead"].has_access("create"):
            return self.env._("You may not create opportunities.")
        if not self._profile(interview):
            return self.env._("No profile matches: there is nothing to propose.")
        return ""

    @api.model
    def _do(self, interview):
        """Create it, with a note of what was answered; the interview is its own."""
        # Whoever may create opportunities may give them to the contact's salesperson,
        # even if that one's are not theirs to see.
        lead = (
            self.env["crm.lead"]
            .sudo()
            .create(self._profile(interview)._opportunity_vals(interview.partner_id))
        )
        interview.sudo().lead_id = lead
        interview._post_summary()
        return False

    @api.model
    def _show(self, interview):
        return self._open(self._lead(interview))


class CrmProfilingInterview(models.Model):
    """What was done for the contact with what the profiles propose."""

    _inherit = "crm.profiling.interview"  # pylint: disable=consider-merging-classes-inherited

    offer_date = fields.Datetime(
        string="Offer e-mailed",
        copy=False,
        sealed=True,
        help="When the offer was sent to the contact from the end of the interview.",
    )

    def _profiles_to_propose(self):
        """Return the contact's profiles that the user sees, the narrowest first."""
        profiles = self.partner_id.profile_ids._filtered_access("read")
        return profiles._narrowest_first()

    def _deed(self, action):
        """Return what a profile did with the contact at the end of this interview."""
        done = (
            Domain("interview_id", "=", self.id)
            & Domain("stay_id.partner_id", "=", self.partner_id.id)
            & Domain("action", "=", action)
            & Domain("state", "=", "done")
        )
        return self.env["crm.profiling.stay.deed"].sudo().search(done, limit=1)

    def _offer_sent(self):
        """Note that the offer has been e-mailed, or will be."""
        self.sudo().offer_date = fields.Datetime.now()

    def _close(self, note=""):
        """Keep with the interview the opportunity that a profile created at its end."""
        result = super()._close(note)
        lead = self._deed(OPPORTUNITY)._records_of("crm.lead")
        if lead and not self._leads():
            self.sudo().lead_id = lead
        return result
