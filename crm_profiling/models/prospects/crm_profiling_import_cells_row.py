from odoo import api, models

from .chosen import REJECT
from .plan import SEVERAL, LineError


class CrmProfilingImportCells(models.AbstractModel):
    """Says what a line says in all."""

    _inherit = "crm.profiling.import.cells"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _row(self, used, cells, values, number):
        """Return ``{target: what the line says of it}``; cells left empty say nothing.

        :raise LineError: for what it may not say
        """
        row, seen = {}, []
        for column in used:
            cell = values[column.index]
            if not cell:
                continue
            found, unknown, problem = cells[column.index](cell)
            if problem:
                raise LineError(problem)
            seen += unknown
            if refused := [one.value for one in unknown if one.choice == REJECT]:
                for one in unknown:
                    one.lines.append(number)
                raise LineError(
                    self.env._(
                        "“%(value)s” is not known in “%(column)s”.",
                        value=refused[0],
                        column=self._column_name(column),
                    )
                )
            if found:
                row[column.target] = self._added(row.get(column.target), found, column)
            numbers = getattr(cells[column.index], "numbers", {})
            if numbers.get(cell) is not None:
                row[f"number:{found[0]}"] = numbers[cell]
            told = getattr(cells[column.index], "words", {}).get(cell, {})
            row.update({f"words:{id_}": said for id_, said in told.items()})
        for one in seen:
            one.lines.append(number)
        return row

    @api.model
    def _added(self, before, found, column):
        """Return what a line says in several columns of notes, or of tags."""
        if not before or column.target not in SEVERAL:
            return found
        if column.target == "comment":
            return f"{before}\n{found}"
        return [*dict.fromkeys([*before, *found])]
