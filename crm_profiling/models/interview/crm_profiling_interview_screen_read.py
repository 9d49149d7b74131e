from odoo import api, models

from ...catalog import ASKED
from .crm_profiling_interview_standing import Standing


class CrmProfilingInterviewScreen(models.AbstractModel):
    """How the questions of an interview stand, as the database has it."""

    _inherit = "crm.profiling.interview.screen"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _standing(self, interview):
        """Return how the questions stand, as the database has it."""
        partner = interview.partner_id
        given = self._given(partner)
        responses = [one for several in given.values() for one in several]
        valid = [response for response in responses if not response._is_stale()]
        stale = {r.question_id.id for r in responses if r._is_stale()}
        catalog = self.env["crm.profiling.catalog"]._get()
        evaluator = catalog.evaluator
        found = self.env["crm.profiling.state"]._found_of(partner).get(partner.id, 0)
        standing = Standing(
            questions=self._questions(interview, given),
            given=given,
            known=found | evaluator.mask(response.answer_id.id for response in valid),
            told=found | evaluator.mask(one.answer_id.id for one in responses),
            company_id=partner.company_id.id or 0,
            answered=frozenset(given) - stale,
            stale=frozenset(stale),
            declined=self._declined(interview, given),
            skipped=frozenset(interview.skipped_question_ids.ids),
            requested_id=interview._requested().id or 0,
        )
        return self._with_relevant(interview, standing)

    @api.model
    def _with_relevant(self, interview, standing):
        """Return a standing with the questions that are worth asking."""
        if interview._is_paper():  # all that is on the paper
            return standing._replace(relevant=frozenset(standing.ids))
        Chooser = self.env["crm.profiling.chooser"]
        what = (standing.known, standing.company_id, standing.ids)
        relevant = Chooser._relevant(*what, standing.declined)
        if not relevant and standing.declined:
            # what was declined may be answered another day: the others are worth having
            relevant = Chooser._relevant(*what) - standing.declined
        return standing._replace(relevant=relevant)

    @api.model
    def _basis(self, interview, standing):
        version = self.env["crm.profiling.catalog"]._version()
        return standing.basis(version, interview.ask_order)

    @api.model
    def _given(self, partner):
        """Return ``{question_id: responses}`` of what counts for a contact."""
        responses = self.env["crm.profiling.response"]._counting(partner)
        return responses.grouped(lambda response: response.question_id.id)

    @api.model
    def _questions(self, interview, given):
        """Return the questions of the interview; archived ones if answered."""
        Question = self.env["crm.profiling.question"].with_context(active_test=False)
        company = interview.partner_id.company_id
        questions = Question.search(
            [("company_id", "in", [False, *(company or self.env.companies).ids])]
        )
        wanted = interview.questionnaire_id.question_ids
        if interview.questionnaire_id:
            requested = interview._requested() - wanted
            questions = (wanted & questions).with_env(Question.env) | requested
        return questions.filtered(
            lambda q: q.origin == ASKED and (q.active or q.id in given)
        )

    @api.model
    def _declined(self, interview, given):
        """Return the questions declined, in any interview, and not answered since."""
        declining = (
            interview.sudo().search(
                [
                    ("partner_id", "=", interview.partner_id.id),
                    ("declined_question_ids", "!=", False),
                ]
            )
            | interview.sudo()
        )
        return frozenset(
            question.id
            for one in declining
            for question in one.declined_question_ids
            if not any(r.date > one.date_start for r in given.get(question.id, ()))
            or one == interview
        )
