from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...evaluator import ASKED
from ...groups import SALESMAN

# Types of contacts that answer questions.
ANSWERING = ("contact", False)


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
        before, company = self._profiling_known(before), self._profiling_company()
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

    def _profiling_company(self):
        """Return who answers for the contact's company, as it stands in a form."""
        company = self.commercial_partner_id._origin or self._origin
        return self._profiling_known(company) or self._origin

    def _profiling_known(self, company):
        """Keep a company that the user may know of: anybody may send a form of any.

        Whoever may read a contact knows what is saved of its company.
        """
        saved = self._origin
        if company in (saved, saved.commercial_partner_id):
            return company
        return company._filtered_access("read")

    # Who answers nothing: invoice, delivery and other addresses. Of what has been read,
    # as a domain, and as SQL.

    def _profiling_is_address(self):
        """Whether it is an invoice or delivery address: it answers nothing."""
        return self.type not in ANSWERING

    @api.model
    def _profiling_answering_domain(self):
        """Return the domain of those who can answer, be they archived: no addresses."""
        return Domain("type", "in", ANSWERING)

    @api.model
    def _profiling_is_address_sql(self, alias):
        """Return the condition that a contact is an address.

        :param str alias: of the contact in the query; the caller flushes ``type``
        """
        column = SQL.identifier(alias, "type")
        return SQL("COALESCE(%s, 'contact') <> 'contact'", column)

    @api.model
    def _profiling_people_domain(self):
        """Return the domain of those who can answer: contacts in use, no addresses."""
        return Domain("active", "=", True) & self._profiling_answering_domain()

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
            "profiling_said",
            "profiling_question_ids",
            "profiling_progress",
        ]

    @api.model
    def _profiling_refresh(self):
        """Have what follows from answers worked out anew, in this transaction too."""
        fnames = self._profiling_derived()
        self.env["res.partner"].invalidate_model(fnames, flush=False)
