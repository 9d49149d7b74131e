from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.crm_profiling.models.catalog.ours import OURS


class InvoiceSalesmanPlan(models.Model):
    """A plan is drafted, running or closed: closing keeps what was achieved."""

    _inherit = "invoice.salesman.plan"  # pylint: disable=consider-merging-classes-inherited

    def _set_state(self, state, closed_on=False):
        self.with_context(sales_plan_state=OURS).write(
            {"state": state, "closed_on": closed_on}
        )

    def action_start(self):
        """Show the targets to those who hold them."""
        self.check_access("write")
        self.filtered(lambda plan: plan.state == "draft")._set_state("running")

    def action_draft(self):
        """Hide the targets again."""
        self.check_access("write")
        self.filtered(lambda plan: plan.state == "running")._set_state("draft")

    def action_close(self):
        """Keep what was achieved as it is today."""
        self.check_access("write")
        running = self.filtered(lambda plan: plan.state == "running")
        for plan in running:
            self.env["invoice.salesman.result"]._keep(plan)
        running._set_state("closed", fields.Date.context_today(self))

    def action_reopen(self):
        """Count anew what is achieved."""
        self.check_access("write")
        closed = self.filtered(lambda plan: plan.state == "closed")
        self.env["invoice.salesman.result"].sudo().search(
            [("plan_id", "in", closed.ids)]
        ).unlink()
        closed._set_state("running")

    def _targets(self):
        """Return the targets of plans that the user may see."""
        return self.env["invoice.salesman.target"].search(
            Domain("plan_id", "in", self.ids)
        )
