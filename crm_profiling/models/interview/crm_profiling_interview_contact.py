import re

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize

from ...names import key
from ..catalog.crm_profiling_searched import storable
from .crm_profiling_interview_find import DIGITS, FOUND, LONGEST

# What a caller may write of a contact without leaving the screen
CONTACT_FIELDS = ("name", "function", "phone", "email", "street", "zip", "city")


class CrmProfilingInterview(models.Model):
    """Writes who is interviewed, on the interview's screen."""

    _inherit = "crm.profiling.interview"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def create_contact(self, vals, is_new=False):
        """Create a prospect, unless one like it exists: then return those.

        :param dict vals: ``company`` and those of `CONTACT_FIELDS`
        :param is_new: whether the user saw them, and it is none of them
        :return: ``{"id": ...}`` or ``{"twins": [...]}``, see `_found_entries`
        :raise UserError: without a name
        """
        self.check_access("create")
        vals, company = self._contact_vals(vals)
        if not vals.get("name"):
            raise UserError(self.env._("Say who it is: a prospect needs a name."))
        if not is_new and (twins := self._contact_twins(vals)):
            return {"twins": self._found_entries(twins)}
        vals["parent_id"] = self._company_named(company).id
        return {"id": self.env["res.partner"].create(vals).id}

    def write_contact(self, vals):
        """Correct the contact of an interview.

        :param dict vals: ``company`` and those of `CONTACT_FIELDS`
        :return: the screen
        :raise UserError: for a name that is none
        """
        self._check_ongoing()
        vals, company = self._contact_vals(vals)
        if "name" in vals and not vals["name"]:
            raise UserError(self.env._("Say who it is: a prospect needs a name."))
        partner = self.partner_id
        if company and key(company) != key(partner.parent_id.name or ""):
            vals["parent_id"] = self._company_named(company).id
        partner.write(vals)
        return self.get_screen()

    @api.model
    def _contact_vals(self, vals):
        """Return the values of a contact, and the name of its company.

        :raise UserError: for what no screen sends
        """
        wanted = {*CONTACT_FIELDS, "company"}
        if not isinstance(vals, dict) or not all(
            name in wanted
            and isinstance(value, str)
            and len(value) <= LONGEST
            and value == storable(value)
            for name, value in vals.items()
        ):
            raise UserError(
                self.env._(
                    "Write a contact's name, company, job position, phone, e-mail and"
                    " address as texts of at most %s characters.",
                    LONGEST,
                )
            )
        vals = {name: value.strip() for name, value in vals.items()}
        return vals, vals.pop("company", "")

    @api.model
    def _contact_twins(self, vals):
        """Return contacts of the same e-mail, number or name."""
        likely = self._named_domain(vals["name"])
        if email := email_normalize(vals.get("email") or ""):
            likely |= Domain("email_normalized", "=", email)
        digits = re.sub(r"\D", "", vals.get("phone") or "")
        if len(digits) >= DIGITS:
            likely |= self._phone_domain(digits)
        return self.env["res.partner"].search(likely, limit=FOUND)

    @api.model
    def _company_named(self, name):
        """Return the company of that name, new where there is none."""
        Partner = self.env["res.partner"]
        if not name:
            return Partner
        companies = Domain("is_company", "=", True) & self._named_domain(name)
        found = Partner.search(companies, limit=1)
        return found or Partner.create({"name": name, "is_company": True})

    @api.model
    def _named_domain(self, name):
        """Return who is called so; nobody by a name of signs alone."""
        named = key(name)
        return Domain("profiling_name_key", "=", named) if named else Domain.FALSE
