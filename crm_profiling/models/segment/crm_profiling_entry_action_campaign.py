from collections import defaultdict

from odoo import api, fields, models

from .crm_profiling_entry_action import Outcome


class CrmProfilingEntryActionCampaign(models.AbstractModel):
    """Adds contacts to a campaign."""

    _name = "crm.profiling.entry.action.campaign"
    _inherit = ["crm.profiling.entry.action"]
    _description = "Profiling: Add Contacts to a Campaign on Entry"

    _rank = 30
    _profile_fields = ("entry_campaign_id",)

    @api.model
    def _is_wanted(self, profile):
        return bool(profile.entry_campaign_id)

    @api.model
    def _act(self, profile, contacts):
        campaign = profile.entry_campaign_id
        new = contacts.filtered(lambda c: campaign not in c.profiling_campaign_ids)
        contacts.write({"profiling_campaign_ids": [fields.Command.link(campaign.id)]})
        line = self.env._("added to the campaign “%s”", campaign.title)
        return {
            contact.id: Outcome(line, campaign if contact in new else None)
            for contact in contacts
        }

    @api.model
    def _foresee(self, profile, contacts):
        campaign = profile.entry_campaign_id
        new = contacts.filtered(lambda c: campaign not in c.profiling_campaign_ids)
        return dict.fromkeys(new.ids, self.env._("campaign: %s", campaign.title))

    @api.model
    def _withdraw(self, deeds):
        """Take contacts out of the campaign, unless another profile of theirs gives it.

        Or unless they were in it before the profile put them there.
        """
        withdrawn, stays = {}, {}
        leaving = defaultdict(self.env["res.partner"].browse)
        for deed, campaign in deeds._records().items():
            contact, profile = deed.stay_id.partner_id, deed.stay_id.profile_id
            if campaign not in contact.profiling_campaign_ids:
                continue  # somebody has taken it out
            if campaign in (contact.profile_ids - profile).entry_campaign_id:
                stays[deed] = self.env._("stays: campaign “%s”", campaign.title)
                continue
            leaving[campaign] |= contact
            withdrawn[deed] = self.env._(
                "taken out of the campaign “%s”", campaign.title
            )
        for campaign, contacts in leaving.items():
            contacts.profiling_campaign_ids = [fields.Command.unlink(campaign.id)]
        return withdrawn, stays

    @api.model
    def _failure(self, reason):
        return self.env._("not added to the campaign: %s", reason)
