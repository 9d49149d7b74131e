from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...catalog import ASKED
from ..catalog.arguments import is_id, list_of
from ..catalog.ours import OURS, is_ours


class CrmProfilingResponse(models.Model):
    """The fact that a contact gave an answer: when, to whom, and how.

    One row for each contact and answer that counts now; what was said before is in
    `crm.profiling.response.history`.  Facts about a company are held by the commercial
    entity, whichever contact they were asked from: see `crm_profiling_holder`.

    What was said later counts, whichever way it comes in: see `_record`.
    """

    _name = "crm.profiling.response"
    _inherit = [
        "crm.profiling.guarded",
        "crm.profiling.searched",
        "crm.profiling.numbered",
    ]
    _description = "Profiling Response"
    _order = "question_id, date desc, id"
    _rec_name = "answer_id"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Contact",
        required=True,
        index=True,
        ondelete="cascade",
    )
    answer_id = fields.Many2one(
        comodel_name="crm.profiling.answer",
        required=True,
        index=True,
        ondelete="restrict",
    )
    question_id = fields.Many2one(
        related="answer_id.question_id", store=True, index=True, sealed=True
    )
    value = fields.Float(
        sealed=True,
        aggregator="avg",
        digits=False,
        help="The number that was said, if it was one.",
    )
    comment = fields.Char()
    date = fields.Datetime(
        required=True,
        sealed=True,
        default=lambda self: fields.Datetime.now(),
        help="When it was said, or said again.",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Asked by",
        sealed=True,
        default=lambda self: self.env.user,
        ondelete="set null",
    )
    source = fields.Selection(
        selection=[("form", "Contact form")],
        required=True,
        sealed=True,
        default=lambda self: self._default_source(),
    )
    # to report by
    partner_user_id = fields.Many2one(
        related="partner_id.user_id", string="Contact's salesperson"
    )
    country_id = fields.Many2one(related="partner_id.country_id")

    _partner_answer_uniq = models.Constraint(
        "UNIQUE(partner_id, answer_id)",
        "This contact gave this answer already.",
    )

    @api.model
    def _default_source(self):
        """Hook: return how what is said just now comes in."""
        return "form"

    # ------------------------------------------------------------------
    # Changes, each followed by a new evaluation of the contacts concerned
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):  # pylint: disable=method-required-super
        """Record answers; a new one replaces the old one of a single-choice question.

        An answer the contact gave already stays as it was and is returned; so does one
        that was given later than what is created here.

        :raise UserError: for who, when or how: they follow from what happened
        :raise ValidationError: for two answers to one single-choice question
        """
        self.check_access("create")
        vals_list = list_of(self.env, vals_list)
        vals_list = [self._checked_vals(vals) for vals in vals_list]
        partner_ids = [vals.get("partner_id") for vals in vals_list]
        facts = self._read_facts(filter(is_id, partner_ids))
        pairs = [
            (self._holder_of(vals, facts), vals["answer_id"]) for vals in vals_list
        ]
        given = dict(zip(pairs, vals_list, strict=True))
        self._check_one_each(given)
        self._check_asked({answer_id for _holder_id, answer_id in given})
        self._check_holders({holder_id for holder_id, _answer_id in given})
        ids = self.sudo()._store_new(given, facts)
        records = self.browse(ids[pair] for pair in pairs)
        records.check_access("create")  # companies, too
        self._contacts_changed(records.sudo()._concerned_ids())
        return records

    def write(self, vals):
        """Change the words of what was said, or say something else just now.

        :raise UserError: for who, when or how, and for whom: they follow from what
            happened
        :raise ValidationError: for an answer to another question
        """
        vals = self._checked_vals(vals)
        self.check_access("write")
        self._check_holders(self.partner_id.ids)
        if "partner_id" in vals:
            raise UserError(
                self.env._(
                    "Answers stay with the contact who gave them. Note it on the other"
                    " contact instead."
                )
            )
        if "answer_id" not in vals:
            return super().write(vals)
        saying = self.filtered(lambda r: r.answer_id.id != vals["answer_id"])
        given = {(r.partner_id.id, vals["answer_id"]): vals for r in saying}
        saying._check_said_instead(vals["answer_id"])
        facts = self._read_facts(saying.partner_id.ids)
        instead = {r.partner_id.id: r.id for r in saying}
        saying.sudo()._store(given, facts, instead=instead)
        if self - saying:
            (self - saying).write({k: v for k, v in vals.items() if k != "answer_id"})
        self._contacts_changed(self.sudo()._concerned_ids())
        return True

    def unlink(self):
        """Take back what was said."""
        self.check_access("unlink")
        self._check_holders(self.partner_id.ids)
        concerned = self.sudo()._concerned_ids()
        if not (self.env.su and is_ours(self.env, "crm_profiling_erase")):
            self.sudo()._note_taken_back()
        super().unlink()
        self._contacts_changed(concerned)
        return True

    def _erase(self):
        """Delete what was said as if it had never been."""
        self.sudo().with_context(crm_profiling_erase=OURS).unlink()

    @api.model
    def _contacts_changed(self, partner_ids):
        """Evaluate contacts whose answers changed."""
        self.env["res.partner"]._profiling_refresh()
        self.env["res.partner"].browse(set(partner_ids))._profiling_apply()

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    @api.model
    def _checked_vals(self, vals):
        """Return create or write values that a user may give.

        :raise UserError: for who, when and how
        :raise ValidationError: for what is no value, or not there for the user
        """
        if not isinstance(vals, dict) or not vals.keys() <= self._fields.keys():
            raise ValidationError(
                self.env._("An answer has a contact, an answer, and perhaps a comment.")
            )
        self._check_told(vals)
        return vals

    @api.model
    def _holder_of(self, vals, facts):
        """Return who holds the answer of create values: the contact or its company."""
        catalog = self.env["crm.profiling.catalog"]
        questions, visible = catalog._get().questions, catalog._visible_answers()
        answer_id = vals.get("answer_id")
        question = is_id(answer_id) and answer_id in visible and questions[answer_id]
        partner_id = vals.get("partner_id")
        if not question or not is_id(partner_id) or partner_id not in facts.commercial:
            raise ValidationError(
                self.env._(
                    "A response needs a contact and an answer that exist. Reload the"
                    " page: one of them may have been deleted."
                )
            )
        return facts.holder(partner_id, question)

    @api.model
    def _check_holders(self, partner_ids):
        """Refuse answers about contacts that the user may not change."""
        self.env["res.partner"].browse(partner_ids).check_access("write")

    def _check_said_instead(self, answer_id):
        """Refuse another answer than one to the same question, or one given already."""
        catalog = self.env["crm.profiling.catalog"]
        questions, visible = catalog._get().questions, catalog._visible_answers()
        known = is_id(answer_id) and answer_id in visible
        question = questions[answer_id].id if known else False
        if any(response.question_id.id != question for response in self):
            raise ValidationError(
                self.env._("Choose another answer to the same question.")
            )
        held = self._read_facts(self.partner_id.ids).held
        if any(answer_id in held[partner.id] for partner in self.partner_id) or (
            len(self.partner_id) < len(self)
        ):
            raise ValidationError(self.env._("This contact gave this answer already."))

    @api.model
    def _check_asked(self, answer_ids):
        """Refuse to have said what is found: it is a fact of where it is found.

        :param answer_ids: of answers that exist
        """
        questions = self.env["crm.profiling.catalog"]._get().questions
        found = {questions[a].id for a in answer_ids if questions[a].origin != ASKED}
        for question in self.env["crm.profiling.question"].sudo().browse(found):
            raise ValidationError(
                self.env._(
                    "“%(question)s” is not asked: its answer is found by itself, see"
                    " “Answers come from” there.",
                    question=question.name,
                )
            )

    @api.model
    def _check_one_each(self, pairs):
        """Refuse two answers of one contact to one single-choice question.

        :param pairs: iterable of ``(partner_id, answer_id)``
        """
        questions = self.env["crm.profiling.catalog"]._get().questions
        seen = {}
        for partner_id, answer_id in pairs:
            question = questions[answer_id]
            other_id = seen.setdefault((partner_id, question.id), answer_id)
            if question.single and other_id != answer_id:
                self._raise_two_answers(other_id, answer_id)

    @api.model
    def _raise_two_answers(self, one_id, other_id):
        one, other = self.env["crm.profiling.answer"].sudo().browse([one_id, other_id])
        raise ValidationError(
            self.env._(
                "“%(question)s” takes one answer, and got two: “%(one)s” and"
                " “%(other)s”. Choose one of them.",
                question=one.question_id.name,
                one=one.name,
                other=other.name,
            )
        )
