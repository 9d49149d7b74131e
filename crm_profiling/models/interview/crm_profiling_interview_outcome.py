from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from .crm_profiling_try import OUTCOMES, SPOKEN


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

    def skip_prospect(
        self,
        reason="not_reached",
        refuses=False,
        activity=None,
        call_next=False,
        note="",
    ):
        """Leave this contact, and go to the next one.

        :param reason: an outcome, see `crm.profiling.try`; ``"tomorrow"``: nobody was
            called, and is not before tomorrow; else a text that says why the prospect
            is left out of the call list
        :param refuses: whether the contact is not to be called by anybody, ever: the
            reason says why
        :param activity: when to call back, see `finish`
        :param call_next: whether to go on with whom to call now, whichever list
        :param note: what was written meanwhile; it is kept on the contact
        :return: as `begin` does for the call list, or `begin_next`; without either
            ``{"left": True, "partner_id": ..., "name": ...}``
        """
        self.ensure_one()
        self.check_access("write")
        partner, line = self.partner_id, self.queue_line_id
        reason = self._text(reason) or "not_reached"
        self._leave(reason, refuses, self._activity_vals(activity), self._text(note))
        if call_next:
            return self.browse().begin_next()
        if line:
            return self.browse().begin(queue_id=line.queue_id.id)
        return {
            "left": True,
            "partner_id": partner.id,
            "name": partner.name or partner.display_name,
        }

    def _leave(self, reason, refuses, plan, note):
        """Note what came of a call, and end it.

        :raise UserError: where it cannot be left so
        """
        self._join_list()
        line = self.queue_line_id
        outcome = "do_not_call" if refuses else reason if reason in OUTCOMES else None
        if not outcome and not line:
            raise UserError(
                self.env._("This interview is not part of a call list: finish it.")
            )
        if outcome == "call_back" and not plan:
            raise UserError(
                self.env._("Say when, from today on: “today 15:30” or “in 2 weeks”.")
            )
        if refuses:
            self.partner_id.profiling_refuse_calls(reason)
        mine = line.state != "taken" or line.user_id == self.env.user
        was_said = bool(self.response_ids or self.declined_question_ids or plan)
        if self.state == "ongoing":
            self.partner_id.check_access("write")
            if outcome and not was_said:
                self._note_try(outcome)
            if was_said:
                self._end(note, plan, outcome)
            else:
                self._post_note(note, outcome)
                self.sudo().unlink()  # nobody was asked anything
        if line and mine:
            line._skip(outcome or reason, reason if refuses else "")

    def _post_note(self, note, outcome):
        """Keep on the contact what was written in a call in which nothing was said."""
        if note:
            title = dict(self.env["crm.profiling.try"]._outcomes()).get(outcome)
            heading = Markup("<p>%s</p>") % title if title else Markup()
            self.partner_id.message_post(
                body=heading + plaintext2html(note),
                message_type="comment",  # somebody wrote it: it is among the notes
                subtype_xmlid="mail.mt_note",
            )

    def _join_list(self):
        """Count a call that was begun without a call list for the one it was due in.

        Whoever was found by name, or called for an activity, is not to be handed out
        once more to be asked the same.
        """
        if self.state == "ongoing" and not self.sudo().queue_line_id:
            self.sudo().queue_line_id = self.env["crm.profiling.queue.line"]._due_in(
                self.partner_id, self.questionnaire_id, self.ask_order == "form"
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
        if self.ask_order == "form" and not line:
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
