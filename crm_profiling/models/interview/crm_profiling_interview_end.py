from odoo import fields, models


class CrmProfilingInterview(models.Model):
    """Ends an interview, and opens it again."""

    _inherit = "crm.profiling.interview"  # pylint: disable=consider-merging-classes-inherited

    def finish(self, note="", activity=None, left_out=None, said_ago=None):
        """End the interview: sum it up, note it on the contact, plan what is next.

        Finishing it twice, as by a double click, does nothing more.

        :param note: what else the user wants to say
        :param activity: ``{activity_type_id, date_deadline, summary, user_id}``
        :param left_out: of what follows from the interview, what is not wanted; it is
            heard by what comes after
        :param said_ago: how many seconds ago, where it could not be told at once
        """
        self.ensure_one()
        self.check_access("write")
        note, plan = self._text(note), self._activity_vals(activity)
        ended = self._ago(said_ago)
        if self.state == "ongoing":
            self.partner_id.check_access("write")
            self._end(note, plan)
            if ended:
                self._ended_at(ended)
        return self.get_screen()

    def _end(self, note, plan, outcome=None):
        """Sum it up, plan what is next and note what came of the call.

        :param plan: see `_activity_vals`
        :param outcome: of the call; by default what follows from the rest
        """
        self._close(note)
        if plan:
            self._plan({**plan})
        self._post_summary()
        self._note_called()
        self._note_try(outcome or self._outcome(plan))

    def _ended_at(self, moment):
        """Have it end when the user said so, though that arrived later."""
        self.sudo().date_end = moment

    def _note_called(self):
        """Note in the call list that the prospect has been called, by who asked."""
        line = self.sudo().queue_line_id
        if line.state == "taken" and line.user_id == self.user_id:
            line._done()

    def reopen(self):
        """Go on with an interview that was finished."""
        self.ensure_one()
        self.check_access("write")
        if self.state == "done":
            reopened = {"state": "ongoing", "date_end": False, "summary": False}
            self.sudo().write(reopened)
        return self.get_screen()

    def _close(self, note=""):
        """Mark as done, with what it led to."""
        ended = {
            "state": "done",
            "date_end": fields.Datetime.now(),
            "note": note or self.note,  # of before it was opened again
            "requested_question_id": False,
        }
        self.sudo().write({**ended, **self._summed_up()})
