import ast
from pathlib import Path
from tempfile import TemporaryDirectory

from odoo.tests import BaseCase, TransactionCase, tagged
from odoo.tests.loader import get_module_test_cases, get_test_modules

from .walls import House

ADDON = Path(__file__).parent.parent

# What is still named from below, and why: to be emptied, not to be filled.
STILL_NAMED = {}

# A house of two rooms. What is said in `catalog` of the one above is said here once,
# in each way there is.
ABOVE = {
    "models/matching/run.py": """
class Run(models.Model):
    _name = "crm.profiling.run"
    run_total = fields.Integer()
    done = fields.Boolean()
class Profile(models.Model):
    _inherit = "crm.profiling.profile"
    preview = fields.Json()
    member_ids = fields.Many2many(relation="crm_profiling_run_rel")
    def _start_run(self):
        pass
""",
    "views/matching/run_views.xml": """
<odoo><record id="run_view_list" model="ir.ui.view"/></odoo>""",
    "static/src/matching/run_field.js": """
registry.category("fields").add("crm_profiling_run_bar", runField);""",
    "wizard/stop.py": """
class Stop(models.TransientModel):
    _name = "crm.profiling.stop"
    run_id = fields.Many2one("crm.profiling.run")
""",
}
BELOW = {
    "models/catalog/profile.py": '''
"""A docstring may tell of crm.profiling.run."""
class Profile(models.Model):
    """And so may this: see `_start_run`."""
    _name = "crm.profiling.profile"
    name = fields.Char()
    def fine(self, line):
        line.done = self.name
''',
}
UPWARD = {
    "a model": 'self.env["crm.profiling.run"]',
    "a model of a wizard": 'self.env["crm.profiling.stop"]',
    "a table": 'SQL("SELECT id FROM crm_profiling_run")',
    "a relation": 'SQL("DELETE FROM crm_profiling_run_rel")',
    "a column": 'SQL("SELECT run_total FROM %s", table)',
    "a method": "other._start_run()",
    "a field": 'records.mapped("member_ids.name")',
    "a field of self, by a word that Odoo has too": "self.preview",
    "a value to write": "dict(run_total=1)",
    "a record": 'self.env.ref("crm_profiling.run_view_list")',
}


def write_files(folder, files):
    for name, text in files.items():
        path = Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


@tagged("post_install", "-at_install")
class TestPlantedReferences(BaseCase):
    """The wall is seen to hold: each way of naming what is above is found."""

    def found(self, **files):
        with TemporaryDirectory() as folder:
            named = {name.replace("__", "/"): text for name, text in files.items()}
            write_files(folder, {**ABOVE, **BELOW, **named})
            return House(Path(folder), foreign={"preview", "done"}).upward()

    def test_nothing_is_found_where_nothing_is_named(self):
        self.assertEqual(self.found(), [])

    def test_python(self):
        for what, expression in UPWARD.items():
            text = BELOW["models/catalog/profile.py"] + f"        {expression}\n"
            with self.subTest(what):
                found = self.found(**{"models/catalog/profile.py": text})
                self.assertEqual(len({name for _file, _line, name, _up in found}), 1)

    def test_imports(self):
        for line in (
            "from ..matching.run import Run",
            "from ..matching import run",
            "from ...models.matching.run import Run",
        ):
            with self.subTest(line):
                self.assertTrue(self.found(**{"models/catalog/more.py": line}))

    def test_views(self):
        view = (
            '<odoo><record id="v" model="ir.ui.view">'
            '<field name="model">crm.profiling.profile</field>'
            '<field name="arch" type="xml"><form>%s</form></field></record></odoo>'
        )
        self.assertFalse(self.found(**{"views/catalog/v.xml": view % ""}))
        for part in (
            '<field name="preview"/>',
            '<field name="name" invisible="not member_ids"/>',
            '<field name="name" widget="crm_profiling_run_bar"/>',
            '<button name="_start_run"/>',
            '<button name="%(run_view_list)d"/>',
            "<field name=\"name\" context=\"{'model': 'crm.profiling.run'}\"/>",
        ):
            with self.subTest(part):
                self.assertTrue(self.found(**{"views/catalog/v.xml": view % part}))
        inheriting = '<odoo><field name="inherit_id" ref="run_view_list"/></odoo>'
        self.assertTrue(self.found(**{"views/catalog/v.xml": inheriting}))

    def test_client(self):
        for line in (
            'import {bar} from "../matching/run_field";',
            'import {bar} from "@crm_profiling/matching/run_field";',
            'orm.call("crm.profiling.run", "pause");',
            'record.data["member_ids"];',
        ):
            with self.subTest(line):
                self.assertTrue(self.found(**{"static/src/catalog/a.js": line}))

    def test_downward_is_fine(self):
        self.assertEqual(
            self.found(
                **{
                    "models/matching/more.py": "from ..catalog.profile import Profile",
                    "static/src/matching/b.js": 'import {a} from "../catalog/a";',
                    "static/src/catalog/a.js": "",
                }
            ),
            [],
        )


@tagged("post_install", "-at_install")
class TestWalls(TransactionCase):
    def test_no_room_names_what_stands_above_it(self):
        house = House(ADDON, self._odoo_names())
        self.assertGreater(len(house.named), 100, "the rooms are where they were")
        found = {(file, name) for file, _line, name, _above in house.upward()}
        self.assertEqual(
            found - STILL_NAMED.keys(),
            set(),
            "Named from below: extend it in the room above, or call a hook below.",
        )
        self.assertEqual(
            STILL_NAMED.keys() - found, set(), "No longer named: strike it"
        )

    def _odoo_names(self):
        """Return the names of fields and methods that Odoo's own models have."""
        return {
            name
            for model in self.env.registry.values()
            for part in model.__mro__
            if not hasattr(part, "pool") and ADDON.name not in part.__module__
            for name in vars(part)
        }


@tagged("post_install", "-at_install")
class TestTestsAreFound(BaseCase):
    """Odoo takes the modules named ``test_…`` that the package `tests` has at hand.

    One that its room does not hand up, or two of one name, would never run.
    """

    def test_all_tests_on_disk_are_found(self):
        on_disk = {
            (path.stem, node.name)
            for path in Path(__file__).parent.rglob("test_*.py")
            for node in ast.parse(path.read_text()).body
            if isinstance(node, ast.ClassDef) and self._has_tests(node)
        }
        found = {
            (module.__name__.rpartition(".")[2], type(test).__name__)
            for module in get_test_modules(ADDON.name)
            for test in get_module_test_cases(module)
        }
        self.assertEqual(on_disk - found, set(), "These tests never run")
        self.assertGreater(len(found), 50)

    def _has_tests(self, node):
        return any(
            isinstance(one, ast.FunctionDef) and one.name.startswith("test")
            for one in node.body
        )

    def test_file_names_are_unique_across_rooms(self):
        names = [path.name for path in Path(__file__).parent.rglob("test_*.py")]
        twice = {name for name in names if names.count(name) > 1}
        self.assertEqual(twice, set())
