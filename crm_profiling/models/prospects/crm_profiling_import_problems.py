from odoo import models


class CrmProfilingImport(models.Model):
    """Says what keeps an import from starting."""

    _inherit = "crm.profiling.import"  # pylint: disable=consider-merging-classes-inherited

    def _problems(self, plan, similar):
        """Return what keeps the import from starting."""
        problems = list(plan.problems)
        me = self.sudo()
        if me.about["readings"] and not (me.chosen or {}).get("encoding"):
            problems.append(
                self.env._("Some letters are not certain. Choose how they are read.")
            )
        problems += self._question_problems(plan)
        if problem := self._similar_problem(plan, similar):
            problems.append(problem)
        return problems
