from odoo import api, models

from ...chooser import Choice
from ...evaluator import OPEN

# Orders in which a question keeps its place, whatever has been answered.
FIXED = ("questionnaire", "form")


class CrmProfilingInterviewScreen(models.AbstractModel):
    """Shows what to ask next, and how far the interview has come."""

    _inherit = "crm.profiling.interview.screen"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _choice(self, interview, standing):
        """Return the chooser's `Choice` of what to ask next, or None."""
        askable = [
            question.id
            for question in standing.questions
            if question.active
            and standing.status(question.id) in ("to_ask", "stale")
            and question.id in standing.relevant
        ]
        # in a fixed order the chooser says what the first of them is good for
        Chooser = self.env["crm.profiling.chooser"]
        what = (
            standing.known,
            askable[:1] if interview.ask_order in FIXED else askable,
            standing.company_id,
        )
        choice = Chooser._choose(*what, standing.declined) or Chooser._choose(*what)
        if interview._is_paper() and askable:
            choice = choice or Choice(askable[0], 0, 0, 0)
            return choice._replace(expected=len(askable))
        return choice

    @api.model
    def _next_entry(self, interview, standing, choice):
        """Return the question to ask now: the one asked for, else the chosen one."""
        if interview.state == "done":
            return False
        requested = standing.questions.filtered(
            lambda question: question.id == standing.requested_id
        )
        if requested.active:
            return {
                "question_id": requested.id,
                "reason": self.env._("Asked because you chose it."),
                "decides": 0,
                "open": choice.open if choice else 0,
            }
        if not choice:
            return False
        return {
            "question_id": choice.question_id,
            "reason": choice.decides
            and self.env._(
                "It helps to decide %(decides)s of %(open)s open profiles.",
                decides=choice.decides,
                open=choice.open,
            )
            or "",
            "decides": choice.decides,
            "open": choice.open,
        }

    @api.model
    def _progress_entry(self, standing, choice, profiles):
        """Return how far the interview has come.

        Profiles may stay open when nothing is left to ask: for what was skipped or
        declined, or is not in the questionnaire.
        """
        Explainer = self.env["crm.profiling.explainer"]
        hidden = self.env["crm.profiling.catalog"]._hidden()
        open_profiles = sum(
            not profile["hand"]
            and Explainer._judge(profile["id"], standing.known, hidden).state == OPEN
            for profile in profiles
        )
        counts = self._counts(standing.statuses(), choice)
        return {**counts, "open_profiles": open_profiles}

    @api.model
    def _counts(self, statuses, choice):
        """Return how many questions were answered, and are to be asked."""
        answered = sum(one == "answered" for one in statuses.values())
        left = sum(one in ("to_ask", "stale") for one in statuses.values())
        return {
            "answered": answered,
            "asked_total": answered + left,
            "expected_left": choice.expected if choice else 0,
        }
