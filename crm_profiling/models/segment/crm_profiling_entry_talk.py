from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain


class CrmProfilingEntry(models.AbstractModel):
    """Knows to whom somebody is talking."""

    _inherit = "crm.profiling.entry"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _stays(self):
        """Return the model of stays; who may change the contact is not asked here."""
        return self.env["crm.profiling.stay"].sudo()

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

    @api.model
    def _wake(self, talking, contacts):
        """Have the job look after contacts once their conversations may be over.

        :param talking: see `_talking`
        """
        if not contacts:
            return
        now = fields.Datetime.now()
        soon = now + timedelta(minutes=1)
        at = min(
            talking[company.id] + self._quiet_time() if company.id in talking else soon
            for company in contacts.commercial_partner_id
        )
        job = self.env.ref("crm_profiling.ir_cron_release").sudo()
        earlier = (
            Domain("cron_id", "=", job.id)
            & Domain("call_at", ">", now)
            & Domain("call_at", "<=", at)
        )
        # one that comes before looks when to come again
        if not self.env["ir.cron.trigger"].sudo().search_count(earlier, limit=1):
            job._trigger(at)
