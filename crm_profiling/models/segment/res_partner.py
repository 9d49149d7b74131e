from odoo import fields, models

from ...groups import SALESMAN
from ..catalog.ours import is_ours

PRIORITIES = [
    ("0", "Normal"),
    ("1", "Medium"),
    ("2", "High"),
    ("3", "Very high"),
]


class ResPartner(models.Model):
    """What profiles do with contacts that enter them."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    profiling_priority = fields.Selection(
        selection=PRIORITIES,
        string="Priority",
        default="0",
        index=True,
        copy=False,
        groups=SALESMAN,
        help="Profiles raise it when the contact enters them; they never lower it.",
    )
    profiling_campaign_ids = fields.Many2many(
        comodel_name="utm.campaign",
        relation="res_partner_profiling_campaign_rel",
        column1="partner_id",
        column2="campaign_id",
        string="Campaigns",
        copy=False,
        groups=SALESMAN,
    )

    def _profiling_profiles_changed(self, entered, left):
        """Do what the profiles entered say, unless that is nobody's answer."""
        super()._profiling_profiles_changed(entered, left)
        # while data is loaded, too: nobody said anything
        if is_ours(self.env, "profiling_quiet") or not self.env.registry.ready:
            return
        version = self.env["crm.profiling.catalog"]._version()
        acting = self.env["crm.profiling.profile"]._acting_ids(version)
        Entry = self.env["crm.profiling.entry"]
        for profile in sorted(entered, key=lambda profile: profile.id):
            contacts = entered[profile]
            if profile.id in acting and (present := contacts.filtered("active")):
                Entry._act(profile, present)

    def _profiling_dossier(self):
        return {
            **super()._profiling_dossier(),
            "priority": self.profiling_priority or "0",
            "campaigns": self.profiling_campaign_ids.mapped("title"),
        }

    def _profiling_forget(self):
        super()._profiling_forget()
        self.write({"profiling_priority": "0", "profiling_campaign_ids": False})
