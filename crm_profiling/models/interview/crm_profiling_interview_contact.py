import re

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize
from odoo.tools.sql import escape_psql

from ..catalog.crm_profiling_searched import storable

# What a caller may write of a contact without leaving the screen, and its length.
CONTACT_FIELDS = ("name", "function", "phone", "email", "street", "zip", "city")
LONGEST = 200
FOUND = 8  # contacts shown while one types
# Digits from the end that a number is found by: with the country's code or without.
DIGITS = 8


class CrmProfilingInterview(models.Model):
    """Who is interviewed: found, created and corrected on the interview's screen."""

    _inherit = "crm.profiling.interview"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def find_contacts(self, text):
        """Return contacts by name, company, e-mail, or a phone number in any format.

        :rtype: list of dicts, see `_found_entries`
        """
        self.check_access("create")
        text = storable(text).strip() if isinstance(text, str) else ""
        text = text[:LONGEST]
        if not text:
            return []
        Partner = self.env["res.partner"]
        domain = Partner._profiling_answering_domain()
        digits = re.sub(r"\D", "", text)
        if len(digits) >= 3 and not re.search(r"[^\d\s+()./-]", text):
            domain &= self._phone_domain(digits)
        else:
            domain &= Domain("complete_name", "ilike", text) | Domain(
                "email", "ilike", text
            )
        return self._found_entries(Partner.search(domain, limit=FOUND))

    @api.model
    def _phone_domain(self, digits):
        """Return who has a number that ends so, however it was typed."""
        end = digits.lstrip("0")[-DIGITS:]
        if len(end) < 3:
            return Domain.FALSE
        return Domain("phone_sanitized", "like", end) | Domain(
            "phone_mobile_search", "like", end
        )

    @api.model
    def _found_entries(self, partners):
        """Return what is shown of contacts, and what speaks against calling them."""
        talking = self._talking_to(partners)
        return [
            {
                "id": partner.id,
                "name": partner.name or "",
                "company": partner.commercial_company_name or "",
                "phone": partner.phone or "",
                "email": partner.email or "",
                "refusal": partner.profiling_refusal_note or "",
                "wrong_number": partner.profiling_wrong_number or "",
                "busy": talking.get(partner.id, ""),
            }
            for partner in partners
        ]

    @api.model
    def _talking_to(self, partners):
        """Return who is talking to contacts just now, in words, ``{contact_id: text}``.

        Interviews are those of who leads them: their names are all that is told.
        """
        others = Domain("partner_id", "in", partners.ids) & Domain(
            "user_id", "!=", self.env.uid
        )
        talks = self.sudo()._read_group(
            self._active_domain() & others, ["partner_id"], ["user_id:recordset"]
        )
        return {
            partner.id: self.env._(
                "Being called just now by %s", ", ".join(users.mapped("name"))
            )
            for partner, users in talks
        }

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
        if company and company != partner.parent_id.name:
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
        likely = Domain("name", "=ilike", escape_psql(vals["name"]))
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
        found = Partner.search(
            [("is_company", "=", True), ("name", "=ilike", escape_psql(name))], limit=1
        )
        return found or Partner.create({"name": name, "is_company": True})
