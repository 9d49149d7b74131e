from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.crm_profiling.models.answers import crm_profiling_question_found

ORIGINS = ("turnover", "purchases")


class CrmProfilingQuestion(models.Model):
    """May be answered by what somebody bought, or sold, in the last months."""

    _inherit = "crm.profiling.question"

    _FOUND_BY = crm_profiling_question_found.CrmProfilingQuestion._FOUND_BY | {
        "period_months",
        "company_id",
    }

    origin = fields.Selection(
        selection_add=[
            ("turnover", "Turnover: our posted invoices"),
            ("purchases", "Purchases: their posted bills"),
        ],
        ondelete={
            "turnover": lambda questions: questions._origin_gone(),
            "purchases": lambda questions: questions._origin_gone(),
        },
    )
    period_months = fields.Integer(
        string="Of the last",
        default=12,
        help="Invoices of so many months up to today count; with 0, all there are.",
    )

    _period_months_check = models.Constraint(
        "CHECK (period_months BETWEEN 0 AND 1200)",
        "A turnover is of 0 to 1200 months; 0 is all there has been.",
    )

    @api.onchange("origin")
    def _onchange_origin_invoiced(self):
        """A turnover is a number, of a company's customer that is a company."""
        if self.origin in ORIGINS:
            self.level = "company"
            self.selection_mode = "single"
            self.by_number = True
            self.company_id = self.company_id or self.env.company
            self.number_unit = (
                self.number_unit or self.company_id.sudo().currency_id.name
            )

    @api.constrains("origin", "level", "by_number", "company_id")
    def _check_invoiced(self):
        for question in self.filtered(lambda one: one.origin in ORIGINS):
            if not question.company_id:
                raise ValidationError(
                    self.env._(
                        "“%s” is found in invoices, which are of one company: say of"
                        " which one.",
                        question.name,
                    )
                )
            if question.level != "company" or not question.by_number:
                raise ValidationError(
                    self.env._(
                        "“%s” is found in invoices: it is asked of the company, and"
                        " answered by a number.",
                        question.name,
                    )
                )
