from odoo import api, fields, models


class CrmProfilingProfile(models.Model):
    """A run brings contacts in line with a changed profile."""

    _inherit = "crm.profiling.profile"  # pylint: disable=consider-merging-classes-inherited

    run_ids = fields.Many2many(
        comodel_name="crm.profiling.run",
        relation="crm_profiling_run_profile_rel",
        column1="profile_id",
        column2="run_id",
        copy=False,
        sealed=True,
    )

    run_id = fields.Many2one(
        comodel_name="crm.profiling.run",
        string="Open run",
        compute="_compute_run_id",
        help="The background job that brings contacts in line with this profile.",
    )

    stale_since = fields.Datetime(compute="_compute_run_id")

    run_done = fields.Integer(string="Progress", compute="_compute_run_id")

    run_total = fields.Integer(string="Contacts to look at", compute="_compute_run_id")

    run_state = fields.Char(compute="_compute_run_id")

    @api.depends("run_ids.state", "run_ids.done", "run_ids.total")
    def _compute_run_id(self):
        for profile in self:
            run = profile.run_ids.filtered(lambda run: run.state != "done")[:1]
            profile.run_id = run
            profile.stale_since = run.date_start
            profile.run_done = run.done
            profile.run_total = run.total
            profile.run_state = run.state

    def action_pause_run(self):
        """Let the job wait that brings contacts in line with the profile."""
        self.check_access("write")
        self.run_id.action_pause()

    def action_resume_run(self):
        """Go on with the job that brings contacts in line with the profile."""
        self.check_access("write")
        self.run_id.action_resume()

    def _rule_changed(self):
        """Bring contacts in line: now, or in the background."""
        result = super()._rule_changed()
        self.env["crm.profiling.run"]._start(self)
        return result
