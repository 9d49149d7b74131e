from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...catalog import ASKED
from ...names import first_twin, key
from .ours import OURS


class CrmProfilingQuestion(models.Model):
    """Something a salesperson asks, with the answers a prospect can give."""

    _name = "crm.profiling.question"
    _inherit = ["crm.profiling.named", "crm.profiling.guarded"]
    _description = "Profiling Question"
    _order = "sequence, id"

    name = fields.Char(string="Question", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        index=True,
        ondelete="restrict",  # empty, it would be everybody's
        help="Leave empty to ask this question in every company.",
    )
    hint = fields.Text(
        translate=True,
        help="What the caller may say, shown beside the question.",
    )
    origin = fields.Selection(
        selection=[(ASKED, "People are asked")],
        string="Answers come from",
        required=True,
        default=ASKED,
        help="Who or what tells the answers.",
    )
    selection_mode = fields.Selection(
        selection=[
            ("single", "One answer"),  # a new answer replaces the old one
            ("multiple", "Several answers"),  # any number side by side
        ],
        string="Choice",
        required=True,
        default="single",
    )
    level = fields.Selection(
        selection=[
            ("contact", "Each contact"),
            ("company", "The company"),
        ],
        string="Asked of",
        required=True,
        default="contact",
        help="An answer of the company counts for all its contacts: asked from any of "
        "them, it is stored on the company. When you change this, the company takes "
        "over what its contacts answered (the newest answer, where they contradict "
        "each other), or each contact what the company answered.",
    )
    validity_months = fields.Integer(
        string="Valid for (months)",
        help="After so many months an interview asks this question again; until then, "
        "and until it is answered anew, the old answer counts. 0: for ever.",
    )
    answer_ids = fields.One2many(
        comodel_name="crm.profiling.answer",
        inverse_name="question_id",
        string="Answers",
        copy=True,
    )

    # The last word where two people create one question at once. Deferred, so that
    # `_check_name` has said it better before, in every other case.
    _name_company_uniq = models.Constraint(
        "EXCLUDE USING btree"
        " ((name->>'en_US') WITH =, (COALESCE(company_id, 0)) WITH =)"
        " DEFERRABLE INITIALLY DEFERRED",
        "A question with this name exists already. Give one of the two another name.",
    )

    _validity_positive = models.Constraint(
        "CHECK(validity_months >= 0)",
        "Answers are valid for 0 months (for ever) or more.",
    )

    @api.constrains("name", "company_id")
    def _check_name(self):
        """Refuse a name that differs from another's by case or blanks only.

        Archived questions count: two of one name could not be told apart in an
        import.
        """
        everyone = self.with_context(active_test=False).search(
            [("company_id", "in", [False, *self.company_id.ids])]
        )
        twin = first_twin(everyone, lambda q: (q.company_id, key(q.name)))
        if twin:
            raise ValidationError(
                self.env._(
                    "The question “%(question)s” exists already. Use the one there is"
                    " (it may be archived), or choose another name.",
                    question=twin.name,
                )
            )

    @api.constrains("answer_ids")
    def _check_answers(self):
        """Check what has become of the answers, after all changes of a save."""
        self.with_context(active_test=False).answer_ids._check_unique_names()
        for question in self:
            if not question.with_context(active_test=False).answer_ids:
                raise ValidationError(
                    self.env._(
                        "The question “%(question)s” has no answers. Add the answers a"
                        " prospect can give.",
                        question=question.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        questions = super().create(vals_list)
        self.env["crm.profiling.catalog"]._changed()
        return questions

    def write(self, vals):
        result = super(
            CrmProfilingQuestion,
            self.with_context(
                crm_profiling_question_checks="answer_ids" in vals and OURS
            ),
        ).write(vals)
        if {
            "active",
            "level",
            "origin",
            "selection_mode",
            "company_id",
            "sequence",
        } & vals.keys():
            self.env["crm.profiling.catalog"]._changed()
        if "company_id" in vals:
            self._check_profiles_company()
        return result

    def unlink(self):
        result = super().unlink()
        self.env["crm.profiling.catalog"]._changed()
        return result

    def _catalog_entry(self):
        """Return what the answer widgets need to know of one question."""
        return {
            "id": self.id,
            "name": self.name,
            "hint": self.hint or "",
            "mode": self.selection_mode,
            "level": self.level,
            "active": self.active,
            "found": self.origin != ASKED,
            "answers": [a._catalog_entry() for a in self.answer_ids],
        }
