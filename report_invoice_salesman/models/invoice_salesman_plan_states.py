from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.crm_profiling.models.catalog.ours import OURS, is_ours


class InvoiceSalesmanPlan(models.Model):
    """A plan is drafted, running or closed: closing keeps what was achieved."""

    _inherit = "invoice.salesman.plan"  # pylint: disable=consider-merging-classes-inherited

    @api.model_create_multi
    def create(self, vals_list):
        plans = super().create(vals_list)
        # defaults say it as well, those of a context and those that somebody has set
        if any(plan.state != "draft" or plan.closed_on for plan in plans):
            self._refuse_state()
        return plans

    def write(self, vals):
        if {"state", "closed_on"} & vals.keys():
            if not is_ours(self.env, "sales_plan_state"):
                self._refuse_state()
        return super().write(vals)

    def _refuse_state(self):
        raise UserError(
            self.env._("Use the buttons Start, Close and Reopen of the plan.")
        )

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
