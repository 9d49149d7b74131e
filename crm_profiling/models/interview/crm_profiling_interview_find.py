import re

from odoo import api, models
from odoo.fields import Domain

from ..catalog.crm_profiling_searched import storable

FOUND = 8  # contacts shown while one types
LONGEST = 200  # characters of what is typed
# Digits from the end that a number is found by: with the country's code or without.
DIGITS = 8


class CrmProfilingInterview(models.Model):
    """Finds somebody to call, by name or number."""

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
