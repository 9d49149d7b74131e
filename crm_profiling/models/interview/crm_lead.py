from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, is_html_empty

from ...groups import SALESMAN
from ..catalog.crm_profiling_sealed import check_one


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
            lead.profiling_offer = offers and offers[0].__class__().join(offers)

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

    def action_profiling_interview(self):
        """Interview the contact of the lead; it is created if there is none."""
        check_one(self)
        return self.env["crm.profiling.interview"]._action(lead_id=self.id)

    def action_profiling_call_list(self):
        """Ask what to ask, and make a call list of the contacts of these leads."""
        Queue = self.env["crm.profiling.queue"]
        Queue.check_access("create")
        leads = self._filtered_access("write")
        unknown = leads.filtered(lambda lead: not lead.partner_id)
        kept, left_out = leads._profiling_to_call()._profiling_sort_out()
        if not unknown:
            Queue._check_anybody(kept, left_out)
        name = Queue._name_for(len(kept) + len(unknown), self._profiling_in_common())
        return Queue._action_new(name, leads=leads)

    def _profiling_in_common(self):
        """Return in words what these leads have in common: their stage, for one."""
        stages = self.stage_id
        return stages.name if len(stages) == 1 else self.env._("Pipeline")

    def _profiling_to_call(self):
        """Return the contacts of these leads: of an address, whose it is."""
        partners = self.env["res.partner"]
        for partner in self.partner_id:
            is_address = partner._profiling_is_address()
            partners |= (is_address and partner.parent_id) or partner
        return partners

    def _profiling_partner(self):
        """Return the contact that holds the answers, as Odoo finds it at conversion."""
        if self and not self.partner_id:
            self.check_access("write")
            self._handle_partner_assignment(
                force_partner_id=self._find_matching_partner().id
            )
        return self.partner_id
