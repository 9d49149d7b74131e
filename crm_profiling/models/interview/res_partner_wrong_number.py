from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...groups import SALESMAN
from .crm_profiling_try import SPOKEN


class ResPartner(models.Model):
    """A number is known as a wrong one, until it is changed, or reached."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    # Not computed: opening a contact is to cost no query for it.
    profiling_bad_number = fields.Char(
        string="Number that is a wrong one",
        readonly=True,
        copy=False,
        sealed=True,
        index="btree_not_null",
        groups=SALESMAN,
    )

    profiling_wrong_number = fields.Char(
        string="Wrong number",
        compute="_compute_profiling_wrong_number",
        search="_search_profiling_wrong_number",
        groups=SALESMAN,
        help="Who was told that the number is a wrong one, and when. It is forgotten"
        " once the number is changed, or somebody is spoken to by it.",
    )

    def _profiling_number(self):
        """Return the number of a contact as calls remember it, False for none.

        Who has none is called by that of the company, which is shown then.
        """
        self.ensure_one()
        partner = self.sudo()
        for one in (partner, partner.commercial_partner_id):
            if number := one.phone_sanitized or one.phone:
                return number
        return False

    # Not the company's number: who writes that would look for all its people.
    @api.depends("phone", "country_id", "profiling_bad_number")
    def _compute_profiling_wrong_number(self):
        wrong = self.filtered(
            lambda partner: (
                (bad := partner.sudo().profiling_bad_number)
                and bad == partner._profiling_number()
            )
        )
        notes = wrong._profiling_wrong_notes()
        for partner in self:
            partner.profiling_wrong_number = notes.get(partner, False)

    def _profiling_wrong_notes(self):
        """Return ``{contact: who found out that its number is a wrong one, and when}``.

        In so many queries however many they are, none for nobody.
        """
        if not self:
            return {}
        calls = (
            self.env["crm.profiling.try"]
            .sudo()
            .search(
                Domain("partner_id", "in", self._origin.ids)
                & Domain("outcome", "=", "wrong_number")
            )
        )
        last = {call.partner_id.id: call for call in reversed(calls)}
        unknown = self.env._("Wrong number")
        return {
            partner: call._wrong_note()
            if (call := last.get(partner._origin.id))
            else unknown
            for partner in self
        }

    @api.model
    def _search_profiling_wrong_number(self, operator, value):
        """Find those who have one, or have none: nobody looks for the words."""
        # Odoo looks at the groups of stored fields alone
        self._check_field_access(self._fields["profiling_wrong_number"], "read")
        if operator != "in":
            return NotImplemented
        names = ["phone", "phone_sanitized", "commercial_partner_id"]
        self.sudo().flush_model([*names, "profiling_bad_number"])
        wrong = SQL(
            """(SELECT partner.id FROM res_partner partner
             LEFT JOIN res_partner company ON company.id = partner.commercial_partner_id
                 WHERE partner.profiling_bad_number IS NOT NULL
                   AND partner.profiling_bad_number = COALESCE(
                           NULLIF(partner.phone_sanitized, ''),
                           NULLIF(partner.phone, ''),
                           NULLIF(company.phone_sanitized, ''), company.phone))"""
        )
        domains = {
            True: Domain("id", "in", wrong),
            False: Domain("id", "not in", wrong),
        }
        return Domain.OR(domains[one] for one in {bool(one) for one in value})

    def _profiling_heard(self, outcome):
        """Note whether the number is a wrong one, by what came of a call to it."""
        partner, number = self.sudo(), self._profiling_number()
        if outcome == "wrong_number":
            partner.profiling_bad_number = number
        elif outcome in SPOKEN and partner.profiling_bad_number == number:
            partner.profiling_bad_number = False
