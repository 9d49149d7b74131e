import re

from lxml import html

from odoo import api, models
from odoo.tools import SQL, html2plaintext

from ..cells import joined

# What an export gives, beside what a template asks for
_EXPORT = (
    "name", "company", "email", "phone", "function", "street", "street2", "zip", "city",
    "state", "country", "website", "lang", "tags", "ref", "comment", "id",
)  # fmt: skip

_BLANK_LINES = re.compile(r"\s*\n\s*")


class CrmProfilingExport(models.TransientModel):
    """Contacts as lines of a file, so that an import finds nothing new in it."""

    _inherit = "crm.profiling.export"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _contact_rows(self, partners):
        """Return headings, and a row for each contact; addresses are none."""
        Columns = self.env["crm.profiling.import.columns"]
        labels, questions = Columns._labels(), Columns._questions()
        partners = partners.filtered(lambda p: not p._profiling_is_address())
        tags = self.env["crm.profiling.import.values"]._tag_names(partners.category_id)
        langs = dict(self.env["res.lang"].get_installed())
        numbers = self._numbers_said(partners)
        rows = []
        for partner in partners:
            values = self._contact_values(partner, tags, langs)
            answers = partner.profiling_answer_ids.grouped("question_id")
            rows.append(
                [values[target] for target in _EXPORT]
                + [
                    numbers.get((partner.id, question.id))
                    or joined(answers[question].sorted("id").mapped("name"))
                    if question in answers
                    else ""
                    for question in questions
                ]
            )
        headings = [labels[target] for target in _EXPORT] + questions.mapped("name")
        return headings, rows

    @api.model
    def _numbers_said(self, partners):
        """Return ``{(partner_id, question_id): number}``, read alike in any notation.

        Three digits after a point could be thousands: a fourth one says they are not.
        """
        Response = self.env["crm.profiling.response"]
        Response.flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT * FROM %s said WHERE partner_id = ANY(%s)",
                Response._counting_sql(
                    SQL("response.question_id"),
                    SQL("response.value"),
                    where=SQL("question.by_number AND response.value IS NOT NULL"),
                ),
                partners.ids,
            )
        )
        numbers = {}
        for partner_id, question_id, value in rows:
            text = f"{value:.15g}"
            is_like_thousands = len(text.partition(".")[2]) == 3
            numbers[partner_id, question_id] = text + "0" * is_like_thousands
        return numbers

    @api.model
    def _contact_values(self, partner, tags, langs):
        """Return ``{target: text}``; what a company shares is the company's."""
        company = partner.commercial_partner_id
        shared = company if company.is_company else partner
        is_company = company == partner and partner.is_company
        return {
            "name": "" if is_company else partner.name or "",
            "company": company.name or "" if company.is_company else "",
            "email": partner.email or "",
            "phone": partner.phone or "",
            "function": partner.function or "",
            "street": shared.street or "",
            "street2": shared.street2 or "",
            "zip": shared.zip or "",
            "city": shared.city or "",
            "state": shared.state_id.name or "",
            "country": shared.country_id.name or "",
            "website": shared.website or "",
            "lang": langs.get(partner.lang, ""),
            "tags": joined(sorted(tags[tag] for tag in partner.category_id), ";,"),
            "ref": partner.ref or "",
            "comment": self._note(partner.comment),
            "id": str(partner.id),
        }

    @api.model
    def _note(self, note):
        """Return a note as text that an import reads back, with its links.

        A link that shows its address needs no more; blank lines would not come back.
        """
        if not note:
            return ""
        tree = html.fromstring(f"<div>{note}</div>")
        for link in tree.iter("a"):
            if link.text_content().strip() == link.get("href", "").strip():
                link.attrib.pop("href", None)
        said = html2plaintext(html.tostring(tree, encoding="unicode"))
        return _BLANK_LINES.sub("\n", said).strip()
