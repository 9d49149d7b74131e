from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

# Many2many fields that contacts are listed by, and grouped by.
LISTED_BY = (
    "profile_ids",
    "category_id",
    "profiling_answer_ids",
    "profiling_question_ids",
)


class ResPartner(models.Model):
    """Counts and orders groups of contacts, in few queries."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

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
