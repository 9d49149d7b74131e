import base64

from odoo import api, models

from ..cells import escaped, joined

# What a template asks for
_TEMPLATE = (
    "name", "company", "email", "phone", "function", "street", "zip", "city", "country",
    "website", "tags", "comment",
)  # fmt: skip

# Lines that have the right format and offer the answers
_READY_LINES = 1000


class CrmProfilingExport(models.TransientModel):
    """A file to fill in, with the answers to choose from."""

    _inherit = "crm.profiling.export"  # pylint: disable=consider-merging-classes-inherited

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
