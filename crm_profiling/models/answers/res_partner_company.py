from odoo import api, fields, models

from ...groups import SALESMAN


class ResPartner(models.Model):
    """What is known of a company stands in the forms of its people."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    profiling_shown_company_id = fields.Many2one(
        comodel_name="res.partner",
        store=False,
        copy=False,
        groups=SALESMAN,
        help="In a form, the company whose answers are among those shown.",
    )

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

    def _profiling_on_its_own(self):
        """Return the contact if, as it is saved, it answers for itself."""
        saved = self._origin
        return saved.filtered(lambda partner: partner.commercial_partner_id == partner)
