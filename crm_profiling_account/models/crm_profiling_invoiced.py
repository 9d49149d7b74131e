import logging

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from .crm_profiling_question import ORIGINS

_logger = logging.getLogger(__name__)

BATCH = 1000

# Where a transaction keeps whom it has asked, until it ends.
ASKED_NOW = "crm.profiling.invoiced: asked"


class CrmProfilingInvoiced(models.Model):
    """Whose turnover may have changed: looked at within the minute.

    Posting is never in the way of posting: rows are added and nothing else, without a
    key that two would wait for; the job takes them away.
    """

    _name = "crm.profiling.invoiced"
    _description = "Customer Invoiced Since"
    _log_access = False
    _rec_name = "partner_id"

    # A number, not a link: the database would lock the customer to check it
    partner_id = fields.Integer(string="Customer", required=True)

    @api.model
    def _note(self, partner_ids):
        """Remember whose invoices are others than before, by one insertion."""
        if partner_ids:
            self.env.cr.execute(
                SQL(
                    """INSERT INTO crm_profiling_invoiced (partner_id)
                       SELECT unnest(%s::int[])""",
                    list(partner_ids),
                )
            )

    @api.model
    def _note_asked(self, partner_ids):
        """Remember who may be known, or be known no more, to have bought nothing.

        Nothing, where no profile asks for it. Each company once, when the transaction
        ends: an import has thousands of answers.
        """
        found = self.env["crm.profiling.catalog"]._get().found
        if partner_ids and any(question.origin in ORIGINS for question in found):
            precommit = self.env.cr.precommit
            if ASKED_NOW not in precommit.data:
                precommit.data[ASKED_NOW] = set()
                precommit.add(self.sudo()._note_companies)
            precommit.data[ASKED_NOW].update(partner_ids)

    @api.model
    def _note_companies(self):
        """Remember the companies of those who were asked in this transaction."""
        partner_ids = self.env.cr.precommit.data.pop(ASKED_NOW, ())
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        self.env.cr.execute(
            SQL(
                """INSERT INTO crm_profiling_invoiced (partner_id)
                   SELECT DISTINCT commercial_partner_id FROM res_partner
                    WHERE id = ANY(%s) AND commercial_partner_id IS NOT NULL""",
                list(partner_ids),
            )
        )

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
