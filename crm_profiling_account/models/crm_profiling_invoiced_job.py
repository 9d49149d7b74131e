import logging

from odoo import api, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from .crm_profiling_question import ORIGINS

_logger = logging.getLogger(__name__)

BATCH = 1000


class CrmProfilingInvoiced(models.Model):
    """The job that looks at those who were invoiced, and at all once a week."""

    _inherit = "crm.profiling.invoiced"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _take(self, size=BATCH):
        """Return the ids of some of them, which are noted no more."""
        rows = self.env.execute_query(
            SQL(
                """WITH taken AS (
                       DELETE FROM crm_profiling_invoiced
                        -- an array, chosen once: what is joined may be chosen anew
                        -- for each row, and be more than asked for
                        WHERE id = ANY(ARRAY(
                              SELECT id FROM crm_profiling_invoiced
                               ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED))
                    RETURNING partner_id)
                   SELECT DISTINCT partner.commercial_partner_id
                     FROM taken JOIN res_partner partner ON partner.id = partner_id""",
                size,
            )
        )
        return [row[0] for row in rows if row[0]]

    @api.model
    def _left(self):
        rows = self.env.execute_query(
            SQL("SELECT COUNT(*) FROM crm_profiling_invoiced")
        )
        return rows[0][0]

    @api.model
    def _cron_look(self):
        """Look at those who were invoiced: batch by batch, a transaction each."""
        IrCron = self.env["ir.cron"]
        IrCron._commit_progress(remaining=self._left())
        size = BATCH
        while self._left():
            try:
                self._look(size)
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                self.env.cr.rollback()  # somebody works on them: in a minute
                break
            except Exception:
                self.env.cr.rollback()
                if size > 1:
                    size = 1  # the others are not to wait for one of them
                    continue
                holder_ids = self._take(size)  # the week's whole look comes to it
                _logger.exception("Nothing found of the customers %s", holder_ids)
            if not IrCron._commit_progress(remaining=self._left()):
                break

    @api.model
    def _look(self, size=BATCH):
        """Have those evaluated whose turnover may have changed.

        :param int size: rows to take at most
        """
        holder_ids = self._take(size)
        if self._questions() and holder_ids:
            self.env["crm.profiling.source.turnover"].sudo()._changed_for(holder_ids)

    @api.model
    def _questions(self):
        """Return the questions in use that invoices answer."""
        used = self.env["crm.profiling.question"]._in_use_found()
        return used.filtered(lambda question: question.origin in ORIGINS)

    @api.model
    def _cron_whole(self):
        """Have all contacts looked at: for what came past Odoo into its tables."""
        if questions := self._questions():
            questions._found_otherwise()
