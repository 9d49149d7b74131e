"""What a person said of one file holds for the next one."""

import base64
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.prospects import crm_profiling_import_memory
from .test_import import BEN
from .test_import_cases import CaseOfFile


@tagged("post_install", "-at_install")
class TestMemory(CaseOfFile):
    def memories(self, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        Memory = self.env["crm.profiling.import.memory"].with_user(user or self.manager)
        return {
            (memory.kind, memory.name, memory.column_name or ""): memory.means
            for memory in Memory.search([])
        }

    def test_headings(self):
        row = {**BEN, "Wer bist du": "IT", "Shoes": "42"}
        shown = self.upload([row])
        record = self.record(shown)
        record.set_column(2, target=self.of("Sector?"))
        record.set_column(3, target="ref")
        record.set_column(3, target="")
        self.run_import(shown)
        self.assertEqual(
            self.memories(),
            {
                ("heading", "Wer bist du", ""): "Sector?",
                ("heading", "Shoes", ""): "Ignored",
            },
        )
        again = self.upload([{"WER  BIST DU": "IT", "Name": "Al Example"}])
        self.assertEqual(self.targets(again), [self.of("Sector?"), "name"])
        self.assertTrue(again["columns"][0]["is_last"])
        self.assertFalse(again["columns"][1]["is_last"])

    def test_what_was_not_imported_is_not_remembered(self):
        self.record(self.upload([{**BEN, "Wer": "IT"}])).set_column(2, target="ref")
        self.assertEqual(self.memories(), {})

    def test_what_was_only_guessed_is_not_remembered(self):
        self.load([{**BEN, "Sector?": "IT", "Shoes": "42"}])
        self.assertEqual(self.memories(), {})

    def test_a_heading_of_which_one_is_surer(self):
        shown = self.upload([{**BEN, "Wo": "Leeds"}])
        self.record(shown).set_column(2, target="city")
        self.run_import(shown)
        shown = self.upload([{**BEN, "City": "York", "Wo": "Leeds"}])
        self.assertEqual(self.targets(shown), ["name", "email", "", "city"])

    def test_words(self):
        shown = self.upload([{**BEN, "Sector?": "Software", "Staff?": "a lot"}])
        record = self.record(shown)
        it = self.choice("Sector?", "IT")
        record.set_value(2, "Software", it.id)
        record.set_value(3, "a lot", "skip")
        self.run_import(shown)
        self.assertEqual(
            self.memories(),
            {
                ("value", "Software", "Sector?"): "IT",
                ("value", "a lot", "Staff?"): "Leave the cell out",
            },
        )
        row = {"Name": "Al Example", "Sector?": "SOFTWARE", "Staff?": "A  lot"}
        again = self.upload([row])
        self.assertEqual(again["problems"], [])
        [unknown] = again["columns"][1]["unknown"]
        self.assertEqual((unknown["choice"], unknown["is_last"]), (it.id, True))
        self.run_import(again)
        self.assertAnswers(self.contact("Al Example"), {"Sector?": "IT"})

    def test_another_choice_holds_instead(self):
        for answer in ("IT", "Industry"):
            shown = self.upload([{**BEN, "Sector?": "Software"}])
            chosen = self.choice("Sector?", answer)
            shown = self.record(shown).set_value(2, "Software", chosen.id)
            self.run_import(shown)
        shown = self.upload([{**BEN, "Sector?": "Software"}])
        [unknown] = shown["columns"][2]["unknown"]
        self.assertEqual(unknown["choice"], chosen.id)
        self.assertEqual(len(self.memories()), 1)

    def test_companies(self):
        there = self.prospect("Fräsprofi e.K.", is_company=True)
        shown = self.upload([{"Name": "Petra Vogel", "Company": "Fräsprofi"}])
        self.run_import(self.record(shown).set_company(None))
        shown = self.upload([{"Name": "Paul Vogel", "Company": "FRÄSPROFI"}])
        self.assertEqual(shown["problems"], [])
        self.assertTrue(shown["similar"][0]["is_last"])
        self.run_import(shown)
        self.assertEqual(self.contact("Paul Vogel").parent_id, there)
        self.assertEqual(self.memories(), {("company", "Fräsprofi", ""): there.name})
        there.active = False  # whoever is archived is asked about no more, nor meant
        shown = self.upload([{"Name": "Uli Vogel", "Company": "Fräsprofi"}])
        self.assertEqual((shown["problems"], shown["similar"]), ([], []))
        self.assertCounts(shown["progress"], companies=1)

    def test_a_company_that_is_gone(self):
        """It is said, and asked anew."""
        there = self.prospect("Fräsprofi e.K.", is_company=True)
        shown = self.upload([{"Name": "Petra Vogel", "Company": "Fräsprofi"}])
        self.run_import(self.record(shown).set_company(None))
        people = there | self.contact("Petra Vogel")
        key = ("company", "Fräsprofi", "")
        people.sudo().unlink()
        self.assertEqual(self.memories(), {key: "No longer there"})
        other = self.prospect("Fräsprofi GmbH", is_company=True)
        shown = self.upload([{"Name": "Paul Vogel", "Company": "Fräsprofi"}])
        [similar] = shown["similar"]
        self.assertIsNone(similar["choice"])
        self.assertEqual([c["id"] for c in similar["candidates"]], [other.id])

    def test_it_can_be_deleted(self):
        shown = self.upload([{**BEN, "Sector?": "Software"}])
        it = self.choice("Sector?", "IT")
        self.run_import(self.record(shown).set_value(2, "Software", it.id))
        memory = self.env["crm.profiling.import.memory"].search([])
        with self.assertRaises(AccessError):
            memory.with_user(self.salesman).unlink()
        with self.assertRaises(AccessError):
            memory.with_user(self.manager).write({"name": "other"})
        memory.with_user(self.manager).unlink()
        shown = self.upload([{**BEN, "Sector?": "Software"}])
        self.assertIn("not known", " ".join(shown["problems"]))

    def test_what_is_gone_is_forgotten(self):
        shown = self.upload([{**BEN, "Sector?": "Software", "Wer": "x"}])
        record = self.record(shown)
        extra = self.env["crm.profiling.answer"].create(
            {"name": "Extra", "question_id": self.ask("Sector?").id}
        )
        record.set_value(2, "Software", extra.id)
        record.set_column(3, target=self.of("Function?"), policy="skip")
        self.run_import(shown)
        self.assertEqual(len(self.memories()), 2)
        self.env["crm.profiling.response"].search([]).unlink()
        self.env["crm.profiling.response.history"].sudo().search([]).unlink()
        extra.unlink()
        self.ask("Function?").unlink()
        self.assertEqual(self.memories(), {})

    def test_each_company_has_its_own(self):
        shown = self.upload([{**BEN, "Wo": "Leeds"}])
        self.record(shown).set_column(2, target="city")
        self.run_import(shown)
        west = self.env["res.company"].sudo().create({"name": "West"})
        self.manager.sudo().write(
            {"company_ids": [(4, west.id)], "company_id": west.id}
        )
        Import = self.env["crm.profiling.import"].with_user(self.manager)
        Import = Import.with_context(allowed_company_ids=west.ids)
        content = base64.b64encode(b"Name,Wo\nAl Example,X\n").decode()
        shown = Import.upload("west.csv", content)
        self.assertEqual(self.targets(shown), ["name", ""])
        Memory = self.env["crm.profiling.import.memory"].with_user(self.manager)
        Memory = Memory.with_context(allowed_company_ids=west.ids)
        self.assertFalse(Memory.search([]))

    def test_a_long_list_takes_as_many_queries(self):
        it, one = self.choice("Sector?", "IT"), self.choice("Staff?", "1")
        counts = []
        for number in (1, 10):
            said = {}
            for index in range(number):
                there = self.prospect(f"C {number}-{index}", is_company=True)
                sector, staff, key = self.of("Sector?"), self.of("Staff?"), f"x{index}"
                said |= {
                    ("value", sector, key): (key, str(it.id)),
                    ("value", "country", key): (key, str(self.env.ref("base.de").id)),
                    ("heading", "", key): (key, (sector, staff)[index % 2]),
                    ("company", "", key): (key, str(there.id)),
                }
                if index:
                    said["value", staff, key] = key, str(one.id)
            Memory = self.env["crm.profiling.import.memory"].with_user(self.manager)
            Memory._remember(said)
            self.memories()  # what is read once for all
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = Memory.search([])
            self.assertNotIn(False, [memory.means for memory in found])
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)

    def test_more_than_is_looked_at_for_one_file(self):
        """What was said before is found by its words, however much is kept."""
        Memory = self.env["crm.profiling.import.memory"].with_user(self.manager)
        with patch.object(crm_profiling_import_memory, "_LOOKED_AT", 2):
            for words, target in (("cd", "ref"), ("ab", "ref"), ("cd", "city")):
                Memory._remember({("heading", "", w): (w, target) for w in words})
        means = {name: said for (_kind, name, _of), said in self.memories().items()}
        reference = {"a": "Reference", "b": "Reference"}
        self.assertEqual(means, {**reference, "c": "City", "d": "City"})
