from odoo import api, fields, models
from odoo.tools import SQL

from ..catalog.wording import quoted


class CrmProfilingNumbered(models.AbstractModel):
    """Holds the number that was said, which may be 0, or that there was none.

    Odoo reads a number that is not there as 0; the database knows better.
    """

    _name = "crm.profiling.numbered"
    _description = "Profiling Answer With a Number"

    number = fields.Char(
        compute="_compute_number",
        help="The number that was said, with its unit.",
    )

    @api.depends("value", "question_id")
    @api.depends_context("lang")
    def _compute_number(self):
        values = self._values_said()
        for said in self:
            value = values.get(said._origin.id)
            said.number = (
                value is not None and said.sudo().question_id._number_in_words(value)
            )

    def _values_said(self):
        """Return ``{id: number}`` of those that have one."""
        if not self._origin.ids:
            return {}
        self.flush_model(["value"])
        return dict(
            self.env.execute_query(
                SQL(
                    "SELECT id, value FROM %s WHERE id = ANY(%s) AND value IS NOT NULL",
                    SQL.identifier(self._table),
                    self._origin.ids,
                )
            )
        )

    def _words_with_number(self):
        """Return the answer as it is told: with the number that was said, if any."""
        return " · ".join(filter(None, (self.answer_id.name, self.number)))

    def _as_told(self):
        """Return the answer with the number, and the words, that were said."""
        words = self._words_with_number()
        return f"{words} {quoted(self.env, self.comment)}" if self.comment else words
