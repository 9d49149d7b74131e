from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ...groups import SALESMAN

# Many2many fields that contacts are listed by, and grouped by.
LISTED_BY = (
    "profile_ids",
    "category_id",
    "profiling_answer_ids",
    "profiling_question_ids",
)
HEADLINE = 100  # characters of an offer shown on a card


class ResPartner(models.Model):
    """What Contacts by Category shows, and what keeps it quick."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    profiling_is_pinned = fields.Boolean(
        string="Pinned",
        compute="_compute_profiling_pin_note",
        search="_search_profiling_is_pinned",
        groups=SALESMAN,
        help="Somebody pinned the contact to a profile.",
    )
    profiling_pin_note = fields.Char(
        string="Pinned by",
        compute="_compute_profiling_pin_note",
        groups=SALESMAN,
        help="To which profiles, by whom and since when.",
    )
    profiling_offer_headline = fields.Char(
        string="What to propose",
        compute="_compute_profiling_offer_headline",
        groups=SALESMAN,
        help="How the offer of the narrowest of the contact's profiles begins.",
    )

    profiling_why = fields.Text(
        string="Why", compute="_compute_profiling_why", groups=SALESMAN
    )

    @api.model
    def _profiling_derived(self):
        return [*super()._profiling_derived(), "profiling_why"]

    @api.depends("profiling_membership_ids.why")
    @api.depends_context("profiling_profile_id")
    def _compute_profiling_why(self):
        """Say why they are in the profile whose contacts are listed."""
        profile_id = self.env.context.get("profiling_profile_id")
        memberships = self.profiling_membership_ids.filtered(
            lambda membership: membership.profile_id.id == profile_id
        )
        why = {m.partner_id: m.why for m in memberships}
        for partner in self:
            partner.profiling_why = why.get(partner, "")

    @api.depends("profiling_membership_ids.state")
    def _compute_profiling_pin_note(self):
        for partner in self:
            pins = partner.profiling_membership_ids.filtered(
                lambda one: one.state == "pinned" and one.profile_id.active
            )
            partner.profiling_is_pinned = bool(pins)
            partner.profiling_pin_note = "; ".join(
                f"{pin.profile_id.name}: {pin._hand_note()}" for pin in pins
            )

    @api.model
    def _search_profiling_is_pinned(self, operator, value):
        if operator != "in":
            return NotImplemented
        pinned = Domain(
            "profiling_membership_ids",
            "any",
            [("state", "=", "pinned"), ("profile_id.active", "=", True)],
        )
        return Domain.OR(pinned if one else ~pinned for one in value)

    @api.depends("profile_ids")
    def _compute_profiling_offer_headline(self):
        headlines = {
            profile: profile._offer_headline(HEADLINE) for profile in self.profile_ids
        }
        for partner in self:
            offers = (headlines[p] for p in partner.profile_ids._narrowest_first())
            partner.profiling_offer_headline = next(filter(None, offers), False)

    @api.model
    def action_profiling_contacts(self, field_name, domain, name=None):
        """Open the contacts behind a figure of a report.

        :param field_name: ``"profiling_response_ids"`` or
            ``"profiling_membership_ids"``
        :param list domain: of the responses or memberships that were counted
        """
        if field_name not in ("profiling_response_ids", "profiling_membership_ids"):
            raise ValidationError(self.env._("There are no such contacts."))
        return self._action_profiling_contacts(
            [(field_name, "any", domain)], name or self.env._("Contacts")
        )

    @api.model
    def action_profiling_list(self, domain, name=None):
        """Open the contacts of a domain in the list of Contacts by Category."""
        return self._action_profiling_contacts(domain, name or self.env._("Contacts"))

    @api.model
    def _action_profiling_contacts(self, domain, name):
        """List contacts as Contacts by Category does."""
        plain = super()._action_profiling_contacts(domain, name)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_profiling.res_partner_action_by_category"
        )
        # by its path it would be opened again without the domain
        for key in ("id", "xml_id", "path"):
            action.pop(key, None)
        said = {key: plain[key] for key in ("name", "domain", "context")}
        return {**action, **said, "display_name": name}

    # ------------------------------------------------------------------
    # Count and order groups
    # ------------------------------------------------------------------

    @api.model
    def search_panel_select_multi_range(self, field_name, **kwargs):
        """Count contacts by profile and by tag in one query, not in one for each."""
        special = {"group_by", "expand", "comodel_domain"}
        counted = kwargs.get("enable_counters") and not any(map(kwargs.get, special))
        if field_name not in ("profile_ids", "category_id") or not counted:
            return super().search_panel_select_multi_range(field_name, **kwargs)
        found = Domain(kwargs.get("search_domain") or [])
        ticked = Domain.AND(
            kwargs.get(part) or [] for part in ("category_domain", "filter_domain")
        )
        values = self._profiling_counts(field_name, found)
        limit = kwargs.get("limit")
        if limit and len(values) >= limit:  # too many to show: Odoo says so
            return super().search_panel_select_multi_range(field_name, **kwargs)
        counts = values
        if not ticked.is_true():  # what is ticked elsewhere changes counts only
            counts = self._profiling_counts(field_name, found & ticked)
        return {
            "values": [
                {
                    "id": value.id,
                    "display_name": value.display_name,
                    "__count": counts.get(value, 0),
                }
                for value in values
            ]
        }

    @api.model
    def _profiling_counts(self, field_name, domain):
        """Return how many contacts hold each value, in the order of the values."""
        groups = self._read_group(domain, [field_name], ["__count"])
        return {
            value.with_context(hierarchical_naming=False): count
            for value, count in groups
            if value
        }

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """Put those who were never interviewed first, and no priority last."""
        ascending = direction.code != "DESC"
        if field_name == "profiling_last_interview" and not nulls.code:
            nulls = SQL("NULLS FIRST") if ascending else SQL("NULLS LAST")
        elif field_name == "profiling_priority" and not nulls.code and not ascending:
            nulls = SQL("NULLS LAST")
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)

    def _read_group_orderby(self, order, groupby_terms, query):
        """Order profiles, tags, questions and answers as they are in their lists.

        Odoo orders groups by a many2many by id: columns would stand in the order in
        which profiles were created.
        """
        first, _, rest = (order or ",".join(groupby_terms)).partition(",")
        name, _, direction = first.strip().partition(" ")
        if name not in LISTED_BY or name not in groupby_terms:
            return super()._read_group_orderby(order, groupby_terms, query)
        Comodel = self.env[self._fields[name].comodel_name].sudo()
        alias = query.make_alias(self._table, f"{name}_order")
        value = groupby_terms[name]
        query.add_join(
            "LEFT JOIN",
            alias,
            Comodel._table,
            SQL("%s = %s", value, SQL.identifier(alias, "id")),
        )
        terms = [
            Comodel._order_to_sql(
                Comodel._order,
                query,
                alias=alias,
                reverse=direction.strip().upper().startswith("DESC"),
            )
        ]
        groupby_terms[name] = SQL(", ").join([value, *query._order_groupby])
        query._order_groupby.clear()
        if rest:
            terms.append(super()._read_group_orderby(rest, groupby_terms, query))
        return SQL(", ").join(terms)
