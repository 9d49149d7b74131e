from odoo import api, models
from odoo.tools import SQL


class InvoiceSalesmanCost(models.AbstractModel):
    """Notes the costs of what was posted before the addon came."""

    _inherit = "invoice.salesman.cost"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _cron_fill(self, size=500):
        """Note the costs of what was posted before the addon came, batch by batch."""
        IrCron = self.env["ir.cron"]
        IrCron._commit_progress(remaining=self._missing())
        while moves := self._fill(size):
            if not IrCron._commit_progress(len(moves)):
                break

    @api.model
    def _fill(self, size):
        """Note the costs of the oldest documents without; return them."""
        self.env["account.move"].flush_model(["state", "move_type", "invoice_date"])
        rows = self.env.execute_query(
            SQL(
                """SELECT move.id FROM account_move move WHERE %s
                 ORDER BY move.invoice_date, move.id LIMIT %s""",
                self._missing_sql(),
                size,
            )
        )
        moves = self.env["account.move"].browse(row[0] for row in rows)
        self._freeze(moves, late=True)
        return moves

    @api.model
    def _missing(self):
        """Return how many documents are still without.

        :rtype: int
        """
        return self.env.execute_query(
            SQL("SELECT COUNT(*) FROM account_move move WHERE %s", self._missing_sql())
        )[0][0]

    @api.model
    def _missing_sql(self):
        counts = self.env["crm.profiling.turnover"]._counts_sql()
        return SQL("move.sales_cost IS NULL AND %s", counts)
