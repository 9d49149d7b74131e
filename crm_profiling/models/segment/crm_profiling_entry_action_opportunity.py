from odoo import api, models

from .crm_profiling_entry_action import Outcome

# What an opportunity has by itself: anything else that belongs to it is somebody's.
_CHATTER = ("message_ids", "message_follower_ids", "rating_ids", "website_message_ids")


class CrmProfilingEntryActionOpportunity(models.AbstractModel):
    """Creates an opportunity with what the profile proposes, one for each company."""

    _name = "crm.profiling.entry.action.opportunity"
    _inherit = ["crm.profiling.entry.action"]
    _description = "Profiling: Create an Opportunity on Entry"

    _rank = 35
    _profile_fields = ("entry_opportunity",)

    @api.model
    def _is_wanted(self, profile):
        return profile.entry_opportunity

    @api.model
    def _act(self, profile, contacts):
        said = self._foresee(profile, contacts)
        new = [c for c in contacts if Outcome.of(said[c.id]).is_done]
        at_work = self._at_work(profile)
        leads = self.env["crm.lead"].create(
            [
                {
                    **profile._opportunity_vals(contact),
                    "user_id": (contact.user_id.filtered("active") or at_work).id,
                }
                for contact in new
            ]
        )
        for lead in leads:
            line = self.env._("opportunity created: “%s”", lead.name)
            said[lead.partner_id.id] = Outcome(line, lead)
        return said

    @api.model
    def _foresee(self, profile, contacts):
        """Say who gets one, and why others do not."""
        chosen = profile._to_get_one(contacts)
        said = {}
        for company, theirs in contacts.grouped("commercial_partner_id").items():
            first = chosen.get(company)
            if not first:
                why = self.env._("no opportunity: the company has an open one from it")
                said |= dict.fromkeys(theirs.ids, Outcome(why, is_done=False))
                continue
            why = self.env._("no opportunity: it is with %s", first.name)
            said |= dict.fromkeys(theirs.ids, Outcome(why, is_done=False))
            said[first.id] = self.env._("opportunity: %s", company.name)
        return said

    @api.model
    def _withdraw(self, deeds):
        """Delete the opportunities that nobody has done anything with."""
        withdrawn, stays = {}, {}
        leads = self.env["crm.lead"]
        for deed, lead in deeds._records().items():
            if self._is_touched(lead):
                stays[deed] = self.env._(
                    "stays: the opportunity “%s”, which somebody has worked on",
                    lead.name,
                )
            else:
                leads |= lead
                withdrawn[deed] = self.env._("opportunity “%s” withdrawn", lead.name)
        leads.unlink()
        return withdrawn, stays

    @api.model
    def _is_touched(self, lead):
        """Whether somebody has changed an opportunity, or done something with it."""
        links = [
            name
            for name, field in lead._fields.items()
            if field.type == "one2many" and name not in _CHATTER
        ]
        written = lead.message_ids.filtered(
            lambda message: message.message_type in ("comment", "email")
        )
        return (
            lead.write_date != lead.create_date
            or bool(written)
            or any(lead[name] for name in links)
        )

    @api.model
    def _failure(self, reason):
        return self.env._("the opportunity could not be created: %s", reason)
