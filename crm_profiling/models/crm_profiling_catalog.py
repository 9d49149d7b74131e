from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL, ormcache

from ..evaluator import Catalog, Criterion, Evaluator, Question, Rule

# System parameter that counts the changes of the catalog.
VERSION = "crm_profiling.catalog_version"


class CrmProfilingCatalog(models.AbstractModel):
    """Keeps questions, answers and profiles at hand in the evaluator's terms."""

    _name = "crm.profiling.catalog"
    _description = "Profiling Catalog"

    @api.model
    def _evaluator(self):
        """Return the `Evaluator` of all profiles, archived ones and parents too."""
        return self._get().evaluator

    @api.model
    @ormcache()
    def _get(self):
        """Return the `Catalog`: five queries once, then none until it changes.

        The bit of an answer is its id: masks kept in the database stay true whatever
        answers come and go.
        """
        for model in ("question", "answer", "profile"):
            self.env[f"crm.profiling.{model}"].flush_model()
        answers = self.env.execute_query(
            SQL(
                """SELECT answer.id, question.id,
                          question.selection_mode = 'single',
                          question.level = 'company',
                          COALESCE(question.company_id, 0)
                     FROM crm_profiling_answer answer
                     JOIN crm_profiling_question question
                       ON question.id = answer.question_id
                    ORDER BY answer.id"""
            )
        )
        bits = {row[0]: 1 << row[0] for row in answers}
        questions = {row[0]: Question(*row[1:]) for row in answers}
        criteria = self._load_criteria(bits, questions)
        rules = self.env.execute_query(
            SQL(
                """SELECT id, COALESCE(parent_id, 0), COALESCE(active, FALSE),
                          COALESCE(company_id, 0), category_id
                     FROM crm_profiling_profile
                    ORDER BY sequence, id"""
            )
        )
        return Catalog(
            self._version(),
            questions,
            Evaluator([Rule(*row, criteria=criteria[row[0]]) for row in rules], bits),
        )

    @api.model
    def _load_criteria(self, bits, questions):
        """Return ``{profile_id: criteria}``; profiles without any have ()."""
        whole = defaultdict(int)
        for answer_id, question in questions.items():
            whole[question.id] |= bits[answer_id]
        masks = defaultdict(lambda: defaultdict(lambda: [0, 0]))
        for profile_id, answer_id, excluded in self.env.execute_query(
            SQL(
                """SELECT profile_id, answer_id, 0
                     FROM crm_profiling_profile_required_answer_rel
                    UNION ALL
                   SELECT profile_id, answer_id, 1
                     FROM crm_profiling_profile_excluded_answer_rel"""
            )
        ):
            question = questions[answer_id]
            masks[profile_id][question.id][excluded] |= bits[answer_id]
        criteria = defaultdict(tuple)
        for profile_id, by_question in masks.items():
            criteria[profile_id] = tuple(
                Criterion(question_id, profile_id, whole[question_id], *required)
                for question_id, required in sorted(by_question.items())
            )
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

    @api.model
    def _version(self):
        rows = self.env.execute_query(
            SQL("SELECT value::int FROM ir_config_parameter WHERE key = %s", VERSION)
        )
        return rows[0][0] if rows else 0

    @api.model
    def _changed(self):
        """Forget the catalog: questions, answers or profiles are not what they were.

        Who evaluates a contact holds a share lock on the version. So raising it waits
        for those who still evaluate by the old catalog, and makes those who started
        before it is committed start again.
        """
        self.env.cr.execute(
            SQL(
                """UPDATE ir_config_parameter SET value = (value::int + 1)::text
                    WHERE key = %s""",
                VERSION,
            )
        )
        self.env.registry.clear_cache()
