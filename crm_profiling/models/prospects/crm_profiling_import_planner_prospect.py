import re

from odoo import api, models
from odoo.tools import html2plaintext
from odoo.tools.mail import plaintext2html

from ...names import word
from .plan import COMPANY, PERSON, LineError, Prospect
from .targets import ANSWER, QUESTION, id_of, kind_of

# A note as Odoo and others keep it: a document, no text
_MARKED_UP = re.compile(
    r"\s*<(p|div|span|ul|ol|b|i|br|h\d|strong|em|table)\b[^>]*>.*>\s*", re.I | re.S
)

_PLAIN = (
    "email", "phone", "function", "street", "street2", "zip", "city", "website", "ref",
)  # fmt: skip


class CrmProfilingImportPlanner(models.AbstractModel):
    """Makes a prospect of what a line says."""

    _inherit = "crm.profiling.import.planner"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _tell_companies(self, row, number, plan, settings):
        """Take a line for a company where the file says that it is one."""
        [kind] = row.pop("is_company", None) or [None]
        if not row.get("name"):
            return
        if kind == COMPANY:
            above = row.pop("company", row["name"])
            row["company"] = row.pop("name")
            if above != row["company"]:
                plan.warn(
                    number,
                    self.env._("Without the company that it belongs to: %s", above),
                )
        elif settings.are_companies and "company" not in row and kind != PERSON:
            row["company"] = row.pop("name")

    @api.model
    def _for_all(self, row, settings):
        """Return what a line says, with what is chosen for the whole file."""
        if settings.tag_ids:
            row["tags"] = [*dict.fromkeys([*row.get("tags", ()), *settings.tag_ids])]
        if settings.contact_country_id and "country" not in row:
            row["country"] = [settings.contact_country_id]
        return row

    @api.model
    def _prospect(self, number, row, asked=""):
        """Return a line as a `Prospect`."""
        halves = (row.get(f"{part}_name", "") for part in ("first", "middle", "last"))
        name = row.get("name") or " ".join(halves)
        name, company = (" ".join(n.split()) for n in (name, row.get("company", "")))
        if word(name) == word(company):
            name = ""  # the company itself, written twice
        id_ = row.get("id", "")
        if id_ and not (id_.isdecimal() and id_.isascii() and len(id_) < 10):
            raise LineError(
                self.env._(
                    "“%s” is no contact ID. Leave it empty if in doubt.", id_[:40]
                )
            )
        if not (name or company or id_ or row.get("email")):
            raise LineError(
                self.env._("There is no name. Write at least a name or a company.")
            )
        return Prospect(
            number,
            int(id_ or 0),
            name or company,
            company,
            bool(company and not name),
            row.get("email_compared", ""),
            row.get("e164", ""),
            self._vals(row),
            row.get("tags", []),
            self._answer_ids(row),
            asked,
            self._by_answer(row, "number"),
            self._by_answer(row, "words"),
        )

    @api.model
    def _by_answer(self, row, what):
        """Return ``[[answer_id, what is said]]`` of what a line says to answers."""
        return [
            [id_of(target), said]
            for target, said in row.items()
            if kind_of(target) == what
        ]

    @api.model
    def _answer_ids(self, row):
        return [
            answer_id
            for target, ids in row.items()
            if kind_of(target) in (QUESTION, ANSWER)
            for answer_id in ids
        ]

    @api.model
    def _vals(self, row):
        """Return the values of the fields that a line says anything of."""
        vals = {field: row[field] for field in _PLAIN if field in row}
        if "lang" in row:
            vals["lang"] = row["lang"][0]
        if "country" in row:
            vals["country_id"] = row["country"][0]
        if row.get("state"):
            vals["state_id"] = row["state"][0]
        if note := self._note(row.get("comment", "")):
            vals["comment"] = str(plaintext2html(note))
        return vals

    @api.model
    def _note(self, said):
        """Return a note as text."""
        return html2plaintext(said).strip() if _MARKED_UP.fullmatch(said) else said
