from odoo import api, models
from odoo.exceptions import ValidationError

from ...bands import Bands
from ...numerals import NoNumber, read
from .chosen import bands_of


class CrmProfilingImportCells(models.AbstractModel):
    """Reads the numbers in cells."""

    _inherit = "crm.profiling.import.cells"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _number(self, question, cell, answer_id):
        """Return the number in a cell that was taken for an answer, None for none."""
        try:
            found_id, number = question._answer_by_number(cell)
        except ValidationError:
            return None
        return number if found_id == answer_id else None

    @api.model
    def _to_band(self, column):
        """Return a function of a cell, to the band of a new question it belongs to.

        What is no number, or of no band, stays as it is.
        """
        bands = Bands(bands_of(column.new))
        notation = self.env["crm.profiling.question"]._notation()

        def to_band(cell):
            try:
                return bands.place(read(cell, notation))[0] if bands.starts else cell
            except NoNumber:
                return cell

        return to_band

    @api.model
    def _by_number(self, question, cell):
        """Return the answer that a number in a cell belongs to, if it is one."""
        try:
            return [question._answer_by_number(cell)[0]]
        except ValidationError:
            return []
