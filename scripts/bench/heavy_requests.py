"""Requests that any salesperson can send, each as large as it can be made."""

import base64
import io
import zipfile

SHEET = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/'
    'spreadsheetml/2006/main"><sheetData>'
)
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/'
    '2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    "</Types>",
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/'
    'spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" '
    'r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.'
    'openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http:'
    "//schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    '" Target="worksheets/sheet1.xml"/></Relationships>',
}
CSV, BOOK = "fair.csv", "fair.xlsx"


# ----------------------------------------------------------------------
# Files
# ----------------------------------------------------------------------


def workbook(pieces):
    """Return a workbook of one sheet, whose XML comes piece by piece."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in PARTS.items():
            archive.writestr(name, part)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(SHEET.encode())
            for piece in pieces:
                sheet.write(piece)
            sheet.write(b"</sheetData></worksheet>")
    return file.getvalue()


def many_rows():
    """1.4 million rows."""
    for number in range(1, 1_400_001):
        said = number * 2_654_435_761 % 2**32  # so that it does not pack too well
        yield b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (number, number, said)


def last_cell():
    yield b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


def zeros():
    """A gigabyte of nothing, in a megabyte."""
    for _megabyte in range(1024):
        yield b" " * 2**20


def of_bytes(size):
    line = b"Ann Example,ann@example.com,Leeds,2-20\n"
    return b"Name,E-mail,City,Staff?\n" + line * (size // len(line))


# ----------------------------------------------------------------------
# Requests: name, model, method, and what makes up the arguments
# ----------------------------------------------------------------------


def upload(name, content):
    return lambda env: (name, base64.b64encode(content()).decode())


def said(text):
    return lambda env: (text(),)


def contact(name):
    return lambda env: ([{"name": name()}],)


def tree(limit):
    return lambda env: (False, (), limit)


def unfolded(limit):
    """What follows the first answer to the tree's first question."""

    def args(env):
        root = env["crm.profiling.tree"].get_tree()
        return False, next(child["path"] for child in root["children"]), limit

    return args


IMPORT, ANSWER = "crm.profiling.import", "crm.profiling.answer"
TREE = "crm.profiling.tree"
REQUESTS = {
    "search for 20,000 colons": (ANSWER, "name_search", said(lambda: ":" * 20_000)),
    "search for 2,000,000 colons": (ANSWER, "name_search",
        said(lambda: ":" * 2_000_000)),
    "XLSX of 1.4 million rows": (IMPORT, "upload",
        upload(BOOK, lambda: workbook(many_rows()))),
    "XLSX, one cell at XFD1048576": (IMPORT, "upload",
        upload(BOOK, lambda: workbook(last_cell()))),
    "XLSX that unpacks to 1 GB": (IMPORT, "upload",
        upload(BOOK, lambda: workbook(zeros()))),
    "CSV of 22 MB": (IMPORT, "upload", upload(CSV, lambda: of_bytes(22 * 10**6))),
    "CSV of 20 MB, 500,000 lines": (IMPORT, "upload",
        upload(CSV, lambda: of_bytes(20 * 10**6))),
    "CSV, a word of 60,000 letters": (IMPORT, "upload",
        upload(CSV, lambda: b"name,x\n" + b"a" * 60_000 + b"\n\xff,1\n")),
    "CSV, 20 MB in no encoding": (IMPORT, "upload",
        upload(CSV, lambda: b"name,x\n" + b"\xe9" * (20 * 10**6) + b"\n\x81,1\n")),
    "CSV, a heading of 30,000 blanks": (IMPORT, "upload",
        upload(CSV, lambda: b'Name,"a' + b" " * 30_000 + b'b",x\nBen,1,2\n')),
    "contact of 80,000 accents": ("res.partner", "create",
        contact(lambda: "a" + "\u0300\u0316" * 40_000)),
    "contact of 1,000,000 ligatures": ("res.partner", "create",
        contact(lambda: "\ufdfa" * 10**6)),
    "tree of 306 profiles, 106 questions": (TREE, "get_tree", tree(40)),
    "unfolded by one answer": (TREE, "get_tree", unfolded(40)),
    "as many branches as there may be": (TREE, "get_tree", tree(10**6)),
}  # fmt: skip
