from odoo import api, fields, models

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
    profiling_waiting = fields.Char(
        string="Waits until the interview is over",
        compute="_compute_profiling_notices",
        groups=SALESMAN,
        help="Profiles that the contact has entered or left, and that do something"
        " because of it once nobody is talking to the contact or its company.",
    )

    @api.model
    def _profiling_notices_sql(self):
        Stay = self.env["crm.profiling.stay"]
        return {**super()._profiling_notices_sql(), "waiting": Stay._notice_sql()}

    @api.model
    def _profiling_noticed(self, notices):
        names = dict.fromkeys(notices.get("waiting") or ())
        return {
            **super()._profiling_noticed(notices),
            "profiling_waiting": ", ".join(names),
        }

    def _profiling_profiles_changed(self, entered, left):
        """Do what the profiles say, unless that is nobody's answer."""
        super()._profiling_profiles_changed(entered, left)
        # while data is loaded, too: nobody said anything
        quiet = is_ours(self.env, "profiling_quiet")
        in_time = is_ours(self.env, "profiling_in_time")
        if (quiet and not in_time) or not self.env.registry.ready:
            return
        version = self.env["crm.profiling.catalog"]._version()
        acting = self.env["crm.profiling.profile"]._acting_ids(version)
        if quiet:
            by_id = self.env["crm.profiling.profile"].sudo().browse(acting)
            acting = set(by_id.filtered("entry_in_time").ids)
        changes = (
            {
                profile: contacts.filtered("active")
                for profile, contacts in change.items()
                if profile.id in acting
            }
            for change in (left, entered)
        )
        Entry = self.env["crm.profiling.entry"]
        for change, follow in zip(changes, (Entry._left, Entry._entered), strict=True):
            if any(change.values()):
                follow(change)
