from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.prospects.arguments import one


class CrmProfilingOpportunity(models.TransientModel):
    """Creates an opportunity for each contact of a segment, none of them twice.

    A contact who has an open one from the same profile is left out. So are, unless the
    user says otherwise, its colleagues: one opportunity a company.
    """

    _name = "crm.profiling.opportunity"
    _inherit = ["crm.profiling.guarded"]
    _description = "Create Opportunities for Contacts of a Profile"

    profile_id = fields.Many2one(
        comodel_name="crm.profiling.profile",
        required=True,
        ondelete="cascade",
        help="What the opportunities are about. Contacts with an open opportunity from"
        " this profile are left out.",
    )
    partner_ids = fields.Many2many(
        comodel_name="res.partner",
        relation="crm_profiling_opportunity_partner_rel",
        column1="opportunity_id",
        column2="partner_id",
        string="Contacts",
    )
    one_per_company = fields.Boolean(
        string="One for each company",
        default=True,
        help="Not one for each of its contacts.",
    )
    name = fields.Char(
        string="Title",
        compute="_compute_from_profile",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    description = fields.Html(
        compute="_compute_from_profile",
        store=True,
        precompute=True,
        readonly=False,
    )
    company_currency_id = fields.Many2one(
        comodel_name="res.currency",
        default=lambda self: self.env.company.currency_id,
    )
    expected_revenue = fields.Monetary(
        currency_field="company_currency_id",
        compute="_compute_from_profile",
        store=True,
        precompute=True,
        readonly=False,
        help="Of each opportunity.",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        domain=[("share", "=", False)],
        help="Leave empty to take each contact's salesperson, or you if there is none.",
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales team",
        compute="_compute_from_profile",
        store=True,
        precompute=True,
        readonly=False,
    )
    campaign_id = fields.Many2one(
        comodel_name="utm.campaign",
        compute="_compute_from_profile",
        store=True,
        precompute=True,
        readonly=False,
    )
    create_count = fields.Integer(compute="_compute_create_count")
    skipped_count = fields.Integer(compute="_compute_create_count")

    @api.depends("profile_id")
    def _compute_from_profile(self):
        for wizard in self:
            profile = wizard.profile_id
            wizard.name = profile.name
            wizard.description = profile.offer
            wizard.expected_revenue = profile.expected_revenue
            wizard.team_id = profile.entry_team_id
            wizard.campaign_id = profile.entry_campaign_id

    @api.depends("profile_id", "partner_ids", "one_per_company")
    def _compute_create_count(self):
        for wizard in self:
            contacts = wizard.partner_ids._origin
            all_of_them = (
                contacts.commercial_partner_id if wizard.one_per_company else contacts
            )
            wizard.create_count = len(wizard._chosen())
            wizard.skipped_count = len(all_of_them) - wizard.create_count

    def _chosen(self):
        """Return who gets an opportunity, ``{whose it is: contact}``."""
        return self.profile_id._to_get_one(
            self.partner_ids._origin, self.one_per_company
        )

    def action_create(self):
        """Create them and show them."""
        one(self)
        self.env["crm.lead"].check_access("create")
        # or whoever does the same at this moment would create them again
        self.env["crm.profiling.turn"].sudo()._take(f"profile {self.profile_id.id}")
        contacts = self.partner_ids.browse(
            contact.id for contact in self._chosen().values()
        )
        if not contacts:
            raise UserError(
                self.env._(
                    "Everybody here has an open opportunity from the profile"
                    " “%(profile)s” already.",
                    profile=self.profile_id.name,
                )
            )
        # Whoever may create opportunities may give them to the contact's salesperson,
        # even if that one's are not theirs to see.  One message to a salesperson for
        # each of hundreds would be too many.
        Lead = self.env["crm.lead"].sudo()
        leads = Lead.with_context(mail_auto_subscribe_no_notify=True).create(
            [self._prepare_lead(contact) for contact in contacts]
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.lead",
            "view_mode": "list,kanban,form",
            "domain": [("id", "in", leads.ids)],
            "name": self.env._("Opportunities created"),
            "context": {"create": False},
        }

    def _prepare_lead(self, contact):
        """Return the values of the opportunity of a contact."""
        values = {
            **self.profile_id._opportunity_vals(contact),
            "name": f"{self.name}: {contact.commercial_partner_id.name}",
            "description": self.description,
            "expected_revenue": self.expected_revenue,
            "campaign_id": self.campaign_id.id,
        }
        values.pop("team_id", None)
        if self.user_id:
            values["user_id"] = self.user_id.id
        if self.team_id:  # else the salesperson's
            values["team_id"] = self.team_id.id
        return values
