from odoo import fields, models

from .crm_profiling_try import SPOKEN


class CrmProfilingInterview(models.Model):
    """An interview is a call as well: what came of it."""

    _inherit = "crm.profiling.interview"  # pylint: disable=consider-merging-classes-inherited

    try_ids = fields.One2many(
        comodel_name="crm.profiling.try",
        inverse_name="interview_id",
        string="Call",
        copy=False,
        sealed=True,
    )

    def _join_list(self):
        """Count a call that was begun without a call list for the one it was due in.

        Whoever was found by name, or called for an activity, is not to be handed out
        once more to be asked the same.
        """
        if self.state == "ongoing" and not self.sudo().queue_line_id:
            self.sudo().queue_line_id = self.env["crm.profiling.queue.line"]._due_in(
                self.partner_id, self.questionnaire_id, self._is_paper()
            )

    def _end(self, note, plan, outcome=None):
        self._join_list()
        return super()._end(note, plan, outcome)

    def _ended_at(self, moment):
        self.env["crm.profiling.try"]._was_at(self, moment)
        return super()._ended_at(moment)

    def _outcome(self, plan):
        """Return what came of a call that is finished."""
        refusal = self.sudo().partner_id.profiling_refusal_ids[:1]
        if refusal.user_id == self.env.user and refusal.date >= self.date_start:
            return "do_not_call"
        return "call_back" if plan and not self.response_ids else "reached"

    def _note_try(self, outcome):
        """Note that the contact was called, and do what it was called for.

        Not where answers are typed in from paper: nobody was called then.
        """
        line = self.sudo().queue_line_id
        if self._is_paper() and not line:
            return
        if line.state == "taken" and line.user_id != self.user_id:
            line = line.browse()  # it is a colleague's by now
        self.env["crm.profiling.try"]._record(
            self.partner_id, outcome, line.with_env(self.env), self, self._minutes()
        )
        if outcome in SPOKEN:
            self._promises()._action_done()

    def _minutes(self):
        """Return how long it has taken, less what was quiet at the end."""
        now = fields.Datetime.now()
        quiet = now - self.date_active > self._quiet_time()
        end = self.date_active if quiet else now
        return max(0, (end - self.date_start).total_seconds() / 60)

    def _promises(self):
        """Return the activities of the user that a talk with the contact has done.

        Calls to the contact that are due, and callbacks whose time has come.
        """
        calls = (
            self.env["mail.activity"]
            .sudo()
            .search(
                [
                    ("res_model", "=", "res.partner"),
                    ("res_id", "=", self.partner_id.id),
                    ("user_id", "=", self.env.uid),
                    ("activity_category", "=", "phonecall"),
                ]
            )
        )
        promised = self.sudo().search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("callback_activity_id", "!=", False),
            ]
        )
        now, today = fields.Datetime.now(), fields.Date.context_today(self)
        mine = self.sudo().callback_activity_id  # planned in this very talk
        return ((calls | promised.callback_activity_id) - mine).filtered(
            lambda one: (
                one.active
                and one.user_id == self.env.user
                and one.date_deadline <= today
                and not (one.calendar_event_id and one.calendar_event_id.start > now)
            )
        )
