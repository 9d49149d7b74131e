from odoo import api, models

from ...cells import parts
from ...names import word
from ...placeholders import says_nothing
from ..catalog.wording import quoted
from .chosen import REJECT, SKIP, NewQuestion
from .plan import NAMES
from .targets import ANSWER, NEW, QUESTION, id_of, kind_of


class CrmProfilingImportCells(models.AbstractModel):
    """Reads the cells of a line: what each says, or what is to be asked about it."""

    _name = "crm.profiling.import.cells"
    _description = "Profiling Import Cells"

    @api.model
    def _readers(self, columns, plan):
        """Return ``{column: function of a cell}`` for the columns that are used.

        The functions return ``(values, those unknown, what is wrong)``.
        """
        return {column.index: self._reader(column, plan) for column in columns}

    @api.model
    def _reader(self, column, plan):
        """The same cells come again and again: each is looked at once."""
        target = column.target
        words = self.env["crm.profiling.import.values"]._values(target)
        if words is None:
            return self._reader_of_text(target in (*NAMES, "company"))
        question = self._question_of(target)
        if column.new:
            question = NewQuestion(column.new["name"], column.new["mode"])
        decide = self._decider(column, words, plan.unknown[column.index])
        to_band = self._to_band(column)
        is_number = kind_of(target) == QUESTION and question.by_number
        is_single = question and question.selection_mode == "single"
        asking = self._asking_for_words(target, question)
        seen = {}

        def read(cell):
            if cell not in seen:
                said = to_band(cell)
                seen[cell] = self._look_up(words, decide, said, target, question)
                if is_number and seen[cell][0]:
                    read.numbers[cell] = self._number(question, cell, *seen[cell][0])
                if asking:
                    pieces = [cell] if is_single else parts(cell, ";")
                    read.words[cell] = self._words_in(words, asking, pieces, seen[cell])
            return seen[cell]

        read.numbers = {}  # {cell: the number in it, or None}
        read.words = {}  # {cell: {answer_id: the words to it}}
        return read

    @api.model
    def _reader_of_text(self, is_name):
        def read(cell):
            # as Odoo exports what is empty, and spreadsheets an empty tick
            is_false = not is_name and cell.lower() == "false"
            says = not is_false and not says_nothing(cell, is_name)
            return cell if says else "", (), ""

        return read

    @api.model
    def _question_of(self, target):
        """Return the question of a column, None for a field."""
        if kind_of(target) == QUESTION:
            return self.env["crm.profiling.question"].browse(id_of(target))
        if kind_of(target) == ANSWER:
            return self.env["crm.profiling.answer"].browse(id_of(target)).question_id
        return None

    @api.model
    def _look_up(self, words, decide, cell, target, question):
        pieces = self._pieces(words, cell, target, question)
        if target == "tags":
            pieces = [(part, self._first_twin(tags)) for part, tags in pieces]
        for part, things in pieces:
            if len(things) > 1 and target != "state":  # the country will tell which
                return [], [], self._ambiguous(part, target, things)
        parts_unknown = {word(part): part for part, things in pieces if not things}
        unknown = [decide(part) for part in parts_unknown.values()]
        taken_for = [one.choice for one in unknown if isinstance(one.choice, int)]
        found = [thing for _part, things in pieces for thing in things]
        values = [value for value in dict.fromkeys(found + taken_for) if value]
        left = [one for one in unknown if one.choice not in (SKIP, REJECT)]
        is_single = (
            question
            and kind_of(target) in (QUESTION, NEW)
            and question.selection_mode == "single"
        )
        if is_single and len(values) + len(left) - len(taken_for) > 1:
            problem = self.env._(
                "“%(question)s” takes one answer, and got several: “%(cell)s”.",
                question=question.name,
                cell=cell,
            )
            return [], [], problem
        return values, unknown, ""

    @api.model
    def _pieces(self, words, cell, target, question):
        """Return ``[(part of a cell, things of that name)]``."""
        if found := words.find(cell):
            return [(cell, found)]
        if says_nothing(cell):
            return []
        if kind_of(target) == QUESTION:
            if question.by_number:
                return [(cell, self._by_number(question, cell))]
            if question.selection_mode == "single":
                if answer_id := self._with_words(words, cell)[0]:
                    return [(cell, [answer_id])]
        if not question and target != "tags":
            return [(cell, [])]
        separators = ";" if question else ";,"
        pieces = [
            (part, found)
            for part in parts(cell, separators)
            if (found := self._find(words, part, target)) or not says_nothing(part)
        ]
        if not all(found for _part, found in pieces) and "," in cell:
            # “IT, Services” where both are answers
            by_comma = [(part, words.find(part)) for part in parts(cell, ";,")]
            if all(found for _part, found in by_comma):
                return by_comma
        return pieces

    @api.model
    def _find(self, words, part, target):
        """Return the things that a part of a cell names, be it with words to it."""
        found = words.find(part)
        if not found and kind_of(target) == QUESTION:
            answer_id, _rest = self._with_words(words, part)
            return [answer_id] if answer_id else []
        return found

    @api.model
    def _first_twin(self, tag_ids):
        """Return the first of tags that nobody can tell apart by their names."""
        if len(tag_ids) > 1:
            tags = self.env["res.partner.category"].browse(tag_ids)
            if len(set(map(word, tags.mapped("display_name")))) == 1:
                return [min(tag_ids)]
        return tag_ids

    @api.model
    def _ambiguous(self, part, target, things):
        records = self.env["crm.profiling.import.values"]._records(target, things)
        return self.env._(
            "“%(value)s” can mean several: %(names)s. Write which.",
            value=part,
            names=", ".join(quoted(self.env, one.display_name) for one in records),
        )

    @api.model
    def _column_name(self, column):
        Columns = self.env["crm.profiling.import.columns"]
        return column.heading or Columns._target_name(column.target)
