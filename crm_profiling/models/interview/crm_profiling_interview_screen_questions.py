from odoo import api, fields, models


class CrmProfilingInterviewScreen(models.AbstractModel):
    """Lists the questions, each as it stands."""

    _inherit = "crm.profiling.interview.screen"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _question_entries(self, standing):
        return [
            {
                **question._catalog_entry(),
                "given": [
                    self._given_entry(response)
                    for response in standing.given.get(question.id, ())
                ],
                "status": standing.status(question.id),
                "is_own": bool(question.company_id),
            }
            for question in standing.questions
        ]

    @api.model
    def _found_entries(self, partner, standing):
        """Return the questions that are not asked, with what is known of them."""
        catalog = self.env["crm.profiling.catalog"]._get()
        if not catalog.found:
            return []
        visible = self.env["crm.profiling.catalog"]._visible_answers()
        evidence = self.env["crm.profiling.explainer"]._evidence(partner, catalog)
        questions = self.env["crm.profiling.question"].browse(
            {catalog.questions[answer_id].id for answer_id in visible}
            & {question.id for question in catalog.found}
        )
        known = visible & set(catalog.evaluator.answer_ids(standing.known))
        entries = []
        for question in questions.sorted(lambda one: (one.sequence, one.id)):
            given = [id_ for id_ in question.answer_ids.ids if id_ in known]
            entries.append(
                {
                    **question._catalog_entry(),
                    "given": [{"answer_id": id_, "stale": False} for id_ in given],
                    "status": "found" if given else "not_found",
                    "evidence": evidence[question.id].text
                    if question.id in evidence
                    else "",
                }
            )
        return entries

    @api.model
    def _given_entry(self, response):
        return {
            "answer_id": response.answer_id.id,
            "user": response.user_id.name or "",
            "date": fields.Datetime.to_string(response.date),
            "source": response.source,
            "comment": response.comment or "",
            "number": response.number or "",
            "stale": response._is_stale(),
            "by_me": response.user_id == self.env.user,
        }
