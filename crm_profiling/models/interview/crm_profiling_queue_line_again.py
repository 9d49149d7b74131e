from datetime import timedelta

from odoo import api, fields, models

from ..catalog.arguments import LARGEST_ID
from ..catalog.days import tomorrow_begins
from .crm_profiling_try import AGAIN


class CrmProfilingQueueLine(models.Model):
    """What becomes of a prospect after a call: when it is called again, if at all."""

    _inherit = "crm.profiling.queue.line"  # pylint: disable=consider-merging-classes-inherited

    def _skip(self, reason, words=""):
        """Leave the prospect, once what came of the call is noted.

        :param reason: an outcome of `crm.profiling.try`; ``"tomorrow"``: not before
            tomorrow; else a text that says why not to call at all
        :param words: what else was said
        """
        if reason in ("reached", "call_back"):
            self._done()
        elif reason == "tomorrow":
            self._put_back(tomorrow_begins(self.env))
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
            return max(soon, tomorrow_begins(self.env))
        return soon

    @api.model
    def _wait_elsewhere(self, partner):
        """Have the call lists in which a contact waits leave it in peace, too."""
        waiting = [("partner_id", "=", partner.id), ("state", "=", "waiting")]
        self.sudo().search(waiting)._wait()

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
