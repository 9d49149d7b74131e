from odoo import api, models

from .crm_profiling_condition import IMPOSSIBLE


class CrmProfilingQuestion(models.Model):
    """A question may look at what is not there any more."""

    _inherit = "crm.profiling.question"  # pylint: disable=consider-merging-classes-inherited

    def _is_broken(self):
        """Whether a condition looks at something that is not there any more."""
        Condition = self.env["crm.profiling.condition"]
        try:
            told = self._told_now()
            domains = [domain for _id, domain in told.answers if domain is not None]
            Condition._try([told.known, *domains])
            if told.number and not self._number_use(told):
                return True
        except IMPOSSIBLE:
            return True
        return False

    @api.model
    def _archive_broken(self):
        """Archive the questions that look at what is not there any more."""
        found = self.sudo().search([("origin", "=", "contact")])
        broken = found.filtered(lambda question: question._is_broken())
        broken.active = False
        return broken
