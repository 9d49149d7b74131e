"""What is printed, as HTML: the PDF is made of it."""

from freezegun import freeze_time

from odoo.tests import tagged, users

from ..common import LARGE_ACCOUNT, ProfilingCase


@tagged("post_install", "-at_install")
class TestPrint(ProfilingCase):
    def html(self, report, records):
        """Return a report as the current user sees it, in one line."""
        Report = self.env["ir.actions.report"]
        html, kind = Report._render_qweb_html(f"crm_profiling.{report}", records.ids)
        self.assertEqual(kind, "html")
        self.assertEqual(html.count(b"<html"), 1)
        return " ".join(html.decode().split())

    @users("profiling_salesman")
    def test_a_profile_sheet(self):
        ann = self.prospect(
            "Ann", {**LARGE_ACCOUNT, "Staff?": "500+"}, email="ann@example.com"
        )
        self.profile("IT", {"Sector?": "Services", "Function?": "Decision-maker"})
        sheet = self.html("res_partner_action_report_profile_sheet", ann)
        for text in (
            "Ann",
            "ann@example.com",
            "Large accounts, services",
            "A joint meeting with a partner",
            "Budget? 101-300k",
            "Mary Manager",
            "500+",
            "Still to ask",
            "Function?",
        ):
            self.assertIn(text, sheet)
        self.assertNotIn("Two days, on site", sheet)

    def test_what_is_still_to_ask_are_the_open_questions(self):
        """Not those that have been answered; nor of what can match no more."""
        ann = self.prospect("Ann", {"Sector?": "IT", "Staff?": "500+"})
        self.profile("Deciders", {"Sector?": "IT", "Function?": "Decision-maker"})
        still_open = self.stored(ann)._profiling_sheet()["open"]
        self.assertEqual(
            [(one["name"], one["to_ask"]) for one in still_open],
            [("Deciders", "Function?")],
        )

    def test_a_profile_sheet_has_the_comments(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        ann.profiling_response_ids.comment = "and hardware"
        sheet = self.html("res_partner_action_report_profile_sheet", ann)
        self.assertIn("and hardware", sheet)

    def test_a_sheet_of_nothing(self):
        sheet = self.html(
            "res_partner_action_report_profile_sheet", self.prospect("Ann")
        )
        self.assertIn("No profile matches yet", sheet)
        self.assertIn("Nothing has been asked yet", sheet)

    def test_in_the_order_of_the_questions(self):
        """Whoever holds the answers, and whichever was given first."""
        self.ask("Staff?").level = "company"
        acme = self.prospect("ACME", is_company=True)
        ann = self.prospect("Ann", parent_id=acme.id)
        for question, answer in (
            ("Budget?", "<100k"),
            ("Staff?", "1"),
            ("Sector?", "IT"),
        ):
            self.answer(ann, question, answer)
        sheet = self.stored(ann)._profiling_sheet()
        self.assertEqual(
            [one["question"] for one in sheet["answers"]],
            ["Sector?", "Staff?", "Budget?"],
        )

    def test_the_hand_wins_on_paper_too(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        self.env["crm.profiling.membership"].create(
            {"partner_id": ann.id, "profile_id": self.training.id}
        )
        sheet = self.stored(ann)._profiling_sheet()
        inside = {one["name"] for one in sheet["inside"]}
        self.assertEqual(inside, {"Partnership", "Training"})
        self.assertNotIn("Training", {one["name"] for one in sheet["open"]})
        ann.profiling_set_hand(self.partnership.id, "barred")
        sheet = self.stored(ann)._profiling_sheet()
        self.assertEqual([one["name"] for one in sheet["inside"]], ["Training"])
        self.assertNotIn("Partnership", {one["name"] for one in sheet["open"]})

    def test_noted_on_the_day_where_one_is(self):
        """What is said in the evening of UTC is said tomorrow in Sydney."""
        with freeze_time("2026-06-01 23:00:00"):
            ann = self.prospect("Ann", {"Sector?": "IT"})
        for zone, day in (("Australia/Sydney", "06/02"), ("America/New_York", "06/01")):
            [answer] = ann.with_context(tz=zone)._profiling_sheet_answers()
            self.assertIn(day, answer["noted"])

    def test_a_page_for_each_contact(self):
        two = self.prospect("Ann") | self.prospect("Bob")
        sheet = self.html("res_partner_action_report_profile_sheet", two)
        self.assertEqual(sheet.count('class="page"'), 2)
        self.assertEqual(sheet.count("page-break-after: always"), 1)
        self.assertEqual(sheet.count('class="article"'), 1)

    def test_a_blank_questionnaire(self):
        questions = self.ask("Sector?") | self.ask("Staff?")
        self.ask("Sector?").selection_mode = "multiple"
        self.choice("Staff?", "500+").active = False
        fair = self.env["crm.profiling.questionnaire"].create(
            {"name": "Fair", "question_ids": questions.ids}
        )
        blank = self.html("crm_profiling_questionnaire_action_report_blank", fair)
        for text in ("Fair", "1. Sector?", "(several answers)", "IT", "2. Staff?"):
            self.assertIn(text, blank)
        for text in ("Full name", "Company", "E-mail", "Phone", "101-500"):
            self.assertIn(text, blank)
        self.assertNotIn("500+", blank)
        self.assertNotIn("Budget?", blank)

    def test_a_selection_of_questions(self):
        questions = self.ask("Sector?") | self.ask("Budget?")
        blank = self.html("crm_profiling_question_action_report_blank", questions)
        self.assertIn("1. Sector?", blank)
        self.assertIn("2. Budget?", blank)
        self.assertNotIn("Staff?", blank)
