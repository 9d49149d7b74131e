from odoo import api, models


class CrmProfilingExplainer(models.AbstractModel):
    """Says in a line each why contacts are in profiles, for lists."""

    _inherit = "crm.profiling.explainer"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _reasons(self, memberships):
        """Say in a line each what decided: the answers to what the profiles ask.

        The number of queries does not grow with them.

        :return: ``{membership: text}``
        """
        evaluator = self.env["crm.profiling.catalog"]._evaluator()
        found = self._found_answers(memberships.partner_id)
        reasons = {}
        for membership in memberships:
            criteria = evaluator.criteria(membership.profile_id.id)
            asked = {criterion.question_id for criterion in criteria}
            answers = membership.partner_id.profiling_answer_ids
            answers |= found.get(membership.partner_id.id, answers.browse())
            given = answers._in_order().grouped("question_id")
            parts = [
                f"{question.name} {', '.join(answers.mapped('name'))}"
                for question, answers in given.items()
                if question.id in asked
            ]
            by_hand = membership._by_a_person() and [membership._hand_note()]
            reasons[membership] = "; ".join([*(by_hand or []), *parts])
        return reasons
