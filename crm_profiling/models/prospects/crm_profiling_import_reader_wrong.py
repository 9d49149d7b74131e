from odoo import api, models

from ...cells import letter


class CrmProfilingImportReader(models.AbstractModel):
    """Says what is wrong with a file."""

    _inherit = "crm.profiling.import.reader"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _empty(self, name):
        return self.env._(
            "“%s” is empty. Save it again with a heading in each column and a line for"
            " each prospect.",
            name,
        )

    @api.model
    def _wrong(self, name, error):
        """Return in words what a `TableError` says, and what to do about it."""
        found, most = error.details.get("found", 0), error.details.get("most", 0)
        if error.reason in ("bytes", "unpacked"):
            return self.env._(
                "“%(name)s” is too large: %(size)s MB, and %(max)s MB are the most."
                " Split it, or leave out the columns that are not needed.",
                name=name,
                size=-(-found // 1024**2),
                max=most // 1024**2,
            )
        if error.reason == "lines":
            return self.env._(
                "“%(name)s” has more than %(max)s lines. Split it.",
                name=name,
                max=most,
            )
        if error.reason == "cells":
            return self.env._(
                "“%(name)s” has more than %(max)s filled cells. Split it, or leave out"
                " the columns that are not needed.",
                name=name,
                max=most,
            )
        return self._wrong_place(name, error)

    @api.model
    def _wrong_place(self, name, error):
        most, row = error.details.get("most", 0), error.details.get("row", 0)
        if error.reason == "columns":
            return self.env._(
                "“%(name)s” has something in column %(column)s, line %(line)s; %(max)s"
                " columns are the most. Delete what is far from the table.",
                name=name,
                column=letter(error.details["found"] - 1),
                line=row,
                max=most,
            )
        if error.reason == "cell":
            return self.env._(
                "Line %(line)s of “%(name)s” has a cell of more than %(max)s letters."
                " Is there a quotation mark that is not closed?",
                name=name,
                line=row,
                max=most,
            )
        if error.reason == "encoding":
            return self.env._(
                "“%(name)s” is not in the encoding %(encoding)s. Choose another one,"
                " or save the file as XLSX, or as CSV in UTF-8.",
                name=name,
                encoding=error.details.get("encoding", ""),
            )
        return self.env._(
            "“%(name)s” cannot be read as a table. Open it in a spreadsheet, save it"
            " as XLSX, or as CSV in UTF-8, and try again.",
            name=name,
        )
