from collections import Counter

from babel.dates import format_date

from odoo import fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools.misc import get_lang

from odoo.addons.crm_profiling import names
from odoo.addons.crm_profiling.models.catalog.crm_profiling_sealed import check_one

from ..amounts import MOST, Unclear, amount, table
from .invoice_salesman_holder import REFS

# Characters that are pasted at once, against the time that reading cells takes: twelve
# months of a thousand holders have fewer.
LONGEST = 200000
LONGEST_NAME = 100  # characters of a month that are looked at: no name of one has more
TOLD = 15  # refusals in one message


class InvoiceSalesmanPlan(models.Model):
    """The grid of holders and months: read, typed into, pasted into.

    What cannot be read is told, all of it at once, and then nothing has been written.
    """

    _inherit = "invoice.salesman.plan"  # pylint: disable=consider-merging-classes-inherited

    def get_grid(self):
        """Return the targets of a plan, as the grid shows them.

        :rtype: dict
        """
        check_one(self)
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
        check_one(self)
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

    def paste(self, text):
        """Write a grid that was copied from a spreadsheet: all of it, or nothing.

        A row for each holder: the name, then an amount for each month. A first row may
        name the months; without it they are those of the plan, in their order.

        :param str text: cells parted by tabs
        :return: the grid
        :raise UserError: for each row or cell that is not clear
        """
        check_one(self)
        self.check_access("write")
        self._check_open()
        if not isinstance(text, str):
            raise ValidationError(self.env._("What is to be pasted is no text."))
        if len(text) > LONGEST:
            raise UserError(self.env._("This is too long to be pasted. Import a file."))
        rows = self._without_sums(table(text))
        if not rows:
            raise UserError(self.env._("There is nothing to paste: copy cells first."))
        wrong = []
        months = self._head(rows, wrong)
        found = self._found_holders([row[0] for row in rows], wrong)
        wanted = self._pasted(rows, months, wrong)
        self._refuse(wrong)
        holders = self._made_holders(found)
        self._write_cells(
            {(holders[name], month): value for (name, month), value in wanted.items()}
        )
        return self.get_grid()

    def _pasted(self, rows, months, wrong):
        """Return ``{(name, month): amount}``, and tell what is no amount."""
        wanted = {}
        for row in rows:
            if len(row) - 1 > len(months):
                wrong.append(
                    self.env._(
                        "“%(name)s”: %(cells)s amounts for %(months)s months.",
                        name=row[0],
                        cells=len(row) - 1,
                        months=len(months),
                    )
                )
            for month, cell in zip(months, row[1:], strict=False):
                try:
                    wanted[row[0], month] = self._amount_of(cell)
                except Unclear:
                    wrong.append(
                        self._unclear(row[0], fields.Date.to_string(month), cell)
                    )
        return wanted

    def add_holders(self, ids):
        """Add those who are to have targets.

        :param list ids: of salespeople, teams..., as the plan has them
        :return: the grid
        """
        check_one(self)
        self.check_access("write")
        if not isinstance(ids, list) or not all(type(one) is int for one in ids):
            raise ValidationError(self.env._("Who is to be added is not clear."))
        there = {holder._ref().id for holder in self.holder_ids}
        refs = self._candidates().filtered(
            lambda ref: ref.id in ids and ref.id not in there
        )
        self._made_holders({ref.display_name: ref for ref in refs})
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
        if value is not None and not 0 <= value < MOST:
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

    def _without_sums(self, rows):
        """Take off the sums that stand beside the grid, last and so named."""
        sums = {names.key(word) for word in ("Sum", self.env._("Sum"))}
        if rows and names.key(rows[-1][0]) in sums:
            rows = rows[:-1]
        if rows and len(rows[0]) > 1 and names.key(rows[0][-1]) in sums:
            at = len(rows[0]) - 1
            # what stands beyond is none of it, and is told to be too much
            rows = [row[:at] + row[at + 1 :] for row in rows]
        return rows

    def _head(self, rows, wrong):
        """Take the row that names the months off; return the months of the columns."""
        months = self._months()
        names_of = self._month_names()
        # as many as fit, and one that tells that there are more
        cells = rows[0][1 : len(months) + 2]
        head = [names_of.get(names.key(cell[:LONGEST_NAME])) for cell in cells]
        if not any(head):
            return months
        rows.pop(0)
        for cell, month in zip(cells, head, strict=True):
            if not month:
                wrong.append(self.env._("“%s” is no month of this plan.", cell))
            elif head.count(month) > 1:
                wrong.append(self.env._("“%s” is there twice.", cell))
        return head

    def _month_names(self):
        """Return the months of the plan by what people call them."""
        found = {}
        locale = get_lang(self.env).code
        for month in self._months():
            ways = [f"{month:%Y-%m}", f"{month:%m/%Y}", f"{month:%m.%Y}", str(month)]
            ways += [f"{month.month}/{month.year}", f"{month:%d/%m/%Y}"]
            for lang in (locale, "en_US"):
                for width in ("MMMM", "MMM", "LLLL", "LLL"):
                    name = format_date(month, width, locale=lang)
                    ways += [name, f"{name} {month.year}", f"{name} {month:%y}"]
            found.update({names.key(way): month for way in ways})
        return found

    # Whom a row means

    def _candidates(self):
        """Return all that may have targets in the plan."""
        company = self.company_id
        model = self.env["invoice.salesman.holder"]._fields[REFS[self.held_by]]
        Ref = self.env[model.comodel_name]
        domain = Domain.TRUE
        if self.held_by == "user":
            domain = Domain("company_ids", "in", company.id) & Domain(
                "share", "=", False
            )
        elif "company_id" in Ref._fields:
            domain = Domain("company_id", "in", [company.id, False])
        return Ref.search(domain)

    def _found_holders(self, given, wrong):
        """Return whom each name means, and tell what is not clear about them."""
        by_name = {}
        for ref in self._candidates() | self._known():
            for name in {ref.display_name, ref.sudo()[ref._rec_name or "name"]}:
                by_name.setdefault(names.key(name), set()).add(ref)
        twice = {
            name for name, times in Counter(map(names.key, given)).items() if times > 1
        }
        found = {}
        for name in dict.fromkeys(given):
            refs = by_name.get(names.key(name), set())
            if names.key(name) in twice:
                wrong.append(self.env._("“%s” is there twice.", name))
            elif len(refs) != 1:
                wrong.append(
                    self.env._("There are several with the name “%s”.", name)
                    if refs
                    else self.env._("“%s” is not known.", name)
                )
            else:
                found[name] = next(iter(refs))
        return found

    def _known(self):
        """Return those who have targets already, archived ones among them."""
        return self.with_context(active_test=False).holder_ids[REFS[self.held_by]]

    def _made_holders(self, found):
        """Return the holder of each name, made where there is none."""
        there = {holder._ref(): holder for holder in self.holder_ids}
        new = [ref for ref in found.values() if ref not in there]
        field = REFS[self.held_by]
        last = max(self.holder_ids.mapped("sequence"), default=0)
        made = self.env["invoice.salesman.holder"].create(
            [
                {"plan_id": self.id, field: ref.id, "sequence": last + number}
                for number, ref in enumerate(new, 1)
            ]
        )
        there.update(zip(new, made, strict=True))
        return {name: there[ref] for name, ref in found.items()}

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
