from odoo import api, fields, models
from odoo.exceptions import UserError

from ..catalog.arguments import is_id, list_of
from ..catalog.ours import OURS, is_ours


class CrmProfilingResponse(models.Model):
    """The fact that a contact gave an answer: when, to whom, and how.

    One row for each contact and answer that counts now; what was said before is in
    `crm.profiling.response.history`.  Facts about a company are held by the commercial
    entity, whichever contact they were asked from: see `holder`.

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

    # Each change is followed by a new evaluation of the contacts concerned.

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
