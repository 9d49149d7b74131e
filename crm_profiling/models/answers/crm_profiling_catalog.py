from odoo import api, models


class CrmProfilingCatalog(models.AbstractModel):
    _inherit = "crm.profiling.catalog"

    @api.model
    def _visible_answers(self):
        """Leave out what sources tell that the user may not see."""
        visible = super()._visible_answers()
        hidden = {
            source._origin
            for source in self.env["crm.profiling.source"]._all()
            if not source._may_be_seen()
        }
        if not hidden:
            return visible
        questions = self._get().questions
        return {a for a in visible if questions[a].origin not in hidden}

    @api.model
    def _changed(self):
        """Forget what is cached of contacts: it followed from the catalog as it was."""
        result = super()._changed()
        self.env["res.partner"]._profiling_refresh()
        return result
