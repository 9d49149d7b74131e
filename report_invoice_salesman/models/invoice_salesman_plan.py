from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .invoice_salesman_actual import METRICS

HELD_BY = [
    ("user", "Salespeople"),
    ("team", "Sales teams"),
    ("industry", "Industries"),
    ("profile", "Profiles"),
    ("categ", "Product categories"),
]


class InvoiceSalesmanPlan(models.Model):
    """What a company wants to achieve in a year: of what, and who holds the targets.

    Months are what is kept; quarters and years are sums of them. Two plans never speak
    of the same months of the same kind, so a figure has one target.
    """

    _name = "invoice.salesman.plan"
    _description = "Sales Plan"
    _inherit = ["mail.thread", "crm.profiling.guarded"]
    _order = "date_from DESC, name, id DESC"

    name = fields.Char(required=True, tracking=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
        tracking=True,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    metric = fields.Selection(
        METRICS,
        string="Measured By",
        required=True,
        default="turnover",
        tracking=True,
        help="Turnover: posted invoices, untaxed, by invoice date; credit notes"
        " subtract. Margin: less what the products cost when they were invoiced.",
    )
    held_by = fields.Selection(
        HELD_BY, string="Targets Of", required=True, default="user", tracking=True
    )
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: self._default_year()[0],
        tracking=True,
    )
    date_to = fields.Date(
        string="To",
        required=True,
        default=lambda self: self._default_year()[1],
        tracking=True,
    )
    state = fields.Selection(
        [("draft", "Draft"), ("running", "Running"), ("closed", "Closed")],
        required=True,
        default="draft",
        copy=False,
        tracking=True,
        help="Draft: seen by administrators. Running: seen by those who hold the"
        " targets. Closed: nothing changes any more, what was achieved included.",
    )
    closed_on = fields.Date(copy=False, readonly=True)
    holder_ids = fields.One2many(
        "invoice.salesman.holder", "plan_id", string="Holders", copy=True
    )
    target_ids = fields.One2many("invoice.salesman.target", "plan_id", readonly=True)
    amount = fields.Float(
        string="Sum of Targets", compute="_compute_amount", digits=(16, 2)
    )
    show_ranking = fields.Boolean(
        string="Salespeople see the ranking",
        help="On My Targets, everybody's share of their target in percent; no amounts.",
        tracking=True,
    )
    warn_below = fields.Integer(
        string="Tell When Below",
        help="In percent of where somebody should be: who falls under it is told, once"
        " a month. 0 tells nobody.",
    )

    _check_dates = models.Constraint(
        "CHECK (date_from <= date_to)", "A plan ends after it begins."
    )

    @api.model
    def _default_year(self):
        """Return the first and the last day of the fiscal year, in whole months."""
        company = self.env.company
        year = company.compute_fiscalyear_dates(fields.Date.context_today(self))
        first = year["date_from"] + relativedelta(day=1)
        return first, first + relativedelta(months=11, day=31)

    @api.depends("target_ids.amount")
    def _compute_amount(self):
        sums = dict(
            self.env["invoice.salesman.target"]._read_group(
                Domain("plan_id", "in", self.ids), ["plan_id"], ["amount:sum"]
            )
        )
        for plan in self:
            plan.amount = sums.get(plan._origin, 0.0)

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        # The chatter names everybody's targets: for those who may set them
        return dict.fromkeys(self, "write")

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Have somebody told what is said there, by whoever may read it.

        :raise AccessError: for others
        """
        self.check_access("write")
        return super().message_subscribe(partner_ids, subtype_ids)

    def _months(self):
        """Return the first days of the months of a plan.

        :rtype: list
        """
        self.ensure_one()
        months, month = [], self.date_from
        while month <= self.date_to:
            months.append(month)
            month += relativedelta(months=1)
        return months

    def _targets(self):
        """Return the targets of plans that the user may see."""
        return self.env["invoice.salesman.target"].search(
            Domain("plan_id", "in", self.ids)
        )
