from collections import defaultdict

from odoo import api, models
from odoo.exceptions import ValidationError

from ...bands import Bands
from ...numerals import NoNumber, read
from ...prospects import answer_and_words, parts, says_nothing, word
from ..catalog.wording import quoted
from .plan import (
    NAMES,
    REJECT,
    SEVERAL,
    SKIP,
    STOP,
    LineError,
    NewQuestion,
    Unknown,
    bands_of,
)

# Values of a column that are compared with all that exist, for it takes time
_GUESSES = 200


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

        is_number = target.startswith("question:") and question.by_number
        is_single = question and question.selection_mode == "single"
        asking = self._asking_for_words(target, question)
        read.numbers = {}  # {cell: the number in it, or None}
        read.words = {}  # {cell: {answer_id: the words to it}}
        return read

    @api.model
    def _asking_for_words(self, target, question):
        """Return the ids of the answers in a column that ask for words."""
        if not target.startswith("question:"):
            return set()
        return set(question.answer_ids.filtered("needs_words").ids)

    @api.model
    def _words_in(self, words, asking, pieces, said):
        """Return ``{answer_id: words}`` of a cell, to answers that ask for them.

        “Other: laser cutting”, or “laser cutting” that is taken for “Other”.

        :param said: what the cell was taken for
        """
        found, unknown, _problem = said
        told = defaultdict(dict)  # each once, and in order
        for one in unknown:
            if one.choice in asking:
                told[one.choice][one.value] = None
        for part in pieces:
            answer_id, rest = self._with_words(words, part)
            if answer_id in found:
                told[answer_id][rest] = None
        return {answer_id: "; ".join(rests) for answer_id, rests in told.items()}

    @api.model
    def _with_words(self, words, part):
        """Return the id of the answer that a part of a cell begins with, and the rest.

        Of none, where it does not, and where the answer is not one that asks for words.
        """
        name, rest = answer_and_words(part) or ("", "")
        found = words.find(name) if name else []
        if len(found) == 1:
            answer = self.env["crm.profiling.answer"].browse(found[0])
            if answer.needs_words:
                return answer.id, rest
        return 0, ""

    @api.model
    def _reader_of_text(self, is_name):
        def read(cell):
            # as Odoo exports what is empty, and spreadsheets an empty tick
            is_false = not is_name and cell.lower() == "false"
            says = not is_false and not says_nothing(cell, is_name)
            return cell if says else "", (), ""

        return read

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
    def _question_of(self, target):
        """Return the question of a column, None for a field."""
        kind, _colon, id_ = target.partition(":")
        if kind == "question":
            return self.env["crm.profiling.question"].browse(int(id_))
        if kind == "answer":
            return self.env["crm.profiling.answer"].browse(int(id_)).question_id
        return None

    @api.model
    def _decider(self, column, words, unknown):
        """Return a function of a value that does not exist, to its `Unknown`.

        Where nobody has chosen yet, what is written nearly the same is suggested.
        """
        Values = self.env["crm.profiling.import.values"]
        options = set(Values._options(column.target).ids)

        def guess(value):
            found = words.closest(value) if len(unknown) < _GUESSES else []
            return found[0] if len(found) == 1 and found[0] in options else STOP

        def decide(value):
            key = word(value)
            if key not in unknown:
                choice = column.choices.get(key, column.policy)
                if isinstance(choice, int) and choice not in options:
                    choice = STOP  # deleted meanwhile
                is_open = choice == STOP and key not in column.choices
                last = column.remembered.get(key) if is_open else None
                is_last = last == SKIP or last in options
                if is_open:
                    choice = last if is_last else guess(value)
                is_guess = is_open and not is_last and choice != STOP
                unknown[key] = Unknown(value, choice, is_guess, [], is_last)
            return unknown[key]

        return decide

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
            and target.startswith(("question:", "new:"))
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
        if target.startswith("question:"):
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
        if not found and target.startswith("question:"):
            answer_id, _rest = self._with_words(words, part)
            return [answer_id] if answer_id else []
        return found

    @api.model
    def _by_number(self, question, cell):
        """Return the answer that a number in a cell belongs to, if it is one."""
        try:
            return [question._answer_by_number(cell)[0]]
        except ValidationError:
            return []

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

    @api.model
    def _column_name(self, column):
        planner = self.env["crm.profiling.import.planner"]
        return column.heading or planner._target_name(column.target)
