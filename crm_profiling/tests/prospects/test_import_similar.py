"""Companies that are called nearly as one that exists: asked about, never guessed."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_import import BEN, csv_of
from .test_import_cases import CaseOfFile


@tagged("post_install", "-at_install")
class TestSimilarCompanies(CaseOfFile):
    def setUp(self):
        super().setUp()
        self.there = self.prospect("Fräsprofi e.K.", is_company=True)

    def asked(self, *rows):
        """Return the preview of rows, and ``{name: names of candidates}``."""
        shown = self.upload([*rows])
        names = {
            one["name"]: [candidate["name"] for candidate in one["candidates"]]
            for one in shown["similar"]
        }
        return shown, names

    def row(self, company, **more):
        return {"Name": "Petra Vogel", "Company": company, **more}

    def test_names_that_are_nearly_the_same(self):
        for name in ("Fräsprofi", "FRÄSPROFI GmbH & Co. KG", "Fräs-Profi", "Fräsprofil",
                     "Fräsporfi", "Frasprofi", "Fräsprofi e. K."):  # fmt: skip
            with self.subTest(name=name):
                shown, names = self.asked(self.row(name))
                self.assertEqual(names, {name: ["Fräsprofi e.K."]})
                self.assertIn("Similar to companies", " ".join(shown["problems"]))
                with self.assertRefused(UserError, "Similar", name):
                    self.record(shown).begin()

    def test_two_names_that_are_similar_to_one(self):
        _shown, names = self.asked(
            self.row("Fräsprofi"), {"Name": "Paul Vogel", "Company": "Fräsprofil"}
        )
        one = ["Fräsprofi e.K."]
        self.assertEqual(names, {"Fräsprofi": one, "Fräsprofil": [*one, "Fräsprofi"]})

    def test_the_company_there_is_is_asked_about_once(self):
        """That it stands in the file as well does not make it another one."""
        _shown, names = self.asked(
            self.row("Fräsprofi e.K."), {"Name": "Paul Vogel", "Company": "Fräsprofi"}
        )
        self.assertEqual(names, {"Fräsprofi": ["Fräsprofi e.K."]})

    def test_of_one_file(self):
        """Nobody wants three of one company, nor two that are called alike as one."""
        rows = [
            self.row("Crane Works Ltd"),
            {"Name": "Tim Ash", "Company": "Crane Works Limited", "Phone": "1"},
            {"Name": "Una Bell", "Company": "Crane Wroks"},
            {"Name": "Vic Cole", "Company": "Crane Works Ltd"},
            {"Name": "Wim Dee", "Company": "Dock & Co"},
        ]
        shown, names = self.asked(*rows)
        first = "Crane Works Ltd"
        self.assertEqual(
            names,
            {"Crane Works Limited": [first],
             "Crane Wroks": [first, "Crane Works Limited"]},
        )  # fmt: skip
        record = self.record(shown)
        with self.assertRefused(UserError, "Similar"):
            record.begin()
        one = next(s for s in shown["similar"] if s["name"] == "Crane Wroks")
        with self.assertRefused(UserError, ""):
            record.set_company(one["key"], -999)
        shown = record.set_company(one["key"], False)
        shown = record.set_company(None)
        self.assertEqual(shown["problems"], [])
        choices = {s["name"]: s["choice"] for s in shown["similar"]}
        self.assertEqual(choices, {"Crane Works Limited": -2, "Crane Wroks": 0})
        self.assertCounts(shown["progress"], created=5, companies=3)
        shown = record.set_company(one["key"], -3)  # which is that of line 2
        self.assertCounts(shown["progress"], created=5, companies=2)
        self.assertCounts(self.run_import(shown), created=5, companies=2)
        crane = self.contact("Tim Ash").parent_id
        self.assertEqual(crane.name, first)
        for name in ("Petra Vogel", "Una Bell", "Vic Cole"):
            self.assertEqual(self.contact(name).parent_id, crane)
        before = self.everything()
        again = self.upload(rows)
        self.assertEqual(again["problems"], [])
        self.assertCounts(self.run_import(again), created=0, updated=0, companies=0)
        self.assertEqual(self.everything(), before)

    def test_of_one_file_the_first_line_is_the_first_whenever_it_was_said(self):
        """What was said last comes first otherwise."""
        rows = [
            {"Name": "Al Ash", "Company": "Crane Works Ltd", "When": "2026-03-01"},
            {"Name": "Bo Bell", "Company": "Crane Works Limited", "When": "2026-03-02"},
            {"Name": "Cy Cole", "Company": "Crane Works Ltd", "When": "2026-03-03"},
        ]
        shown = self.upload(rows)
        shown = self.record(shown).set_options({"asked_column": 2})
        [one] = shown["similar"]
        self.assertEqual((one["name"], one["line"]), ("Crane Works Limited", 3))
        self.assertEqual(
            [(other["id"], other["name"]) for other in one["candidates"]],
            [(-2, "Crane Works Ltd")],
        )

    def test_five_are_named_where_a_choice_is_wanted(self):
        firms = "Crane Works", "Dock Yards", "Elm Timber", "Fir Timber", "Gulf Fishers"
        firms += ("Hull Painters",)
        for count in (5, 6):
            rows = []
            for firm in firms[:count]:
                rows += [
                    {"Name": f"{letter} {firm}", "Company": f"{firm}{form}"}
                    for letter, form in (("A", " Ltd"), ("B", " Limited"))
                ]
            shown, names = self.asked(*rows)
            self.assertEqual(len(names), count)
            [problem] = shown["problems"]
            self.assertEqual(problem.count("Limited"), 5)
            self.assertEqual("…" in problem, count > 5)

    def test_names_that_are_others(self):
        self.prospect("Halle 12 Ltd", is_company=True)
        self.prospect("BMW AG", is_company=True)
        self.prospect("Petra Vogel", parent_id=self.there.id)
        for name in ("Fräsprofi e.K.", "fräsprofi e.k.", "Fräsfreunde", "Halle 13 Ltd",
                     "BMF AG", "Profi", "e.K.", "GmbH", "...", "株式会社"):  # fmt: skip
            with self.subTest(name=name):
                shown, names = self.asked(self.row(name))
                self.assertEqual((names, shown["problems"]), ({}, []))

    def test_the_domain_of_the_addresses(self):
        petrel = self.prospect("Petrel", is_company=True)
        self.prospect("Orla Vance", email="orla@petrel.test", parent_id=petrel.id)
        self.prospect("Free Lance", email="free@gmail.com", parent_id=petrel.id)
        self.prospect("On Own", email="own@lone.test")
        for email, found in (
            ("ann@petrel.test", ["Petrel"]), ("ann@gmail.com", []),
            ("ann@lone.test", []), ("ann@sub.petrel.test", []), ("", []),
        ):  # fmt: skip
            with self.subTest(email=email):
                _shown, names = self.asked(
                    self.row("Sea Birds Marine", **{"E-mail": email})
                )
                self.assertEqual(names.get("Sea Birds Marine", []), found)

    def test_that_one(self):
        shown, _names = self.asked(self.row("Fräsprofi"), {**BEN})
        record = self.record(shown)
        [one] = shown["similar"]
        shown = record.set_company(one["key"], self.there.id)
        self.assertEqual(shown["problems"], [])
        self.assertEqual(shown["similar"][0]["choice"], self.there.id)
        self.assertCounts(shown["progress"], created=2, companies=0)
        self.run_import(shown)
        self.assertEqual(self.contact("Petra Vogel").parent_id, self.there)

    def test_a_new_one(self):
        shown, _names = self.asked(self.row("Fräsprofi"))
        shown = self.record(shown).set_company(None, False)
        self.assertEqual(shown["problems"], [])
        self.assertCounts(self.run_import(shown), created=1, companies=1)
        self.assertEqual(self.contact("Petra Vogel").parent_id.name, "Fräsprofi")

    def test_all_that_is_likeliest(self):
        self.prospect("Holt & Sons Ltd", is_company=True)
        shown, _names = self.asked(
            self.row("Fräsprofi"), {"Company": "Holt and Sons"},
            {"Company": "Holt & Sons"}, {"Company": "Holt Sons Limited"},
        )  # fmt: skip
        record = self.record(shown)
        self.assertEqual(len(shown["similar"]), 3)
        record.set_company(shown["similar"][0]["key"], False)
        shown = record.set_company(None)
        self.assertEqual(shown["problems"], [])
        choices = {one["name"]: one["choice"] for one in shown["similar"]}
        self.assertEqual(choices.pop("Fräsprofi"), 0)
        self.assertTrue(all(choices.values()))

    def test_the_company_itself(self):
        shown, _names = self.asked({"Company": "Fräsprofi", "City": "Leeds"})
        shown = self.record(shown).set_company(None)
        self.assertCounts(self.run_import(shown), created=0, updated=1)
        self.assertEqual(self.stored(self.there).city, "Leeds")
        self.assertEqual(self.there.name, "Fräsprofi e.K.")

    def test_the_same_file_is_not_asked_again(self):
        content = csv_of([self.row("Fräsprofi"), {"Company": "Fräsporfi"}])
        shown = self.record(self.upload(content)).set_company(None)
        self.run_import(shown)
        before = self.everything()
        again = self.upload(content, name="again.csv")
        self.assertEqual(again["problems"], [])
        self.assertCounts(self.run_import(again), created=0, updated=0, companies=0)
        self.assertEqual(self.everything(), before)

    def test_whoever_stays_elsewhere_needs_no_company(self):
        ben = self.prospect(parent_id=self.there.id, **{"name": "Ben Example"},
                            email="ben@example.com")  # fmt: skip
        shown, names = self.asked({**BEN, "Company": "Fräsprofi"})
        self.assertEqual((names, shown["problems"]), ({}, []))
        self.assertCounts(shown["progress"], companies=0)
        self.run_import(shown)
        self.assertEqual(self.stored(ben).parent_id, self.there)
        self.assertFalse(self.found([("name", "=", "Fräsprofi")]))

    def test_what_cannot_be_chosen(self):
        other = self.prospect("Other Ltd", is_company=True)
        shown, _names = self.asked(self.row("Fräsprofi"))
        record, [one] = self.record(shown), shown["similar"]
        for key, choice in (
            (one["key"], other.id), (one["key"], 2**31 - 1), (one["key"], -1),
            (one["key"], True), (one["key"], "1"), ("other ltd", False), (3, False),
            (None, self.there.id), ([], None),
        ):  # fmt: skip
            with self.subTest(key=key, choice=choice), self.assertRaises(UserError):
                record.set_company(key, choice)

    def test_companies_that_are_hidden_are_not_named(self):
        company = self.env["res.company"].sudo().create({"name": "West"})
        self.there.sudo().company_id = company
        shown = self.upload([self.row("Fräsprofi")], user=self.salesman)
        self.assertEqual((shown["similar"], shown["problems"]), ([], []))

    def test_one_query_however_many(self):
        for number in range(30):
            self.prospect(f"Similar Sea Number {'abcdefgh'[number % 8] * 3}{number} AG",
                          is_company=True)  # fmt: skip

        def ask(count):
            rows = [
                self.row(f"Similar Sea Number {'abcdefgh'[n % 8] * 3}{n}")
                for n in range(count)
            ]
            shown = self.upload(rows)
            self.assertEqual(len(shown["similar"]), count)
            plan = self.record(shown)._plan()
            Similar = self.env["crm.profiling.import.similar"]
            return self.count_queries(Similar._similar, plan)

        self.assertEqual(ask(3), ask(30))
