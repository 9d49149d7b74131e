from babel.dates import format_date

from odoo import fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.misc import get_lang

from odoo.addons.crm_profiling import names

from ..amounts import Unclear, table

# Characters that are pasted at once, against the time that reading cells takes: twelve
# months of a thousand holders have fewer.
LONGEST = 200000
LONGEST_NAME = 100  # characters of a month that are looked at: no name of one has more


class InvoiceSalesmanPlan(models.Model):
    """A grid that was copied from a spreadsheet is pasted: all of it, or nothing."""

    _inherit = "invoice.salesman.plan"  # pylint: disable=consider-merging-classes-inherited

    def paste(self, text):
        """Write a grid that was copied from a spreadsheet: all of it, or nothing.

        A row for each holder: the name, then an amount for each month. A first row may
        name the months; without it they are those of the plan, in their order.

        :param str text: cells parted by tabs
        :return: the grid
        :raise UserError: for each row or cell that is not clear
        """
        self.ensure_one()
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
