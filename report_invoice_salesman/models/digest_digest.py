from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class DigestDigest(models.Model):
    """Tells salespeople their turnover."""

    _inherit = "digest.digest"

    kpi_sales_targets = fields.Boolean(string="My Turnover")
    kpi_sales_targets_value = fields.Monetary(
        compute="_compute_kpi_sales_targets_value"
    )

    def _compute_kpi_sales_targets_value(self):
        """One's own turnover, for those who have a target: Odoo asks as each reader.

        :raise AccessError: for all others, who get the digest without it
        """
        start, end, companies = self._get_kpi_compute_parameters()
        mine = Domain("user_id", "=", self.env.uid)
        running = Domain("state", "=", "running")
        Target = self.env["invoice.salesman.target"]
        if not Target.has_access("read") or not Target.search_count(
            mine & running & Domain("company_id", "in", companies.ids), limit=1
        ):
            raise AccessError(self.env._("You have no sales target."))
        # By day, as invoices have no hour: those of the day on which the window ends
        sums = dict(
            self.env["invoice.salesman.invoice"]._read_group(
                mine
                & Domain("company_id", "in", companies.ids)
                & Domain("date", ">", start[:10])
                & Domain("date", "<=", end[:10]),
                ["company_id"],
                ["turnover:sum"],
            )
        )
        for digest in self:
            company = digest.company_id or self.env.company
            digest.kpi_sales_targets_value = sums.get(company, 0.0)

    def _compute_kpis_actions(self, company, user):
        actions = super()._compute_kpis_actions(company, user)
        menu = self.env.ref("crm.crm_menu_root").id
        action = "report_invoice_salesman.invoice_salesman_board_action"
        actions["kpi_sales_targets"] = f"{action}?menu_id={menu}"
        return actions
