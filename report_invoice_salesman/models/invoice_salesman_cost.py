from odoo import api, models


class InvoiceSalesmanCost(models.AbstractModel):
    """Notes what things cost when they were invoiced.

    Odoo's own margin follows today's cost: raise it, and last year's profit falls. Here
    it is noted at posting and kept. A credit note takes what the credited invoice had
    noted, so that both together are nothing. Posting again keeps the cost, unless the
    line has another product or unit by then.
    """

    _name = "invoice.salesman.cost"
    _description = "Cost at Posting"

    @api.model
    def _freeze(self, moves, late=False):
        """Note the costs of customer documents that are posted.

        :param recordset moves: of any kind; others than customers' are left alone
        :param bool late: whether they have been posted long since
        """
        moves = moves.sudo().filtered(self._counts)
        if not moves:
            return
        # What they credit has to be noted before them
        credited = moves.reversed_entry_id
        if older := (credited - moves).filtered(self._is_open):
            self._freeze(older, late=True)
        later = moves.filtered(lambda move: move.reversed_entry_id in moves)
        if later and later < moves:
            self._freeze(moves - later, late)
            self._freeze(later, late)
            return
        self._store([row for move in moves for row in self._of_move(move, late)], moves)

    @api.model
    def _is_open(self, move):
        """Whether its costs should have been noted, and are not."""
        return self._counts(move) and not any(
            line.sales_cost_origin for line in self._costed_lines(move)
        )

    @api.model
    def _counts(self, move):
        return move.state == "posted" and move.is_sale_document(include_receipts=True)

    @api.model
    def _costed_lines(self, move):
        return move.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        )

    @api.model
    def _of_move(self, move, late):
        """Return ``(line, unit cost, its origin)`` for each line of a document."""
        move = move.with_company(move.company_id)
        credited = list(self._costed_lines(move.reversed_entry_id))
        rows = []
        for line in self._costed_lines(move):
            if self._noted_for(line) == self._made_for(line):
                rows.append((line, line.sales_cost, line.sales_cost_origin))
            else:
                unit, origin = self._unit_cost(line, credited)
                late_origin = late and origin == "product"
                rows.append((line, unit, "later" if late_origin else origin))
        return rows

    @api.model
    def _made_for(self, line):
        return (line.product_id.id or 0, line.product_uom_id.id or 0)

    @api.model
    def _noted_for(self, line):
        """Return for what its cost was noted: the line may have changed since."""
        if not line.sales_cost_origin:
            return None
        return (line.sales_cost_product, line.sales_cost_uom)

    # Writing

    @api.model
    def _sign(self, move):
        return -1 if move.move_type == "out_refund" else 1

    @api.model
    def _store(self, rows, moves):
        """Write the costs past the ORM.

        Posted lines are guarded against changes, rightly; these are no part of the
        entry, and nothing is computed from them.
        """
        sums = {move: [0.0, 0.0, 0.0] for move in moves}
        lines = []
        for line, unit, origin in rows:
            currency = line.company_currency_id
            total = currency.round(unit * line.quantity) * self._sign(line.move_id)
            product, uom = self._made_for(line)
            lines.append((line.id, unit, total, origin, product, uom))
            of_move = sums[line.move_id]
            of_move[0] += total
            of_move[1] -= line.balance if origin == "none" else 0
            of_move[2] -= line.balance if origin == "later" else 0
        if lines:
            self._store_lines(lines)
        self.env.cr.execute_values(
            """UPDATE account_move move
                  SET sales_cost = new.cost, sales_uncosted = new.uncosted,
                      sales_late = new.late
                 FROM (VALUES %s) AS new (id, cost, uncosted, late)
                WHERE move.id = new.id""",
            [
                (move.id, *map(move.company_currency_id.round, of_move))
                for move, of_move in sums.items()
            ],
        )
        moves.invalidate_recordset(
            ["sales_cost", "sales_uncosted", "sales_late"], flush=False
        )
        moves.line_ids.invalidate_recordset(
            [name for name in moves.line_ids._fields if name.startswith("sales_cost")],
            flush=False,
        )

    @api.model
    def _store_lines(self, lines):
        self.env.cr.execute_values(
            """UPDATE account_move_line line
                  SET sales_cost = new.unit, sales_cost_total = new.total,
                      sales_cost_origin = new.origin,
                      sales_cost_product = new.product, sales_cost_uom = new.uom
                 FROM (VALUES %s) AS new (id, unit, total, origin, product, uom)
                WHERE line.id = new.id""",
            lines,
        )
