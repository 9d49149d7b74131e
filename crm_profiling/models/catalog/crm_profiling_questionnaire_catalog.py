from odoo import api, models


class CrmProfilingQuestionnaire(models.Model):
    """Tells the answer widgets what can be asked."""

    _inherit = "crm.profiling.questionnaire"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def get_catalog(self):
        """Return what the answer widgets show: questions, answers, questionnaires.

        Archived questions and answers are included, marked ``active: False``: a
        contact may have given them.  The number of queries does not grow with them.

        :rtype: dict with ``questions`` and ``questionnaires``, both lists of dicts
        """
        companies = [("company_id", "in", [False, *self.env.companies.ids])]
        questions = (
            self.env["crm.profiling.question"]
            .with_context(active_test=False)
            .search(companies)
        )
        return {
            "questions": [question._catalog_entry() for question in questions],
            "questionnaires": [
                {"id": q.id, "name": q.name, "question_ids": q.question_ids.ids}
                for q in self.search(companies)
            ],
        }
