from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ...catalog import ASKED, Catalog, Question, Stated
from ...evaluator import Evaluator, Rule
from .kept import kept_by_version


class CrmProfilingCatalog(models.AbstractModel):
    """Keeps questions, answers and profiles at hand in the evaluator's terms."""

    _name = "crm.profiling.catalog"
    _description = "Profiling Catalog"

    @api.model
    def _evaluator(self):
        """Return the `Evaluator` of all profiles, archived ones and parents too."""
        return self._get().evaluator

    @api.model
    def _get(self):
        """Return the `Catalog` as this transaction sees it.

        One query a transaction, for the version.  The rest is kept by version.
        """
        return self._load(self._version())

    @api.model
    @kept_by_version
    def _load(self, version):
        """Read a version of the `Catalog`, in three queries."""
        for model in ("question", "answer", "profile"):
            self.env[f"crm.profiling.{model}"].flush_model()
        answers = self.env.execute_query(
            SQL(
                """SELECT answer.id, bit.rank, question.id,
                          question.selection_mode = 'single',
                          question.level = 'company',
                          COALESCE(question.company_id, 0), question.origin
                     FROM crm_profiling_answer answer
                     JOIN crm_profiling_bit bit ON bit.answer_id = answer.id
                     JOIN crm_profiling_question question
                       ON question.id = answer.question_id
                    ORDER BY answer.id"""
            )
        )
        bits = {answer_id: 1 << rank for answer_id, rank, *_question in answers}
        questions = {answer_id: Question(*row) for answer_id, _rank, *row in answers}
        criteria = self._load_criteria(bits, questions)
        rules = self.env.execute_query(
            SQL(
                """SELECT id, COALESCE(parent_id, 0), COALESCE(active, FALSE),
                          COALESCE(company_id, 0), category_id
                     FROM crm_profiling_profile
                    ORDER BY sequence, id"""
            )
        )
        rules = [Rule(*row, criteria=criteria[row[0]]) for row in rules]
        found = sum(bits[a] for a, one in questions.items() if one.origin != ASKED)
        return Catalog.of(version, questions, Evaluator(rules, bits, found))

    @api.model
    def _load_criteria(self, bits, questions):
        """Return ``{profile_id: criteria}``; profiles without any have ()."""
        named = defaultdict(lambda: ([], []))  # required, excluded
        for profile_id, answer_id, excluded in self.env.execute_query(
            SQL(
                """SELECT profile_id, answer_id, 0
                     FROM crm_profiling_profile_required_answer_rel
                    UNION ALL
                   SELECT profile_id, answer_id, 1
                     FROM crm_profiling_profile_excluded_answer_rel"""
            )
        ):
            named[profile_id][excluded].append(answer_id)
        stated = Stated(questions, bits)
        criteria = defaultdict(tuple)
        for profile_id, answer_ids in named.items():
            criteria[profile_id] = stated.criteria(profile_id, *answer_ids)
        return criteria

    @api.model
    def _visible_answers(self):
        """Return the ids of the answers that the user's companies may know."""
        questions = self._get().questions
        if self.env.su:
            return questions.keys()
        companies = {0, *self.env.companies.ids}
        return {
            a for a, question in questions.items() if question.company_id in companies
        }
