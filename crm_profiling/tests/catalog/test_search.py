"""Records are found by names, and by nothing that somebody sends instead of one."""

import time

from odoo.exceptions import UserError
from odoo.tests import tagged, users

from ...models.catalog.crm_profiling_answer_search import _COLONS
from ...models.catalog.crm_profiling_searched import LONGEST
from ..common import ProfilingCase

# Seconds of this process: such a search took minutes. Ten times what is wanted, for
# busy machines
SECONDS = 20

FOUND_BY_TEXT = (
    "question",
    "answer",
    "profile",
    "questionnaire",
    "questionnaire.line",
    "response",
    "membership",
    "interview",
    "queue",
    "queue.line",
)


@tagged("post_install", "-at_install")
class TestSearch(ProfilingCase):
    def assertQuick(self, function, *args, **kwargs):
        begun = time.process_time()
        result = function(*args, **kwargs)
        self.assertLess(time.process_time() - begun, SECONDS)
        return result

    def found(self, name, operator="ilike"):
        return [
            label
            for _id, label in self.env["crm.profiling.answer"].name_search(
                name, operator=operator
            )
        ]

    def test_an_answer_is_found_by_its_whole_name(self):
        self.question("Rate: 1:1?", ["Yes: always", "No"])
        for name in ("Rate: 1:1?: Yes: always", "rate:1:1? : YES:always"):
            self.assertEqual(self.found(name), ["Rate: 1:1?: Yes: always"])
            self.assertEqual(self.found(name, "="), ["Rate: 1:1?: Yes: always"])
        self.assertEqual(self.found("Sector?: IT"), ["Sector?: IT"])
        self.assertEqual(self.found("Sector?: %"), [])
        self.assertEqual(self.found("Staff?: IT"), [])

    def test_of_a_name_with_many_colons_each_part_is_compared(self):
        """Up to so many of them: then it is found as it is written."""
        for colons, found in ((_COLONS, 1), (_COLONS + 1, 0)):
            question = self.question("Q:" * (colons - 1) + f"{colons}?", ["Yes"])
            name = f"{question.name}: Yes"
            self.assertEqual(name.count(":"), colons)
            for operator in ("ilike", "="):
                self.assertEqual(len(self.found(name, operator)), 1, operator)
                self.assertEqual(len(self.found(name.lower(), operator)), found)

    def test_a_name_that_several_questions_have_is_nobodys(self):
        """An import would take the first of them."""
        self.assertEqual(self.found("IT", "="), ["Sector?: IT"])
        self.question("Twice?", ["IT", "Paper"])
        self.assertEqual(self.found("IT", "="), [])
        self.assertEqual(len(self.found("IT")), 2)
        self.assertEqual(self.found("Twice?: IT", "="), ["Twice?: IT"])

    @users("profiling_salesman")
    def test_pathological_names_are_answered_at_once(self):
        Answer = self.env["crm.profiling.answer"]
        few = ":" * LONGEST
        self.assertEqual(self.assertQuick(Answer.name_search, few), [])
        many = ":" * 5_000_000
        self.assertEqual(self.assertQuick(Answer.name_search, many, operator="="), [])
        names = [f"Sector?: {number}:" for number in range(20_000)]
        names += [f"{number}{few}" for number in range(1_000)]
        domain = [("display_name", "in", [*names, "Sector?: IT"])]
        found = self.assertQuick(Answer.search, domain)
        self.assertEqual(found, self.choice("Sector?", "IT"))

    @users("profiling_salesman")
    def test_text_that_is_no_name_is_refused(self):
        for kind in FOUND_BY_TEXT:
            with self.subTest(kind), self.assertRefused(UserError, f"{LONGEST}"):
                self.env[f"crm.profiling.{kind}"].name_search(":" * (LONGEST + 1))

    @users("profiling_salesman")
    def test_contacts_by_a_hundred_thousand_values(self):
        Partner = self.env["res.partner"]
        ann = self.prospect("Ann", {"Staff?": "2-20", "Sector?": "IT"})
        ids = list(range(1, 100_001))
        for field, value in (
            ("profiling_answer_ids", self.choice("Sector?", "IT")),
            ("profiling_question_ids", self.ask("Sector?")),
            ("profile_ids", self.saas),
        ):
            names = [f"{number}: {number}" for number in ids]
            for values in ([*ids, value.id], [*names, value.display_name]):
                domain = [(field, "in", values), ("id", "=", ann.id)]
                self.assertEqual(self.assertQuick(Partner.search, domain).id, ann.id)
