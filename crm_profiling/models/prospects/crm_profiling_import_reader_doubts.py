from odoo import api, models

from ...tables.encodings import garbled

# Lines that are named for their garbled letters
_GARBLED = 1000


class CrmProfilingImportReader(models.AbstractModel):
    """Finds what looks wrong in a file, whatever program made it so."""

    _inherit = "crm.profiling.import.reader"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _unclosed(self, table, width):
        """Return the lines with a cell that holds lines which look like the table's.

        A quotation mark that nobody closed makes one cell of all that follows.
        """
        sign, most = table.separator, max(width - 1, 2)
        return [
            row[0]
            for row in table.rows
            if sign
            and any(
                "\n" in cell
                and any(line.count(sign) >= most for line in cell.split("\n")[1:])
                for cell in row[1:]
            )
        ]

    @api.model
    def _garbled(self, lines):
        """Return ``[line, word]`` of letters that another program has garbled."""
        found = ((line[0], map(garbled, line[1:])) for line in lines)
        words = ((number, next(filter(None, told), "")) for number, told in found)
        return [[number, word] for number, word in words if word][:_GARBLED]
