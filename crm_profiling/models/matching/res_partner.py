from odoo import api, fields, models
from odoo.tools import SQL

from ...groups import SALESMAN


class ResPartner(models.Model):
    """Contacts are in profiles, for reasons that their form shows."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    profiling_membership_ids = fields.One2many(
        comodel_name="crm.profiling.membership",
        inverse_name="partner_id",
        string="Profile memberships",
        groups=SALESMAN,
    )
    profile_ids = fields.Many2many(
        comodel_name="crm.profiling.profile",
        string="Profiles",
        compute="_compute_profile_ids",
        search="_search_profile_ids",
        groups=SALESMAN,
    )
    profiling_result = fields.Json(
        string="Profiling result",
        compute="_compute_profiling_result",
        groups=SALESMAN,
    )

    @api.depends(
        "profiling_membership_ids.state", "profiling_membership_ids.profile_id"
    )
    def _compute_profile_ids(self):
        for partner in self:
            memberships = partner.profiling_membership_ids._is_in()
            partner.profile_ids = memberships.profile_id.filtered("active").sorted(
                lambda profile: (profile.sequence, profile.name or "", profile.id)
            )

    @api.depends(
        "profiling_answer_ids",
        "profiling_membership_ids.state",
        "category_id",
        "type",
        "company_id",
    )
    def _compute_profiling_result(self):
        """Say for each profile whether it is matched, open or ruled out, and why.

        Follows the answers in cache, so that a form shows what they lead to before
        they are saved.
        """
        Explainer = self.env["crm.profiling.explainer"]
        nothing = {"profiles": [], "stale_answer_ids": []}
        for partner in self:
            evaluated = not partner._profiling_is_address()
            result = Explainer._result(partner) if evaluated else nothing
            partner.profiling_result = {"evaluated": evaluated, **result}

    @api.model
    def _profiling_derived(self):
        return [*super()._profiling_derived(), "profiling_result"]

    @api.model
    def _profiling_refresh(self):
        self.env["crm.profiling.membership"].invalidate_model(["why"], flush=False)
        return super()._profiling_refresh()

    @api.model
    def _profiling_rows_sql(self, field_name):
        if field_name != "profile_ids":
            return super()._profiling_rows_sql(field_name)
        self._check_field_access(self._fields[field_name], "read")
        self.env["crm.profiling.membership"].flush_model()
        self.env["crm.profiling.profile"].flush_model(["active"])
        return SQL(
            """(SELECT membership.partner_id, membership.profile_id AS value
                  FROM %s
                 WHERE (%s OR profile.company_id IS NULL
                           OR profile.company_id = ANY(%s)))""",
            self.env["crm.profiling.membership"]._in_sql(),
            self.env.su,
            self.env.companies.ids,
        )

    @api.model
    def _search_profile_ids(self, operator, value):
        return self._profiling_search("profile_ids", operator, value)
