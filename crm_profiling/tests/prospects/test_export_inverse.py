"""Export and import are inverse: export, import, export, and nothing has changed."""

import base64
import csv
import io
import random

from odoo.fields import Command
from odoo.tests import tagged

from .test_import_undo import UndoCase


@tagged("post_install", "-at_install")
class TestInverse(UndoCase):
    NAMES = (
        "Ann Weiß", "Ben – Example", "O'Neill & Sons", "=1+1", "'quoted'", "@home",
        '"In quotes"', "Semi; colon", "Komma, Ann", "Mª Ruiz™", "İpek Işık", "- Dash",
        "+49 Name", "Zoë\u00a0Two", "山田 太郎", "Юрий Петров", "n/a Smith",
    )  # fmt: skip
    NOTES = (
        "", "<p>plain</p>", "<p>one</p><p>two</p>", "<p>a &lt;b&gt; &amp; c</p>",
        '<p>see <a href="https://petrel.test/x?a=1&amp;b=2">our page</a></p>',
        '<p><a href="https://one.test">one</a> and <a href="https://two.test">2</a></p>',
        '<p><a href="https://petrel.test">https://petrel.test</a></p>',
        "<ul><li>first</li><li>second</li></ul>", "<p>=cmd()</p>", "<p>- nothing</p>",
        "<div>a<br/>b</div><p><strong>bold</strong> <em>thin</em></p>",
        "<h1>Title</h1><p>text</p>", "<p>   </p>", "<p>n/a</p>",
        "<table><tr><td>1</td><td>2</td></tr></table>", "<p>😀 – “quoted”</p>",
    )  # fmt: skip

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"].sudo()._activate_lang("fr_FR")
        cls.french = cls.manager.copy({"login": "profiling_french"})
        cls.french.sudo().lang = "fr_FR"
        sector = cls.ask("Sector?")
        sector.selection_mode = "multiple"
        sector.with_context(lang="fr_FR").name = "Secteur ?"
        cls.choice("Sector?", "Services").with_context(
            lang="fr_FR"
        ).name = "Prestations"
        cls.question(
            'Odd; question, "quoted"?',
            ["Yes; no", 'a "b"', "=1+1", "IT, Services", "-", "n/a", "1"],
            selection_mode="multiple",
        )
        first = cls.tag("Twin tag")
        cls.tags = (
            first | first.copy({"name": "Twin tag"}) | cls.tag("A; b") | cls.tag("=Tag")
        )
        cls.tags |= first.create({"name": "Below", "parent_id": first.id})
        cls.tags |= first.create({"name": "Below", "parent_id": cls.tag("Other").id})

    def contacts(self, pick):
        """Create contacts with anything in their fields."""
        countries = self.env["res.country"].search([("code", "in", ("GB", "US", "DE"))])
        states = self.env["res.country.state"].search(
            [("country_id", "in", countries.ids)], limit=60
        )
        answers = self.env["crm.profiling.question"].search([]).mapped("answer_ids")
        companies = self.env["res.partner"].create(
            [{"name": f"Company {n} – Söhne", "is_company": True, "city": "York"}
             for n in range(3)]
        )  # fmt: skip
        for number in range(12):
            state = pick.choice([*states, states.browse()])
            given = self.env["crm.profiling.answer"]
            for answer in pick.sample([*answers], 6):
                if answer.question_id.selection_mode == "multiple" or (
                    answer.question_id not in given.question_id
                ):
                    given |= answer
            parent = pick.choice([*companies, companies.browse(), companies.browse()])
            vals = {
                "name": f"{pick.choice(self.NAMES)} {number}",
                "email": pick.choice(("", f"al{number}@x.test", f"A{number}@X.Test")),
                "phone": pick.choice(("", "+44 20 7946 0120", "ask", "=1")),
                "function": pick.choice(("", "Buyer", "=Buyer", "-")),
                "website": pick.choice(("", "https://petrel.test/a?b=c", "a.test")),
                "lang": pick.choice(("en_US", "fr_FR")),
                "ref": pick.choice(("", "007", "1E5", "=1")),
                "comment": pick.choice(self.NOTES),
                "category_id": [
                    Command.set([tag.id for tag in pick.sample([*self.tags], 2)])
                ],
                "profiling_answer_ids": [Command.set(given.ids)],
            }
            if parent:
                vals["parent_id"] = parent.id
            else:
                vals.update(
                    street=pick.choice(("", "1 High Street", "=1")),
                    zip=pick.choice(("", "01067")),
                    city=pick.choice(("", "Köln")),
                    state_id=state.id,
                    country_id=state.country_id.id or pick.choice(countries).id,
                )
            companies |= self.env["res.partner"].create(vals)
        return companies

    def exported(self, contacts, format_, user):
        Export = self.env["crm.profiling.export"].with_user(user)
        export = Export.create(
            {"partner_ids": [Command.set(contacts.ids)], "format": format_}
        )
        export.action_export()
        return base64.b64decode(export.with_context(bin_size=False).file)

    def test_export_import_export(self):
        for seed in range(6):
            with self.subTest(seed=seed), self.env.cr.savepoint() as savepoint:
                self.inverse(random.Random(seed))
                savepoint.rollback()
                self.env.invalidate_all()

    def inverse(self, pick):
        contacts = self.contacts(pick)
        format_ = pick.choice(("csv", "csv", "xlsx"))
        user, other = pick.choice(
            ((self.manager, self.french), (self.french, self.manager))
        )
        content = self.exported(contacts, format_, user)
        before = self.world()
        shown = self.upload(content, name=f"contacts.{format_}", user=other)
        mode = pick.choice(("fill", "replace"))
        shown = self.record(shown, other).set_options({"mode": mode})
        self.assertEqual(shown["problems"], [])
        self.assertEqual(shown["errors"], [])
        self.assertEqual(shown["warnings"], [])
        changed = [u for u in shown["updates"] if u["changes"] or u["tags"]]
        self.assertEqual(changed, [])
        progress = self.run_import(shown, other)
        self.assertCounts(
            progress, created=0, updated=0, companies=0, unchanged=len(contacts)
        )
        self.assertSame(before)
        if format_ == "csv":
            self.assertEqual(self.exported(contacts, format_, user), content)

    def test_contacts_come_back(self):
        """Exported, deleted and imported, they say what they said."""
        contacts = self.contacts(random.Random(7))
        contacts.category_id = False
        # what says nothing is not read
        contacts.filtered(lambda p: "n/a" in str(p.comment)).comment = False
        contacts.filtered(lambda p: p.function == "-").function = False
        content = self.exported(contacts, "csv", self.manager)
        ids = contacts.ids
        contacts.filtered("parent_id").unlink()
        contacts.exists().unlink()
        shown = self.upload(content)
        [index] = [c["index"] for c in shown["columns"] if c["target"] == "id"]
        shown = self.record(shown).set_column(index, target="")
        self.assertEqual((shown["problems"], shown["errors"]), ([], []))
        self.assertCounts(self.run_import(shown), created=len(ids), companies=0)
        back = self.env["res.partner"].search(
            [("profiling_import_ids", "=", shown["id"])], order="id"
        )
        self.assertEqual(self.said(back), self.said_in(content))

    def said(self, contacts):
        return self.said_in(self.exported(contacts, "csv", self.manager))

    def said_in(self, content):
        """Return the lines of a file without the ids, in any order."""
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        at = rows[0].index("Contact ID")
        return sorted(row[:at] + row[at + 1 :] for row in rows)
