from odoo import api, fields, models


class InvoiceSalesmanHandover(models.Model):
    """An invoice went from one salesperson to another after it was posted.

    Both see it: for one it has gone, for the other it has come; with the day, and who
    did it. Only added to, by `account.move.write`.
    """

    _name = "invoice.salesman.handover"
    _description = "Invoice Handed Over"
    _order = "date DESC, id DESC"
    _rec_name = "move_name"

    move_id = fields.Many2one(
        "account.move", required=True, index=True, ondelete="cascade", readonly=True
    )
    from_user_id = fields.Many2one(
        "res.users", string="Came From", index=True, ondelete="set null", readonly=True
    )
    to_user_id = fields.Many2one(
        "res.users", string="Went To", index=True, ondelete="set null", readonly=True
    )
    user_id = fields.Many2one(
        "res.users", string="Changed By", ondelete="set null", readonly=True
    )
    date = fields.Datetime(required=True, readonly=True)
    company_id = fields.Many2one(
        related="move_id.company_id", store=True, index=True, readonly=True
    )
    # Of the invoice, which salespeople may not open by Odoo's own rights
    move_name = fields.Char(string="Invoice", related="move_id.name")
    partner_id = fields.Many2one(related="move_id.partner_id")
    invoice_date = fields.Date(related="move_id.invoice_date")
    amount = fields.Monetary(string="Untaxed", related="move_id.amount_untaxed_signed")
    currency_id = fields.Many2one(related="move_id.company_currency_id")

    @api.model
    def _note(self, before):
        """Note what changed hands.

        :param dict before: ``{move: whose it was}``
        """
        self.sudo().create(
            [
                {
                    "move_id": move.id,
                    "from_user_id": user.id,
                    "to_user_id": move.invoice_user_id.id,
                    "user_id": self.env.uid,
                    "date": fields.Datetime.now(),
                }
                for move, user in before.items()
                if move.invoice_user_id != user
            ]
        )
