"""Files that are made to bring a server down."""

import json
import subprocess
import sys
import tempfile
import tracemalloc
from pathlib import Path

from odoo.tests import BaseCase, tagged

from ... import tables
from ..spreadsheets import MAIN, book, ods

_ADDON = Path(tables.__file__).parents[1]

# Reads a file in a process of its own, and says what that took.
_MEASURE = """
import json, sys, time, types
sys.modules["crm_profiling"] = addon = types.ModuleType("crm_profiling")
addon.__path__ = [sys.argv[1]]
from crm_profiling import tables
content = open(sys.argv[2], "rb").read()
start = time.process_time()
try:
    said = len(tables.read(content).rows)
except tables.TableError as error:
    said = error.reason
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
most = int(status["VmHWM"].split()[0]) // 1024
print(json.dumps([said, time.process_time() - start, most]))
"""


@tagged("post_install", "-at_install")
class TestBounds(BaseCase):
    """Each ends within two seconds and 300 MB, whatever is in the file."""

    def assertEnds(self, content, *reasons):
        with tempfile.NamedTemporaryFile() as file:
            file.write(content)
            file.flush()
            done = subprocess.run(
                [sys.executable, "-c", _MEASURE, _ADDON, file.name],
                capture_output=True,
                check=True,
                text=True,
            )
        said, seconds, megabytes = json.loads(done.stdout)
        self.assertIn(said, reasons)
        self.assertLess(seconds, 20, "ten times what is wanted: machines may be busy")
        self.assertLess(megabytes, 300)

    def test_many_rows(self):
        rows = "".join(f"<row><c><v>{n % 10}</v></c></row>" for n in range(1_400_000))
        self.assertEnds(book(rows), "lines")

    def test_a_cell_far_away(self):
        name = '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>'
        far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        self.assertEnds(book(name + far), "columns")

    def test_large_texts(self):
        self.assertEnds(b"Name,City\n" + b"Ben Example,Leeds\n" * 1_222_222, "bytes")
        self.assertEnds(b"Name\n" + b"a\n" * 9_800_000, "lines")
        self.assertEnds(b"Name\n" + b",x" * 9_500_000, "columns")
        self.assertEnds(b"Name\n" + b"," * 19_000_000, "cell")
        self.assertEnds(b'Name,City\n"Ben,Leeds\n' + b"Al,York\n" * 2_000_000, "cell")

    def test_encodings_are_guessed(self):
        """Runs of letters that no language has, and no encoding tells."""
        self.assertEnds(b"Name,City\n" + b"a" * 5_000_000 + b"\n\xff,x", "cell")
        self.assertEnds(b"Name,City\n" + b"\xe9" * 19_000_000, "cell")
        lines = b"".join(b"%s,%d\n" % (b"a" * 30_000, n) for n in range(100))
        self.assertEnds(b"Name,City\n" + lines + b"\xff,x", 102)

    def test_texts_are_not_held_a_second_time(self):
        """Read piece by piece, they need less than they are themselves."""
        for content, reason in (
            (b"name,x\n" + b"\xe9" * 19_000_000 + b"\n\x81,1\n", "cell"),
            ("name,x\n😀,".encode() + b"x" * 19_000_000, "cell"),
            ("name,x\n😀,y\n".encode() + b"x,y\n" * 4_800_000, "lines"),
            (("name,x\n" + "x" * 9_500_000).encode("utf-16"), "cell"),
        ):
            tracemalloc.start()
            try:
                with self.assertRaisesRegex(tables.TableError, reason):
                    tables.read(content)
                needed = tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()
            self.assertLess(needed, len(content))

    def test_a_long_line(self):
        line = b",".join([b"x" * 2000] * tables.MAX_COLUMNS) + b"\n"
        self.assertEqual(len(tables.read(b"Name\n" + line * 2).rows), 3)

    def test_bombs(self):
        self.assertEnds(book(media="\0" * 200_000_000), "unpacked")
        self.assertEnds(book("<x/>" * 9_000_000), "unreadable")
        self.assertEnds(book("<row><c>" + "<x/>" * 9_000_000), "unreadable")
        self.assertEnds(book("<row/>" * 9_000_000), "unreadable")
        self.assertEnds(ods("<table:table-row/>" * 1_000_000), "unreadable")

    def test_entities(self):
        entities = "".join(
            f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9)
        )
        sheet = (
            f'<!DOCTYPE x [<!ENTITY e0 "lol">{entities}]><worksheet {MAIN}>'
            '<sheetData><row><c t="str"><v>&e8;</v></c></row></sheetData></worksheet>'
        )
        self.assertEnds(book(sheet=sheet), "unreadable")

    def test_repeated_cells(self):
        cell = (
            '<table:table-cell table:number-columns-repeated="{}"><text:p>{}</text:p>'
            "</table:table-cell>"
        )
        row = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
        self.assertEnds(ods(row.format(1, cell.format(16384, "x"))), "columns")
        self.assertEnds(ods(row.format(1_048_576, cell.format(2, "x"))), "lines")
        empty = row.format(1_048_576, cell.format(16384, ""))
        self.assertEnds(ods(row.format(1, cell.format(1, "x")) + empty), 1)

    def test_limits_are_reached(self):
        """What is just within them is read."""
        lines = b"Name\n" + b"Ben Example\n" * tables.MAX_LINES
        self.assertEqual(len(tables.read(lines).rows), tables.MAX_LINES + 1)
        with self.assertRaisesRegex(tables.TableError, "lines"):
            tables.read(lines + b"Al")
        wide = b",".join([b"x"] * tables.MAX_COLUMNS)
        self.assertEqual(len(tables.read(wide).rows[0]), tables.MAX_COLUMNS + 1)
        long = b"Name,City\n" + b"a" * tables.MAX_CELL + b",x"
        self.assertEqual(len(tables.read(long).rows), 2)
        with self.assertRaisesRegex(tables.TableError, "cell"):
            tables.read(long.replace(b",x", b"a,x"))
