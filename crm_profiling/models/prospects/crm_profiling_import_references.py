from odoo import api, models
from odoo.tools import SQL


class CrmProfilingImportUses(models.AbstractModel):
    """Tells what in the database refers to a record, whoever put it there."""

    _inherit = "crm.profiling.import.uses"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _foreign_keys(self, table):
        """Return ``[(table, column)]`` of all that refers to a table."""
        return self.env.execute_query(
            SQL(
                """SELECT source.relname, attribute.attname
                     FROM pg_constraint
                     JOIN pg_class source ON source.oid = conrelid
                     JOIN pg_attribute attribute
                       ON attribute.attrelid = conrelid AND attribute.attnum = conkey[1]
                    WHERE contype = 'f' AND confrelid = %s::regclass""",
                table,
            )
        )

    @api.model
    def _referred(self, records, own=()):
        """Return those of some records that anything in the database refers to.

        :param own: tables whose rows come with them, and go with them
        """
        self.env.flush_all()
        used = set()
        for table, column in self._foreign_keys(records._table):
            if table not in own:
                used |= self._referring(table, column, records.ids)
        return records.browse(used)

    @api.model
    def _referring(self, table, column, ids):
        # transient records are nobody's work
        model = table.replace("_", ".")
        if model in self.env and self.env[model]._transient:
            return set()
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT %(column)s FROM %(table)s"
                " WHERE %(column)s = ANY(%(ids)s)",
                column=SQL.identifier(column),
                table=SQL.identifier(table),
                ids=list(ids),
            )
        )
        return {row[0] for row in rows}
