from odoo import models

from ...catalog import ASKED


class CrmProfilingQuestion(models.Model):
    """Sorts known numbers anew where bands were moved."""

    _inherit = "crm.profiling.question"  # pylint: disable=consider-merging-classes-inherited

    def _bands_changed(self):
        """Sort known numbers anew."""
        result = super()._bands_changed()
        if asked := self.filtered(lambda q: q.by_number and q.origin == ASKED):
            asked._sort_known_numbers()
        return result

    def _sort_known_numbers(self):
        """Hook: give all numbers known of these the answers they belong to now."""
        moved = self.env["crm.profiling.response"].sudo()._sort_numbers(self.ids)
        moved._evaluate_sorted()
