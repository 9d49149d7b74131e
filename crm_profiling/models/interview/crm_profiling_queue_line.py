from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..catalog.crm_profiling_guarded import LARGEST_ID
from ..catalog.settings import number
from .crm_profiling_try import AGAIN, OUTCOMES

# System parameter: after so many hours a prospect whom somebody took is free again.
HOURS_KEPT = "crm_profiling.call_list_hours"
DEFAULT_HOURS = 8

STATES = {
    "waiting": "Waiting",
    "taken": "Being called",
    "done": "Called",
    "skipped": "Left out",
}


class CrmProfilingQueueLine(models.Model):
    """A prospect of a call list, and who calls them."""

    _name = "crm.profiling.queue.line"
    _inherit = ["crm.profiling.guarded", "crm.profiling.about.lead"]
    _description = "Prospect of a Call List"
    _order = "sequence, id"
    _rec_name = "partner_id"

    queue_id = fields.Many2one(
        comodel_name="crm.profiling.queue",
        string="Call list",
        required=True,
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Contact",
        required=True,
        index=True,
        ondelete="cascade",
    )
    phone = fields.Char(related="partner_id.phone")
    visible_lead_id = fields.Many2one(inverse="_inverse_visible_lead_id")
    sequence = fields.Integer(default=10)
    state = fields.Selection(
        selection=list(STATES.items()),
        required=True,
        default="waiting",
        copy=False,
        sealed=True,
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Caller",
        ondelete="set null",
        copy=False,
        sealed=True,
    )
    date_taken = fields.Datetime(string="Taken", copy=False, sealed=True)
    date_again = fields.Datetime(string="Not before", copy=False, sealed=True)
    try_ids = fields.One2many(
        comodel_name="crm.profiling.try",
        inverse_name="queue_line_id",
        string="Calls",
        copy=False,
        sealed=True,
    )
    attempts = fields.Integer(
        string="Not reached",
        compute="_compute_attempts",
        store=True,
        copy=False,
        sealed=True,
    )
    last_outcome = fields.Selection(
        selection=list(OUTCOMES.items()),
        compute="_compute_attempts",
        store=True,
        copy=False,
        sealed=True,
    )
    reason = fields.Char(copy=False, sealed=True)

    _partner_uniq = models.Constraint(
        "UNIQUE(queue_id, partner_id)",
        "This contact is in the call list already.",
    )
    # whom to call now: the first of each list, and the next one that is put off
    _free_idx = models.Index(
        "(queue_id, attempts, sequence, id) WHERE state IN ('waiting', 'taken')"
    )
    _again_idx = models.Index(
        "(date_again) WHERE state = 'waiting' AND date_again IS NOT NULL"
    )

    @api.depends("try_ids.outcome")
    def _compute_attempts(self):
        for line in self:
            tries = line.try_ids.sorted(lambda one: (one.date, one.id))
            line.attempts = sum(not one.is_reached for one in tries)
            line.last_outcome = tries[-1:].outcome

    def _inverse_visible_lead_id(self):
        for line in self:
            line.sudo().lead_id = line.visible_lead_id

    @api.model
    def _free_domain(self):
        """Return the lines that nobody calls now, or began to so long ago."""
        now = fields.Datetime.now()
        hours = number(self.env, HOURS_KEPT, DEFAULT_HOURS, 0, 366 * 24)
        due = Domain("date_again", "=", False) | Domain("date_again", "<=", now)
        old = Domain("date_taken", "<", now - timedelta(hours=hours))
        return (Domain("state", "=", "waiting") & due) | (
            Domain("state", "=", "taken") & old
        )

    def _take(self):
        """Take the first of these lines that nobody else is taking.

        Whoever takes a line locks it: a colleague who looks at the same moment gets
        the next one, and one who looked before it was committed fails and is tried
        again by Odoo. So it is with the contact, which may be in other lists, too.
        """
        for line in self:
            if line.partner_id._profiling_take_turn() and line.try_lock_for_update():
                line._taken()
                return line
        return self.browse()

    def _taken(self):
        """Note that the user calls these: salespeople change them by calling alone."""
        self.sudo().write(
            {
                "state": "taken",
                "user_id": self.env.uid,
                "date_taken": fields.Datetime.now(),
            }
        )

    @api.model
    def _due_in(self, partner, questionnaire, is_paper):
        """Return the place of a contact who is called without a list, taken; or none.

        It is in the first of the lists that the user calls through, which asks nothing
        else: others are another matter, and stay.

        :param questionnaire: what is asked; none for every question
        :param is_paper: whether answers are typed in from paper
        """
        mine = Domain("state", "=", "taken") & Domain("user_id", "=", self.env.uid)
        lists = self.env["crm.profiling.whom"]._queues() & Domain(
            "ask_order", "=" if is_paper else "!=", "form"
        )
        if questionnaire:
            lists &= Domain("questionnaire_id", "=", questionnaire.id)
        line = self.search(
            Domain("partner_id", "=", partner.id)
            & (Domain("state", "=", "waiting") | mine | self._free_domain())
            & Domain("queue_id", "any", lists),
            order="queue_id, id",
            limit=1,
        )
        line._taken()
        return line

    def action_call(self):
        """Open the interview of this prospect."""
        self.ensure_one()
        self.check_access("read")
        return self.env["crm.profiling.interview"]._action(
            self.queue_id.name,
            queue_id=self.queue_id.id,
            partner_id=self.partner_id.id,
        )

    def action_release(self):
        """Let anybody call these prospects, now or again."""
        self.check_access("write")
        self.sudo().write(
            {
                "state": "waiting",
                "user_id": False,
                "date_taken": False,
                "date_again": False,
                "reason": False,
            }
        )
        return True

    def _done(self):
        """Note that the prospect has been called."""
        self.sudo().write({"state": "done", "user_id": self.env.uid})

    @api.model
    def _tomorrow(self):
        """Return when tomorrow begins where the user is."""
        tomorrow = fields.Date.context_today(self) + timedelta(days=1)
        return self.env["crm.profiling.try"]._midnight(tomorrow)

    def _skip(self, reason, words=""):
        """Leave the prospect, once what came of the call is noted.

        :param reason: an outcome of `crm.profiling.try`; ``"tomorrow"``: not before
            tomorrow; else a text that says why not to call at all
        :param words: what else was said
        """
        if reason in ("reached", "call_back"):
            self._done()
        elif reason == "tomorrow":
            self._put_back(self._tomorrow())
        elif reason in AGAIN:
            self._call_again(reason)
        else:
            outcomes = dict(self.env["crm.profiling.try"]._outcomes())
            self._leave_out(words or outcomes.get(reason, reason))

    def _leave_out(self, reason):
        """Call the prospect no more."""
        self.sudo().write(
            {"state": "skipped", "user_id": self.env.uid, "reason": reason}
        )

    def _call_again(self, outcome):
        """Put who was not reached at the end, unless that was the last try."""
        most = self.sudo().queue_id.most_tries
        if most and self.attempts >= most:
            self._leave_out(self.env._("Not reached in %s tries", self.attempts))
        else:
            self._put_back(self._again_at(outcome))

    def _again_at(self, outcome):
        """Return when the prospect of a list may be called again, after a call.

        :param str outcome: of the call, one after which one calls again
        """
        queue, now = self.sudo().queue_id, fields.Datetime.now()
        soon = now + timedelta(minutes=queue.minutes_between * AGAIN[outcome])
        if queue.most_tries_day and queue.most_tries_day <= (
            self.partner_id._profiling_tries_today()
        ):
            return max(soon, self._tomorrow())
        return soon

    def _wait(self):
        """Leave in peace who was called just now for another list, or none."""
        for line in self:
            again = line._again_at("not_reached")
            line.date_again = max(line.date_again or again, again)

    def _put_back(self, again):
        """Put the prospect at the end of the list, to be called not before then.

        Who was put off for longer, and called for all that, is left in peace as long.
        """
        now = fields.Datetime.now()
        if self.state == "waiting" and self.date_again and self.date_again > now:
            return  # put off already: a double click
        last = self.sudo().search(
            [("queue_id", "=", self.queue_id.id)], order="sequence desc", limit=1
        )
        self.sudo().write(
            {
                "state": "waiting",
                "user_id": False,
                "date_taken": False,
                "date_again": max(again, self.date_again or again),
                "sequence": min(last.sequence + 1, LARGEST_ID),
            }
        )
