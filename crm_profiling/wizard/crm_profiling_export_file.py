import base64
import csv
import io
from urllib.parse import urlencode

from odoo import api, models

from ..cells import escaped


class CrmProfilingExport(models.TransientModel):
    """Writes a table to a file, as text or as a spreadsheet, and has it downloaded."""

    _inherit = "crm.profiling.export"  # pylint: disable=consider-merging-classes-inherited

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
