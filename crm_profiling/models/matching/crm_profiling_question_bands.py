from odoo import models

from ...bands import Bands
from ...catalog import ASKED


class CrmProfilingQuestion(models.Model):
    """What saving other bands would change: known numbers get other answers."""

    _inherit = "crm.profiling.question"  # pylint: disable=consider-merging-classes-inherited

    def _has_changed(self):
        saved = self._origin
        if self.origin == saved.origin == ASKED:
            return saved.by_number and saved._bands_now() != self._bands_now()
        return super()._has_changed()

    def _bands_now(self):
        """Return the bands as they stand in the form, unsaved answers as 0."""
        bands = self.answer_ids._bands() if self.by_number else self.answer_ids[:0]
        return [
            (answer._origin.id or 0, lower, upper)
            for answer, lower, upper in Bands({a: a.value_from for a in bands})
        ]

    def _states_sql(self):
        if self.origin != ASKED:
            return super()._states_sql()
        return self.env["crm.profiling.preview"]._sorted_sql(
            self._origin.id, self._bands_now()
        )
