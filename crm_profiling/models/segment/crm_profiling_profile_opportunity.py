from odoo import api, fields, models
from odoo.fields import Domain


class CrmProfilingProfile(models.Model):
    """What an opportunity from a profile is like, and who has one."""

    _inherit = "crm.profiling.profile"  # pylint: disable=consider-merging-classes-inherited

    entry_opportunity = fields.Boolean(
        string="Create an opportunity",
        help="One for each company, unless it has an open one from this profile.",
    )
    company_currency_id = fields.Many2one(
        comodel_name="res.currency", compute="_compute_company_currency_id"
    )
    expected_revenue = fields.Monetary(
        currency_field="company_currency_id",
        help="Of each opportunity from this profile, unless somebody says otherwise.",
    )

    _expected_revenue_not_negative = models.Constraint(
        "CHECK(expected_revenue >= 0)",
        "An opportunity is not expected to cost anything. Give an amount, or 0.",
    )

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_company_currency_id(self):
        for profile in self:
            company = profile.company_id or self.env.company
            profile.company_currency_id = company.currency_id

    def _open_opportunities(self, companies=None):
        """Return the open opportunities from this profile, everybody's.

        Those of other salespeople count as well, whether one may see them or not.

        :param companies: commercial entities whose they are, None for all
        """
        open_ones = (
            Domain("profiling_profile_id", "in", self.ids)
            & Domain("won_status", "=", "pending")
            & Domain("partner_id", "!=", False)
        )
        if companies is not None:
            open_ones &= Domain("partner_id.commercial_partner_id", "in", companies.ids)
        return self.env["crm.lead"].sudo().search_fetch(open_ones, ["partner_id"])

    def _to_get_one(self, contacts, one_per_company=True):
        """Return who gets an opportunity from the profile: ``{whose it is: contact}``.

        Of a company a person rather than the company; none where one is open.

        :param one_per_company: whether colleagues get one together
        """
        busy = self._open_opportunities(contacts.commercial_partner_id).partner_id
        groups = contacts.grouped(lambda contact: contact)
        if one_per_company:
            busy = busy.commercial_partner_id
            groups = contacts.grouped("commercial_partner_id")
        busy_ids = set(busy.ids)
        return {
            whose: theirs.sorted("is_company")[:1]
            for whose, theirs in groups.items()
            if whose.id not in busy_ids
        }

    def _opportunity_vals(self, contact):
        """Return the values of an opportunity for what the profile proposes."""
        self.ensure_one()
        values = {
            "type": "opportunity",
            "name": f"{self.name}: {contact.commercial_partner_id.name}",
            "partner_id": contact.id,
            "profiling_profile_id": self.id,
            "description": self.offer,
            "expected_revenue": self.expected_revenue,
            "user_id": (contact.user_id or self.env.user).id,
            "campaign_id": self.entry_campaign_id.id,
            "priority": contact.profiling_priority or "0",
        }
        if self.entry_team_id:  # else the salesperson's
            values["team_id"] = self.entry_team_id.id
        return values
