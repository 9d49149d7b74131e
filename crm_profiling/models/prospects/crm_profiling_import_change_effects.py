from odoo import api, models
from odoo.tools import SQL


class CrmProfilingImportChange(models.Model):
    """Finds what else came of a batch: by what profiles do on entry."""

    _inherit = "crm.profiling.import.change"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _marks(self):
        """Return the last activity and message: what comes later in the batch is ours.

        Nobody else's are seen in this transaction.
        """
        self.env.flush_all()
        [marks] = self.env.execute_query(
            SQL(
                """SELECT (SELECT COALESCE(max(id), 0) FROM mail_activity),
                          (SELECT COALESCE(max(id), 0) FROM mail_message)"""
            )
        )
        return marks

    @api.model
    def _add_side_effects(self, by_id, before):
        """Note the activities and messages of what profiles did on entry."""
        for name, table, column, mark in (
            ("activities", "mail_activity", "res_model", before[0]),
            ("messages", "mail_message", "model", before[1]),
        ):
            rows = self.env.execute_query(
                SQL(
                    "SELECT res_id, id FROM %s WHERE id > %s AND %s = 'res.partner'",
                    SQL.identifier(table),
                    mark,
                    SQL.identifier(column),
                )
            )
            for res_id, id_ in rows:
                if res_id in by_id:
                    by_id[res_id].setdefault(name, []).append(id_)
