from collections import defaultdict

from odoo import api, fields, models

from .chosen import SKIP
from .targets import ANSWER, QUESTION, kind_of, target_of


class CrmProfilingImportMemory(models.Model):
    """Says in the words of the screen what is remembered."""

    _inherit = "crm.profiling.import.memory"  # pylint: disable=consider-merging-classes-inherited

    column_name = fields.Char(string="Column", compute="_compute_means")

    means = fields.Char(string="Is taken for", compute="_compute_means")

    def _compute_means(self):
        """Say it in the words of the screen, as far as the user may read them.

        However many they are it takes as many queries.
        """
        kept = self.sudo()
        columns = self._column_names({one._target() for one in kept})
        words = defaultdict(set)
        for one in kept:
            words[one._kind_of_word()].add(one.choice)
        names = {kind: self._names_of(kind, words[kind]) for kind in words if kind}
        for memory, me in zip(self, kept, strict=True):
            column = columns.get(me._target(), False)
            memory.column_name = column if me.kind == "value" else False
            if me.kind == "heading":
                ignored = self.env._("Ignored") if not me.choice else False
                memory.means = column or ignored
            elif me.choice == SKIP:
                memory.means = self.env._("Leave the cell out")
            elif me.kind == "value" and not column:
                memory.means = False
            else:
                gone = self.env._("No longer there")
                memory.means = names[me._kind_of_word()].get(me.choice, gone)

    def _target(self):
        """Return what the column is taken for that is remembered, or the word's."""
        return (self.choice if self.kind == "heading" else self.about) or ""

    def _kind_of_word(self):
        """Return what kind of thing is remembered to be meant; "" where none is."""
        if self.kind == "value":
            return "" if self.choice == SKIP else kind_of(self._target())
        return "company" if self.kind == "company" else ""

    @api.model
    def _column_names(self, targets):
        """Return ``{what a column is taken for: name}``, of what the user may see."""
        Columns = self.env["crm.profiling.import.columns"]
        questions = Columns._questions()
        there = {*Columns._labels()}
        there.update(target_of(QUESTION, question.id) for question in questions)
        there.update(target_of(ANSWER, answer.id) for answer in questions.answer_ids)
        for names in ("name", "answer_ids.name"):
            questions.mapped(names)  # read all of them at once
        return {target: Columns._target_name(target) for target in targets & there}

    @api.model
    def _names_of(self, kind, choices):
        """Return ``{choice: name}`` of what words stand for and is still there.

        Of what is hidden from the user, False.
        """
        if kind == "lang":
            langs = self.env["res.lang"].search([("code", "in", list(choices))])
            return {lang.code: lang.display_name for lang in langs}
        ids = sorted({int(choice) for choice in choices if choice.isdecimal()})
        if kind == "company":
            records = self.env["res.partner"].browse(ids)
        else:
            records = self.env["crm.profiling.import.values"]._records(kind, ids)
        there = records.exists()
        names = dict.fromkeys(map(str, there.ids), False)
        readable = there._filtered_access("read")
        names.update((str(record.id), record.display_name) for record in readable)
        return names
