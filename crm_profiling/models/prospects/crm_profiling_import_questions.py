import contextlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...band_starts import starts
from ...names import key as key_of
from ...numerals import NoNumber, read
from ...prospects import parts, says_nothing
from .arguments import check
from .plan import CREATE, CREATE_MANY, MAX_ANSWERS, bands_of

# Letters of a question's name
_LETTERS = 200

# The part of cells that are numbers, from which a column is one of numbers
_MOSTLY = 0.9


class CrmProfilingImport(models.Model):
    """A column becomes a question; what the import creates in the catalog is kept.

    A manager may have a question made of a column, with what is in its cells for
    answers. It is created when the import begins, and goes when the import is taken
    back, if nobody has used it since.
    """

    _inherit = "crm.profiling.import"  # pylint: disable=consider-merging-classes-inherited

    # {"questions": [ids], "answers": [ids], "tags": [ids]}
    made = fields.Json(groups="base.group_system")

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
            **self._column(f"new:{index}"),
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

    # ------------------------------------------------------------------
    # Created as the import begins
    # ------------------------------------------------------------------

    def _create_unknown(self, plan):
        """Create the questions, answers and tags asked for; return whether any."""
        made = {"questions": [], "answers": [], "tags": []}
        columns = [dict(column) for column in self.sudo().columns]
        for column in self._columns():
            names = self._new_answers(plan, column)
            if not names:
                continue
            if column.target == "tags":
                tags = self.env["res.partner.category"]
                made["tags"] += tags.create([{"name": name} for name in names]).ids
            elif column.new:
                question = self._create_question(column.new, names)
                made["questions"] += question.ids
                made["answers"] += question.answer_ids.ids
                columns[column.index]["target"] = f"question:{question.id}"
                del columns[column.index]["question"]
                self._remember_heading(column.heading, question)
            else:
                made["answers"] += self._create_answers(column, names).ids
        self.sudo().write({"made": made, "columns": columns})
        return any(made.values())

    @api.model
    def _remember_heading(self, heading, question):
        if key := key_of(heading):
            said = {("heading", "", key): (heading, f"question:{question.id}")}
            self.env["crm.profiling.import.memory"]._remember(said)

    @api.model
    def _create_question(self, new, names):
        if len(names) > MAX_ANSWERS:
            raise UserError(self.env._("“%s” has too many answers.", new["name"]))
        lowest = bands_of(new)
        # bands that nobody is in belong to the question, too
        answers = [*lowest, *(name for name in names if name not in lowest)]
        return self.env["crm.profiling.question"].create(
            {
                "name": new["name"],
                "selection_mode": new["mode"],
                "by_number": bool(lowest),
                "answer_ids": [
                    Command.create(
                        {
                            "name": name,
                            "sequence": sequence,
                            "value_from": lowest.get(name, 0),
                            "without_number": bool(lowest) and name not in lowest,
                        }
                    )
                    for sequence, name in enumerate(answers)
                ],
            }
        )

    @api.model
    def _create_answers(self, column, names):
        question_id = int(column.target.split(":")[1])
        return self.env["crm.profiling.answer"].create(
            [{"name": name, "question_id": question_id} for name in names]
        )

    # ------------------------------------------------------------------
    # Taken back with the import
    # ------------------------------------------------------------------

    def _unmake(self):
        """Delete what the import created in the catalog and nobody has used since."""
        made = self.sudo().made or {}
        quiet = self.sudo().with_context(active_test=False).env
        tags, questions, answers = (
            quiet[model].browse(made.get(kind, ())).exists()
            for kind, model in (
                ("tags", "res.partner.category"),
                ("questions", "crm.profiling.question"),
                ("answers", "crm.profiling.answer"),
            )
        )
        referred = quiet["crm.profiling.import.uses"]._referred
        (tags - referred(tags)).unlink()
        everything = questions.answer_ids | answers
        kept = referred(
            everything, ("crm_profiling_bit", "crm_profiling_import_memory")
        )
        kept |= everything.filtered(_is_touched) | (everything - answers)
        asked = referred(
            questions, ("crm_profiling_answer", "crm_profiling_import_memory")
        )
        asked |= questions.filtered(_is_touched)
        unused = (questions - asked).filtered(lambda one: not one.answer_ids & kept)
        unused.unlink()
        for answer in (answers - kept).exists():
            question = answer.question_id
            if question not in questions and question.answer_ids - answer:
                answer.unlink()


def _is_touched(record):
    """Whether somebody has changed a record since it was created."""
    return record.write_date != record.create_date
