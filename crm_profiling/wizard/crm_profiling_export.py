import base64
import csv
import io
import re
from urllib.parse import urlencode

from lxml import html

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL, html2plaintext

from ..models.catalog.crm_profiling_guarded import ids_of
from ..models.prospects.arguments import one
from ..prospects import escaped, joined

# What a template asks for, and what an export gives more
_TEMPLATE = (
    "name", "company", "email", "phone", "function", "street", "zip", "city", "country",
    "website", "tags", "comment",
)  # fmt: skip
_EXPORT = (
    "name", "company", "email", "phone", "function", "street", "street2", "zip", "city",
    "state", "country", "website", "lang", "tags", "ref", "comment", "id",
)  # fmt: skip

_BLANK_LINES = re.compile(r"\s*\n\s*")

# Lines of a template that have the right format and offer the answers
_READY_LINES = 1000


class CrmProfilingExport(models.TransientModel):
    """Writes files in the shape that *Import Prospects* reads.

    A record is one export: of contacts, a template, or lines that were left out.
    """

    _name = "crm.profiling.export"
    _inherit = ["crm.profiling.guarded"]
    _description = "Export of Prospects"

    format = fields.Selection(
        selection=[("xlsx", "Spreadsheet (XLSX)"), ("csv", "Text (CSV)")],
        required=True,
        default="xlsx",
    )
    partner_ids = fields.Many2many(
        comodel_name="res.partner",
        string="Contacts",
        default=lambda self: self._default_partner_ids(),
    )
    partner_count = fields.Integer(
        string="Number of contacts", compute="_compute_partner_count"
    )
    name = fields.Char(string="File name")
    file = fields.Binary(attachment=True)

    @api.model
    def _default_partner_ids(self):
        if self.env.context.get("active_model") != "res.partner":
            return self.env["res.partner"]
        ids = ids_of(self.env.context.get("active_ids"))
        return self.env["res.partner"].browse(ids or ())

    @api.depends("partner_ids")
    def _compute_partner_count(self):
        for export in self:
            export.partner_count = len(export.partner_ids)

    def action_export(self):
        """Download the contacts with a column for each question."""
        one(self)
        self._check_export()
        headings, rows = self._contact_rows(self.partner_ids)
        self.write(self._file_vals(self.env._("contacts"), headings, rows))
        return self._download()

    @api.model
    def _check_export(self):
        if not self.env.user.has_group("base.group_allow_export"):
            raise AccessError(
                self.env._(
                    "You may not export contacts. Ask an administrator for the right to"
                    " export."
                )
            )

    # ------------------------------------------------------------------
    # Files
    # ------------------------------------------------------------------

    @api.model
    def _offer(self, name, headings, rows, format_="xlsx"):
        """Return the action that downloads a table as a file."""
        export = self.create({"format": format_, "partner_ids": False})
        export.write(export._file_vals(name, headings, rows))
        return export._download()

    def _download(self):
        # not in the path, where a slash, a # or a ? in the name means something else
        name = urlencode({"filename": self.name, "download": "true"})
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file?{name}",
            "target": "self",
        }

    def _file_vals(self, name, headings, rows):
        write = self._csv if self.format == "csv" else self._xlsx
        content = write(headings, rows)
        return {
            "name": f"{name}.{self.format}",
            "file": base64.b64encode(content),
        }

    @api.model
    def _csv(self, headings, rows):
        file = io.StringIO()
        writer = csv.writer(file)
        writer.writerow(map(escaped, headings))
        writer.writerows(map(escaped, row) for row in rows)
        return file.getvalue().encode("utf-8-sig")  # or Excel takes it for another

    @api.model
    def _xlsx(self, headings, rows, add_more=None):
        """Return a workbook.

        :param add_more: function of the workbook, its first sheet and its formats
        """
        import xlsxwriter  # noqa: PLC0415 (as Odoo does)

        file = io.BytesIO()
        book = xlsxwriter.Workbook(file, {"in_memory": True, "constant_memory": False})
        formats = {
            "heading": book.add_format({"bold": True, "bg_color": "#E9ECEF"}),
            # or “2-20” becomes a day in February as soon as it is typed
            "text": book.add_format({"num_format": "@"}),
        }
        sheet = book.add_worksheet(self.env._("Prospects")[:31])
        for column, heading in enumerate(headings):
            width = max(12, min(40, len(heading) + 2))
            sheet.set_column(column, column, width, formats["text"])
        self._fill(sheet, [headings], formats["heading"])
        self._fill(sheet, rows, formats["text"], first=1)
        sheet.freeze_panes(1, 1)
        if add_more:
            add_more(book, sheet, formats)
        book.close()
        return file.getvalue()

    @api.model
    def _fill(self, sheet, rows, format_, first=0):
        for number, row in enumerate(rows, first):
            for column, said in enumerate(row):
                if said:
                    text = escaped(said, is_text=True)
                    sheet.write_string(number, column, text, format_)

    # ------------------------------------------------------------------
    # Contacts
    # ------------------------------------------------------------------

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

    # ------------------------------------------------------------------
    # The template
    # ------------------------------------------------------------------

    @api.model
    def _offer_template(self):
        """Return the action that downloads a file to fill in."""
        Columns = self.env["crm.profiling.import.columns"]
        labels, questions = Columns._labels(), Columns._questions()
        headings = [labels[target] for target in _TEMPLATE] + questions.mapped("name")
        example = [Columns._example_name(), *self._example()]
        example += [joined(q.answer_ids[:1].mapped("name")) for q in questions]

        def add_answers(book, sheet, formats):
            self._add_answers(book, sheet, formats, questions)

        content = self._xlsx(headings, [example], add_answers)
        name = self.env._("prospects to import")
        export = self.create(
            {
                "partner_ids": False,
                "name": f"{name}.xlsx",
                "file": base64.b64encode(content),
            }
        )
        return export._download()

    @api.model
    def _example(self):
        """Return what the example line says after the name."""
        country = self.env.company.country_id or self.env.ref("base.us")
        return [
            self.env._("Example Company"),
            "name@example.com",
            "+1 555 0100",
            self.env._("Purchasing manager"),
            self.env._("1 Example Street"),
            "10001",
            self.env._("Example City"),
            country.name,
            "https://www.example.com",
            "",
            self.env._("Met at the stand"),
        ]

    @api.model
    def _add_answers(self, book, sheet, formats, questions):
        """Add the sheet of possible answers; offer them where one can be chosen."""
        title = self.env._("Possible answers")[:31]
        answers = book.add_worksheet(title)
        for column, question in enumerate(questions):
            several = question.selection_mode == "multiple"
            note = self.env._("several, separated by ;") if several else ""
            names = question.answer_ids.mapped("name")
            answers.set_column(column, column, max(14, len(question.name)))
            answers.write_string(0, column, question.name, formats["heading"])
            if note:
                answers.write_comment(0, column, note)
            self._fill_column(answers, column, names, formats["text"])
            at = len(_TEMPLATE) + column
            if names and not several:
                sheet.data_validation(
                    1,
                    at,
                    _READY_LINES,
                    at,
                    {
                        "validate": "list",
                        "source": self._range(title, column, len(names)),
                        "error_type": "warning",
                    },
                )
        answers.freeze_panes(1, 0)

    @api.model
    def _fill_column(self, sheet, column, names, format_):
        for number, name in enumerate(names, 1):
            sheet.write_string(number, column, escaped(name, is_text=True), format_)

    @api.model
    def _range(self, title, column, count):
        from xlsxwriter.utility import xl_range_abs  # noqa: PLC0415

        quoted = title.replace("'", "''")
        return f"='{quoted}'!{xl_range_abs(1, column, count, column)}"
