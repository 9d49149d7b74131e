from typing import NamedTuple

from odoo import api, models

from ...names import word
from .plan import LineError

# What is read of contacts to compare them with a file
_COMPARED = (
    "name", "is_company", "parent_id", "commercial_partner_id", "email",
    "email_normalized", "phone", "phone_sanitized", "function", "street", "street2",
    "zip", "city", "state_id", "country_id", "website", "lang", "ref", "comment",
    "category_id", "user_id", "write_date",
)  # fmt: skip


class Matches(NamedTuple):
    """Which contacts there are already."""

    partners: dict  # {line: contact, or an empty recordset for a new one}
    companies: dict  # {company_key: company, or an empty recordset}
    errors: dict  # {line: why it cannot be told}


class CrmProfilingImportMatcher(models.AbstractModel):
    """Finds the contacts that a file is about.

    By e-mail, then by name and company, then by name and phone. Names are compared by
    the key that is stored of them, so that nobody is there twice for a dash.
    """

    _name = "crm.profiling.import.matcher"
    _description = "Profiling Import Matcher"

    @api.model
    def _match(self, prospects, company_ids=None, handled=()):
        """Return the `Matches` of prospects, in a few queries however many they are.

        :param company_ids: ``{company_key: id}`` of companies that somebody said are
            meant, 0 for a new one
        :param handled: ids of contacts that lines before these are about
        """
        by_id = self._by_id(prospects)
        by_email = self._by_email(prospects)
        by_name = self._by_name(prospects)
        chosen = self._chosen(prospects, company_ids or {})
        self._found(by_id, chosen, by_email, by_name).fetch(_COMPARED)
        matches = Matches({}, {}, {})
        nobody = self.env["res.partner"]
        for key in {p.company_key for p in prospects if p.company}:
            companies = [c for c in by_name[key] if c.is_company]
            matches.companies[key] = chosen.get(key) or (companies or [nobody])[0]
        lines = dict.fromkeys(handled, 0)
        for prospect in prospects:
            try:
                partner = self._partner(prospect, by_id, by_email, by_name, chosen)
                self._check_same(prospect, partner, lines)
            except LineError as error:
                matches.errors[prospect.line] = str(error)
                continue
            lines[partner.id] = prospect.line
            matches.partners[prospect.line] = partner
            if prospect.is_company and partner:
                matches.companies[prospect.company_key] = partner
        return matches

    @api.model
    def _partner(self, prospect, by_id, by_email, by_name, chosen):
        """Return the contact of a prospect, an empty recordset for a new one.

        :raise LineError: where several could be meant
        """
        nobody = self.env["res.partner"]
        if prospect.id:
            return self._partner_of_id(prospect, by_id)
        company = chosen.get(prospect.company_key)
        if prospect.is_company and company:
            return company
        name = word(prospect.name)
        same = [
            p
            for p in by_email[prospect.email]
            if prospect.email and p.is_company == prospect.is_company
        ]
        if not prospect.name and not same:
            same = self._of_address(prospect, by_email)
        if len(same) > 1:
            same = [p for p in same if word(p.name) == name] or same
        if not same:
            same = [p for p in by_name[name] if self._is_namesake(p, prospect, company)]
        if not same and prospect.phone and not prospect.is_company:
            same = [p for p in by_name[name] if self._has_phone(p, prospect)]
        if len(same) > 1:
            raise LineError(
                self.env._(
                    "%(count)s contacts could be meant: %(name)s. Write the ID of"
                    " the right one, as an export gives it.",
                    count=len(same),
                    name=", ".join(dict.fromkeys(p.name or "" for p in same)),
                )
            )
        return same[0] if same else nobody

    @api.model
    def _of_address(self, prospect, by_email):
        """Return those who have the address of a line that says no name.

        :raise LineError: where nobody has
        """
        if not (found := by_email[prospect.email]):
            raise LineError(
                self.env._(
                    "There is no name, and no contact has the address %s. Write"
                    " the name.",
                    prospect.email,
                )
            )
        return found

    @api.model
    def _partner_of_id(self, prospect, by_id):
        partner = by_id.get(prospect.id)
        known_by = {word(prospect.name), prospect.email} - {""}
        if not partner or (
            known_by
            and not known_by & {word(partner.name), partner.email_normalized or ""}
        ):
            raise LineError(
                self.env._(
                    "The contact of ID %(id)s is %(name)s. Leave the ID empty to find"
                    " the contact by its e-mail or name.",
                    id=prospect.id,
                    name=partner.name if partner else self.env._("not there"),
                )
            )
        return partner

    @api.model
    def _is_namesake(self, partner, prospect, company):
        """Whether a contact of that name is the one meant: at the same company.

        People on their own are told apart by their addresses, if both have one.

        :param company: that is meant by the name of the company, if somebody chose it
        """
        if partner.is_company != prospect.is_company:
            return False
        if prospect.is_company:
            return True
        if prospect.company:
            return (
                partner.commercial_partner_id == company
                or self._company_key(partner) == prospect.company_key
            )
        if partner.parent_id:
            return False
        emails = {prospect.email, partner.email_normalized or ""} - {""}
        return len(emails) < 2

    @api.model
    def _has_phone(self, partner, prospect):
        """Whether a person of that name has that number, and no other address."""
        emails = {prospect.email, partner.email_normalized or ""} - {""}
        return (
            not partner.is_company
            and len(emails) < 2
            and partner.phone_sanitized == prospect.phone
        )

    @api.model
    def _company_key(self, partner):
        """Return what the company of a contact is called, as the file would."""
        company = partner.commercial_partner_id
        return word(company.name) if company.is_company else ""

    @api.model
    def _check_same(self, prospect, partner, lines):
        if partner and not lines.get(partner.id, 1):
            raise LineError(
                self.env._("The same contact as in a line before: %s", partner.name)
            )
        if partner and partner.id in lines:
            raise LineError(
                self.env._(
                    "The same contact as in line %(line)s: %(name)s.",
                    line=lines[partner.id],
                    name=partner.display_name,
                )
            )
