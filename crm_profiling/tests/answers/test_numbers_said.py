"""Numbers and words that contacts answer with."""

import random
from datetime import timedelta

from odoo.exceptions import ValidationError
from odoo.fields import Command, Datetime
from odoo.tests import Form, tagged

from ..common import ProfilingCase


class NumbersCase(ProfilingCase):
    """Staff is asked as a number; other sectors are asked for in words."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.staff = cls.ask_staff_by_number("employees")
        cls.others = cls.choice("Sector?", "Others")
        cls.others.needs_words = True

    @classmethod
    def said(cls, number):
        return {"numbers": {str(cls.staff.id): number}}

    def assertSaid(self, partner, answer, value):
        """Check what counts as the number of staff, and as its answer."""
        responses = self.stored(partner).profiling_response_ids
        response = responses.filtered(lambda r: r.question_id == self.staff)
        self.assertEqual(response.answer_id.name, answer)
        self.assertEqual(response._values_said().get(response.id), value)

    def history(self, partner):
        History = self.env["crm.profiling.response.history"].sudo()
        return History.search([("partner_id", "=", partner.id)])


@tagged("post_install", "-at_install")
class TestNumbersSaid(NumbersCase):
    """A number gives its answer, and is kept beside it."""

    def test_a_number_is_an_answer(self):
        ann = self.prospect("Ann")
        ann.profiling_said = self.said("about 37")
        self.assertSaid(ann, "21-50", 37)
        self.assertProfiles(ann, "SaaS")
        self.assertEqual(
            ann.profiling_said, {"numbers": {str(self.staff.id): "37"}, "words": {}}
        )
        self.assertEqual(ann.profiling_response_ids.number, "37 employees")

    def test_a_contact_is_created_with_a_number(self):
        ann = self.env["res.partner"].create(
            {"name": "Ann", "profiling_said": self.said("12")}
        )
        self.assertSaid(ann, "2-20", 12)
        self.assertProfiles(ann, "SaaS")

    def test_many_are_created_with_numbers(self):
        """As by one call: what the first said does not silence the others."""
        people = self.env["res.partner"].create(
            [
                {"name": str(number), "profiling_said": self.said(str(number))}
                for number in (12, 30, 60)
            ]
        )
        for partner, answer, number in zip(
            people, ("2-20", "21-50", "51-100"), (12, 30, 60), strict=True
        ):
            self.assertSaid(partner, answer, number)

    def test_what_many_said_is_read_at_once(self):
        """By as many queries as what one said."""
        acme = self.prospect("Acme", is_company=True)
        self.staff.level = "company"
        acme.profiling_said = self.said("1200")
        some = [
            self.prospect(f"P{number}", {"Sector?": "Others"}, parent_id=acme.id)
            for number in range(3)
        ]
        some[1].profiling_said = {"words": {str(self.others.id): "Fishing"}}

        def read(partners):
            return self.stored(partners).mapped("profiling_said")

        one = self.count_queries(read, some[0])
        many = self.env["res.partner"].union(*some, acme)
        self.assertEqual(self.count_queries(read, many), one)
        numbers = {str(self.staff.id): "1,200"}
        words = {str(self.others.id): "Fishing"}
        self.assertEqual(
            read(many),
            [{"numbers": numbers, "words": said} for said in ({}, words, {}, {})],
        )

    def test_nothing_is_no_number_and_zero_is_one(self):
        self.choice("Staff?", "1").value_from = 0
        ann = self.prospect("Ann", {"Staff?": "1"})
        self.assertSaid(ann, "1", None)
        self.assertEqual(ann.profiling_response_ids.number, False)
        ann.profiling_said = self.said("0")
        self.assertSaid(ann, "1", 0)
        self.assertEqual(ann.profiling_response_ids.number, "0 employees")

    def test_zero_is_a_number_in_whatever_way_it_comes(self):
        """A file tells numbers beside their answers."""
        self.choice("Staff?", "1").value_from = 0
        ann, bob = self.prospect("Ann"), self.prospect("Bob")
        none, some = (self.choice("Staff?", name).id for name in ("1", "2-20"))
        self.env["crm.profiling.response"]._record(
            {ann.id: ({none}, set()), bob.id: ({some}, set())},
            {"source": "import"},
            {(ann.id, none): {"value": 0}, (bob.id, some): {"value": 2}},
        )
        self.assertSaid(ann, "1", 0)
        self.assertSaid(bob, "2-20", 2)
        self.assertEqual(ann.profiling_response_ids.number, "0 employees")
        self.choice("Staff?", "1").value_from = -5
        self.staff.answer_ids = [Command.create({"name": "0", "value_from": 0})]
        self.assertSaid(ann, "0", 0)

    def test_another_answer_forgets_the_number(self):
        ann = self.prospect("Ann", profiling_said=self.said("37"))
        self.answer(ann, "Staff?", "2-20")
        self.assertSaid(ann, "2-20", None)
        self.assertEqual(self.history(ann).number, "37 employees")

    def test_the_same_answer_keeps_the_number(self):
        ann = self.prospect("Ann", profiling_said=self.said("37"))
        self.answer(ann, "Staff?", "21-50")
        self.assertSaid(ann, "21-50", 37)
        ann.profiling_said = self.said("21-50")
        self.assertSaid(ann, "21-50", 37)

    def test_numbers_of_some_and_answers_of_others_at_once(self):
        """As a file tells them: who gives no number keeps the one there is."""
        ann = self.prospect("Ann", profiling_said=self.said("37"))
        bob = self.prospect("Bob", profiling_said=self.said("30"))
        eve = self.prospect("Eve", {"Sector?": "IT"})
        staff = self.choice("Staff?", "21-50").id
        give = {staff, self.choice("Sector?", "IT").id}
        self.env["crm.profiling.response"]._record(
            {partner.id: (give, set()) for partner in (ann, bob, eve)},
            {"source": "import"},
            {(bob.id, staff): {"value": 49.5}, (eve.id, staff): {"value": 21}},
        )
        for partner, value in ((ann, 37), (bob, 49.5), (eve, 21)):
            self.assertSaid(partner, "21-50", value)
            self.assertAnswers(partner, {"Staff?": "21-50", "Sector?": "IT"})
            self.assertEqual(
                set(partner.profiling_response_ids.mapped("source")), {"import"}
            )
        self.assertEqual(self.history(bob).number, "30 employees")

    def test_a_number_and_answers_come_in_one_form(self):
        ann = self.prospect("Ann", {"Staff?": "1"})
        ann.write(
            {
                "profiling_answer_ids": [
                    Command.unlink(self.choice("Staff?", "1").id),
                    Command.link(self.choice("Staff?", "21-50").id),
                    Command.link(self.choice("Sector?", "IT").id),
                ],
                "profiling_said": self.said("37"),
            }
        )
        self.assertSaid(ann, "21-50", 37)
        self.assertAnswers(ann, {"Staff?": "21-50", "Sector?": "IT"})
        self.assertEqual(len(self.history(ann)), 1)

    def test_a_newer_number_of_the_same_answer_is_kept(self):
        ann = self.prospect("Ann", profiling_said=self.said("37"))
        ann.profiling_said = self.said("40+")
        self.assertSaid(ann, "21-50", 40)
        past = self.history(ann)
        self.assertEqual((past.number, past.end_reason), ("37 employees", "confirmed"))

    def test_an_older_number_replaces_nothing(self):
        ann = self.prospect("Ann", profiling_said=self.said("37"))
        band, value = self.staff._answer_by_number("1200")
        Response = self.env["crm.profiling.response"]
        Response._record(
            {ann.id: ({band}, set())},
            {"value": value, "date": Datetime.now() - timedelta(days=1)},
        )
        self.assertSaid(ann, "21-50", 37)

    def test_a_form_that_says_the_same_changes_nothing(self):
        ann = self.prospect("Ann", profiling_said=self.said("37"))
        self.env.flush_all()
        date = ann.profiling_response_ids.date
        ann.profiling_said = {**ann.profiling_said}
        # nor one in which the number is left empty
        ann.profiling_said = self.said("")
        self.assertSaid(ann, "21-50", 37)
        self.assertFalse(self.history(ann))
        self.assertEqual(ann.profiling_response_ids.date, date)

    def test_a_company_holds_what_its_contact_says(self):
        self.staff.level = "company"
        company = self.env["res.partner"].create({"name": "Co", "is_company": True})
        ann, bob = (self.prospect(n, parent_id=company.id) for n in ("Ann", "Bob"))
        ann.profiling_said = self.said("37")
        self.assertSaid(company, "21-50", 37)
        self.assertEqual(bob.profiling_said["numbers"], {str(self.staff.id): "37"})
        self.assertProfiles(bob, "SaaS")

    def test_a_number_goes_with_the_question_to_another_level(self):
        company = self.env["res.partner"].create({"name": "Co", "is_company": True})
        self.prospect("Ann", parent_id=company.id, profiling_said=self.said("37"))
        self.staff.level = "company"
        self.assertSaid(company, "21-50", 37)

    def test_what_is_no_number_is_refused_in_words(self):
        ann = self.prospect("Ann")
        sector = self.ask("Sector?")
        for said, *words in (
            (self.said("0"), "below the lowest"),
            (self.said("many"), "“many” is none"),
            ({"numbers": {str(sector.id): "37"}}, "takes no number"),
            ({"numbers": {"99999999": "37"}}, "takes no number"),
            ({"numbers": {"x": "37"}}, "by question"),
            ({"numbers": {str(self.staff.id): 37}}, "by question"),
            ({"numbers": [37]}, "by question"),
            ({"words": {str(self.others.id): [1]}}, "by question"),
            ({"words": {"99999999": "Farming"}}, "There is no answer"),
            ([37], "by question"),
            ("37", "by question"),
        ):
            with self.subTest(said=said), self.assertRefused(ValidationError, *words):
                ann.profiling_said = said
        self.assertFalse(self.stored(ann).profiling_response_ids)

    def test_a_number_is_read_without_being_stored(self):
        band = self.choice("Staff?", "21-50")
        read = {"answer_id": band.id, "answer": "21-50", "number": "37"}
        self.assertEqual(self.staff.read_number("about 37"), read)
        self.assertEqual(self.staff.read_number("21-50"), {**read, "number": ""})
        with self.assertRefused(ValidationError, "takes no number"):
            self.ask("Sector?").read_number("37")

    def test_why_says_the_number(self):
        ann = self.prospect("Ann", profiling_said=self.said("37"))
        criterion = self.result(ann, self.saas)["criteria"][0]
        self.assertEqual(criterion["given"][0]["answer"], "21-50 · 37 employees")
        sheet = ann._profiling_sheet()
        self.assertEqual(sheet["answers"][0]["answers"], "21-50 · 37 employees")

    def test_numbers_are_averaged(self):
        for number in ("10", "20", "37"):
            self.prospect(f"With {number}", profiling_said=self.said(number))
        self.prospect("None", {"Staff?": "2-20"})
        average = self.env["crm.profiling.response"]._read_group(
            [("question_id", "=", self.staff.id)], ["answer_id"], ["value:avg"]
        )
        self.assertEqual(
            {answer.name: value for answer, value in average},
            {"2-20": 15, "21-50": 37},
        )


@tagged("post_install", "-at_install")
class TestWordsSaid(NumbersCase):
    """Some answers ask for words."""

    def words(self, words):
        return {"words": {str(self.others.id): words}}

    def test_words_come_with_their_answer(self):
        ann = self.prospect("Ann", profiling_said=self.words(" Farming "))
        self.assertAnswers(ann, {"Sector?": "Others"})
        self.assertEqual(ann.profiling_response_ids.comment, "Farming")
        self.assertEqual(ann.profiling_said["words"], {str(self.others.id): "Farming"})
        self.assertEqual(ann._profiling_sheet()["answers"][0]["answers"],
                         "Others “Farming”")  # fmt: skip

    def test_other_words_leave_who_noted_the_answer(self):
        ann = self.prospect("Ann", {"Sector?": "Others"})
        ann.with_user(self.salesman).profiling_said = self.words("Farming")
        response = self.stored(ann).profiling_response_ids
        self.assertEqual(
            (response.user_id, response.comment), (self.manager, "Farming")
        )
        ann.profiling_said = self.words("")
        self.assertFalse(self.stored(ann).profiling_response_ids.comment)
        self.assertFalse(self.history(ann))

    def test_no_words_give_no_answer(self):
        ann = self.prospect("Ann", profiling_said=self.words("  "))
        self.assertFalse(ann.profiling_response_ids)


@tagged("post_install", "-at_install")
class TestNumbersAsked(NumbersCase):
    """In an interview a number is typed as it is said."""

    def begin(self, partner):
        Interview = self.env["crm.profiling.interview"]
        return Interview.browse(Interview.begin(partner_id=partner.id)["id"])

    def entry(self, snapshot):
        questions = {one["id"]: one for one in snapshot["questions"]}
        return questions[self.staff.id]

    def test_a_number_is_answered(self):
        ann = self.prospect("Ann")
        interview = self.begin(ann)
        asked = self.entry(interview.get_screen())
        self.assertTrue(asked["by_number"])
        self.assertEqual([one.get("from") for one in asked["answers"]],
                         [1, 2, 21, 51, 101, 501])  # fmt: skip
        snapshot = interview.answer(self.staff.id, [], "", [], "about 37")
        self.assertSaid(ann, "21-50", 37)
        (given,) = self.entry(snapshot)["given"]
        self.assertEqual(given["number"], "37 employees")
        self.assertEqual(ann.profiling_response_ids.interview_id, interview)

    def test_the_number_counts_whatever_the_screen_took_it_for(self):
        ann = self.prospect("Ann")
        wrong = self.choice("Staff?", "500+").ids
        self.begin(ann).answer(self.staff.id, wrong, "", [], "37")
        self.assertSaid(ann, "21-50", 37)

    def test_history_tells_the_number(self):
        ann = self.prospect("Ann", profiling_said=self.said("37"))
        interview = self.begin(ann)
        interview.answer(self.staff.id, [], None, None, "12")
        (past,) = interview.get_history()["answers"]
        self.assertEqual(past["answer"], "21-50 · 37 employees")

    def test_what_is_no_number_is_refused(self):
        interview = self.begin(self.prospect("Ann"))
        for number in ("0", "many", 0, [1], {}, True, ""):
            with self.assertRefused(ValidationError, "Staff?"):
                interview.answer(self.staff.id, [], "", [], number)
        with self.assertRefused(ValidationError, "takes no number"):
            interview.answer(self.ask("Sector?").id, [], "", [], "37")


@tagged("post_install", "-at_install")
class TestBandsMoved(NumbersCase):
    """Known numbers belong to other answers once the bands are others."""

    def test_a_number_moves_with_the_bands(self):
        ann = self.prospect("Ann", profiling_said=self.said("37"))
        self.assertProfiles(ann, "SaaS")
        date = ann.profiling_response_ids.date
        self.choice("Staff?", "51-100").value_from = 30
        self.assertSaid(ann, "51-100", 37)
        self.assertProfilesAndTags(ann)
        self.assertEqual(ann.profiling_response_ids.date, date)
        self.assertFalse(self.history(ann))
        self.choice("Staff?", "51-100").value_from = 51
        self.assertSaid(ann, "21-50", 37)
        self.assertProfilesAndTags(ann, "SaaS")

    def test_without_a_number_nobody_moves(self):
        ann = self.prospect("Ann", {"Staff?": "21-50"})
        self.choice("Staff?", "51-100").value_from = 30
        self.assertSaid(ann, "21-50", None)

    def test_an_answer_out_of_use_hands_its_numbers_on(self):
        ann = self.prospect("Ann", profiling_said=self.said("37"))
        band = self.choice("Staff?", "21-50")
        band.active = False
        self.assertSaid(ann, "2-20", 37)
        band.active = True
        self.assertSaid(ann, "21-50", 37)

    def test_a_new_answer_takes_its_numbers(self):
        ann = self.prospect("Ann", profiling_said=self.said("37"))
        self.staff.answer_ids = [Command.create({"name": "31-50", "value_from": 31})]
        self.assertSaid(ann, "31-50", 37)

    def test_below_the_lowest_a_number_stays(self):
        ann = self.prospect("Ann", profiling_said=self.said("1"))
        self.choice("Staff?", "1").active = False
        self.assertSaid(ann, "1", 1)

    def test_all_contacts_of_a_company_move(self):
        self.staff.level = "company"
        company = self.env["res.partner"].create({"name": "Co", "is_company": True})
        ann = self.prospect("Ann", parent_id=company.id)
        ann.profiling_said = self.said("37")
        self.assertProfiles(ann, "SaaS")
        self.choice("Staff?", "51-100").value_from = 30
        self.assertProfilesAndTags(ann)

    def test_whatever_bands_become_each_number_is_in_its_own(self):
        chance = random.Random(14)
        people = {
            self.prospect(f"P{n}", profiling_said=self.said(str(value))): value
            for n, value in enumerate(chance.sample(range(1, 700), 15))
        }
        for _step in range(8):
            starts = sorted(chance.sample(range(700), 6))
            before = {p: p.profiling_response_ids.answer_id for p in people}
            self.staff.answer_ids = [
                Command.update(answer.id, {"value_from": start})
                for answer, start in zip(self.staff.answer_ids, starts, strict=True)
            ]
            for person, value in people.items():
                below = [s for s in starts if s <= value]
                place = self.staff.answer_ids[len(below) - 1]
                held = self.stored(person).profiling_response_ids
                self.assertEqual(held.answer_id, place if below else before[person])
                inside = held.answer_id.name in ("1", "2-20", "21-50")
                self.assertProfiles(person, *(["SaaS"] if inside else []))

    def test_what_saving_would_change_is_told_before(self):
        for number in ("37", "45", "12"):
            self.prospect(f"P{number}", profiling_said=self.said(number))
        self.prospect("No number", {"Staff?": "21-50"})
        with Form(self.staff) as form:
            self.assertFalse(form.change_preview)
            with form.answer_ids.edit(3) as line:
                line.value_from = 30
            self.assertEqual(form.change_preview, "Saving this: SaaS: +0, −2")
        members = self.stored(self.saas).membership_ids.partner_id
        self.assertEqual(sorted(members.mapped("name")), ["No number", "P12"])
        with Form(self.staff) as form:
            with form.answer_ids.edit(3) as line:
                line.value_from = 40
            self.assertEqual(form.change_preview, "Saving this: SaaS: +1, −0")
        form = self.staff.new({"by_number": False}, origin=self.staff)
        self.assertTrue(form.change_preview, "numbers belong to no answer any more")
