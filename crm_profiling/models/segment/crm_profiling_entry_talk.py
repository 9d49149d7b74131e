from odoo import api, models
from odoo.fields import Domain


class CrmProfilingEntry(models.AbstractModel):
    """Knows to whom somebody is talking."""

    _inherit = "crm.profiling.entry"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _quiet_time(self):
        """Return how long it must be quiet before a conversation is over."""
        return self.env["crm.profiling.interview"]._quiet_time()

    @api.model
    def _active_interviews(self, company=None):
        """Return the interviews in which something happened just now.

        :param company: commercial entity, None for all
        """
        Interview = self.env["crm.profiling.interview"].sudo()
        active = Interview._active_domain()
        if company is not None:
            active &= Domain("partner_id.commercial_partner_id", "=", company.id)
        return Interview.search(active)

    @api.model
    def _talking(self):
        """Return to whom somebody is talking, and when something was said last.

        :return: ``{id of the commercial entity: moment}``
        """
        talking = {}
        for interview in self._active_interviews():
            company_id = interview.partner_id.commercial_partner_id.id
            last = talking.get(company_id, interview.date_active)
            talking[company_id] = max(last, interview.date_active)
        return talking
