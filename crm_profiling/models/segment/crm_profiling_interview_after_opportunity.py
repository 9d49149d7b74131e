from odoo import api, models
from odoo.tools import is_html_empty

OPPORTUNITY = "crm.profiling.entry.action.opportunity"


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
