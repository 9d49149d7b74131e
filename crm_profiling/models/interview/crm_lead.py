from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, is_html_empty

from ...groups import SALESMAN


class CrmLead(models.Model):
    """Leads show what their contact's answers led to; the contact holds them."""

    _inherit = "crm.lead"

    profiling_profile_ids = fields.Many2many(
        comodel_name="crm.profiling.profile",
        string="Profiles",
        compute="_compute_profiling_profile_ids",
        search="_search_profiling_profile_ids",
        compute_sudo=False,
        groups=SALESMAN,
        help="The profiles of the contact.",
    )
    profiling_offer = fields.Html(
        string="What to propose",
        compute="_compute_profiling_offer",
        compute_sudo=False,
        groups=SALESMAN,
    )

    @api.depends("partner_id.profile_ids")
    def _compute_profiling_profile_ids(self):
        readable = self.partner_id._filtered_access("read")
        for lead in self:
            partner = lead.partner_id
            lead.profiling_profile_ids = partner in readable and partner.profile_ids

    @api.depends("profiling_profile_ids.offer")
    def _compute_profiling_offer(self):
        """Put the offers together, those of the narrowest profiles first."""
        for lead in self:
            profiles = lead.profiling_profile_ids._narrowest_first()
            offers = [p.offer for p in profiles if not is_html_empty(p.offer)]
            lead.profiling_offer = Markup().join(offers) or False

    @api.model
    def _search_profiling_profile_ids(self, operator, value):
        if operator not in ("in", "any"):
            return NotImplemented
        found = Domain("partner_id", "any", [("profile_ids", operator, value)])
        if operator == "in" and (False in value or None in value):
            found |= Domain("partner_id", "=", False)
        return found

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Group by the profiles of the contact as by a stored many2many field."""
        if groupby_spec != "profiling_profile_ids":
            return super()._read_group_groupby(alias, groupby_spec, query)
        self._check_field_access(self._fields[groupby_spec], "read")
        rows_alias = query.make_alias(alias, groupby_spec)
        query.add_join(
            "LEFT JOIN",
            rows_alias,
            self.env["res.partner"]._profiling_rows_sql("profile_ids"),
            SQL(
                "%s = %s",
                self._field_to_sql(alias, "partner_id", query),
                SQL.identifier(rows_alias, "partner_id"),
            ),
        )
        return SQL.identifier(rows_alias, "value")
