"""The texts to translate are exported, and the translations are whole."""

import io
import re
from pathlib import Path

import polib

from odoo.exceptions import ValidationError
from odoo.tests import BaseCase, tagged
from odoo.tools import file_path
from odoo.tools.translate import code_translations, trans_export

from ..models.catalog.wording import quoted
from .common import ProfilingCase

# What Python and the web client fill in: %s, %(name)s
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sdf]|%%")
# What a view or an offer is made of; attributes may be translated
TAG = re.compile(r"<[^<>]+>")
ATTRIBUTE_TEXT = re.compile(r"(title|aria-label|placeholder|alt)=\"[^\"]*\"")


def i18n(name):
    return polib.pofile(file_path(f"crm_profiling/i18n/{name}"))


def texts(pot):
    """Return the texts that are there without demo data, too."""
    return {
        entry.msgid
        for entry in pot
        if any("_demo_" not in place for place, _line in entry.occurrences)
    }


@tagged("post_install", "-at_install")
class TestExport(ProfilingCase):
    def test_the_pot_is_up_to_date(self):
        """If it is not: `make pot`."""
        buffer = io.BytesIO()
        trans_export(False, ["crm_profiling"], buffer, "po", self.env)
        now = texts(polib.pofile(buffer.getvalue().decode()))
        then = texts(i18n("crm_profiling.pot"))
        self.assertEqual(sorted(now - then), [], "not in the .pot yet")
        self.assertEqual(sorted(then - now), [], "in the .pot still")


@tagged("post_install", "-at_install")
class TestTranslations(BaseCase):
    def setUp(self):
        super().setUp()
        self.po = i18n("ru.po")
        self.assertGreater(len(self.po), 500, "there is nothing to look at")

    def test_every_text_is_translated(self):
        wanted = {entry.msgid for entry in i18n("crm_profiling.pot")}
        done = {entry.msgid for entry in self.po.translated_entries()}
        self.assertEqual(sorted(wanted - done), [])
        self.assertEqual(self.po.fuzzy_entries(), [])
        self.assertEqual(self.po.obsolete_entries(), [])

    def test_what_is_filled_in_stays(self):
        for entry in self.po:
            with self.subTest(entry.msgid):
                self.assertEqual(*map(self.placeholders, (entry.msgid, entry.msgstr)))

    def test_markup_stays(self):
        for entry in self.po:
            with self.subTest(entry.msgid):
                self.assertEqual(*map(self.markup, (entry.msgid, entry.msgstr)))

    def test_blanks_around_a_text_stay(self):
        for entry in self.po:
            with self.subTest(entry.msgid):
                self.assertEqual(*map(self.blanks, (entry.msgid, entry.msgstr)))

    def test_quotes_are_russian(self):
        for entry in self.po:
            with self.subTest(entry.msgid):
                self.assertNotRegex(TAG.sub("", entry.msgstr), "[“”\"']")

    def test_quotes_around_names_are_those_of_the_language(self):
        """What Python puts together has none of its own: that is what `quoted` does."""
        for folder in ("models", "wizard"):
            paths = list(Path(file_path(f"crm_profiling/{folder}")).rglob("*.py"))
            self.assertTrue(paths)
            for path in paths:
                with self.subTest(path.name):
                    self.assertNotRegex(path.read_text(), r'f"[^"\n]*“\{')

    def placeholders(self, text):
        return sorted(PLACEHOLDER.findall(text))

    def markup(self, text):
        return TAG.findall(ATTRIBUTE_TEXT.sub("", text))

    def blanks(self, text):
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


@tagged("post_install", "-at_install")
class TestRussian(ProfilingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        env = cls.env(su=True)
        env["res.lang"]._activate_lang("ru_RU")
        env["ir.module.module"]._load_module_terms(["crm_profiling"], ["ru_RU"])

    def setUp(self):
        super().setUp()
        self.russian = self.env(context={**self.env.context, "lang": "ru_RU"})

    def test_an_error(self):
        ann = self.prospect("Ann").with_env(self.russian)
        both = self.choice("Budget?", "Unknown", "<100k")
        with self.assertRefused(ValidationError, "можно дать только один ответ"):
            ann.write({"profiling_answer_ids": both.ids})

    def test_a_name_in_quotes(self):
        self.assertEqual(quoted(self.russian, "Ann"), "«Ann»")

    def test_a_finding(self):
        empty = self.profile("Everybody").with_env(self.russian)
        self.assertIn("никто не подходит", empty.warning)

    def test_the_contact_form(self):
        view = self.env.ref("base.view_partner_form").id
        contacts = self.russian["res.partner"]
        self.assertIn('string="Профилирование"', contacts.get_view(view)["arch"])

    def test_a_field_and_its_values(self):
        kinds = self.russian["crm.profiling.question"].fields_get(["selection_mode"])
        self.assertEqual(
            kinds["selection_mode"]["selection"],
            [("single", "Один ответ"), ("multiple", "Несколько ответов")],
        )

    def test_a_menu(self):
        menu = self.env.ref("crm_profiling.crm_profiling_questionnaire_menu")
        self.assertEqual(menu.sudo().with_env(self.russian).name, "Анкеты")

    def test_the_web_client(self):
        web = code_translations.get_web_translations("crm_profiling", "ru_RU")
        self.assertIn(
            {"id": "Still to ask:", "string": "Осталось спросить:"}, web["messages"]
        )
