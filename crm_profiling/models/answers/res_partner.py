from odoo import api, fields, models

from ...catalog import ASKED
from ...evaluator import concerns
from ...groups import SALESMAN


class ResPartner(models.Model):
    """Contacts answer questions, and know what their company answered."""

    _inherit = "res.partner"

    profiling_response_ids = fields.One2many(
        comodel_name="crm.profiling.response",
        inverse_name="partner_id",
        string="Responses",
        groups=SALESMAN,
    )
    profiling_answer_ids = fields.Many2many(
        comodel_name="crm.profiling.answer",
        string="Answers",
        compute="_compute_profiling_answer_ids",
        inverse="_inverse_profiling_answer_ids",
        search="_search_profiling_answer_ids",
        readonly=False,
        context={"active_test": False},
        groups=SALESMAN,
        help="What this contact answered, and what its company did.",
    )
    profiling_question_ids = fields.Many2many(
        comodel_name="crm.profiling.question",
        string="Questions answered",
        compute="_compute_profiling_question_ids",
        search="_search_profiling_question_ids",
        context={"active_test": False},
        groups=SALESMAN,
    )
    profiling_progress = fields.Integer(
        string="Questions answered (%)",
        compute="_compute_profiling_progress",
        groups=SALESMAN,
        help="How many of the questions in use have been answered, in percent.",
    )

    @api.depends("profiling_response_ids.answer_id")
    def _compute_profiling_answer_ids(self):
        """Read what counts for each contact.

        Does not depend on the company: choosing one in a form would forget what has
        been ticked there and is not saved. See `write`, and the company's onchange.
        """
        Response = self.env["crm.profiling.response"]
        # a new contact of a company knows what the company does
        commercial = {p: p._profiling_company() for p in self}
        facts = Response._read_facts(
            {r.id for p, company in commercial.items() for r in (p._origin, company)}
        )
        Catalog = self.env["crm.profiling.catalog"]  # its version came with the facts
        questions, visible = Catalog._get().questions, Catalog._visible_answers()
        for partner, company in commercial.items():
            known = facts._replace(commercial={partner._origin.id: company.id}).known(
                partner._origin.id, questions
            )
            # they are the user's to see: that needs no check, which would read them
            partner.sudo().profiling_answer_ids = self.env[
                "crm.profiling.answer"
            ].browse(answer_id for answer_id in known if answer_id in visible)

    @api.depends("profiling_answer_ids")
    def _compute_profiling_question_ids(self):
        for partner in self:
            partner.profiling_question_ids = partner.profiling_answer_ids.question_id

    @api.depends("profiling_answer_ids", "company_id")
    def _compute_profiling_progress(self):
        questions = self.env["crm.profiling.question"].search_fetch(
            [("active", "=", True), ("origin", "=", ASKED)], ["company_id"]
        )
        for partner in self:
            asked = questions.filtered(
                lambda question, partner=partner: concerns(
                    question.company_id.id, partner.company_id.id
                )
            )
            answered = asked & partner.profiling_answer_ids.question_id._origin
            partner.profiling_progress = asked and 100 * len(answered) // len(asked)
