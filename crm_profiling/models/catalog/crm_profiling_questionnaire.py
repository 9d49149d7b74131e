from odoo import api, fields, models


class CrmProfilingQuestionnaire(models.Model):
    """An ordered set of questions, to be asked together."""

    _name = "crm.profiling.questionnaire"
    _inherit = ["crm.profiling.guarded"]
    _description = "Profiling Questionnaire"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Text(translate=True, help="When to use it, and for whom.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        index=True,
        ondelete="restrict",  # empty, it would be everybody's
    )
    line_ids = fields.One2many(
        comodel_name="crm.profiling.questionnaire.line",
        inverse_name="questionnaire_id",
        string="Questions in order",
        copy=True,
    )
    question_ids = fields.Many2many(
        comodel_name="crm.profiling.question",
        string="Questions",
        compute="_compute_question_ids",
        inverse="_inverse_question_ids",
        search="_search_question_ids",
    )
    question_count = fields.Integer(compute="_compute_question_ids")

    @api.depends("line_ids.question_id", "line_ids.sequence")
    def _compute_question_ids(self):
        for questionnaire in self:
            lines = questionnaire.line_ids.sorted(lambda line: (line.sequence, line.id))
            questionnaire.question_ids = lines.question_id
            questionnaire.question_count = len(lines)

    def _inverse_question_ids(self):
        """Keep the lines there are; the order becomes the one of the new value."""
        Line = self.env["crm.profiling.questionnaire.line"]
        wanted, new = {q: q.question_ids for q in self}, []
        for questionnaire, questions in wanted.items():
            lines = questionnaire.line_ids
            lines.filtered(
                lambda line, qs=questions: line.question_id not in qs
            ).unlink()
            by_question = lines.exists().grouped("question_id")
            for sequence, question in enumerate(questions, start=1):
                if line := by_question.get(question):
                    line.sequence = sequence
                else:
                    new.append(
                        {
                            "questionnaire_id": questionnaire.id,
                            "question_id": question.id,
                            "sequence": sequence,
                        }
                    )
        Line.create(new)

    @api.model
    def _search_question_ids(self, operator, value):
        if operator not in ("in", "any"):
            return NotImplemented
        return [("line_ids.question_id", operator, value)]
