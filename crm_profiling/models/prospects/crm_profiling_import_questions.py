import contextlib

from odoo import api, models

from ...band_starts import starts
from ...cells import parts
from ...names import key as key_of
from ...numerals import NoNumber, read
from ...placeholders import says_nothing
from .arguments import check
from .chosen import CREATE, CREATE_MANY
from .targets import NEW, target_of

# Letters of a question's name
_LETTERS = 200

# The part of cells that are numbers, from which a column is one of numbers
_MOSTLY = 0.9


class CrmProfilingImport(models.Model):
    """A column becomes a question.

    A manager may have a question made of a column, with what is in its cells for
    answers. It is created when the import begins.
    """

    _inherit = "crm.profiling.import"  # pylint: disable=consider-merging-classes-inherited

    def set_new_question(self, index, name=None, is_banded=None):
        """Choose how the question is called that a column becomes, and its answers.

        :param int index: of the column, from 0
        :param str name: of the question
        :param bool is_banded: whether its answers are bands of numbers
        """
        self._check_mine("draft")
        self._check_index(index)
        known = isinstance(name, str | None), isinstance(is_banded, bool | None)
        check(self.env, *known, self._may_create_questions())
        columns = [dict(column) for column in self.sudo().columns]
        check(self.env, "question" in columns[index])
        question = dict(columns[index]["question"])
        if name is not None:
            question["name"] = " ".join(name.split())[:_LETTERS]
        if is_banded is not None:
            question["is_banded"] = is_banded and bool(question["starts"])
        columns[index]["question"] = question
        self.sudo().columns = columns
        return self.get_preview()

    @api.model
    def _may_create_questions(self):
        """Whether the user may create questions with their answers."""
        models_ = "crm.profiling.question", "crm.profiling.answer"
        return all(self.env[name].has_access("create") for name in models_)

    def _new_question(self, index):
        """Return what is kept of a column that becomes a question."""
        heading = self.sudo().headings[index].strip(" :*")
        cells = [line[index + 1] for line in self._lines()]
        several = any(len(parts(cell)) > 1 for cell in cells)
        found = [] if several else self._starts(cells)
        return {
            **self._column(target_of(NEW, index)),
            "policy": CREATE,
            "question": {
                "name": heading[:_LETTERS],
                "mode": "multiple" if several else "single",
                "starts": found,
                "is_banded": bool(found),
            },
        }

    @api.model
    def _starts(self, cells):
        """Return where bands of numbers may begin, none for cells of something else."""
        said = [cell for cell in cells if not says_nothing(cell)]
        notation = self.env["crm.profiling.question"]._notation()
        numbers = []
        for cell in said:
            with contextlib.suppress(NoNumber):
                lower, upper, _is_above = read(cell, notation)
                if lower == upper:
                    numbers.append(lower)
        return starts(numbers) if len(numbers) >= _MOSTLY * len(said) else []

    def _question_problems(self, plan):
        """Return what keeps columns from becoming questions."""
        problems = []
        columns = [column for column in self._columns() if column.new]
        if not columns:
            return problems
        everything = self.env["crm.profiling.question"].with_context(active_test=False)
        taken = {key_of(name) for name in everything.search([]).mapped("name")}
        for column in columns:
            name = column.new["name"]
            if not name:
                problems.append(
                    self.env._(
                        "Column %s becomes a question: say how it is called.",
                        self.env["crm.profiling.import.columns"]._place(
                            column.index, column.heading
                        ),
                    )
                )
            elif key_of(name) in taken:
                problems.append(
                    self.env._(
                        "There is a question “%s” already. Take the column for it, or"
                        " choose another name.",
                        name,
                    )
                )
            elif not self._new_answers(plan, column):
                problems.append(
                    self.env._(
                        "“%s” becomes a question, and has nothing to choose from.", name
                    )
                )
        return problems

    @api.model
    def _new_answers(self, plan, column):
        """Return the names of the answers that a column creates, in a good order."""
        unknown = plan.unknown.get(column.index, {}).values()
        return [one.value for one in unknown if one.choice in (CREATE, CREATE_MANY)]
