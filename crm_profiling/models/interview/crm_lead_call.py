from odoo import models

from ..catalog.arguments import check_one


class CrmLead(models.Model):
    """The contact of a lead is called, which is made where there is none."""

    _inherit = "crm.lead"  # pylint: disable=consider-merging-classes-inherited

    def action_profiling_interview(self):
        """Interview the contact of the lead; it is created if there is none."""
        check_one(self)
        return self.env["crm.profiling.interview"]._action(lead_id=self.id)

    def action_profiling_call_list(self):
        """Ask what to ask, and make a call list of the contacts of these leads."""
        Queue = self.env["crm.profiling.queue"]
        Queue.check_access("create")
        leads = self._filtered_access("write")
        unknown = leads.filtered(lambda lead: not lead.partner_id)
        kept, left_out = leads._profiling_to_call()._profiling_sort_out()
        if not unknown:
            Queue._check_anybody(kept, left_out)
        name = Queue._name_for(len(kept) + len(unknown), self._profiling_in_common())
        return Queue._action_new(name, leads=leads)

    def _profiling_in_common(self):
        """Return in words what these leads have in common: their stage, for one."""
        stages = self.stage_id
        return stages.name if len(stages) == 1 else self.env._("Pipeline")

    def _profiling_to_call(self):
        """Return the contacts of these leads: of an address, whose it is."""
        partners = self.env["res.partner"]
        for partner in self.partner_id:
            is_address = partner._profiling_is_address()
            partners |= (is_address and partner.parent_id) or partner
        return partners

    def _profiling_partner(self):
        """Return the contact that holds the answers, as Odoo finds it at conversion."""
        if self and not self.partner_id:
            self.check_access("write")
            self._handle_partner_assignment(
                force_partner_id=self._find_matching_partner().id
            )
        return self.partner_id
