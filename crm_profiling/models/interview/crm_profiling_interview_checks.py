from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...catalog import ASKED
from ..catalog.arguments import is_id
from ..catalog.crm_profiling_searched import storable


class CrmProfilingInterview(models.Model):
    """What anybody sends to an interview is looked at before anything is done."""

    _inherit = "crm.profiling.interview"  # pylint: disable=consider-merging-classes-inherited

    def _check_ongoing(self):
        """Refuse to change an interview that is another's, or over.

        Or whose contact is no longer the user's to change: the answers are stored past
        the rules of contacts.
        """
        self.ensure_one()
        if not self.exists():
            raise UserError(
                self.env._(
                    "This interview has been deleted meanwhile. Start it again: the"
                    " answers that were given are kept."
                )
            )
        self.check_access("write")
        self.partner_id.check_access("write")
        if self.state == "done":
            raise UserError(
                self.env._(
                    "The interview of %(contact)s is finished. Open it again to go on"
                    " asking.",
                    contact=self.partner_id.display_name,
                )
            )

    def _question_to_ask(self, question_id):
        """Return a question that can be asked now.

        :raise ValidationError: where it was deleted or archived meanwhile
        """
        Question = self.env["crm.profiling.question"].with_context(active_test=False)
        question = Question.browse()
        if is_id(question_id):
            question = Question.search(Domain("id", "=", question_id))
        if not question:
            raise ValidationError(
                self.env._(
                    "This question has been deleted meanwhile. The answers given so"
                    " far are kept: go on with the next question."
                )
            )
        question = question.with_env(self.env)
        if question.origin != ASKED:
            raise ValidationError(
                self.env._(
                    "“%(question)s” is not asked: its answer is found by itself.",
                    question=question.name,
                )
            )
        if not question.active:
            raise ValidationError(
                self.env._(
                    "The question “%(question)s” has been archived meanwhile and is"
                    " asked no more. Go on with the next question.",
                    question=question.name,
                )
            )
        return question

    def _text(self, value):
        """Return what somebody wrote, as it can be stored; False for nothing.

        :raise ValidationError: for what is no text
        """
        if value and not isinstance(value, str):
            raise ValidationError(self.env._("A remark is a text."))
        return storable(value or "") or False

    def _ago(self, seconds):
        """Return when something was told in this interview; None for just now.

        :raise ValidationError: for what is no number of seconds
        """
        if seconds is None:
            return None
        if isinstance(seconds, bool) or not isinstance(seconds, int) or seconds < 0:
            raise ValidationError(
                self.env._("How long ago it was said is a number of seconds.")
            )
        now = fields.Datetime.now()
        since = int((now - self.date_start).total_seconds())
        return now - timedelta(seconds=min(seconds, max(since, 0)))
