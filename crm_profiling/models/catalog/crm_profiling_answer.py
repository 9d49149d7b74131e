from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...names import first_twin, key
from .arguments import check_values
from .ours import is_ours


class CrmProfilingAnswer(models.Model):
    """A possible answer to a question."""

    _name = "crm.profiling.answer"
    _inherit = ["crm.profiling.guarded"]
    _description = "Profiling Answer"
    _order = "question_id, sequence, id"
    _rec_names_search = ["name", "question_id.name"]

    name = fields.Char(string="Answer", required=True, translate=True)
    question_id = fields.Many2one(
        comodel_name="crm.profiling.question",
        required=True,
        index=True,
        ondelete="cascade",
    )
    # A new line goes to the end, however many have been put in order before it.
    sequence = fields.Integer(default=1000)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    needs_words = fields.Boolean(
        string="Asks for words",
        help="Whoever chooses this answer is asked for words: “Others: …”.",
    )
    company_id = fields.Many2one(
        related="question_id.company_id", store=True, sealed=True
    )

    # Deferred for the same reason as that of questions.
    _name_question_uniq = models.Constraint(
        "EXCLUDE USING btree (question_id WITH =, (name->>'en_US') WITH =)"
        " DEFERRABLE INITIALLY DEFERRED",
        "This question has an answer of this name already. Give one of the two another"
        " name.",
    )

    @api.depends("name", "question_id.name")
    @api.depends_context("crm_profiling_hide_question", "lang")
    def _compute_display_name(self):
        """Say the question too, except under a heading that already does."""
        hide_question = self.env.context.get("crm_profiling_hide_question")
        for answer in self:
            if hide_question or not answer.question_id:
                answer.display_name = answer.name
            else:
                answer.display_name = f"{answer.question_id.name}: {answer.name}"

    @api.constrains("name", "question_id")
    def _check_name(self):
        # Saved with its question, which may swap names or replace answers line by
        # line: the question checks once it is through.
        if not is_ours(self.env, "crm_profiling_question_checks"):
            self._check_unique_names()

    def _check_unique_names(self):
        """Refuse a name that differs from another's by case or blanks only."""
        questions = self.question_id.with_context(active_test=False)
        twin = first_twin(questions.answer_ids, lambda a: (a.question_id, key(a.name)))
        if twin:
            raise ValidationError(
                self.env._(
                    "The question “%(question)s” has the answer “%(answer)s” already."
                    " Use the one there is (it may be archived), or choose another"
                    " name.",
                    question=twin.question_id.name,
                    answer=twin.name,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        answers = super().create(vals_list)
        self.env["crm.profiling.catalog"]._changed()
        self.env["crm.profiling.bit"].sudo()._give(answers.ids)
        return answers

    def write(self, vals):
        check_values(self.env, vals)
        if "question_id" in vals:
            self._check_move(vals["question_id"])
        result = super().write(vals)
        if {"question_id", "active"} & vals.keys():
            self.env["crm.profiling.catalog"]._changed()
        return result

    def unlink(self):
        questions = self.question_id
        result = super().unlink()
        if not is_ours(self.env, "crm_profiling_question_checks"):
            questions.exists()._check_answers()
        self.env["crm.profiling.catalog"]._changed()
        return result

    def _in_order(self):
        """Return answers to several questions as these stand in their order."""
        return self.sorted(
            lambda a: (a.question_id.sequence, a.question_id.id, a.sequence, a.id)
        )

    def _catalog_entry(self):
        """Return what the answer widgets need to know of one answer."""
        entry = {
            "id": self.id,
            "name": self.name,
            "color": self.color,
            "active": self.active,
        }
        if self.needs_words:
            entry["needs_words"] = True
        return entry
