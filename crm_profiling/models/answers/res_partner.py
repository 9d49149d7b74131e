from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain

from ...groups import SALESMAN

# Written on a contact, these change which answers concern it.
MOVES = {"parent_id", "is_company", "type", "company_id", "active"}


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
    profiling_shown_company_id = fields.Many2one(
        comodel_name="res.partner",
        store=False,
        copy=False,
        groups=SALESMAN,
        help="In a form, the company whose answers are among those shown.",
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

    # ------------------------------------------------------------------
    # What counts for a contact
    # ------------------------------------------------------------------

    @api.depends("profiling_response_ids.answer_id")
    def _compute_profiling_answer_ids(self):
        """Read what counts for each contact.

        Does not depend on the company: choosing one in a form would forget what has
        been ticked there and is not saved. `write` and the onchange below see to it.
        """
        Response = self.env["crm.profiling.response"]
        Catalog = self.env["crm.profiling.catalog"]
        questions, visible = (
            Catalog._get().questions,
            Catalog._visible_answers(),
        )
        # a new contact of a company knows what the company does
        commercial = {p: p.commercial_partner_id._origin or p._origin for p in self}
        facts = Response._read_facts(
            {r.id for p, company in commercial.items() for r in (p._origin, company)}
        )
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
            [("active", "=", True)], ["company_id"]
        )
        for partner in self:
            asked = questions.filtered(
                lambda question, partner=partner: (
                    not question.company_id
                    or not partner.company_id
                    or question.company_id == partner.company_id
                )
            )
            answered = asked & partner.profiling_answer_ids.question_id._origin
            partner.profiling_progress = asked and 100 * len(answered) // len(asked)

    @api.onchange("parent_id", "is_company")
    def _onchange_profiling_company(self):
        """Show what the company chosen answered; keep what has been ticked."""
        if not self.env.user.has_group(SALESMAN):
            return
        questions = self.env["crm.profiling.catalog"]._get().questions
        before = (
            self.profiling_shown_company_id or self._origin.commercial_partner_id
        )._origin
        company = self.commercial_partner_id._origin or self._origin
        Response = self.env["crm.profiling.response"]
        held = Response._of_company(before, before)
        known = Response._of_company(company, company | self._profiling_on_its_own())
        answered = {questions[answer_id].id for answer_id in known}
        kept = {
            answer_id
            for answer_id in self.profiling_answer_ids._origin.ids
            if not questions[answer_id].of_company
            or (answer_id not in held and questions[answer_id].id not in answered)
        }
        visible = self.env["crm.profiling.catalog"]._visible_answers()
        self.profiling_answer_ids = self.env["crm.profiling.answer"].browse(
            sorted((kept | known) & visible)
        )
        self.profiling_shown_company_id = company

    def _profiling_is_address(self):
        """Whether it is an invoice or delivery address: it answers nothing."""
        return self.type not in ("contact", False)

    @api.model
    def _profiling_people_domain(self):
        """Return the domain of those who can answer: contacts in use, no addresses."""
        return Domain("active", "=", True) & Domain("type", "in", ["contact", False])

    def _profiling_on_its_own(self):
        """Return the contact if, as it is saved, it answers for itself."""
        saved = self._origin
        return saved.filtered(lambda partner: partner.commercial_partner_id == partner)

    @api.model
    def _profiling_derived(self):
        """Return the fields that follow from answers, and what the catalog says.

        Extended by what else does.
        """
        return [
            "profiling_response_ids",
            "profiling_answer_ids",
            "profiling_question_ids",
            "profiling_progress",
        ]

    @api.model
    def _profiling_refresh(self):
        """Have what follows from answers worked out anew, in this transaction too."""
        fnames = self._profiling_derived()
        self.env["res.partner"].invalidate_model(fnames, flush=False)

    # ------------------------------------------------------------------
    # Give and take answers
    # ------------------------------------------------------------------

    def _inverse_profiling_answer_ids(self):
        """Make the field writable; `create` and `write` take its values out before."""
        self._profiling_record(
            {p.id: [Command.set(p.profiling_answer_ids._origin.ids)] for p in self}
        )._profiling_apply()

    @api.model
    def _profiling_record(self, commands):
        """Store the answers that x2many commands give and take.

        :param commands: ``{partner_id: commands}``
        :return: the contacts to evaluate
        :raise ValidationError: naming what is wrong with them, and what to do
        """
        return self.env["crm.profiling.response"]._record(
            {
                partner_id: self._profiling_parse(value)
                for partner_id, value in commands.items()
            }
        )

    @api.model
    def _profiling_parse(self, commands):
        """Return the answers to give and to take (None: all others), as sets of ids."""
        if isinstance(commands, models.BaseModel):
            commands = [Command.set(commands.ids)]
        elif commands is False or commands is None:
            commands = [Command.clear()]
        elif not isinstance(commands, (list, tuple)):
            commands = [commands]
        give, take = set(), set()
        for command in commands:
            match command:
                case [Command.SET, _, list() | tuple() as ids] if all(
                    isinstance(answer_id, int) for answer_id in ids
                ):
                    give, take = set(ids), None
                case [Command.CLEAR, *_]:
                    give, take = set(), None
                case [Command.LINK, int() as answer_id, *_]:
                    give.add(answer_id)
                case [Command.UNLINK | Command.DELETE, int() as answer_id, *_]:
                    give.discard(answer_id)
                    if take is not None:
                        take.add(answer_id)
                case int():  # a plain list of ids means these and no others
                    give.add(command)
                    take = None
                case _:
                    raise ValidationError(
                        self.env._(
                            "“%(value)s” is not a list of answers. Link, unlink or set"
                            " answers by their ids.",
                            value=command,
                        )
                    )
        self._profiling_check_exist(give)
        return give, take

    @api.model
    def _profiling_check_exist(self, answer_ids):
        visible = self.env["crm.profiling.catalog"]._visible_answers()
        missing = [
            str(answer_id) for answer_id in answer_ids if answer_id not in visible
        ]
        if missing:
            raise ValidationError(
                self.env._(
                    "There is no answer number %(ids)s. It may have been deleted:"
                    " reload the page and choose again.",
                    ids=", ".join(missing),
                )
            )

    # ------------------------------------------------------------------
    # Ways in
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Store answers once all contacts are there, and all at once."""
        given = [vals.get("profiling_answer_ids") for vals in vals_list]
        partners = super().create(
            [self._profiling_without_answers(vals) for vals in vals_list]
        )
        answered = {
            partner.id: commands
            for partner, commands in zip(partners, given, strict=True)
            if commands
        }
        # Contacts know what their company does, even if nobody asked them.
        concerned = self._profiling_record(answered) if answered else self.browse()
        inside = partners.filtered("parent_id")
        inside._profiling_meet_companies()
        (concerned | inside)._profiling_apply()
        return partners

    def write(self, vals):
        """Store answers, and hand them over where contacts come to another company."""
        moved = MOVES & vals.keys()  # super takes some values out
        result = super().write(self._profiling_without_answers(vals))
        concerned = self.browse()
        if moved:
            concerned = self._profiling_moved()
        if "profiling_answer_ids" in vals:
            commands = vals["profiling_answer_ids"]
            concerned |= self._profiling_record(dict.fromkeys(self.ids, commands))
        concerned._profiling_apply()
        return result

    def _profiling_without_answers(self, vals):
        """Return the values less the answers, which the caller stores itself.

        Left to the field's inverse they would be read before and after, for every
        contact, and the commands be lost: that two answers were set at once.
        """
        if "profiling_answer_ids" not in vals:
            return vals
        self._check_field_access(self._fields["profiling_answer_ids"], "write")
        return {k: v for k, v in vals.items() if k != "profiling_answer_ids"}

    def unlink(self):
        """Evaluate the contacts that lose their company, once it is gone."""
        orphans = self._profiling_with_descendants() - self
        result = super().unlink()
        orphans.exists()._profiling_apply()
        return result

    def _profiling_moved(self):
        """Hand over what those said of their company who have another one now.

        :return: the contacts to evaluate
        """
        self._profiling_refresh()
        partners = self._profiling_with_descendants()
        partners._profiling_meet_companies()
        # The answers follow the contact, whoever may change the company.
        Response = self.env["crm.profiling.response"].sudo()
        return partners | partners.browse(Response._hand_over(partners.ids))

    def _profiling_meet_companies(self):
        """Exclude that somebody answers for the companies of these just now."""
        questions = self.env["crm.profiling.catalog"]._get().questions.values()
        companies = self.sudo().commercial_partner_id - self
        if companies and any(question.of_company for question in questions):
            companies._profiling_meet()

    def _profiling_with_descendants(self):
        Partner = self.sudo().with_context(active_test=False)
        return Partner.search([("id", "child_of", self.ids)])

    # ------------------------------------------------------------------
    # Hooks
    # ------------------------------------------------------------------

    def _profiling_quietly(self):
        """Return these contacts, for a change that is nobody's answer.

        Whatever follows from it, nothing is done about it: profiles that they enter
        do not act.
        """
        return self.with_context(profiling_quiet=True)

    def _profiling_apply(self):
        """Hook: other answers count for these contacts than before.

        Called after they are stored, once for each change, with the user's rights.
        """

    def _profiling_meet(self):
        """Hook: contacts come to these companies, for which nobody may answer now."""

    @api.model
    def _action_profiling_contacts(self, domain, name):
        """Hook: return the action that lists contacts, under a name."""
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "res.partner",
            "view_mode": "list,kanban,form",
            "domain": domain,
            # created here, a contact would not be one of them
            "context": {"create": False},
        }
