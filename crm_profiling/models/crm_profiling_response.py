from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class CrmProfilingResponse(models.Model):
    """The fact that a contact gave an answer: when, to whom, and how.

    Facts about a company are held by the commercial entity, whichever contact they
    were asked from (see `_known_sql` for who counts as having answered what).
    """

    _name = "crm.profiling.response"
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
        related="answer_id.question_id", store=True, index=True
    )
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Asked by",
        default=lambda self: self.env.user,
        ondelete="set null",
    )
    source = fields.Selection(
        selection=[
            ("form", "Contact form"),
            ("interview", "Interview"),
            ("import", "Import"),
        ],
        required=True,
        default=lambda self: self._default_source(),
    )
    comment = fields.Char()

    _partner_answer_uniq = models.Constraint(
        "UNIQUE(partner_id, answer_id)",
        "This contact gave this answer already.",
    )

    @api.model
    def _default_source(self):
        return "import" if self.env.context.get("import_file") else "form"

    # ------------------------------------------------------------------
    # Who counts as having answered what
    # ------------------------------------------------------------------

    @api.model
    def _known_sql(self):
        """Return a subselect of ``(partner_id, question_id, answer_id)``.

        A contact knows its own answers to contact questions, and those its
        commercial entity gave to company questions.  The one place that says so in
        SQL; `ResPartner._profiling_known_responses` says it of cached records.
        """
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        self.env["crm.profiling.question"].flush_model(["level"])
        self.flush_model(["partner_id", "answer_id", "question_id"])
        return SQL(
            """(
            SELECT response.partner_id, response.question_id, response.answer_id
              FROM crm_profiling_response response
              JOIN crm_profiling_question question
                ON question.id = response.question_id AND question.level = 'contact'
             UNION ALL
            SELECT contact.id, response.question_id, response.answer_id
              FROM crm_profiling_response response
              JOIN crm_profiling_question question
                ON question.id = response.question_id AND question.level = 'company'
              JOIN res_partner contact
                ON contact.commercial_partner_id = response.partner_id
            )"""
        )

    # ------------------------------------------------------------------
    # Changes, each followed by a new evaluation of the contacts concerned
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Record answers; a new one replaces the old one of a single-choice question.

        An answer the contact gave already stays as it was and is returned.

        :raise ValidationError: for two answers to one single-choice question
        """
        vals_list = [self._prepare_vals(vals) for vals in vals_list]
        held = self._held_by(vals["partner_id"] for vals in vals_list)
        new = {
            (vals["partner_id"], vals["answer_id"]): vals
            for vals in vals_list
            if (vals["partner_id"], vals["answer_id"]) not in held
        }
        self._check_one_each(new)
        later = self.with_context(crm_profiling_defer=True)
        later._replaced(new, held).unlink()
        created = super().create(list(new.values()))
        created.partner_id.check_access("write")
        self._answers_changed(created._concerned_contacts())
        held.update({(r.partner_id.id, r.answer_id.id): r.id for r in created})
        return self.browse(
            [held[vals["partner_id"], vals["answer_id"]] for vals in vals_list]
        )

    def write(self, vals):
        if not {"partner_id", "answer_id"} & vals.keys():
            return super().write(vals)
        contacts = self._concerned_contacts()
        self.partner_id.check_access("write")
        super().write(vals)
        self.partner_id.check_access("write")
        self._check_single()
        self._answers_changed(contacts | self._concerned_contacts())
        return True

    def unlink(self):
        self.partner_id.check_access("write")
        contacts = self._concerned_contacts()
        super().unlink()
        self._answers_changed(contacts)
        return True

    @api.model
    def _answers_changed(self, contacts):
        """Evaluate contacts again, unless the caller will once it is through."""
        contacts.invalidate_recordset(["profiling_answer_ids"])
        if not self.env.context.get("crm_profiling_defer"):
            contacts._profiling_apply()

    @api.model
    def _prepare_vals(self, vals):
        """Put an answer about the company on the company; say what is wrong."""
        Answer = self.env["crm.profiling.answer"].sudo()
        answer = Answer.browse(vals.get("answer_id")).exists()
        partner = self.env["res.partner"].browse(vals.get("partner_id")).exists()
        if not answer or not partner:
            raise ValidationError(
                self.env._(
                    "A response needs a contact and an answer that exist. Reload the"
                    " page: one of them may have been deleted."
                )
            )
        return dict(vals, partner_id=partner._profiling_holder(answer.question_id).id)

    @api.model
    def _held_by(self, partner_ids):
        """Return ``{(partner_id, answer_id): response_id}`` of the given contacts."""
        held = self.sudo().search([("partner_id", "in", list(partner_ids))])
        return {(r.partner_id.id, r.answer_id.id): r.id for r in held}

    @api.model
    def _check_one_each(self, pairs):
        """Refuse two new answers of one contact to one single-choice question."""
        Answer = self.env["crm.profiling.answer"].sudo()
        seen = {}
        for partner_id, answer_id in pairs:
            answer = Answer.browse(answer_id)
            question = answer.question_id
            if question.selection_mode != "single":
                continue
            other = seen.setdefault((partner_id, question.id), answer)
            if other != answer:
                self._raise_two_answers(other, answer)

    @api.model
    def _raise_two_answers(self, one, other):
        raise ValidationError(
            self.env._(
                "“%(question)s” takes one answer, and got two: “%(one)s” and"
                " “%(other)s”. Choose one of them.",
                question=one.question_id.name,
                one=one.name,
                other=other.name,
            )
        )

    def _check_single(self):
        """Refuse responses that make a second answer to a single-choice question."""
        held = self._held_by(self.partner_id.ids)
        self._check_one_each(held)

    @api.model
    def _replaced(self, new, held):
        """Return the held responses that new answers to the same question replace."""
        Answer = self.env["crm.profiling.answer"].sudo()
        answered = {
            (partner_id, Answer.browse(answer_id).question_id)
            for partner_id, answer_id in new
        }
        return self.browse(
            [
                response_id
                for (partner_id, answer_id), response_id in held.items()
                if (question := Answer.browse(answer_id).question_id)
                and question.selection_mode == "single"
                and (partner_id, question) in answered
            ]
        )

    def _concerned_contacts(self):
        """Return the contacts for whom these responses count."""
        company = self.filtered(lambda r: r.question_id.level == "company")
        contacts = (self - company).partner_id
        if not company:
            return contacts
        Partner = self.env["res.partner"].sudo().with_context(active_test=False)
        return contacts | Partner.search(
            [("commercial_partner_id", "in", company.partner_id.ids)]
        ).sudo(False)
