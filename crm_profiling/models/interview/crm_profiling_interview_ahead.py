from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

from ...evaluator import MATCHED

# Ways to go on that are looked into at once, and answers on their way: a screen shows
# no more answers that have a key, and saves one by one.
MOST = 60


class CrmProfilingInterviewAhead(models.AbstractModel):
    """Works out what the screen would show after what has not been said yet."""

    _name = "crm.profiling.interview.ahead"
    _description = "What Comes Next in an Interview"

    @api.model
    def _check(self, question_id, choices, pending):
        """Refuse what no screen sends."""
        match question_id, choices, pending:
            case int(), [*choices], [*pending] if (
                len(choices) <= MOST
                and len(pending) <= MOST
                and all(map(self._is_choice, choices))
                and all(map(self._is_pending, pending))
            ):
                return
        raise UserError(
            self.env._("What comes next cannot be told. Reload the page and go on.")
        )

    @api.model
    def _is_choice(self, choice):
        match choice:
            case "skip" | "decline":
                return True
            case [*answer_ids] if len(answer_ids) <= 1000:
                return all(type(answer_id) is int for answer_id in answer_ids)
        return False

    @api.model
    def _is_pending(self, operation):
        match operation:
            case [int(), choice]:
                return self._is_choice(choice)
        return False

    @api.model
    def _build(self, interview, question_id, choices, pending):
        Screen = self.env["crm.profiling.interview.screen"]
        standing = Screen._standing(interview)
        every = self._answers(standing)
        for pending_id, choice in pending:
            standing = self._after(standing, pending_id, choice, every)
        standing = Screen._with_relevant(interview, standing)
        return {
            "basis": Screen._basis(interview, standing),
            "after": [
                self._difference(
                    interview,
                    standing,
                    Screen._with_relevant(
                        interview, self._after(standing, question_id, choice, every)
                    ),
                    question_id,
                )
                for choice in choices
            ],
        }

    @api.model
    def _answers(self, standing):
        """Return ``{question_id: mask of its answers}`` of what may be asked."""
        catalog = self.env["crm.profiling.catalog"]._get()
        asked, every = set(standing.ids), defaultdict(int)
        for answer_id, question in catalog.questions.items():
            if question.id in asked:
                every[question.id] |= catalog.evaluator.mask([answer_id])
        return every

    @api.model
    def _after(self, standing, question_id, choice, every):
        """Return how questions would stand after a choice; as now if it is unknown."""
        if question_id not in every:
            return standing
        if choice in ("skip", "decline"):
            return standing.after_leaving(question_id, choice == "decline")
        evaluator = self.env["crm.profiling.catalog"]._evaluator()
        answers = evaluator.mask(choice) & every[question_id]
        return standing.after(question_id, answers, every[question_id])

    @api.model
    def _difference(self, interview, now, then, question_id):
        """Return what the screen would say otherwise."""
        Screen = self.env["crm.profiling.interview.screen"]
        before, after = now.statuses(), then.statuses()
        choice = Screen._choice(interview, then)
        return {
            "basis": Screen._basis(interview, then),
            "next": Screen._next_entry(interview, then, choice),
            "statuses": [
                [q, status] for q, status in after.items() if status != before[q]
            ],
            "profiles": self._verdicts(now, then, question_id),
            "progress": Screen._counts(after, choice),
        }

    @api.model
    def _verdicts(self, now, then, question_id):
        """Return what becomes of the profiles that mention a question."""
        if now.told == then.told:
            return []
        evaluator = self.env["crm.profiling.catalog"]._evaluator()
        Explainer = self.env["crm.profiling.explainer"]
        hidden = self.env["crm.profiling.catalog"]._hidden()
        companies = {0, *self.env.companies.ids}
        mentioning = {
            profile_id: Explainer._judge(profile_id, then.told, hidden)
            for profile_id, rule in evaluator.rules.items()
            if rule.active
            and rule.company_id in companies
            and any(
                criterion.question_id == question_id
                for criterion in evaluator.criteria(profile_id)
            )
        }
        Profile = self.env["crm.profiling.profile"]
        matched = [p for p, verdict in mentioning.items() if verdict.state == MATCHED]
        offers = {
            profile.id: str(profile.offer)
            for profile in Profile.browse(matched)
            if not is_html_empty(profile.offer)
        }
        return [
            {
                "id": profile_id,
                "state": verdict.state,
                "offer": offers.get(profile_id, ""),
                "verdicts": [said for _criterion, said in verdict.criteria],
            }
            for profile_id, verdict in mentioning.items()
        ]
