"""Spreadsheets for tests: as programs write them, or somebody by hand."""

import io
import zipfile

import openpyxl

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def relations(type_, target):
    return (
        f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1"'
        f' Type="{OFFICE}/{type_}" Target="{target}"/></Relationships>'
    )


def book(rows="", sheet=None, **parts):
    """Return an XLSX as somebody makes it by hand.

    :param rows: XML of the rows of its only sheet
    :param sheet: the whole XML of the sheet instead
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("_rels/.rels", relations("officeDocument", "xl/workbook.xml"))
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels", relations("worksheet", "worksheets/a.xml")
        )
        sheet = sheet or f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"
        archive.writestr("xl/worksheets/a.xml", sheet)
        for name, content in parts.items():
            archive.writestr(f"xl/{name}.xml", content)
    return file.getvalue()


def workbook(*rows, setup=None):
    """Return an XLSX as openpyxl writes it.

    :param setup: function of the book and the sheet
    """
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    if setup:
        setup(made, made.active)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def ods(rows):
    """Return an ODS with the XML of some rows."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            '<office:document-content xmlns:office="o" xmlns:table="t"'
            ' xmlns:text="x"><office:body><office:spreadsheet>'
            f'<table:table table:name="One">{rows}</table:table>'
            '<table:table table:name="Two"><table:table-row><table:table-cell>'
            "<text:p>second</text:p></table:table-cell></table:table-row>"
            "</table:table></office:spreadsheet></office:body>"
            "</office:document-content>",
        )
    return file.getvalue()
