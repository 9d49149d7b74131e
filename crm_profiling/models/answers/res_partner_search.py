from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...catalog import ASKED


class ResPartner(models.Model):
    """Contacts are searched and grouped by computed fields as by stored ones."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _profiling_rows_sql(self, field_name):
        """Return a subselect of ``(partner_id, value)`` for a computed many2many.

        A question comes once for each of its answers.

        :return: None for a field that is none of these
        :raise AccessError: for those who may not read the field
        """
        column = {
            "profiling_answer_ids": "answer_id",
            "profiling_question_ids": "question_id",
        }.get(field_name)
        if not column:
            return None
        self._check_field_access(self._fields[field_name], "read")
        return SQL(
            "(SELECT partner_id, %s AS value FROM %s known WHERE answer_id = ANY(%s))",
            SQL.identifier(column),
            self.env["crm.profiling.source"]._of(ASKED)._known_sql(),
            list(self.env["crm.profiling.catalog"]._visible_answers()),
        )

    @api.model
    def _profiling_search(self, field_name, operator, value):
        """Search one of the computed many2many fields: records, names or a domain."""
        Comodel = self.env[self._fields[field_name].comodel_name].with_context(
            active_test=False
        )
        rows = self._profiling_rows_sql(field_name)
        if operator == "any":
            return self._profiling_having(rows, Comodel.search(value).ids)
        if operator not in ("in", "not in"):
            return NotImplemented
        ids = [v for v in value if isinstance(v, int) and v]
        names = [v for v in value if isinstance(v, str)]
        if names:
            ids += Comodel.search([("display_name", "in", names)]).ids
        is_nothing = False in value or None in value
        if operator == "in":
            lacking = self._profiling_lacking(rows) if is_nothing else Domain.FALSE
            return self._profiling_having(rows, ids) | lacking
        having = self._profiling_having(rows) if is_nothing else Domain.TRUE
        return self._profiling_lacking(rows, ids) & having

    @api.model
    def _profiling_having(self, rows, values=None):
        """Return the domain of who has one of some values, none given: any at all."""
        if values == []:
            return Domain.FALSE
        return self._profiling_domain(SQL("EXISTS"), rows, values)

    @api.model
    def _profiling_lacking(self, rows, values=None):
        """Return the domain of all others."""
        if values == []:
            return Domain.TRUE
        return self._profiling_domain(SQL("NOT EXISTS"), rows, values)

    @api.model
    def _profiling_domain(self, exists, rows, values):
        """Return the domain of whose value, of some or of any, exists or does not.

        Not by ``IN`` or ``NOT IN``: beside an ``OR``, and once what is inside does not
        fit into memory, PostgreSQL reads all of it anew for each contact.
        """
        where = SQL() if values is None else SQL("AND value = ANY(%s)", list(values))
        return Domain.custom(
            to_sql=lambda _model, alias, _query: SQL(
                "%s (SELECT FROM %s held WHERE partner_id = %s %s)",
                exists,
                rows,
                SQL.identifier(alias, "id"),
                where,
            )
        )

    @api.model
    def _search_profiling_answer_ids(self, operator, value):
        return self._profiling_search("profiling_answer_ids", operator, value)

    @api.model
    def _search_profiling_question_ids(self, operator, value):
        return self._profiling_search("profiling_question_ids", operator, value)

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Group by the computed many2many fields as by stored ones."""
        rows = self._profiling_rows_sql(groupby_spec)
        if rows is None:
            return super()._read_group_groupby(alias, groupby_spec, query)
        if groupby_spec == "profiling_question_ids":
            rows = SQL("(SELECT DISTINCT partner_id, value FROM %s listed)", rows)
        rows_alias = query.make_alias(alias, groupby_spec)
        query.add_join(
            "LEFT JOIN",
            rows_alias,
            rows,
            SQL(
                "%s = %s",
                SQL.identifier(alias, "id"),
                SQL.identifier(rows_alias, "partner_id"),
            ),
        )
        return SQL.identifier(rows_alias, "value")
