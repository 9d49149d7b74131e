from odoo import api, models


class CrmProfilingImport(models.Model):
    """What there is to know of the file, beside what is in it."""

    _inherit = "crm.profiling.import"  # pylint: disable=consider-merging-classes-inherited

    def _notes(self):
        """Return what there is to know of the file, beside what is in it."""
        about, heading = self.sudo().about, self.sudo().options["heading"]
        notes = []
        if about["above"]:
            notes.append(
                self.env._(
                    "The headings are in line %(line)s; what is above them is left"
                    " out.",
                    line=heading,
                )
            )
        if about.get("is_double"):
            notes.append(
                self.env._(
                    "The headings take two lines, %(line)s and the one below it.",
                    line=heading,
                )
            )
        notes += self._notes_of_letters(about)
        if about["hidden_sheets"]:
            notes.append(
                self.env._("Hidden sheets: %s", ", ".join(about["hidden_sheets"][:20]))
            )
        if about["hidden_rows"]:
            notes.append(
                self.env._(
                    "These lines are hidden in the file, and imported all the same: %s",
                    self._some(about["hidden_rows"]),
                )
            )
        if about["uncalculated"]:
            notes.append(
                self.env._(
                    "These lines have formulas without a result: open the file in a"
                    " spreadsheet and save it. Lines: %s",
                    self._some(about["uncalculated"]),
                )
            )
        return notes

    @api.model
    def _some(self, numbers):
        shown = ", ".join(map(str, numbers[:20]))
        return f"{shown}…" if len(numbers) > 20 else shown

    @api.model
    def _notes_of_letters(self, about):
        """Return what looks wrong in the file itself, whatever program made it so."""
        notes = []
        if unclosed := about.get("unclosed"):
            notes.append(
                self.env._(
                    "These lines have a cell with what looks like other lines of the"
                    " table. Is a quotation mark missing there? Lines: %s",
                    self._some(unclosed),
                )
            )
        if garbled := about.get("garbled"):
            notes.append(
                self.env._(
                    "These lines have letters that another program has garbled, as"
                    " “%(word)s”. They are imported as they are: export the file"
                    " anew, if you can. Lines: %(lines)s",
                    word=garbled[0][1][:40],
                    lines=self._some([line for line, _word in garbled]),
                )
            )
        return notes
