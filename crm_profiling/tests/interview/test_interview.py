"""An interview: what is asked, what is stored at once, and how it ends."""

from datetime import timedelta

from freezegun import freeze_time
from markupsafe import Markup
from psycopg2.errors import UniqueViolation

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from ..common import LARGE_ACCOUNT, ProfilingCase


class InterviewCase(ProfilingCase):
    """Words for interviews, led by a salesperson."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Interview = cls.env["crm.profiling.interview"].with_user(cls.salesman)
        cls.colleague = new_test_user(
            cls.env(su=True),
            "profiling_colleague",
            groups="sales_team.group_sale_salesman",
            name="Cora Colleague",
        )
        cls.ann = cls.prospect("Ann")

    def begin(self, partner=None, user=None, **vals):
        """Begin an interview, and return what its screen shows."""
        partner = self.ann if partner is None else partner
        return self.Interview.with_user(user or self.salesman).begin(partner.id, **vals)

    @classmethod
    def call_through(cls, partners, user=None, **vals):
        """Return the call list that somebody makes of contacts they chose."""
        chosen = partners.with_user(user or cls.salesman)
        action = chosen.action_profiling_call_list()
        Wizard = chosen.env[action["res_model"]].with_context(**action["context"])
        wizard = Form(Wizard).save()
        wizard.write(vals)
        started = wizard.action_start()
        return cls.env["crm.profiling.queue"].browse(started["params"]["queue_id"])

    def interview(self, shown, user=None):
        """Return the interview that a screen shows."""
        return self.Interview.with_user(user or self.salesman).browse(shown["id"])

    def say(self, shown, question, *answers, user=None, **vals):
        """Answer a question by names, and return what the screen shows then."""
        return self.interview(shown, user).answer(
            self.ask(question).id, self.choice(question, *answers).ids, **vals
        )

    def say_all(self, shown, answers):
        for question, answer in answers.items():
            shown = self.say(shown, question, answer)
        return shown

    def shown_question(self, shown, question):
        return next(q for q in shown["questions"] if q["name"] == question)

    def status(self, shown, question):
        """Return where a question stands."""
        return self.shown_question(shown, question)["status"]

    def next_question(self, shown):
        """Return the name of the question that is asked now, or False."""
        question = self.env["crm.profiling.question"]
        return shown["next"] and question.browse(shown["next"]["question_id"]).name

    def shown_states(self, shown):
        """Return the state of each profile on the screen."""
        return {profile["name"]: profile["state"] for profile in shown["profiles"]}


@tagged("post_install", "-at_install")
class TestInterview(InterviewCase):
    def test_answers_are_stored_at_once(self):
        shown = self.say(self.begin(), "Sector?", "IT", comment="and hardware")
        self.assertProfilesAndTags(self.ann, "Partnership")
        self.assertRecordValues(
            self.ann.profiling_response_ids,
            [
                {
                    "source": "interview",
                    "interview_id": shown["id"],
                    "comment": "and hardware",
                    "user_id": self.salesman.id,
                }
            ],
        )
        self.assertEqual(self.status(shown, "Sector?"), "answered")
        self.assertEqual(self.shown_states(shown)["Partnership"], "matched")
        [given] = self.shown_question(shown, "Sector?")["given"]
        self.assertTrue(given["by_me"])

    def test_a_new_answer_replaces_the_old_one_and_none_takes_it_back(self):
        shown = self.say(self.begin(), "Sector?", "IT")
        shown = self.say(shown, "Sector?", "Services")
        self.assertAnswers(self.ann, {"Sector?": "Services"})
        shown = self.say(shown, "Sector?")
        self.assertAnswers(self.ann, {})
        self.assertEqual(self.status(shown, "Sector?"), "to_ask")

    def test_several_answers(self):
        self.question("Modules?", ["CRM", "Stock", "Sales"], selection_mode="multiple")
        shown = self.say(self.begin(), "Modules?", "CRM", "Stock")
        self.assertAnswers(self.ann, {"Modules?": ["CRM", "Stock"]})
        self.say(shown, "Modules?", "Stock")
        self.assertAnswers(self.ann, {"Modules?": "Stock"})

    def test_an_answer_about_the_company(self):
        self.ask("Staff?").level = "company"
        acme = self.prospect("ACME", is_company=True)
        self.ann.parent_id = acme
        bob = self.prospect("Bob", parent_id=acme.id)
        shown = self.say(self.begin(), "Staff?", "1")
        self.assertEqual(self.status(shown, "Staff?"), "answered")
        self.assertEqual(acme.profiling_response_ids.interview_id.id, shown["id"])
        self.assertAnswers(bob, {"Staff?": "1"})

    def test_what_can_no_longer_matter_is_not_asked(self):
        shown = self.say(self.begin(), "Sector?", "IT")
        self.assertEqual(self.status(shown, "Budget?"), "not_needed")
        self.assertEqual(self.status(shown, "Function?"), "not_needed")
        shown = self.say(shown, "Staff?", "500+")
        self.assertFalse(shown["next"])
        self.assertEqual(shown["progress"]["open_profiles"], 0)

    def test_goes_on_until_all_is_decided(self):
        shown = self.begin()
        asked = []
        while shown["next"]:
            self.assertGreater(shown["next"]["decides"], 0)
            self.assertGreater(shown["progress"]["expected_left"], 0)
            self.assertIn(str(shown["next"]["open"]), shown["next"]["reason"])
            asked.append(self.next_question(shown))
            last = self.ask(asked[-1]).answer_ids[-1]
            shown = self.say(shown, asked[-1], last.name)
        self.assertEqual(len(asked), len(set(asked)))
        self.assertNotIn("open", self.shown_states(shown).values())
        self.assertEqual(shown["progress"]["expected_left"], 0)

    def test_what_has_been_answered_is_not_asked_again(self):
        self.answer(self.ann, "Sector?", "IT")
        self.answer(self.ann, "Staff?", "1")
        shown = self.begin()
        self.assertEqual(self.status(shown, "Sector?"), "answered")
        self.assertEqual(self.next_question(shown), "Journalist?")

    def test_skip_and_ask(self):
        shown = self.begin()
        first = self.next_question(shown)
        interview = self.interview(shown)
        shown = interview.skip(self.ask(first).id)
        self.assertEqual(self.status(shown, first), "skipped")
        self.assertNotEqual(self.next_question(shown), first)
        shown = interview.ask(self.ask(first).id)
        self.assertEqual(self.next_question(shown), first)

    def test_asked_on_request_though_it_decides_nothing(self):
        shown = self.begin()
        shown = self.interview(shown).ask(self.ask("Function?").id)
        self.assertEqual(self.next_question(shown), "Function?")
        self.assertEqual(shown["next"]["decides"], 0)
        shown = self.say(shown, "Function?", "Decision-maker")
        self.assertNotEqual(self.next_question(shown), "Function?")

    def test_profiles_stay_open_for_what_is_not_answered(self):
        shown = self.begin()
        for question in self.env["crm.profiling.question"].search([]):
            shown = self.interview(shown).decline(question.id)
        self.assertFalse(shown["next"])
        self.assertEqual(shown["progress"]["open_profiles"], 4)

    def test_declining_what_all_profiles_need_leaves_the_others_to_be_asked(self):
        self.env["crm.profiling.profile"].search([]).active = False
        for question, answer in {"Staff?": "1", "Budget?": "Unknown"}.items():
            self.profile(f"IT, {question}", {"Sector?": "IT", question: answer})
        shown = self.interview(self.begin()).decline(self.ask("Sector?").id)
        for _question in range(2):
            self.assertIn(self.next_question(shown), ("Staff?", "Budget?"))
            question = self.ask(self.next_question(shown))
            shown = self.interview(shown).answer(
                question.id, question.answer_ids[:1].ids
            )
        self.assertFalse(shown["next"])

    def test_garbage_is_refused(self):
        interview = self.interview(self.begin())
        sector = self.ask("Sector?").id
        two = self.choice("Sector?", "IT", "Services").ids
        for change in (
            lambda: interview.answer("x", []),
            lambda: interview.answer(sector, ["x"]),
            lambda: interview.answer(sector, self.choice("Staff?", "1").ids),
            lambda: interview.answer(sector, two),
            lambda: interview.skip(None),
        ):
            with self.assertRaises(ValidationError):
                change()
        self.assertEqual(interview.answer(sector, False)["id"], interview.id)
        self.assertAnswers(self.ann, {})

    def test_a_question_declined_is_not_asked_in_later_interviews(self):
        shown = self.interview(self.begin()).decline(self.ask("Staff?").id)
        self.assertEqual(self.status(shown, "Staff?"), "declined")
        self.interview(shown).finish()
        later = self.begin(user=self.colleague)
        self.assertEqual(self.status(later, "Staff?"), "declined")
        later = self.interview(later, self.colleague).ask(self.ask("Staff?").id)
        self.assertEqual(self.next_question(later), "Staff?")
        self.interview(later, self.colleague).finish()
        self.assertEqual(self.status(self.begin(), "Staff?"), "to_ask")

    def test_a_question_declined_and_answered_since(self):
        with freeze_time("2026-01-01"):
            shown = self.interview(self.begin()).decline(self.ask("Staff?").id)
            self.interview(shown).finish()
        self.answer(self.ann, "Staff?", "1")
        self.assertEqual(self.status(self.begin(), "Staff?"), "answered")
        self.take_back(self.ann, "Staff?", "1")
        self.assertEqual(self.status(self.begin(), "Staff?"), "declined")

    def test_goes_on_tomorrow(self):
        shown = self.interview(self.begin()).skip(self.ask("Staff?").id)
        with freeze_time(fields.Datetime.now() + timedelta(days=1)):
            again = self.begin()
        self.assertEqual(again["id"], shown["id"])
        self.assertEqual(self.status(again, "Staff?"), "skipped")
        lead = self.env["crm.lead"].create({"name": "Fair", "partner_id": self.ann.id})
        lead.user_id = self.salesman
        for _n in range(2):
            again = self.Interview.begin(lead_id=lead.id)
        self.assertEqual((again["id"], again["lead"]["id"]), (shown["id"], lead.id))
        self.assertNotEqual(self.begin(user=self.colleague)["id"], shown["id"])

    def test_a_questionnaire_in_its_own_order(self):
        questionnaire = self.env["crm.profiling.questionnaire"].create(
            {
                "name": "Fair",
                "question_ids": [
                    Command.set((self.ask("Budget?") | self.ask("Sector?")).ids)
                ],
            }
        )
        shown = self.begin(questionnaire_id=questionnaire.id)
        self.assertEqual(
            [question["name"] for question in shown["questions"]],
            ["Budget?", "Sector?"],
        )
        shown = self.interview(shown).set_order("questionnaire", questionnaire.id)
        self.assertEqual(self.next_question(shown), "Budget?")
        # the specification is not asked: nothing else can be known of that profile
        shown = self.say(shown, "Budget?", "<100k")
        self.assertEqual(self.next_question(shown), "Sector?")
        shown = self.interview(shown).set_order("best", False)
        self.assertEqual(len(shown["questions"]), 6)

    def test_questions_of_another_company_are_not_asked(self):
        other = self.env["res.company"].sudo().create({"name": "Other"})
        self.question("Theirs?", ["Yes", "No"]).sudo().company_id = other
        names = [question["name"] for question in self.begin()["questions"]]
        self.assertNotIn("Theirs?", names)

    def test_an_address_is_asked_as_its_contact(self):
        address = self.prospect("Office", parent_id=self.ann.id, type="delivery")
        self.assertEqual(self.begin(address)["partner"]["id"], self.ann.id)


@tagged("post_install", "-at_install")
class TestStale(InterviewCase):
    """An answer may be valid for so many months."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ask("Staff?").validity_months = 6
        cls.today = fields.Datetime.now()
        with freeze_time(cls.today - timedelta(days=300)):
            cls.answer(cls.ann, "Staff?", "1")
            cls.answer(cls.ann, "Journalist?", "No")

    def stale(self):
        Partner = self.env["res.partner"]
        found = Partner.search([("profiling_has_stale_answers", "=", True)])
        others = Partner.search([("profiling_has_stale_answers", "=", False)])
        self.assertFalse(found & others)
        self.assertEqual(found | others, Partner.search([]))
        return found

    def test_is_asked_again_and_confirmed(self):
        shown = self.begin()
        self.assertEqual(self.status(shown, "Staff?"), "stale")
        [given] = self.shown_question(shown, "Staff?")["given"]
        self.assertTrue(given["stale"])
        self.assertEqual(self.status(shown, "Journalist?"), "answered")
        shown = self.say(shown, "Staff?", "1")
        self.assertEqual(self.status(shown, "Staff?"), "answered")
        response = self.ann.profiling_response_ids.filtered(
            lambda r: r.question_id == self.ask("Staff?")
        )
        self.assertGreaterEqual(response.date, self.today.replace(microsecond=0))
        self.assertEqual(response.user_id, self.salesman)

    def test_profiles_and_tags_stay_until_it_is_answered_anew(self):
        self.assertProfilesAndTags(self.ann, "Training", "SaaS")
        shown = self.begin()
        self.assertEqual(self.shown_states(shown)["SaaS"], "matched")
        self.say(shown, "Staff?", "500+")
        self.assertProfilesAndTags(self.ann)

    def test_is_searched_for(self):
        self.assertEqual(self.stale(), self.ann)
        self.assertTrue(self.ann.profiling_has_stale_answers)
        self.say(self.begin(), "Staff?", "1")
        self.assertFalse(self.stale())
        self.assertFalse(self.stored(self.ann).profiling_has_stale_answers)

    def test_valid_to_the_second(self):
        """For six months, and not again for a day of a longer month."""
        zoe = self.prospect("Zoe")
        with freeze_time("2026-02-28 12:00:00"):
            self.answer(zoe, "Staff?", "1")
        for moment, is_stale in (
            ("2026-08-28 12:00:00", False),
            ("2026-08-28 12:00:01", True),
            ("2026-08-29 00:00:00", True),
            ("2026-08-31 12:00:00", True),
        ):
            with self.subTest(moment), freeze_time(moment):
                zoe.invalidate_recordset()
                self.assertEqual(zoe.profiling_has_stale_answers, is_stale)
                self.assertEqual(zoe in self.stale(), is_stale)
                shown = self.begin(zoe)
                stale = self.status(shown, "Staff?") == "stale"
                self.assertEqual(stale, is_stale)
                self.interview(shown).sudo().unlink()

    def test_valid_for_longer_than_there_are_years(self):
        self.ask("Staff?").validity_months = 2**31 - 1
        self.assertFalse(self.stale())
        self.assertFalse(self.stored(self.ann).profiling_has_stale_answers)
        self.assertEqual(self.status(self.begin(), "Staff?"), "answered")
        self.assertEqual(self.ann.profiling_result["stale_answer_ids"], [])

    def test_an_answer_of_the_company_is_stale_for_all_its_contacts(self):
        self.ask("Staff?").level = "company"
        acme = self.prospect("ACME", is_company=True)
        bob = self.prospect("Bob", parent_id=acme.id)
        self.take_back(self.ann, "Staff?", "1")
        with freeze_time(self.today - timedelta(days=300)):
            self.answer(bob, "Staff?", "1")
        self.assertEqual(self.stale(), acme | bob)

    def test_an_archived_contact_is_stale_too(self):
        self.ann.active = False
        self.assertTrue(self.stored(self.ann).profiling_has_stale_answers)

    def test_not_when_the_question_is_archived(self):
        """Nobody could answer it anew: it would never be done."""
        self.ask("Staff?").active = False
        self.assertFalse(self.stale())
        shown = self.begin()
        self.assertEqual(self.status(shown, "Staff?"), "answered")
        self.assertEqual(self.shown_states(shown)["SaaS"], "matched")

    def test_the_tab_says_so(self):
        [criterion] = self.result(self.ann, self.saas)["criteria"]
        self.assertTrue(criterion["given"][0]["stale"])
        self.assertEqual(
            self.ann.profiling_result["stale_answer_ids"],
            self.choice("Staff?", "1").ids,
        )


@tagged("post_install", "-at_install")
class TestTwoUsers(InterviewCase):
    """Two users ask one contact: nothing is lost, and both are told."""

    def test_both_are_told(self):
        mine = self.begin()
        self.assertFalse(mine["others"])
        theirs = self.begin(user=self.colleague)
        self.assertEqual([one["user"] for one in theirs["others"]], ["Sam Salesman"])
        self.say(theirs, "Sector?", "IT", user=self.colleague)
        mine = self.interview(mine).get_screen()
        self.assertEqual([one["user"] for one in mine["others"]], ["Cora Colleague"])
        self.assertEqual(self.status(mine, "Sector?"), "answered")
        self.assertFalse(self.shown_question(mine, "Sector?")["given"][0]["by_me"])
        self.assertTrue(mine["others"][0]["is_asking"])
        self.interview(theirs, self.colleague).finish()
        mine = self.interview(mine).get_screen()
        self.assertEqual([one["is_asking"] for one in mine["others"]], [False])

    def test_who_has_noted_something_since_it_began(self):
        """At that very second, too; before it nobody was beside the caller."""
        now = fields.Datetime.now().replace(microsecond=0)
        with freeze_time(now):
            mine = self.begin()
            self.answer(self.ann.with_user(self.colleague), "Sector?", "IT")
        others = self.interview(mine).get_screen()["others"]
        self.assertEqual([one["user"] for one in others], ["Cora Colleague"])
        self.stored(self.ann.profiling_response_ids).sudo().date = now - timedelta(
            seconds=1
        )
        self.assertFalse(self.interview(mine).get_screen()["others"])

    def test_an_answer_noted_meanwhile_stays(self):
        question = self.question("Modules?", ["A", "B", "C"], selection_mode="multiple")
        mine = self.begin()
        theirs = self.begin(user=self.colleague)
        self.say(theirs, "Modules?", "A", user=self.colleague)
        self.say(mine, "Modules?", "B", seen_answer_ids=[])
        self.assertAnswers(self.ann, {"Modules?": ["A", "B"]})
        self.say(mine, "Modules?", "C", seen_answer_ids=question.answer_ids[1:].ids)
        self.assertAnswers(self.ann, {"Modules?": ["A", "C"]})

    def test_an_interview_of_a_colleague_is_theirs(self):
        theirs = self.begin(user=self.colleague)
        self.assertEqual(self.interview(theirs).get_screen()["id"], theirs["id"])
        for change in (
            lambda: self.say(theirs, "Sector?", "IT"),
            lambda: self.interview(theirs).skip(self.ask("Sector?").id),
            lambda: self.interview(theirs).finish(),
            lambda: self.interview(theirs).write({"note": "Mine"}),
        ):
            with self.assertRaises(AccessError):
                change()


@tagged("post_install", "-at_install")
class TestToldLate(InterviewCase):
    """What was said without a connection counts from when it was said."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.began = fields.Datetime.now()

    def at(self, minutes):
        return self.began + timedelta(minutes=minutes)

    def dates(self):
        responses = self.env["crm.profiling.response"].sudo()
        return responses.search([("partner_id", "=", self.ann.id)]).mapped("date")

    def test_it_was_said_then(self):
        mine = self.begin()
        with freeze_time(self.at(10)):
            self.say(mine, "Sector?", "IT", said_ago=240)
        self.assertEqual(self.dates(), [self.at(6)])

    def test_what_a_colleague_noted_since_counts(self):
        mine, theirs = self.begin(), self.begin(user=self.colleague)
        with freeze_time(self.at(8)):
            self.say(theirs, "Sector?", "Services", user=self.colleague)
        with freeze_time(self.at(10)):
            shown = self.say(mine, "Sector?", "IT", said_ago=240)
        self.assertAnswers(self.ann, {"Sector?": "Services"})
        self.assertFalse(self.shown_question(shown, "Sector?")["given"][0]["by_me"])
        said, ended = self.at(6), self.at(8)
        self.assertEqual(self.earlier(), [("IT", self.salesman, said, ended)])

    def earlier(self):
        """Return what was said before: the answer, who noted it, from when to when."""
        history = self.env["crm.profiling.response.history"].sudo()
        return [
            (past.answer_id.name, past.user_id, past.date, past.date_end)
            for past in history.search([("partner_id", "=", self.ann.id)])
        ]

    def test_what_is_told_late_twice_is_kept_once(self):
        """Its acknowledgement was lost; the clock went on meanwhile."""
        mine, theirs = self.begin(), self.begin(user=self.colleague)
        with freeze_time(self.at(8)):
            self.say(theirs, "Sector?", "Services", user=self.colleague)
        for minutes, ago in ((10, 240), (11, 301)):
            with freeze_time(self.at(minutes)):
                self.say(mine, "Sector?", "IT", said_ago=ago)
        self.assertEqual([name for name, *_when in self.earlier()], ["IT"])

    def test_it_is_kept_with_its_number_and_words(self):
        self.ask_staff_by_number()
        mine, theirs = self.begin(), self.begin(user=self.colleague)
        with freeze_time(self.at(8)):
            self.say(theirs, "Staff?", number="300", user=self.colleague)
        with freeze_time(self.at(10)):
            self.say(mine, "Staff?", number="7", comment="or so", said_ago=240)
        history = self.env["crm.profiling.response.history"].sudo()
        past = history.search([("partner_id", "=", self.ann.id)])
        self.assertEqual(past.value, 7)
        self.assertIn("7 “or so”", past._as_told())

    def test_of_a_company_it_is_kept_with_the_company(self):
        acme = self.prospect("ACME", is_company=True)
        self.ann.parent_id = acme
        self.question("Whose?", ["Ours", "Theirs"], level="company")
        mine, theirs = self.begin(), self.begin(user=self.colleague)
        with freeze_time(self.at(8)):
            self.say(theirs, "Whose?", "Ours", user=self.colleague)
        with freeze_time(self.at(10)):
            self.say(mine, "Whose?", "Theirs", said_ago=240)
        history = self.env["crm.profiling.response.history"].sudo()
        past = history.search([("partner_id", "in", (self.ann | acme).ids)])
        self.assertEqual((past.partner_id, past.answer_id.name), (acme, "Theirs"))
        self.assertEqual(past._as_told(), "Theirs")

    def test_a_mind_changed_within_a_second(self):
        mine = self.begin()
        with freeze_time(self.at(10)):
            self.say(mine, "Sector?", "IT", said_ago=240)
            self.say(mine, "Sector?", "Services", said_ago=240)
        self.assertAnswers(self.ann, {"Sector?": "Services"})
        self.assertEqual(self.dates(), [self.at(6) + timedelta(seconds=1)])

    def test_not_before_the_interview_began(self):
        mine = self.begin()
        began = self.interview(mine).date_start
        with freeze_time(self.at(10)):
            self.say(mine, "Sector?", "IT", said_ago=10**30)
        self.assertEqual(self.dates(), [began])

    def test_it_ended_when_it_was_said(self):
        """Finished in the train: the call is of that hour, and not longer."""
        mine = self.begin()
        with freeze_time(self.at(130)):
            self.say(mine, "Sector?", "IT", said_ago=125 * 60)
            self.interview(mine).finish("On my way", said_ago=120 * 60)
        interview = self.interview(mine).sudo()
        self.assertEqual(interview.date_end, self.at(10))
        [call] = (
            self.env["crm.profiling.try"]
            .sudo()
            .search([("interview_id", "=", interview.id)])
        )
        self.assertEqual(call.date, self.at(10))
        took = self.at(10) - interview.date_start
        self.assertAlmostEqual(call.minutes, took.total_seconds() / 60, 1)

    def test_garbage_is_refused(self):
        mine = self.begin()
        with self.assertRefused(ValidationError, "number of seconds"):
            self.interview(mine).finish(said_ago="5")
        for ago in (-1, "5", True, 1.5, float("nan"), [], {}):
            with self.assertRefused(ValidationError, "number of seconds"):
                self.say(mine, "Sector?", "IT", said_ago=ago)


@tagged("post_install", "-at_install")
class TestChangedMeanwhile(InterviewCase):
    """Clear words where something is gone, and nothing is lost."""

    def test_the_question_was_archived(self):
        shown = self.say(self.begin(), "Sector?", "IT")
        self.ask("Staff?").active = False
        with self.assertRefused(ValidationError, "Staff?", "archived", "next question"):
            self.say(shown, "Staff?", "1")
        shown = self.interview(shown).get_screen()
        self.assertEqual(self.status(shown, "Sector?"), "answered")
        self.assertNotIn("Staff?", [q["name"] for q in shown["questions"]])

    def test_the_question_was_deleted(self):
        shown = self.begin()
        question = self.ask("Function?")
        question_id, answer_ids = question.id, question.answer_ids.ids
        question.unlink()
        with self.assertRefused(ValidationError, "deleted", "next question"):
            self.interview(shown).answer(question_id, answer_ids[:1])

    def test_the_answer_was_deleted(self):
        shown = self.begin()
        answer = self.choice("Function?", "Decision-maker")
        gone = answer.id
        answer.unlink()
        with self.assertRefused(ValidationError, "Function?", "deleted"):
            self.interview(shown).answer(self.ask("Function?").id, [gone])

    def test_an_answer_that_was_archived_is_said_again(self):
        """Who gave it keeps it, and may confirm it."""
        shown = self.say(self.begin(), "Sector?", "IT", comment="Telephones")
        self.choice("Sector?", "IT").active = False
        shown = self.say(shown, "Sector?", "IT", comment="Computers")
        self.assertEqual(self.status(shown, "Sector?"), "answered")
        self.assertEqual(self.ann.profiling_response_ids.comment, "Computers")

    def test_the_answer_was_archived(self):
        shown = self.begin()
        self.choice("Staff?", "500+").active = False
        with self.assertRefused(ValidationError, "500+", "Staff?", "archived"):
            self.say(shown, "Staff?", "500+")

    def test_the_contact_was_deleted(self):
        shown = self.begin()
        self.ann.sudo().unlink()
        with self.assertRefused(UserError, "deleted", "again"):
            self.say(shown, "Staff?", "1")

    def test_the_interview_is_finished(self):
        shown = self.interview(self.begin()).finish()
        with self.assertRefused(UserError, "Ann", "finished"):
            self.say(shown, "Staff?", "1")
        shown = self.interview(shown).reopen()
        self.assertEqual(shown["state"], "ongoing")
        self.say(shown, "Staff?", "1")

    def test_nothing_to_ask_about(self):
        with self.assertRefused(UserError, "Choose a contact"):
            self.Interview.begin()
        gone = self.prospect("Gone")
        gone_id = gone.id
        gone.sudo().unlink()
        with self.assertRefused(UserError, "deleted"):
            self.Interview.begin(gone_id)

    def test_no_second_interview_of_one_contact(self):
        self.begin()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.Interview.create({"partner_id": self.ann.id})

    def test_contacts_that_are_not_theirs_to_change(self):
        self.env["ir.rule"].sudo().create(
            {
                "name": "Ann is read-only",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": [("id", "!=", self.ann.id)],
                "perm_read": False,
            }
        )
        with self.assertRaises(AccessError):
            self.begin()
        with self.assertRaises(AccessError):
            self.Interview.create({"partner_id": self.ann.id})
        with self.assertRaises(AccessError):
            self.begin(user=self.outsider)

    def test_a_contact_that_is_not_theirs_any_more(self):
        shown = self.begin()
        self.env["ir.rule"].sudo().create(
            {
                "name": "Ann is read-only",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": [("id", "!=", self.ann.id)],
                "perm_read": False,
            }
        )
        with self.assertRaises(AccessError):
            self.say(shown, "Sector?", "IT")
        bobs = self.interview(self.begin(self.prospect("Bob")))
        with self.assertRefused(UserError, "stays with its contact"):
            bobs.partner_id = self.ann

    def test_a_questionnaire_that_is_gone(self):
        with self.assertRefused(UserError, "deleted meanwhile"):
            self.begin(questionnaire_id=0x7FFFFFFF)

    def test_what_was_answered_before_it_was_archived_is_still_there(self):
        """The question on the screen, and of several answers the others as well."""
        needs = self.question("Needs?", ["A", "B", "C"], selection_mode="multiple")
        shown = self.say(self.begin(), "Sector?", "IT")
        shown = self.say(shown, "Needs?", "A", "B")
        ids = {name: self.choice("Needs?", name).id for name in "ABC"}
        self.ask("Sector?").with_env(self.env).active = False
        needs.answer_ids[0].with_env(self.env).active = False
        shown = self.interview(shown).get_screen()
        self.assertTrue(self.shown_question(shown, "Sector?")["given"])
        interview = self.interview(shown).with_env(self.env(user=self.salesman))
        interview.answer(needs.id, [ids["A"], ids["C"]])
        self.assertAnswers(self.ann, {"Sector?": "IT", "Needs?": ["A", "C"]})


@tagged("post_install", "-at_install")
class TestEnd(InterviewCase):
    def notes(self, record):
        return record.message_ids.filtered(lambda m: "Interviewed" in m.body)

    def test_the_summary(self):
        self.answer(self.ann, "Staff?", "2-20")
        shown = self.say_all(
            self.begin(), {**LARGE_ACCOUNT, "Staff?": "500+", "Journalist?": "No"}
        )
        shown = self.interview(shown).finish(note="Calls back")
        self.assertEqual(shown["state"], "done")
        self.assertFalse(shown["next"])
        summary = shown["summary"]
        self.assertIn(
            {"question": "Sector?", "answers": ["Services"], "comments": []},
            summary["answered"],
        )
        self.assertEqual(summary["entered"], ["Large accounts, services"])
        self.assertEqual(summary["left"], ["SaaS"])
        [offer] = summary["offers"]
        self.assertEqual(offer["profile"], "Large accounts, services")
        self.assertIn("joint meeting", offer["offer"])
        interview = self.interview(shown)
        self.assertEqual(interview.answered_count, 5)
        self.assertEqual(interview.entered_profile_ids.ids, self.large.ids)
        self.assertEqual(self.ann.profiling_last_interview, interview.date_end)

    def test_comments_are_in_the_summary_and_in_the_note(self):
        shown = self.say(self.begin(), "Sector?", "IT", comment="And <b>telephones</b>")
        shown = self.interview(shown).finish()
        [line] = shown["summary"]["answered"]
        self.assertEqual(line["comments"], ["And <b>telephones</b>"])
        self.assertIn("“And &lt;b&gt;telephones&lt;/b&gt;”", self.notes(self.ann).body)

    def test_a_note_on_the_contact_once(self):
        self.ask("Sector?").name = "Sector & <more>?"
        shown = self.say(self.begin(), "Sector & <more>?", "IT")
        self.interview(shown).finish(note="<b>Bold</b>")
        self.interview(shown).finish(note="Again")
        note = self.notes(self.ann)
        self.assertEqual(len(note), 1)
        self.assertEqual(note.author_id, self.salesman.partner_id)
        self.assertEqual(note.subtype_id, self.env.ref("mail.mt_note"))
        self.assertIn(Markup.escape("Sector & <more>?"), note.body)
        self.assertIn("IT", note.body)
        self.assertIn("Partnership", note.body)
        self.assertIn("&lt;b&gt;Bold", note.body)
        self.assertNotIn("Again", note.body)

    def test_the_note_stays_when_the_interview_is_opened_again(self):
        interview = self.interview(self.begin())
        interview.finish(note="Calls back")
        interview.reopen()
        interview.finish()
        self.assertEqual(interview.note, "Calls back")

    def test_opened_again_and_finished_its_note_is_written_anew(self):
        shown = self.say(self.begin(), "Staff?", "1")
        interview = self.interview(shown)
        interview.finish()
        [note] = self.notes(self.ann)
        interview.reopen()
        self.say(shown, "Sector?", "IT")
        interview.finish(note="Calls back")
        self.assertEqual(self.notes(self.ann), note)
        for word in ("Staff?", "Sector?", "Partnership", "Calls back"):
            self.assertIn(word, note.body)

    def test_no_script_in_a_summary(self):
        """It is kept on the interview; nobody may write it, but somebody could once."""
        shown = self.say_all(self.begin(), LARGE_ACCOUNT)
        interview = self.interview(shown)
        summary = interview.finish()["summary"]
        [offer] = summary["offers"]
        offer["offer"] = "<p>Hello<img src='x' onerror='alert(1)'></p>"
        interview.sudo().summary = summary
        [offer] = interview.get_screen()["summary"]["offers"]
        self.assertIn("Hello", offer["offer"])
        self.assertNotIn("onerror", offer["offer"])

    def test_what_a_colleague_answered_is_not_in_my_note(self):
        mine, theirs = self.begin(), self.begin(user=self.colleague)
        self.say(theirs, "Sector?", "IT", user=self.colleague)
        self.say(mine, "Staff?", "1")
        self.interview(mine).decline(self.ask("Budget?").id)
        shown = self.interview(mine).finish()
        self.assertEqual(shown["summary"]["declined"], ["Budget?"])
        self.assertEqual(
            [one["question"] for one in shown["summary"]["answered"]], ["Staff?"]
        )

    def test_the_next_activity(self):
        kind = self.env.ref("mail.mail_activity_data_call")
        day = fields.Date.today() + timedelta(days=20)
        shown = self.begin()
        self.assertIn(kind.id, [one["id"] for one in shown["activity_types"]])
        self.interview(shown).finish(
            activity={
                "activity_type_id": kind.id,
                "date_deadline": fields.Date.to_string(day),
                "summary": "Send the offer",
                "user_id": self.colleague.id,
            }
        )
        self.assertRecordValues(
            self.ann.activity_ids,
            [
                {
                    "activity_type_id": kind.id,
                    "date_deadline": day,
                    "summary": "Send the offer",
                    "user_id": self.colleague.id,
                }
            ],
        )

    def test_forgotten_interviews(self):
        with freeze_time("2026-01-01"):
            empty = self.interview(self.begin())
            bob, eve = self.prospect("Bob"), self.prospect("Eve")
            answered = self.interview(self.say(self.begin(bob), "Staff?", "1"))
            skipped = self.interview(self.begin(eve))
            skipped.skip(self.ask("Staff?").id)
            declined = self.interview(self.begin(self.prospect("Max")))
            declined.decline(self.ask("Staff?").id)
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE crm_profiling_interview SET write_date = '2026-01-01'"
            )
            self.env.invalidate_all()
        with freeze_time("2026-01-10"):
            self.Interview.sudo()._gc_forgotten()
        self.assertFalse(empty.exists())
        with freeze_time("2026-01-31"):  # thirty days, and not a second more
            self.Interview.sudo()._gc_forgotten()
        self.assertEqual(
            set((answered | skipped | declined).mapped("state")), {"ongoing"}
        )
        # somebody who answered on the last of thirty days is being talked to
        self.env.cr.execute(
            "UPDATE crm_profiling_response SET date = '2026-01-30' WHERE id = ANY(%s)",
            [answered.response_ids.ids],
        )
        self.env.invalidate_all()
        with freeze_time("2026-03-01"):
            self.Interview.sudo()._gc_forgotten()
        self.assertEqual(set((skipped | declined).mapped("state")), {"done"})
        self.assertEqual(answered.state, "ongoing")
        with freeze_time("2026-03-01 00:00:01"):
            self.Interview.sudo()._gc_forgotten()
        self.assertEqual(answered.state, "done")
        self.assertEqual(answered.answered_count, 1)
        self.assertAnswers(bob, {"Staff?": "1"})


@tagged("post_install", "-at_install")
class TestMergedContacts(InterviewCase):
    """Interviews and places in call lists follow the contact that stays."""

    def merge(self, source, target):
        self.env["base.partner.merge.automatic.wizard"].sudo()._merge(
            (source | target).ids, target
        )
        self.env.invalidate_all()

    def test_interviews_follow(self):
        bob = self.prospect("Bob")
        done = self.interview(self.say(self.begin(bob), "Sector?", "IT"))
        done.finish()
        self.say(self.begin(), "Staff?", "1")
        again = self.interview(self.say(self.begin(bob), "Function?", "Decision-maker"))
        self.merge(bob, self.ann)
        interviews = self.ann.profiling_interview_ids
        self.assertEqual(len(interviews), 3)
        self.assertIn(done, interviews)
        self.assertEqual(len(interviews.filtered(lambda i: i.state == "ongoing")), 1)
        self.assertEqual(
            self.ann.profiling_last_interview,
            max(interviews.filtered("date_end").mapped("date_end")),
        )
        shown = self.begin()
        self.assertEqual(self.status(shown, "Function?"), "answered")
        self.assertTrue(again.response_ids)

    def test_places_in_call_lists_follow(self):
        bob, eve = self.prospect("Bob"), self.prospect("Eve")
        for partners in (self.ann | bob, bob | eve):
            self.call_through(partners)
        both, one = self.env["crm.profiling.queue"].search([], limit=2)[::-1]
        shown = self.Interview.begin(bob.id, queue_id=both.id)
        self.interview(shown).finish()
        self.merge(bob, self.ann)
        self.assertEqual(both.line_ids.partner_id, self.ann)
        self.assertEqual(both.line_ids.state, "done")
        self.assertEqual(one.line_ids.partner_id.ids, (self.ann | eve).ids)


@tagged("post_install", "-at_install")
class TestInterviewCompanies(InterviewCase):
    """Each company sees its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].sudo().create({"name": "Other"})

    def test_interviews_of_contacts_of_another_company(self):
        interview = self.interview(self.begin())
        self.ann.sudo().company_id = self.other
        self.assertFalse(interview.search([("id", "=", interview.id)]))
        with self.assertRaises(AccessError):
            interview.get_screen()

    def test_what_is_ones_own_is_not_told_on_a_shared_contact(self):
        """All companies read its chatter."""
        ours = self.question("Ours?", ["Secret", "No"])
        ours.sudo().company_id = self.salesman.company_id
        shown = self.begin()
        interview = self.interview(shown)
        interview.answer(ours.id, self.choice("Ours?", "Secret").ids, "hush")
        self.say(shown, "Sector?", "IT")
        interview.finish()
        note = self.ann.sudo().message_ids[0].body
        for word in ("Ours", "Secret", "hush"):
            self.assertNotIn(word, note)
        self.assertIn("Sector?", note)
        self.assertIn("own questions: 1", note)

    def test_the_question_asked_for_is_not_named_to_others(self):
        interview = self.interview(self.begin())
        interview.ask(self.ask("Budget?").id)
        with self.assertRaises(AccessError):
            interview.read(["requested_question_id"])

    def test_what_it_led_to_names_no_company_that_one_is_not_in(self):
        """Whichever companies were chosen when it ended."""
        user = self.salesman
        user.sudo().company_ids |= self.other
        both = user.company_ids.ids
        self.question("Theirs?", ["Yes", "No"]).sudo().company_id = self.other
        shown = self.begin()
        interview = self.interview(shown).with_context(allowed_company_ids=both)
        theirs = self.ask("Theirs?").sudo()
        interview.answer(theirs.id, theirs.answer_ids[:1].ids)
        interview = interview.with_context(allowed_company_ids=user.company_id.ids)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(interview.finish()["summary"])
        interview = interview.with_context(allowed_company_ids=both)
        [answered] = interview.get_screen()["summary"]["answered"]
        self.assertEqual(answered["question"], "Theirs?")

    def test_questions_of_the_contacts_company(self):
        """Even to a user of several companies only those are shown."""
        user = self.salesman
        user.sudo().company_ids |= self.other
        companies = user.company_ids.ids
        self.question("Theirs?", ["Yes", "No"]).sudo().company_id = self.other
        self.question("Ours?", ["Yes", "No"]).sudo().company_id = user.company_id
        self.ann.company_id = user.company_id
        Interview = self.Interview.with_context(allowed_company_ids=companies)
        names = [q["name"] for q in Interview.begin(self.ann.id)["questions"]]
        self.assertIn("Ours?", names)
        self.assertNotIn("Theirs?", names)
