from odoo import fields, models


class CrmProfilingQuestionnaireLine(models.Model):
    """The place of a question in a questionnaire."""

    _name = "crm.profiling.questionnaire.line"
    _inherit = ["crm.profiling.guarded"]
    _description = "Profiling Questionnaire Line"
    _order = "sequence, id"
    _rec_name = "question_id"
    _check_company_auto = True

    questionnaire_id = fields.Many2one(
        comodel_name="crm.profiling.questionnaire",
        required=True,
        index=True,
        ondelete="cascade",
    )
    question_id = fields.Many2one(
        comodel_name="crm.profiling.question",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    # A new line goes to the end, however many have been put in order before it.
    sequence = fields.Integer(default=1000)
    company_id = fields.Many2one(
        related="questionnaire_id.company_id", store=True, sealed=True
    )
    hint = fields.Text(related="question_id.hint")
    answer_ids = fields.One2many(related="question_id.answer_ids")

    _question_uniq = models.Constraint(
        "UNIQUE(questionnaire_id, question_id)",
        "A question can be in a questionnaire only once.",
    )
