from odoo import api, models

from ...chooser import Chooser
from ..catalog.kept import kept_by_version


class CrmProfilingChooser(models.AbstractModel):
    """Chooses among all questions, to draw the rule."""

    _inherit = "crm.profiling.chooser"

    @api.model
    @kept_by_version
    def _load_whole(self, version):
        """Return a `Chooser` that takes what is found for asked, to draw the rule."""
        evaluator = self.env["crm.profiling.catalog"]._load(version).evaluator
        return Chooser(evaluator, self._load_topics(evaluator))
