"""Requests that any salesperson can send, each as large as it can be made.

What `make bench` prints of each: whether it was refused or answered, the seconds of
processor time it took, Odoo's and the database's, and the memory of Odoo's process at
its peak, in all and of its own.  Each is sent to a process of its own, that has done
nothing else: what another one left behind would hide what it needs.
"""

import base64
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent))

LOGIN = "bench"
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


# ----------------------------------------------------------------------
# What is in the database
# ----------------------------------------------------------------------


def fill(env):
    """Create who sends the requests, and questions and profiles for the tree."""
    from odoo.fields import Command  # noqa: PLC0415

    groups = "sales_team.group_sale_salesman", "base.group_partner_manager"
    env["res.users"].create(
        {
            "name": LOGIN,
            "login": LOGIN,
            "group_ids": [Command.link(env.ref(name).id) for name in groups],
        }
    )
    questions = env["crm.profiling.question"].create(
        [
            {
                "name": f"Question {number}?",
                "answer_ids": [
                    Command.create({"name": f"Answer {answer}"}) for answer in range(4)
                ],
            }
            for number in range(106)
        ]
    )
    profiles = env["crm.profiling.profile"]
    for number in range(306):
        asked = [questions[(number * step + step) % 106] for step in (1, 7, 31)]
        wanted = [
            answer
            for question in asked
            for answer in question.answer_ids[number % 3 : number % 3 + 2]
        ]
        parent = profiles[number // 3 - 1] if number % 3 == 2 else profiles.browse()
        profiles |= profiles.create(
            {
                "name": f"Profile {number}",
                "parent_id": parent.id,
                "required_answer_ids": [Command.set([a.id for a in wanted])],
            }
        )
    env.cr.commit()


# ----------------------------------------------------------------------
# One request, in a process of its own
# ----------------------------------------------------------------------


def peak():
    """Return the megabytes of this process, now and at its peak since `forget_peak`."""
    status = Path("/proc/self/status").read_text()
    sizes = dict(line.split(":") for line in status.splitlines())
    return [int(sizes[name].split()[0]) // 1024 for name in ("VmRSS", "VmHWM")]


def forget_peak():
    Path("/proc/self/clear_refs").write_text("5")


def send(database, name):
    """Send a request; print its line of the table."""
    from meters import Meter  # noqa: PLC0415
    from psycopg2 import Error  # noqa: PLC0415

    from odoo import SUPERUSER_ID, api  # noqa: PLC0415
    from odoo.exceptions import UserError  # noqa: PLC0415
    from odoo.modules.registry import Registry  # noqa: PLC0415
    from odoo.service.model import call_kw  # noqa: PLC0415
    from odoo.tools import config  # noqa: PLC0415

    config.parse_config(["-d", database, "--log-level=critical"], setup_logging=True)
    with Registry(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        user = env["res.users"].search([("login", "=", LOGIN)])
        env = api.Environment(cr, user.id, {"lang": "en_US"})
        model, method, make = REQUESTS[name]
        args = list(make(env))
        env.invalidate_all()
        env["crm.profiling.question"].search_count([])  # who the user is, and may do
        forget_peak()
        before, outcome = peak()[0], []

        def call():
            try:
                call_kw(env[model], method, args, {})
                env.flush_all()
                outcome.append("answered")
            except UserError as refusal:
                outcome.append(f"refused: {str(refusal).partition(chr(10))[0]}")
            except Error:  # an index of Odoo's own takes no name as long
                outcome.append("refused by PostgreSQL")

        cost = Meter(cr).measure(call)
        most = peak()[1]
        cr.rollback()
    print(
        f"| {name} | {outcome[0]} | {cost.seconds:.2f} | {cost.work:.2f} | {most} |"
        f" {most - before} |",
        flush=True,
    )


def measure(database):
    """Print the table: each request in a process of its own."""
    print("| request | what comes of it | s | work s | MB | of its own |")
    print("|---|---|--:|--:|--:|--:|", flush=True)
    for name in REQUESTS:
        subprocess.run(
            [sys.executable, __file__, database, name], env=os.environ, check=True
        )


if __name__ == "__main__":
    sys.exit(send(*sys.argv[1:]))
