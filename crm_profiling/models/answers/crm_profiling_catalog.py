from odoo import api, models


class CrmProfilingCatalog(models.AbstractModel):
    """The catalog leaves out what sources tell and the user may not see."""

    _inherit = "crm.profiling.catalog"

    @api.model
    def _visible_answers(self):
        """Leave out what sources tell that the user may not see."""
        visible, hidden = super()._visible_answers(), self._hidden()
        if not hidden:
            return visible
        return visible - set(self._evaluator().answer_ids(hidden))

    @api.model
    def _hidden(self):
        """Return the mask of the answers that sources tell and the user may not see.

        Nor may they be concluded from: from how many contacts have which, or from what
        a profile that a contact is not in makes of them.
        """
        hidden = {
            source._origin
            for source in self.env["crm.profiling.source"]._all()
            if not source._may_be_seen()
        }
        if not hidden:
            return 0
        catalog = self._get()
        return catalog.evaluator.mask(
            a for a, q in catalog.questions.items() if q.origin in hidden
        )

    @api.model
    def _changed(self):
        """Forget what is cached of contacts: it followed from the catalog as it was."""
        result = super()._changed()
        self.env["res.partner"]._profiling_refresh()
        return result
