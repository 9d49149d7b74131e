from odoo import fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.misc import get_lang

from ..amounts import Unclear, amount, is_target

TOLD = 15  # refusals in one message


class InvoiceSalesmanPlan(models.Model):
    """The grid of holders and months: read, and typed into.

    What cannot be read is told, all of it at once, and then nothing has been written.
    """

    _inherit = "invoice.salesman.plan"  # pylint: disable=consider-merging-classes-inherited

    def get_grid(self):
        """Return the targets of a plan, as the grid shows them.

        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        months = self._months()
        cells = {
            (target.holder_id.id, target.month): target.amount
            for target in self._targets()
        }
        beside = self._members_targets()
        return {
            "months": [fields.Date.to_string(month) for month in months],
            "currency_id": self.currency_id.id,
            "money": self.metric != "number",
            "editable": self.state != "closed" and self.has_access("write"),
            "holders": [
                {
                    "id": holder.id,
                    "name": holder.name,
                    "cells": [cells.get((holder.id, month)) for month in months],
                    "members": beside.get(holder.team_id.id),
                }
                for holder in self.holder_ids
            ],
        }

    def set_cells(self, cells):
        """Write targets into the grid: all of them, or none.

        :param list cells: ``[holder id, first day of a month, amount]``; the amount a
            number, or as it is typed; empty takes the target away
        :return: the grid
        """
        self.ensure_one()
        self.check_access("write")
        self._check_open()
        if not isinstance(cells, list) or not all(
            isinstance(cell, (list, tuple)) and len(cell) == 3 for cell in cells
        ):
            raise ValidationError(self.env._("What is to be written is not clear."))
        holders = {holder.id: holder for holder in self.holder_ids}
        months = {fields.Date.to_string(month): month for month in self._months()}
        wrong, wanted = [], {}
        for holder, month, value in cells:
            place = holders.get(holder) if isinstance(holder, int) else None
            if not place or not isinstance(month, str) or month not in months:
                raise ValidationError(
                    self.env._("The plan has changed in the meantime. Load it again.")
                )
            try:
                wanted[place, months[month]] = self._amount_of(value)
            except Unclear:
                wrong.append(self._unclear(place.name, month, value))
        self._refuse(wrong)
        self._write_cells(wanted)
        return self.get_grid()

    # What is typed

    def _amount_of(self, value):
        """Return the amount that a cell means, None for an empty one.

        :raise Unclear: where it is none, or no target
        """
        if value is None or value is False:
            return None
        if isinstance(value, str):
            lang = get_lang(self.env)
            currency = self.currency_id
            value = amount(
                value,
                lang.decimal_point,
                lang.thousands_sep or "",
                (currency.name, currency.symbol),
            )
        elif isinstance(value, bool) or not isinstance(value, (int, float)):
            raise Unclear(value)
        if value is not None and not is_target(value):
            raise Unclear(value)
        return value

    def _unclear(self, name, month, value):
        return self.env._(
            "“%(name)s”, %(month)s: “%(cell)s” is no amount.",
            name=name,
            month=month[:7],
            cell=str(value)[:40],
        )

    def _refuse(self, wrong):
        """Tell what is wrong, all of it.

        :raise UserError: where anything is
        """
        if not wrong:
            return
        if more := len(wrong) - TOLD if len(wrong) > TOLD else 0:
            wrong = [*wrong[:TOLD], self.env._("… and %s more", more)]
        raise UserError(
            "\n".join([self.env._("Nothing has been written:"), *map(str, wrong)])
        )

    # Writing

    def _write_cells(self, wanted):
        """Write targets: differences alone.

        :param dict wanted: ``{(holder, month): amount, None for no target}``
        """
        Target = self.env["invoice.salesman.target"]
        there = {(one.holder_id, one.month): one for one in self._targets()}
        new, gone, changed = [], Target, {}
        for (holder, month), value in wanted.items():
            target = there.get((holder, month))
            if value is None:
                gone |= target or Target
            elif not target:
                new.append({"holder_id": holder.id, "month": month, "amount": value})
            elif target.amount != value:
                changed[target] = value
        gone.unlink()
        Target._set_amounts(changed)
        Target.create(new)
