from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...names import key as key_of
from .chosen import bands_of
from .plan import MAX_ANSWERS
from .targets import QUESTION, id_of, target_of


def _is_touched(record):
    """Whether somebody has changed a record since it was created."""
    return record.write_date != record.create_date


class CrmProfilingImport(models.Model):
    """What an import creates in the catalog goes with it, unless somebody used it."""

    _inherit = "crm.profiling.import"  # pylint: disable=consider-merging-classes-inherited

    # {"questions": [ids], "answers": [ids], "tags": [ids]}
    made = fields.Json(groups="base.group_system")

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
                columns[column.index]["target"] = target_of(QUESTION, question.id)
                del columns[column.index]["question"]
                self._remember_heading(column.heading, question)
            else:
                made["answers"] += self._create_answers(column, names).ids
        self.sudo().write({"made": made, "columns": columns})
        return any(made.values())

    @api.model
    def _remember_heading(self, heading, question):
        if key := key_of(heading):
            said = {("heading", "", key): (heading, target_of(QUESTION, question.id))}
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
        question_id = id_of(column.target)
        return self.env["crm.profiling.answer"].create(
            [{"name": name, "question_id": question_id} for name in names]
        )

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
