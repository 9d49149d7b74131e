from odoo import models


class CrmProfilingImport(models.Model):
    """The contacts of a file get an e-mail."""

    _inherit = "crm.profiling.import"  # pylint: disable=consider-merging-classes-inherited

    def action_email(self):
        """Write to the contacts of the file, by Odoo's composer."""
        self._check_mine()
        action = self._contacts().action_segment_email()
        domain = [("profiling_import_ids", "in", self.ids)]
        action["context"]["default_res_domain"] = repr(domain)
        return action

    def _next_steps(self):
        return [
            *super()._next_steps(),
            {
                "method": "action_email",
                "label": self.env._("E-mail these"),
                "icon": "fa-envelope-o",
            },
        ]
