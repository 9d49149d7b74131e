import logging

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..catalog.arguments import LARGEST_ID
from ..catalog.ours import OURS
from ..catalog.settings import number

_logger = logging.getLogger(__name__)

# Contacts compared in one transaction of the background job, at 2 to 5 us each; where
# many must change the applier stops earlier, after a second or two. Another size is set
# by the system parameter.
COMPARED_AT_ONCE = 20_000
COMPARED_PARAMETER = "crm_profiling.run_batch_size"

# Times in a row that users may come first before the job lets the scheduler's others
# have their turn.
BEATEN = 10


class CrmProfilingRun(models.Model):
    """The background job: a run goes on, batch by batch."""

    _inherit = "crm.profiling.run"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _cron_apply(self):
        """Go on with the open run, batch by batch.

        Who comes first wins: where a user changed the same contacts meanwhile, the
        batch is done again.  Where it takes longer than the database allows, or fails,
        smaller ones are tried, down to the contact that cannot be brought in line: it
        is left as it is, logged and counted.
        """
        IrCron = self.env["ir.cron"]
        run = self._take_up()
        remaining = max(run.total - run.done, 1) if run else 0
        if not IrCron._commit_progress(remaining=remaining):
            # Odoo calls a job ten times before it looks at the clock; and a server
            # whose jobs take two minutes it restarts, under its users' feet.
            self._wake()
            return
        if not run.last_partner_id:
            self._mend_strays()
            IrCron._commit_progress()
        size, beaten = self._batch_size(), 0
        while run := self._take_up():
            looked_at, size, is_beaten = run._try_batch(size)
            beaten = beaten + 1 if is_beaten else 0
            remaining = max(run.total - run.done, not run.date_end)
            # called again soon, with what is left
            if (
                not IrCron._commit_progress(looked_at, remaining=remaining)
                or beaten > BEATEN
            ):
                break

    def _try_batch(self, size):
        """Handle the next contacts; where that fails, nothing of it is done.

        :return: how many were looked at, the size of the next batch, and whether users
            came first
        """
        try:
            return self._do_batch(size), min(2 * size, self._batch_size()), False
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            self.env.cr.rollback()
            return 0, max(1, size // 2), True
        except Exception:
            self.env.cr.rollback()
            if size > 1:
                return 0, max(1, size // 20), False
            _logger.exception("Profiling: a contact was left out of %s", self)
            return self._skip_contact(), 1, False

    @api.model
    def _batch_size(self):
        size = number(self.env, COMPARED_PARAMETER, COMPARED_AT_ONCE, 1, LARGEST_ID)
        return int(size)

    def _do_batch(self, size):
        """Handle the next contacts, and note it in a transaction of its own.

        That one is short: while a batch lasts, managers may pause the run. Ended in
        between, the batch is done again, and changes nothing; so it is where somebody
        changed the catalog in between.
        """
        applier = self.env["crm.profiling.applier"].sudo()
        if self.in_time:
            applier = applier.with_context(profiling_in_time=OURS)
        catalog = applier.env["crm.profiling.catalog"]
        start, version = self.last_partner_id, catalog._lock()
        batch = applier._apply_after(start, size, self.look)
        self.env["ir.cron"]._commit_progress()
        if (self.last_partner_id, catalog._lock()) == (start, version):
            self._note(batch)
        return batch.looked_at

    def _note(self, batch):
        """Remember how far a batch came."""
        if not batch.last_id:
            if self.look:
                self.env["crm.profiling.question"]._in_use_found()._note_looked_at()
            self.write(
                {
                    "state": "done",
                    "done": self.total,
                    "date_end": fields.Datetime.now(),
                }
            )
            return
        self.write(
            {
                "last_partner_id": batch.last_id,
                "done": self.done + batch.looked_at,
                "changed": self.changed + batch.changed,
            }
        )

    def _skip_contact(self):
        """Leave the next contact out."""
        applier = self.env["crm.profiling.applier"].sudo()
        self.write(
            {
                "last_partner_id": applier._next_contact_id(
                    self.last_partner_id, self.look
                ),
                "done": self.done + 1,
                "failed": self.failed + 1,
            }
        )
        return 1

    @api.model
    def _mend_strays(self):
        """Hand over the answers that came while their company or question changed.

        Neither of the two transactions saw the other.
        """
        Response = self.env["crm.profiling.response"].sudo()
        try:
            Response._contacts_changed(Response._hand_over())
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            self.env.cr.rollback()
            self._wake()

    @api.model
    def _take_up(self):
        """Return the run to go on with, unless it is paused.

        It has taken the place of those asked for before.
        """
        opened = self._open()
        newest, older = opened[:1], opened[1:]
        if older:
            older.write({"state": "done", "date_end": fields.Datetime.now()})
        return newest.filtered(lambda run: run.state == "running")
