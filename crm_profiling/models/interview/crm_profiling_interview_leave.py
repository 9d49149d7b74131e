from markupsafe import Markup

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from .crm_profiling_try import OUTCOMES


class CrmProfilingInterview(models.Model):
    """Leaves a contact without having asked all there is to ask."""

    _inherit = "crm.profiling.interview"  # pylint: disable=consider-merging-classes-inherited

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
