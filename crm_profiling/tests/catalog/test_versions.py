"""What is kept of the catalog is kept by its version, and by nothing else."""

from odoo import Command
from odoo.tests import tagged

from ..common import ProfilingCase


class Undone(Exception):
    """Takes back what was done."""


@tagged("post_install", "-at_install")
class TestVersions(ProfilingCase):
    def matched(self, answers):
        """Return the names of the profiles that answers match, by the evaluator."""
        evaluator = self.env["crm.profiling.catalog"]._evaluator()
        ids = evaluator.matched(evaluator.mask(self.choices(answers).ids))
        return sorted(self.env["crm.profiling.profile"].browse(ids).mapped("name"))

    def undone(self, change):
        """Do something, look at it, and have it taken back."""
        try:
            with self.env.cr.savepoint():
                change()
                self.env.flush_all()
                seen = self.matched({"Sector?": "Industry"})
                raise Undone
        except Undone:
            self.env.invalidate_all()
        return seen

    def test_what_is_taken_back_is_forgotten(self):
        """What was evaluated before it was taken back stays behind in no cache."""
        factories = self.choice("Sector?", "Industry")

        def take_factories():
            self.partnership.required_answer_ids += factories

        self.assertEqual(self.matched({"Sector?": "Industry"}), [])
        self.assertEqual(self.undone(take_factories), ["Partnership"])
        self.assertEqual(self.matched({"Sector?": "Industry"}), [])
        ann = self.prospect("Ann", {"Sector?": "Industry"})
        self.assertProfilesAndTags(ann)

    def test_a_question_that_is_taken_back_is_forgotten(self):
        self.undone(lambda: self.question("New?", ["Yes", "No"]))
        names = self.env["crm.profiling.question"].search([]).mapped("name")
        known = self.env["crm.profiling.catalog"]._get().questions.values()
        self.assertNotIn("New?", names)
        self.assertLessEqual(
            {question.id for question in known},
            set(self.env["crm.profiling.question"].search([]).ids),
        )

    def test_what_is_done_again_is_another_version(self):
        factories = self.choice("Sector?", "Industry")

        def take_factories():
            self.partnership.required_answer_ids += factories

        Catalog = self.env["crm.profiling.catalog"]
        versions = {Catalog._version()}
        for _time in range(2):
            self.undone(lambda: (take_factories(), versions.add(Catalog._version())))
        take_factories()
        versions.add(Catalog._version())
        self.assertEqual(len(versions), 4)
        self.assertEqual(self.matched({"Sector?": "Industry"}), ["Partnership"])

    def test_all_that_the_rule_looks_at_is_another_version(self):
        Catalog = self.env["crm.profiling.catalog"]
        sector, industry = self.ask("Sector?"), self.choice("Sector?", "Industry")
        staff = self.ask("Staff?")
        company = self.env["res.company"].sudo().create({"name": "Theirs"})
        changes = {
            "a required answer": lambda: self.saas.write(
                {"required_answer_ids": [(4, industry.id)]}
            ),
            "an excluded answer": lambda: self.saas.write(
                {"excluded_answer_ids": [(4, self.choice("Sector?", "IT").id)]}
            ),
            "the parent": lambda: self.saas.write({"parent_id": self.training.id}),
            "the company": lambda: self.saas.sudo().write({"company_id": company.id}),
            "the tag": lambda: self.saas.write({"category_id": self.tag("New").id}),
            "archived": lambda: self.saas.write({"active": False}),
            "a profile": lambda: self.profile("New", {"Sector?": "Industry"}),
            "a profile less": lambda: self.saas.unlink(),
            "several answers": lambda: sector.write({"selection_mode": "multiple"}),
            "of the company": lambda: sector.write({"level": "company"}),
            "an answer": lambda: industry.create(
                {"name": "New", "question_id": sector.id}
            ),
            "an answer less": lambda: self.choice("Sector?", "Others").unlink(),
            "by number": lambda: staff.write(
                {
                    "by_number": True,
                    "answer_ids": [
                        Command.update(answer.id, {"value_from": number})
                        for number, answer in enumerate(staff.answer_ids)
                    ],
                }
            ),
            "from another number": lambda: staff.answer_ids[1].write(
                {"value_from": 1.5}
            ),
            "no number": lambda: staff.answer_ids[1].write({"without_number": True}),
            "an answer out of use": lambda: industry.write({"active": False}),
            "a question out of use": lambda: staff.write({"active": False}),
            "questions in another order": lambda: sector.write({"sequence": 99}),
            "a question of one company": lambda: self.ask("Function?")
            .sudo()
            .write({"company_id": company.id}),
            "found": lambda: self.ask("Specification?").write(
                {
                    "origin": "contact",
                    "answer_ids": [
                        Command.update(
                            self.choice("Specification?", "Yes").id,
                            {"domain": "[('email', '!=', False)]"},
                        ),
                        Command.delete(self.choice("Specification?", "Soon").id),
                    ],
                }
            ),
            "found otherwise": lambda: self.choice("Specification?", "Yes").write(
                {"domain": "[('phone', '!=', False)]"}
            ),
            "found of fewer": lambda: self.ask("Specification?").write(
                {"domain": "[('name', '!=', False)]"}
            ),
        }
        for what, change in changes.items():
            before = Catalog._version()
            change()
            self.assertNotEqual(Catalog._version(), before, what)
            before = Catalog._version()
        self.partnership.name = "Partners"
        self.assertEqual(Catalog._version(), before, "a name")

    def test_what_the_rule_does_not_look_at_is_the_same_version(self):
        """Else each change of a name would have all contacts looked at anew."""
        Catalog = self.env["crm.profiling.catalog"]
        answer, question = self.choice("Sector?", "IT"), self.ask("Sector?")
        before = Catalog._version()
        for record, vals in (
            (answer, {"name": "Computers"}),
            (answer, {"color": 3}),
            (answer, {"needs_words": True}),
            (question, {"name": "Line of business?"}),
            (question, {"hint": "Ask for the trade register"}),
            (question, {"number_unit": "people"}),
            (self.saas, {"name": "Software"}),
            (self.saas, {"offer": "<p>By the month</p>"}),
        ):
            record.write(vals)
            self.env.flush_all()
            self.assertEqual(Catalog._version(), before, (record, vals))
