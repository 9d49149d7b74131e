from odoo import api, models
from odoo.tools import email_normalize

from ...emails import emails, is_inside, plain_address
from ...phones import is_rounded, phone, phones
from ...placeholders import is_nobodys
from .plan import LineError

# Stands before a further number in the notes: the same in whatever language the file
# is imported, for else it would be there twice
_PHONE = "Tel."


class CrmProfilingImportPlanner(models.AbstractModel):
    """How prospects are reached: cleaned, as it is stored and compared."""

    _inherit = "crm.profiling.import.planner"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _country_codes(self):
        countries = self.env["res.country"].search_fetch([], ["code"])
        return {country.id: country.code for country in countries}

    @api.model
    def _clean(self, row, number, plan, countries, settings):
        """Bring e-mail and phone into the form they are stored and compared in."""
        if is_inside(row.get("email", "")):
            said = self.env._("Without the e-mail: it is one inside of Exchange.")
            plan.warn(number, said)
            del row["email"]
        if written := row.get("email"):
            found = emails(written)
            first = found[0] if found else ""
            compared = plain_address(first) or email_normalize(first)
            if not compared:
                raise LineError(
                    self.env._("“%s” is not an e-mail address.", written[:80])
                )
            row["email"], row["email_compared"] = first, compared
            if len(found) > 1:
                plan.warn(
                    number,
                    self.env._("Without the other addresses: %s", ", ".join(found[1:])),
                )
        if is_nobodys(row.get("company", "")):
            said = self.env._("Without the company: “%s” is none.", row.pop("company"))
            plan.warn(number, said)
        country = (row.get("country") or [settings.country_id])[0]
        self._clean_phones(row, number, plan, countries.get(country) or "")

    @api.model
    def _clean_phones(self, row, number, plan, country):
        """Keep the first phone number as the contact's, and the others for its notes.

        Odoo has one for each contact, and nobody wants to lose the mobile.
        """
        found = {}
        for target in ("phone", "mobile"):
            for written in phones(row.pop(target, "")):
                if is_rounded(written):
                    said = self.env._(
                        "Without the phone: “%s” has lost its digits in a spreadsheet.",
                        written,
                    )
                    plan.warn(number, said)
                elif written:
                    stored, compared = phone(written, country)
                    found.setdefault(compared or stored, (stored, compared))
        if not found:
            return
        (stored, row["e164"]), *others = found.values()
        row["phone"] = stored
        if others:
            notes = [row["comment"]] if "comment" in row else []
            notes += [f"{_PHONE} {other}" for other, _compared in others]
            row["comment"] = "\n".join(notes)
            plan.modes.setdefault("comment", plan.modes["phone"])

    @api.model
    def _choose_state(self, row, number, plan):
        """Keep the state that lies in the country, of those of that name."""
        if not row.get("state"):
            return
        named = self.env["res.country.state"].browse(row["state"])
        country_ids = row.get("country") or named.country_id.ids
        states = named.filtered(lambda state: state.country_id.id in country_ids)
        if len(states) > 1:
            said = self.env._(
                "Without the state: several are called “%s”. Write the country, too.",
                named[0].name,
            )
            plan.warn(number, said)
        elif not states:
            said = self.env._(
                "Without the state: “%s” is in another country.", named[0].name
            )
            plan.warn(number, said)
        row["state"] = states.ids if len(states) == 1 else []
