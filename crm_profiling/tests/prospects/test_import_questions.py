"""A column of a file becomes a question, and goes with the import it came with."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_import import BEN
from .test_import_undo import UndoCase

SHOES = [
    {**BEN, "Shoes worn": "Boots"},
    {"Name": "Al Example", "Shoes worn": "Clogs"},
    {"Name": "Bea Example", "Shoes worn": "boots"},
    {"Name": "Cy Example", "Shoes worn": "n/a"},
]


@tagged("post_install", "-at_install")
class TestNewQuestion(UndoCase):
    def become(self, rows, name=None, heading="Shoes worn"):
        """Have a column become a question; return the preview."""
        shown = self.upload(rows)
        [index] = [c["index"] for c in shown["columns"] if c["heading"] == heading]
        shown = self.record(shown).set_column(index, target="new")
        if name is not None:
            shown = self.record(shown).set_new_question(index, name)
        return shown

    def catalog(self):
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT 'question', name::text FROM crm_profiling_question
                UNION ALL SELECT 'answer', name::text FROM crm_profiling_answer
                UNION ALL SELECT 'tag', name::text FROM res_partner_category
                ORDER BY 1, 2"""
        )
        return self.env.cr.fetchall()

    def test_a_question_with_what_is_in_the_cells(self):
        shown = self.become(SHOES)
        self.assertEqual(shown["problems"], [])
        column = shown["columns"][2]
        named = {
            "name": "Shoes worn", "mode": "single", "starts": [], "is_banded": False,
        }  # fmt: skip
        self.assertEqual(column["question"], named)
        self.assertEqual(
            [one["value"] for one in column["unknown"]], ["Boots", "Clogs"]
        )
        self.assertCounts(self.run_import(shown), created=4, rejected=0)
        question = self.ask("Shoes worn")
        self.assertEqual(question.answer_ids.mapped("name"), ["Boots", "Clogs"])
        self.assertAnswers(self.contact("Bea Example"), {"Shoes worn": "Boots"})
        self.assertFalse(self.contact("Cy Example").profiling_answer_ids)

    def test_it_has_another_name_and_is_known_by_the_heading(self):
        self.run_import(self.become(SHOES, name="  Which   shoes? "))
        question = self.ask("Which shoes?")
        again = self.upload(SHOES)
        self.assertEqual(self.targets(again)[2], f"question:{question.id}")
        self.assertCounts(self.run_import(again), created=0, updated=0)

    def test_several_answers(self):
        rows = [{**BEN, "Shoes worn": "Boots; Clogs"},
                {"Name": "Al Example", "Shoes worn": "Clogs"}]  # fmt: skip
        self.run_import(self.become(rows))
        self.assertEqual(self.ask("Shoes worn").selection_mode, "multiple")
        ben = self.contact("Ben Example")
        self.assertAnswers(ben, {"Shoes worn": ["Boots", "Clogs"]})

    def test_cells_that_are_left_out(self):
        shown = self.become(SHOES)
        record = self.record(shown)
        record.set_value(2, "Clogs", "skip")
        self.run_import(shown)
        self.assertEqual(self.ask("Shoes worn").answer_ids.mapped("name"), ["Boots"])

    def test_what_is_in_the_way(self):
        for name, words in (
            ("", "say how it is called"), ("sector?", "already"),
        ):  # fmt: skip
            shown = self.become(SHOES, name=name)
            self.assertIn(words, " ".join(shown["problems"]))
            with self.assertRefused(UserError, words):
                self.record(shown).begin()
        empty = [{**BEN, "Shoes worn": ""}]
        shown = self.become(empty)
        self.assertIn("nothing to choose", " ".join(shown["problems"]))

    def test_free_text_is_no_question(self):
        rows = [{"Name": f"Al {n} Example", "Remark": f"free {n}"} for n in range(301)]
        shown = self.become(rows[:60], heading="Remark")
        self.assertIn("60 different values", " ".join(shown["problems"]))
        shown = self.record(shown).set_column(1, policy="create_many")
        self.assertEqual(shown["problems"], [])
        self.assertEqual(shown["columns"][1]["question"]["name"], "Remark")
        shown = self.become(rows, heading="Remark")
        shown = self.record(shown).set_column(1, policy="create_many")
        self.assertIn("301 different values", " ".join(shown["problems"]))

    def test_managers_only(self):
        shown = self.upload(SHOES, user=self.salesman)
        self.assertFalse(shown["may_ask"])
        record = self.record(shown, self.salesman)
        shown = record.set_column(2, target="new")
        self.assertEqual(shown["columns"][2]["target"], "")
        with self.assertRaises(UserError):
            record.set_new_question(2, "Shoes?")

    def test_bands_of_numbers(self):
        sizes = ("1", "≈12", "37 employees", "40", "120", "300", "800", "n/a", "some")
        more = ("3", "5", "25", "60", "70", "90", "110", "150", "160", "170", "180")
        rows = [
            {"Name": f"Al {n} Example", "Employees": size}
            for n, size in enumerate((*sizes, *more))
        ]
        shown = self.become(rows, heading="Employees")
        column = shown["columns"][1]
        self.assertTrue(column["question"]["is_banded"])
        values = [one["value"] for one in column["unknown"]]
        # what is no number is asked first, the bands are in their order
        self.assertEqual(values[0], "some")
        lowest = [int(value.strip("+").split("-")[0]) for value in values[1:]]
        self.assertEqual(lowest, sorted(lowest))
        self.assertNotIn("37 employees", values)
        shown = self.record(shown).set_value(1, "some", "skip")
        self.assertCounts(self.run_import(shown), created=len(rows))
        question = self.ask("Employees")
        self.assertTrue(question.by_number)
        [answer] = self.contact("Al 2 Example").profiling_answer_ids
        lowest = question.answer_ids.mapped("value_from")
        self.assertEqual(answer.value_from, max(s for s in lowest if s <= 37))
        again = self.upload(rows)
        shown = self.record(again).set_value(1, "some", "skip")
        self.assertEqual(shown["problems"], [])
        self.assertCounts(self.run_import(shown), created=0, updated=0)

    def test_bands_or_each_number(self):
        rows = [{"Name": f"Al {n} Example", "Visits": str(n)} for n in range(1, 9)]
        shown = self.become(rows, heading="Visits")
        self.assertTrue(shown["columns"][1]["question"]["is_banded"])
        record = self.record(shown)
        shown = record.set_new_question(1, is_banded=False)
        self.assertEqual(len(shown["columns"][1]["unknown"]), 8)
        self.run_import(shown)
        self.assertFalse(self.ask("Visits").by_number)

    # ------------------------------------------------------------------
    # Taken back with the import
    # ------------------------------------------------------------------

    def test_it_goes_with_the_import(self):
        before, catalog = self.world(), self.catalog()
        rows = [{**row, "Sector?": "Circus", "Tags": "Big shoes"} for row in SHOES]
        shown = self.become(rows)
        record = self.record(shown)
        record.set_column(3, policy="create")
        record.set_column(4, policy="create")
        self.run_import(shown)
        self.assertEqual(len(self.catalog()), len(catalog) + 5)
        self.undo(shown)
        self.assertEqual(self.catalog(), catalog)
        self.assertSame(before)

    def test_a_name_that_an_archived_question_has(self):
        self.ask("Budget?").with_env(self.env).active = False
        for name in ("Budget?", "BUDGET?"):
            with self.subTest(name=name):
                [problem] = self.become(SHOES, name=name)["problems"]
                self.assertIn(name, problem)
        self.assertEqual(self.become(SHOES, name="Budgets?")["problems"], [])

    def test_what_somebody_uses_stays(self):
        rows = [{**row, "Sector?": "Circus", "Tags": "Big shoes"} for row in SHOES]
        uses = {
            "answered": lambda q: self.answer(self.prospect("Dee"), q.name, "Boots"),
            "asked for": lambda q: self.profile("Booted", {q.name: "Boots"}),
            "renamed": lambda q: self.rename(q),
            "extended": lambda q: self.env["crm.profiling.answer"].create(
                {"name": "Sandals", "question_id": q.id}
            ),
        }
        for how, use in uses.items():
            with self.subTest(how=how), self.env.cr.savepoint() as savepoint:
                shown = self.become(rows)
                record = self.record(shown)
                record.set_column(3, policy="create")
                record.set_column(4, policy="create")
                self.run_import(shown)
                question = self.ask("Shoes worn")
                use(question)
                self.put_tag(self.prospect("Eve"), "Big shoes")
                self.answer(self.prospect("Fay"), "Sector?", "Circus")
                self.undo(shown)
                self.assertTrue(question.exists())
                self.assertTrue(self.tag("Big shoes"))
                self.assertTrue(self.choice("Sector?", "Circus"))
                savepoint.rollback()
                self.env.invalidate_all()

    def rename(self, question):
        self.env.flush_all()
        self.env.cr.execute(
            """UPDATE crm_profiling_question SET write_date = write_date + interval '1s'
                WHERE id = %s""",
            [question.id],
        )
        self.env.invalidate_all()
