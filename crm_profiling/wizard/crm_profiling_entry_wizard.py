from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..models.catalog.arguments import check_one

# Contacts up to which the button acts at once; more are left to the background job.
AT_ONCE = 100


class CrmProfilingEntryWizard(models.TransientModel):
    """Asks before a profile acts on the contacts that are in it already.

    A change of a profile lets many in at once, and a profile may have been there
    before it was told what to do. Nothing is done to those unless somebody asks.
    """

    _name = "crm.profiling.entry.wizard"
    _inherit = ["crm.profiling.guarded"]
    _description = "Act on the Contacts Already in a Profile"

    profile_id = fields.Many2one(
        comodel_name="crm.profiling.profile",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    again = fields.Boolean(
        string="Also those it has acted on before",
        help="They get another activity and the e-mail once more.",
    )
    contact_count = fields.Integer(compute="_compute_contact_count")
    acted_count = fields.Integer(compute="_compute_contact_count")
    # what the profile does, as its actions tell it
    what = fields.Html(string="What is done", compute="_compute_what")

    @api.depends("profile_id")
    @api.depends_context("lang", "uid")
    def _compute_what(self):
        Action, line = self.env["crm.profiling.entry.action"], Markup("<li>%s</li>")
        for wizard in self:
            told = [
                one._told(wizard.profile_id) for one in Action._of(wizard.profile_id)
            ]
            lines = (line % ": ".join(filter(None, one)) for one in told)
            wizard.what = Markup("<ul>%s</ul>") % Markup().join(lines)

    @api.depends("profile_id", "again")
    def _compute_contact_count(self):
        for wizard in self:
            members = wizard._members()
            acted = members.filtered("date_acted")
            wizard.acted_count = len(acted)
            wizard.contact_count = len(members if wizard.again else members - acted)

    def _members(self):
        """Return the memberships of the contacts that are in the profile."""
        Membership = self.env["crm.profiling.membership"]
        return Membership.search_fetch(
            Membership._member_domain() & Domain("profile_id", "=", self.profile_id.id),
            ["date_acted", "partner_id"],
        )

    def action_act(self):
        """Act on them: at once, or in the background where there are many."""
        check_one(self)
        profile = self.profile_id
        profile.check_access("write")
        if not profile._acts_on_entry():
            raise UserError(
                self.env._(
                    "“%(profile)s” does nothing when a contact enters. Say on its tab"
                    " “When a contact enters” what it should do.",
                    profile=profile.name,
                )
            )
        members = self._members()
        if not self.again:
            members = members.filtered(lambda membership: not membership.date_acted)
        if len(members) > AT_ONCE:
            members._act_later()
            return self._done(
                self.env._(
                    "%(count)s contacts are acted on in the background. The profile"
                    " shows how many are left.",
                    count=len(members),
                )
            )
        if members:
            self.env["crm.profiling.entry"]._enter(profile, members.partner_id)
        return self._done(
            self.env._("%(count)s contacts have been acted on.", count=len(members))
        )

    @api.model
    def _done(self, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
