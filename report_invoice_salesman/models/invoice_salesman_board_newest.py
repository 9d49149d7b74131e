from odoo import api, fields, models
from odoo.fields import Domain

NEWEST = 8


class InvoiceSalesmanBoard(models.AbstractModel):
    """What the figures are made of: newest invoices, those handed over, their costs."""

    _inherit = "invoice.salesman.board"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _newest(self, plan, key):
        """Return the newest invoices and credit notes, each with its mark."""
        model = plan._actual_model("user" if plan.held_by != "categ" else "categ")
        domain = plan._days_domain(*plan._within()) & plan._key_domain(key)
        records = self.env[model].search(domain, limit=NEWEST)
        invoices = records.invoice_id if plan.held_by == "categ" else records
        return [
            {
                "id": one.id,
                "name": one.name,
                "date": fields.Date.to_string(one.date),
                "partner": one.partner_id.sudo().display_name,
                "type": one.move_type,
                "turnover": one.turnover,
                "moved_on": fields.Datetime.to_string(one.moved_on),
                "moved_from": one.moved_from_id.sudo().name or "",
                "moved_by": one.moved_by_id.sudo().name or "",
            }
            for one in invoices
        ]

    @api.model
    def _handed_over(self, holder):
        """Return what went from this salesperson to another, in the plan's time."""
        if not holder.user_id:
            return []
        notes = self.env["invoice.salesman.handover"].search(
            Domain("from_user_id", "=", holder.user_id.id)
            & Domain("company_id", "=", holder.company_id.id)
            & Domain("date", ">=", holder.plan_id.date_from),
            limit=NEWEST,
        )
        return [
            {
                "id": note.id,
                "name": note.move_name,
                "partner": note.partner_id.sudo().display_name,
                "date": fields.Datetime.to_string(note.date),
                "to": note.to_user_id.sudo().name or "",
                "by": note.user_id.sudo().name or "",
                "amount": note.amount,
            }
            for note in notes.sudo()
        ]

    @api.model
    def _costs(self, plan, key):
        """Return which part of the turnover behind a margin has no cost, or a late one.

        None, where it is not about margins.
        """
        if plan.metric != "margin":
            return None
        domain = plan._days_domain(*plan._within()) & plan._key_domain(key)
        model = plan._actual_model(plan.held_by)
        [(turnover, uncosted, late)] = self.env[model]._read_group(
            domain, [], ["turnover:sum", "uncosted:sum", "late:sum"]
        )
        share = (
            (lambda part: (part or 0.0) / turnover) if turnover else lambda part: 0.0
        )
        return {"uncosted": share(uncosted), "late": share(late)}
