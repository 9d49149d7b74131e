import logging

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from ..catalog.ours import OURS

_logger = logging.getLogger(__name__)

# Contacts compared in one transaction of the background job, at 2 to 5 us each; where
# many must change the applier stops earlier, after a second or two. Another size is set
# by the system parameter.
BATCH_SIZE = 20_000
BATCH_SIZE_PARAMETER = "crm_profiling.run_batch_size"

# Times in a row that users may come first before the job lets the scheduler's others
# have their turn.
BEATEN = 10

# Contacts up to which saving a profile brings everybody in line at once; system
# parameter of the same name.
APPLY_AT_ONCE = "crm_profiling.apply_at_once"
APPLY_AT_ONCE_DEFAULT = 5000


class CrmProfilingRun(models.Model):
    """A pass over all contacts after profiles changed, in the background.

    One is open at a time. It remembers how far it came after every batch, so that
    any worker can go on with it after a crash, a restart or a pause.
    """

    _name = "crm.profiling.run"
    _description = "Profiling Run"
    _order = "id desc"

    state = fields.Selection(
        selection=[
            ("running", "Running"),
            ("paused", "Paused"),
            ("done", "Done"),
        ],
        required=True,
        default="running",
        index=True,
    )
    profile_ids = fields.Many2many(
        comodel_name="crm.profiling.profile",
        relation="crm_profiling_run_profile_rel",
        column1="run_id",
        column2="profile_id",
        context={"active_test": False},
    )
    look = fields.Boolean(
        help="Looks what is found of contacts: at all of them, not only at those of"
        " whom something is known.",
    )
    in_time = fields.Boolean(
        help="Asked for by the night alone: what has changed, time has changed.",
    )
    date_start = fields.Datetime(default=fields.Datetime.now)
    date_end = fields.Datetime()
    last_partner_id = fields.Integer(help="Contacts up to this id have been handled.")
    total = fields.Integer(help="Contacts to look at.")
    done = fields.Integer(help="Contacts looked at so far.")
    changed = fields.Integer(help="Contacts whose profiles changed.")
    failed = fields.Integer(
        help="Contacts that could not be brought in line: see the log."
    )

    @api.model
    def _start(self, profiles, look=False):
        """Bring all contacts in line with changed profiles: now, or in the background.

        :param profiles: those that changed, to be shown as stale meanwhile
        :param look: whether what is found of contacts may be other than what is kept;
            it is, too, where profiles mention something to find for the first time
        """
        found = self.env["crm.profiling.question"]._to_look_at()
        look = look or bool(found)
        applier = self.env["crm.profiling.applier"].sudo()
        # Runs look at what the rule says. Of those whom a person put in or keeps out
        # there are few: searched for, as the others may be a million.
        Membership = self.env["crm.profiling.membership"].sudo()
        hands = Membership.search(
            Membership._hand_domain() & Domain("profile_id", "in", profiles.ids)
        )
        hands.partner_id._profiling_quietly()._profiling_apply()
        total = applier._count_contacts(look)
        if total <= self._most_at_once():
            applier._apply_all(look)
            found._note_looked_at()
            # Answers saved since this transaction began are not in its sight: the
            # background job has a second look.
            profiles = profiles.browse()
            # nor are contacts saved since, of whom nothing is kept
        self._ask_for(profiles, total, look)
        self._wake()

    @api.model
    def _most_at_once(self):
        """Return how many contacts at most are not left to the background job."""
        limit = self.env["ir.config_parameter"].sudo().get_param(APPLY_AT_ONCE)
        return int(limit or APPLY_AT_ONCE_DEFAULT)

    @api.model
    def _ask_for(self, profiles, total, look, in_time=False, sort=False):
        """Have all contacts looked at: in the open run, or in a new one if it began.

        What it did so far it did by the old profiles. But its row is the job's: written
        here too, the two would get in each other's way as long as the run lasts.
        """
        opened = self._open()
        begun = opened.filtered(lambda r: r.last_partner_id or r.done or r.sorted_id)
        run = opened[:1]
        vals = {
            "total": total,
            "look": look or any(opened.mapped("look")),
            "sort": sort or any(opened.mapped("sort")),
        }
        if begun or not run:
            in_time = in_time and not opened
            run = self.sudo().create({**vals, "in_time": in_time})
            profiles |= opened.profile_ids
        else:
            # and if it begins at this very moment, one of the two is tried again
            self.env.cr.execute(
                SQL(
                    "UPDATE crm_profiling_run SET last_partner_id = 0 WHERE id = %s",
                    run.id,
                )
            )
            in_time = run.in_time and in_time
            # a pause was meant for what it did before
            run.write({**vals, "in_time": in_time, "state": "running"})
        run.profile_ids |= profiles

    @api.model
    def _look_again(self):
        """Have the job see to what was saved while this transaction was under way."""
        self._start(self.env["crm.profiling.profile"])

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
    def _open(self):
        """Return what is still to do: the newest run goes over everything anew."""
        return self.sudo().search([("state", "!=", "done")])

    @api.model
    def _wake(self):
        self.env.ref("crm_profiling.ir_cron_apply_profiles").sudo()._trigger()

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
        parameters = self.env["ir.config_parameter"].sudo()
        return int(parameters.get_param(BATCH_SIZE_PARAMETER) or BATCH_SIZE)

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

    def _do_batch(self, size):
        """Handle the next contacts, and note it in a transaction of its own.

        That one is short: while a batch lasts, managers may pause the run. Ended in
        between, the batch is done again, and changes nothing; so it is where somebody
        changed the catalog in between.
        """
        applier = self.env["crm.profiling.applier"].sudo()
        if self.in_time:
            applier = applier.with_context(profiling_in_time=OURS)
        start, version = self.last_partner_id, applier._lock_catalog()
        batch = applier._apply_after(start, size, self.look)
        self.env["ir.cron"]._commit_progress()
        if (self.last_partner_id, applier._lock_catalog()) == (start, version):
            self._note(batch)
        return batch.looked_at

    def write(self, vals):
        """Let managers who look at a profile see how far it is."""
        result = super().write(vals)
        if vals.keys() & {"state", "done"}:
            managers = self.env.ref("sales_team.group_sale_manager")
            for run in self:
                # channel is safe: a group, whose members alone listen to it
                self.env["bus.bus"]._sendone(
                    managers,
                    "crm_profiling/run",
                    {"state": run.state, "done": run.done},
                )
        return result

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

    @api.autovacuum
    def _gc_done(self):
        """Forget runs that ended more than a month ago."""
        limit = fields.Datetime.now() - relativedelta(months=1)
        self.search([("state", "=", "done"), ("date_end", "<", limit)]).unlink()

    def action_pause(self):
        """Let the run wait.

        :raise AccessError: for those who may not change profiles
        """
        self._check_may_steer()
        self.sudo().filtered(lambda run: run.state == "running").state = "paused"
        return True

    def action_resume(self):
        """Go on with the run.

        :raise AccessError: for those who may not change profiles
        """
        self._check_may_steer()
        self.sudo().filtered(lambda run: run.state == "paused").state = "running"
        self._wake()
        return True

    def _check_may_steer(self):
        """Refuse those who did not set off what is done: managers change profiles.

        What is noted of a run is its own: nobody else writes it.
        """
        self.check_access("read")
        self.env["crm.profiling.profile"].check_access("write")
