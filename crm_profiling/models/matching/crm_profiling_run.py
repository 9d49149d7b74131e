from dateutil.relativedelta import relativedelta

from odoo import api, fields, models


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
    def _open(self):
        """Return what is still to do: the newest run goes over everything anew."""
        return self.sudo().search([("state", "!=", "done")])

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
