from odoo import api, models


class CrmProfilingExplainer(models.AbstractModel):
    """Says what was found of a contact, and what it was found from."""

    _inherit = "crm.profiling.explainer"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _found_answers(self, partners):
        """Return ``{partner_id: answers found}`` that the user may know."""
        found = self.env["crm.profiling.state"]._found_of(partners)
        return {
            id_: self.env["crm.profiling.answer"].browse(self._seen(mask))
            for id_, mask in found.items()
        }

    @api.model
    def _seen(self, found):
        """Return the ids of answers found that the user may know.

        :param found: mask of them
        """
        if not found:
            return []
        catalog = self.env["crm.profiling.catalog"]
        ids = catalog._evaluator().answer_ids(found)
        visible, kept = catalog._visible_answers(), catalog._get()
        used = {question.id for question in kept.found}
        # of what is not in use any more something may be left until the next look
        return [a for a in ids if a in visible and kept.questions[a].id in used]

    @api.model
    def _evidence(self, partner, catalog):
        """Return ``{question_id: Evidence}`` of what active profiles mention."""
        return {
            question_id: evidence
            for source in self.env["crm.profiling.source"]._all()
            if (some := [q for q in catalog.found if q.origin == source._origin])
            and source._may_be_seen()
            for question_id, evidence in source._evidence(partner, some).items()
        }

    @api.model
    def _explain_evidence(self, question_id, grounds):
        """Return what an answer was found from, False for what people are asked."""
        evidence = grounds.evidence.get(question_id)
        return evidence._asdict() if evidence else False
