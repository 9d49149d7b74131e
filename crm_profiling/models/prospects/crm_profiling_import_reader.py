import logging
from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import UserError

from ... import tables
from ...cells import text
from ...headings import NAMES, plain
from ...tables import layout

_logger = logging.getLogger(__name__)

# Letters of a cell among the first lines that one chooses the headings from
_SHOWN_LETTERS = 40
_SHOWN_CELLS = 12


class Sheet(NamedTuple):
    """What a file says: its headings, and the lines that are not empty."""

    headings: list[str]
    lines: list[list]  # number of the line in the file, then its cells
    sheets: list[str]  # names of all sheets, none for CSV
    options: dict  # sheet, encoding, separator and heading, as chosen or guessed
    below: dict[int, str]  # lines that are not of the table, and what they say
    about: dict  # what the screen tells of the file: see `_about`


class CrmProfilingImportReader(models.AbstractModel):
    """Reads files of prospects: finds the table in them."""

    _name = "crm.profiling.import.reader"
    _description = "Profiling Import Reader"

    @api.model
    def _read(self, name, content, options=None):
        """Return a file as a `Sheet`.

        :param bytes content:
        :param options: what the user chose of sheet, encoding, separator and the
            line with the headings
        :raise UserError: saying what is wrong with the file, and what to do
        """
        try:
            table = tables.read(content, options, self.env.lang or "")
        except tables.TableError as error:
            _logger.info("Profiling: %r cannot be read: %s", name, error)
            raise UserError(self._wrong(name, error)) from error
        rows = [[number, *map(text, cells)] for number, *cells in table.rows]
        rows = [row for row in rows if any(row[1:])]
        if not rows:
            raise UserError(self._empty(name))
        known = self.env["crm.profiling.import.columns"]._recognised()
        at = self._heading_at(rows, (options or {}).get("heading"), known)
        about, above = self._about(table, rows, at), rows[at][0]
        about["is_double"] = self._put_in_one(rows, at, known)
        headings, lines = self._below_headings(name, rows, at + about["is_double"])
        chosen = {
            "sheet": table.sheet,
            "encoding": table.encoding,
            "separator": table.separator,
            "heading": above,
        }
        about["unclosed"] = self._unclosed(table, len(headings))
        about["garbled"] = self._garbled(lines)
        is_heading = self._is_heading_again(headings, known)
        below = layout.below(lines, lambda said: "@" in said, is_heading)
        return Sheet(
            headings,
            lines,
            [*table.sheets, *table.hidden_sheets],
            chosen,
            below,
            about,
        )

    @api.model
    def _heading_at(self, rows, chosen, known):
        """Return the index of the row with the headings: the chosen one, or a guess.

        Of two rows of headings, the upper one.
        """
        for at, row in enumerate(rows[: layout.TOP]):
            if chosen and row[0] == chosen:
                return at
        at = layout.heading_at(rows, known)
        return at - layout.has_second(rows, at - 1, known)

    @api.model
    def _put_in_one(self, rows, at, known):
        """Put headings of two rows into the lower one; return whether they are."""
        if not layout.has_second(rows, at, known):
            return False
        number, *below = rows[at + 1]
        rows[at + 1] = [number, *layout.in_one(rows[at][1:], below, known)]
        return True

    @api.model
    def _is_heading_again(self, headings, known):
        """Return a function of cells, to whether they are the headings once more.

        Or those of another table below. Few lines are asked: most begin with a name.
        """
        names = {plain(heading) for heading in headings if heading}
        names |= NAMES

        def is_heading(cells):
            said = [cell for cell in cells if cell]
            first = said and len(said[0]) < _SHOWN_LETTERS and plain(said[0]) in names
            return first and len(said) > 1 and known(said) == len(said)

        return is_heading

    @api.model
    def _below_headings(self, name, rows, at):
        """Return the headings and the lines below them, all of one width."""
        headings, lines = rows[at][1:], [list(row) for row in rows[at + 1 :]]
        if not lines:
            raise UserError(
                self.env._(
                    "“%s” has headings only, or no headings. One line names the"
                    " columns, each line below is a prospect.",
                    name,
                )
            )
        width = max(len(line) - 1 for line in lines)
        headings += [""] * (width - len(headings))
        used = [
            column
            for column, heading in enumerate(headings)
            if heading
            or any(len(line) > column + 1 and line[column + 1] for line in lines)
        ]
        del headings[max(used, default=0) + 1 :]
        for line in lines:
            line[1:] = (line[1:] + [""] * len(headings))[: len(headings)]
        return headings, lines

    @api.model
    def _about(self, table, rows, at):
        """Return what the screen tells of a file, beside what is in it."""
        return {
            "top": [
                [row[0], *(cell[:_SHOWN_LETTERS] for cell in row[1:][:_SHOWN_CELLS])]
                for row in rows[: layout.TOP]
            ],
            "above": at,
            "readings": [[encoding, [*words]] for encoding, words in table.readings],
            "hidden_sheets": [*table.hidden_sheets],
            "hidden_rows": [*table.hidden_rows],
            "uncalculated": [*table.uncalculated],
        }
