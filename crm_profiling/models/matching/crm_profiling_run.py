from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..catalog.arguments import LARGEST_ID
from ..catalog.settings import number

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
        default = APPLY_AT_ONCE_DEFAULT
        return int(number(self.env, APPLY_AT_ONCE, default, -1, LARGEST_ID))

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
    def _open(self):
        """Return what is still to do: the newest run goes over everything anew."""
        return self.sudo().search([("state", "!=", "done")])

    @api.model
    def _wake(self):
        self.env.ref("crm_profiling.ir_cron_apply_profiles").sudo()._trigger()

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
