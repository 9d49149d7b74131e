from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..catalog.settings import number

# System parameter: after so many hours a prospect whom somebody took is free again.
HOURS_KEPT = "crm_profiling.call_list_hours"
DEFAULT_HOURS = 8


class CrmProfilingQueueLine(models.Model):
    """Says who calls a prospect of a call list just now, and for how long."""

    _inherit = "crm.profiling.queue.line"  # pylint: disable=consider-merging-classes-inherited

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
