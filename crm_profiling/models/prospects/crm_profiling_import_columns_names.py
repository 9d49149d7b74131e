from odoo import api, models
from odoo.tools import SQL


class CrmProfilingImportColumns(models.AbstractModel):
    """How things are called, in all languages."""

    _inherit = "crm.profiling.import.columns"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _names(self, records):
        """Yield ``(record, name, rank)`` in all languages, the user's first.

        Things archived come last: another may have got their name.
        """
        records.flush_recordset(["name"])
        lang = self.env.lang or "en_US"
        active = "active" in records._fields
        rows = self.env.execute_query(
            SQL(
                "SELECT id, name, %s FROM %s WHERE id = ANY(%s) ORDER BY id",
                SQL.identifier("active") if active else SQL("TRUE"),
                SQL.identifier(records._table),
                records.ids,
            )
        )
        for id_, names, is_active in rows:
            names = names if isinstance(names, dict) else {"en_US": names}
            for code, name in names.items():
                rank = 0 if code == lang else 1 if code == "en_US" else 2
                if code == "en_US" and lang not in names:
                    rank = 0
                yield records.browse(id_), name, rank + (0 if is_active else 3)
