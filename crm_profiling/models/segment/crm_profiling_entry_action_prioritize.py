from odoo import api, models


class CrmProfilingEntryActionPrioritize(models.AbstractModel):
    """Raises the priority of contacts."""

    _name = "crm.profiling.entry.action.prioritize"
    _inherit = ["crm.profiling.entry.action"]
    _description = "Profiling: Raise the Priority on Entry"

    _rank = 20
    _profile_fields = ("entry_priority",)

    @api.model
    def _is_wanted(self, profile):
        return (profile.entry_priority or "0") > "0"

    @api.model
    def _act(self, profile, contacts):
        """Raise the priority of those who have a lower one."""
        said = self._foresee(profile, contacts)
        contacts.browse(said).write({"profiling_priority": profile.entry_priority})
        return said

    @api.model
    def _foresee(self, profile, contacts):
        priority = profile.entry_priority
        lower = contacts.filtered(lambda c: (c.profiling_priority or "0") < priority)
        name = dict(
            contacts._fields["profiling_priority"]._description_selection(self.env)
        )[priority]
        return dict.fromkeys(lower.ids, self.env._("priority: %s", name))

    @api.model
    def _failure(self, reason):
        return self.env._("the priority could not be raised: %s", reason)
