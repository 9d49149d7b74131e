from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...groups import SALESMAN
from ..catalog.arguments import is_id
from .masks import WORD


class ResPartner(models.Model):
    """Contacts are in profiles, and say why."""

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
    profiling_found_answer_ids = fields.Many2many(
        comodel_name="crm.profiling.answer",
        string="Answers found",
        compute="_compute_profiling_found_answer_ids",
        search="_search_profiling_found_answer_ids",
        context={"active_test": False},
        groups=SALESMAN,
        help="What nobody had to be asked: found in the contact's data, for example.",
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

    def _compute_profiling_found_answer_ids(self):
        """Read what is kept of each contact, as far as the user may know it."""
        found = self.env["crm.profiling.explainer"]._found_answers(self._origin)
        for partner in self:
            partner.sudo().profiling_found_answer_ids = found.get(partner._origin.id)

    @api.model
    def _search_profiling_found_answer_ids(self, operator, value):
        return self._profiling_search("profiling_found_answer_ids", operator, value)

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

    def profiling_set_hand(self, profile_id, state):
        """Pin contacts to a profile, keep them out of it, or take that back.

        :param int profile_id: id of the profile
        :param state: ``"pinned"``, ``"barred"``, or a false value to let the answers
            decide again
        :raise ValidationError: for another state or a profile that does not exist
        """
        self.check_access("write")
        profile = self.env["crm.profiling.profile"]
        profile.check_access("read")
        if is_id(profile_id):
            # hidden ones are not there
            profile = profile.with_context(active_test=False).search(
                [("id", "=", profile_id)]
            )
        if not profile or state not in ("pinned", "barred", False, None, ""):
            raise ValidationError(
                self.env._(
                    "Choose an existing profile, and to pin the contact, to keep it"
                    " out, or to let the answers decide."
                )
            )
        # Salespeople may not write memberships at large; on contacts they may change,
        # their word counts.
        Membership = self.env["crm.profiling.membership"].sudo()
        if state:
            Membership.create(
                [
                    {"partner_id": p.id, "profile_id": profile.id, "state": state}
                    for p in self
                ]
            )
        else:
            Membership.search(
                [("partner_id", "in", self.ids), ("profile_id", "=", profile.id)]
            ).unlink()
        return True

    @api.model
    def _profiling_rows_sql(self, field_name):
        if field_name == "profiling_found_answer_ids":
            return self._profiling_found_rows_sql()
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
    def _profiling_found_rows_sql(self):
        """Return a subselect of ``(partner_id, value)`` of what is found and seen."""
        field = self._fields["profiling_found_answer_ids"]
        self._check_field_access(field, "read")
        catalog = self.env["crm.profiling.catalog"]
        found = {question.id for question in catalog._get().found}
        questions = catalog._get().questions
        seen = [a for a in catalog._visible_answers() if questions[a].id in found]
        return SQL(
            """(SELECT state.id AS partner_id, bit.answer_id AS value
                  FROM crm_profiling_state state
                  JOIN crm_profiling_bit bit
                    ON bit.answer_id = ANY(%(seen)s)
                   AND COALESCE(state.found[bit.rank / %(word)s + 1], 0)
                       >> (bit.rank %% %(word)s) & 1 = 1)""",
            seen=seen,
            word=WORD,
        )

    @api.model
    def _search_profile_ids(self, operator, value):
        return self._profiling_search("profile_ids", operator, value)
