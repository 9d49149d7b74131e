from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...names import first_twin, normalized


class CrmProfilingQuestion(models.Model):
    """Something a salesperson asks, with the answers a prospect can give."""

    _name = "crm.profiling.question"
    _inherit = ["crm.profiling.named"]
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
    response_count = fields.Integer(
        string="Contacts",
        compute="_compute_response_count",
        help="Contacts whose answer is known, be it from their company.",
    )
    counted_contacts = fields.Integer(
        string="Contacts counted",
        readonly=True,
        copy=False,
        help="How many contacts answered this question when they were last counted,"
        " once a day.",
    )
    profile_ids = fields.Many2many(
        comodel_name="crm.profiling.profile",
        string="Used by profiles",
        compute="_compute_profile_ids",
    )
    health_note = fields.Char(
        compute="_compute_health_note", help="What no profile makes use of."
    )
    archive_warning = fields.Char(
        compute="_compute_archive_warning",
        help="What archiving the question would mean for the profiles that use it.",
    )

    # The last word where two people create one question at once. Deferred, so that
    # `_check_name` has said it better before, in every other case.
    _name_company_uniq = models.Constraint(
        "EXCLUDE USING btree"
        " ((name->>'en_US') WITH =, (COALESCE(company_id, 0)) WITH =)"
        " DEFERRABLE INITIALLY DEFERRED",
        "A question with this name exists already. Give one of the two another name.",
    )

    def _compute_response_count(self):
        """Count those whom `action_view_contacts` lists."""
        counts = self.env["crm.profiling.board"]._answered(self._origin)
        for question in self:
            question.response_count = counts.get(question._origin.id, 0)

    @api.depends("answer_ids")
    def _compute_profile_ids(self):
        Profile = self.env["crm.profiling.profile"].with_context(active_test=False)
        answers = self.with_context(active_test=False).answer_ids
        users = Profile.search(Profile._mentions_domain(answers.ids))
        for question in self:
            question.profile_ids = users.filtered(
                lambda profile, question=question._origin: (
                    question in profile._own_answers().question_id
                )
            )

    _validity_positive = models.Constraint(
        "CHECK(validity_months >= 0)",
        "Answers are valid for 0 months (for ever) or more.",
    )

    @api.depends("active", "profile_ids", "answer_ids.active", "selection_mode")
    def _compute_health_note(self):
        for question in self:
            saved = question._origin
            used = question.profile_ids.filtered("active")._own_answers()
            notes = saved._findings(used) if saved.active else []
            question.health_note = " ".join(note for _kind, note in notes)

    def _findings(self, used):
        """Return what profiles do not make use of.

        :param used: all answers that profiles in use mention
        :rtype: list of ``(kind, sentence)``, kinds as in `crm.profiling.finding`
        """
        self.ensure_one()
        answers = self.answer_ids.filtered("active")
        if not answers:
            return [("no_answers", self.env._("Nobody can answer it. Add answers."))]
        if not answers & used:
            note = (
                self.env._("It decides nothing. Archive it, or use it in a profile.")
                if self.response_count
                else self.env._("No profile uses it yet.")  # it may be quite new
            )
            return [("unused_question", note)]
        # a question of two answers is decided by naming one of them
        told = len(answers) == 2 and self.selection_mode == "single"
        if (unused := answers - used) and not told:
            names = ", ".join(unused.mapped("name"))
            return [("unused_answer", self.env._("No profile mentions %s.", names))]
        return []

    @api.depends("name", "profile_ids")
    def _compute_archive_warning(self):
        for question in self:
            profiles = question.profile_ids.filtered("active")
            question.archive_warning = bool(profiles) and self.env._(
                "“%(question)s” is used by %(profiles)s: contacts who have not answered"
                " it yet will not be asked, and will not match.",
                question=question.name,
                profiles=profiles._quoted(),
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
        twin = first_twin(everyone, lambda q: (q.company_id, normalized(q.name)))
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

    @api.constrains("selection_mode")
    def _check_selection_mode(self):
        """Let a question become single choice only if nobody gave two answers."""
        single = self.filtered(lambda question: question.selection_mode == "single")
        several = self.env["crm.profiling.response"].sudo()._read_group(
            [("question_id", "in", single.ids)],
            ["question_id", "partner_id"],
            having=[("__count", ">", 1)],
            limit=1,
        )  # fmt: skip
        for question, partner in several:
            raise ValidationError(
                self.env._(
                    "“%(question)s” cannot become a question with one answer:"
                    " %(contact)s gave several. Keep one answer of each contact first.",
                    question=question.name,
                    contact=partner.display_name,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        questions = super().create(vals_list)
        self.env["crm.profiling.catalog"]._changed()
        return questions

    def write(self, vals):
        """Re-evaluate the contacts concerned when it changes whose answer counts."""
        affected = self.env["res.partner"]
        moving = self.filtered(lambda q: q.level != vals.get("level", q.level))
        if moving:
            affected = moving._answering_contacts()
        result = super(
            CrmProfilingQuestion,
            self.with_context(crm_profiling_question_checks="answer_ids" in vals),
        ).write(vals)
        if {
            "active",
            "level",
            "selection_mode",
            "company_id",
            "sequence",
        } & vals.keys():
            self.env["crm.profiling.catalog"]._changed()
        if "company_id" in vals:
            self._check_profiles_company()
        if moving:
            # nobody answered anything: profiles that are entered do nothing
            moving = moving.with_context(profiling_quiet=True)
            moving._hand_answers_over()
            affected |= moving._answering_contacts()
            affected._profiling_quietly()._profiling_apply()
            # for those who answered meanwhile, out of this transaction's sight
            self.env["crm.profiling.run"]._look_again()
        return result

    def _hand_answers_over(self):
        """Keep what was answered when it changes whom these questions are asked of."""
        Response = self.env["crm.profiling.response"].sudo()
        if self[:1].level == "company":
            Response._hand_over(question_ids=self.ids)
        else:
            Response._spread(self.ids)

    def _check_profiles_company(self):
        """Refuse to take a question away from profiles of another company."""
        Profile = self.env["crm.profiling.profile"].sudo()
        answers = self.with_context(active_test=False).answer_ids
        Profile.with_context(active_test=False).search(
            Profile._mentions_domain(answers.ids)
        )._check_company()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        self.with_context(active_test=False).answer_ids._unlink_except_in_use()

    def unlink(self):
        result = super().unlink()
        self.env["crm.profiling.catalog"]._changed()
        return result

    def action_view_contacts(self):
        """Open the contacts who answered this question."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "res.partner",
            "view_mode": "list,kanban,form",
            "domain": [("profiling_question_ids", "in", self.ids)],
        }

    def _catalog_entry(self):
        """Return what the answer widgets need to know of one question."""
        return {
            "id": self.id,
            "name": self.name,
            "hint": self.hint or "",
            "mode": self.selection_mode,
            "level": self.level,
            "active": self.active,
            "answers": [
                {"id": a.id, "name": a.name, "color": a.color, "active": a.active}
                for a in self.answer_ids
            ],
        }

    def _answering_contacts(self):
        """Return the contacts for whom an answer to these questions counts."""
        Partner = self.env["res.partner"].sudo().with_context(active_test=False)
        return Partner.search([("profiling_question_ids", "in", self.ids)])
