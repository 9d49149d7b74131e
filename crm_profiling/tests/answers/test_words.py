"""What was said later counts, and what was said before is kept."""

import importlib.util
from datetime import datetime, timedelta
from pathlib import Path

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import ProfilingCase

JANUARY, MARCH, MAY = (datetime(2026, month, 1, 12) for month in (1, 3, 5))
SECOND = timedelta(seconds=1)


class WordsCase(ProfilingCase):
    """Words to say when something was said."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tools = cls.question(
            "Tools?", ["Paper", "Sheets", "ERP"], selection_mode="multiple"
        )
        cls.ann = cls.prospect("Ann")
        cls.Response = cls.env["crm.profiling.response"]
        cls.History = cls.env["crm.profiling.response.history"]

    def say(self, question, *answers, date=None, partner=None, take=(), **vals):
        """Have a contact answer at a moment, as a file or an interview tells it."""
        wanted = self.wanted(question, *answers, partner=partner, take=take)
        vals = {"source": "import", **vals, **({"date": date} if date else {})}
        self.Response._record(wanted, vals)._profiling_apply()

    def wanted(self, question, *answers, partner=None, take=()):
        partner = self.ann if partner is None else partner
        give = self.choice(question, *answers) if answers else self.choice(question)
        take = self.choice(question, *take) if take else self.choice(question)
        return {partner.id: (set(give.ids), set(take.ids))}

    def held(self, partner=None):
        """Return what counts now: ``{answer: when it was said}``."""
        partner = self.ann if partner is None else partner
        responses = self.stored(partner).profiling_response_ids
        return {response.answer_id.name: response.date for response in responses}

    def past(self, partner=None):
        """Return what was said before, from when until when, and why it ended."""
        partner = self.ann if partner is None else partner
        self.env.flush_all()
        self.env.invalidate_all()
        return [
            (line.answer_id.name, line.date, line.date_end, line.end_reason)
            for line in self.History.search(
                [("partner_id", "=", partner.id)], order="id"
            )
        ]


@tagged("post_install", "-at_install")
class TestMoments(WordsCase):
    def test_a_later_word_replaces_an_earlier_one(self):
        self.say("Sector?", "IT", date=JANUARY, comment="At the fair")
        self.say("Sector?", "Industry", date=MARCH)
        self.assertEqual(self.held(), {"Industry": MARCH})
        self.assertEqual(self.past(), [("IT", JANUARY, MARCH, "replaced")])
        line = self.History.search([("partner_id", "=", self.ann.id)])
        self.assertEqual(line.comment, "At the fair")
        self.assertEqual((line.user_id, line.end_user_id), (self.manager, self.manager))
        self.assertEqual((line.source, line.question_id.name), ("import", "Sector?"))
        self.assertFalse(self.ann.profiling_response_ids.comment)

    def test_an_earlier_word_changes_nothing(self):
        self.say("Sector?", "IT", date=MARCH, comment="At the fair")
        for date in (JANUARY, MARCH - SECOND, MARCH):
            self.say("Sector?", "Industry", date=date)
            self.assertEqual(self.held(), {"IT": MARCH})
        self.say("Sector?", "IT", date=JANUARY, comment="Long ago")
        self.assertEqual(self.ann.profiling_response_ids.comment, "At the fair")
        self.assertEqual(self.past(), [])
        self.assertProfilesAndTags(self.ann, "Partnership")
        self.say("Sector?", "Industry", date=MARCH + SECOND)
        self.assertEqual(self.held(), {"Industry": MARCH + SECOND})
        self.assertProfilesAndTags(self.ann)

    def test_a_word_that_is_repeated_is_confirmed(self):
        self.say("Sector?", "IT", date=JANUARY, comment="At the fair")
        response = self.ann.profiling_response_ids
        sam = self.Response.with_user(self.salesman)
        sam._record(
            self.wanted("Sector?", "IT"), {"source": "interview", "date": MARCH}
        )
        self.assertEqual(self.held(), {"IT": MARCH})
        self.assertEqual(self.past(), [("IT", JANUARY, MARCH, "confirmed")])
        self.assertRecordValues(
            response,
            [{"user_id": self.salesman.id, "source": "interview", "date": MARCH}],
        )
        # nothing else was said of it
        self.assertEqual(response.comment, "At the fair")

    def test_the_same_file_twice(self):
        for _time in range(2):
            self.say("Sector?", "IT", date=JANUARY)
            self.say("Tools?", "Paper", "ERP", date=JANUARY)
        self.assertEqual(self.held(), {"IT": JANUARY, "Paper": JANUARY, "ERP": JANUARY})
        self.assertEqual(self.past(), [])

    def test_what_was_taken_back_stays_away(self):
        self.say("Sector?", "IT", date=JANUARY)
        self.say("Sector?", take=["IT"], date=MARCH)
        self.assertEqual(self.held(), {})
        self.assertEqual(self.past(), [("IT", JANUARY, MARCH, "taken_back")])
        for answer in ("IT", "Industry"):
            for date in (JANUARY, MARCH):
                self.say("Sector?", answer, date=date)
        self.assertEqual(self.held(), {})
        self.say("Sector?", "IT", date=MARCH + SECOND)
        self.assertEqual(self.held(), {"IT": MARCH + SECOND})

    def test_taken_back_before_it_was_said_again(self):
        self.say("Sector?", "IT", date=MARCH)
        for date in (JANUARY, MARCH):
            self.say("Sector?", take=["IT"], date=date)
        self.assertEqual(self.held(), {"IT": MARCH})
        self.assertEqual(self.past(), [])

    def test_of_many_words_the_latest_counts(self):
        """What was said, or taken back, between two of them is none."""
        june = MAY + timedelta(days=31)
        between = MARCH + timedelta(days=20)
        for question, answers in (
            ("Sector?", ("IT", "Services", "Industry", "Others")),
            ("Tools?", ("Paper", "Paper", "Paper", "Paper")),
        ):
            for answer, date in zip(answers[:3], (JANUARY, MARCH, MAY), strict=True):
                self.say(question, answer, date=date)
            self.assertEqual(self.held()[answers[2]], MAY)
            self.say(question, answers[3], date=between)
            self.assertEqual(self.held()[answers[2]], MAY)
            self.say(question, take=[answers[2]], date=between)
            self.assertEqual(self.held()[answers[2]], MAY)
            # and taken back since
            self.say(question, take=[answers[2]], date=june)
            self.say(question, answers[3], date=MAY + SECOND)
            self.assertNotIn(answers[3], self.held())
            self.say(question, answers[3], date=june + SECOND)
            self.assertEqual(self.held()[answers[3]], june + SECOND)
        # whoever was asked besides
        self.assertEqual(len(self.held()), 2)

    def test_no_record_of_what_was_taken_back_since(self):
        """Nor is one replaced by what was said before it."""
        it, services = (self.choice("Sector?", name) for name in ("IT", "Services"))
        vals = {"partner_id": self.ann.id, "answer_id": it.id, "date": MARCH}
        self.say("Sector?", "IT", date=MARCH)
        self.say("Sector?", take=["IT"], date=MAY)
        with self.assertRefused(ValidationError, "taken back since"):
            self.Response.sudo().create(vals)
        self.assertEqual(self.held(), {})
        later = self.Response.sudo().create({**vals, "date": MAY + SECOND})
        earlier = {**vals, "answer_id": services.id, "date": MAY}
        self.assertEqual(self.Response.sudo().create(earlier), later)
        self.assertEqual(self.held(), {"IT": MAY + SECOND})

    def test_several_answers_each_have_their_moment(self):
        self.say("Tools?", "Paper", date=MARCH)
        self.say("Tools?", "Sheets", date=JANUARY)
        self.assertEqual(self.held(), {"Paper": MARCH, "Sheets": JANUARY})
        self.say("Tools?", take=["Paper"], date=MAY)
        self.say("Tools?", "Paper", "ERP", date=MARCH)
        self.assertEqual(self.held(), {"Sheets": JANUARY, "ERP": MARCH})

    def test_what_is_said_just_now_is_the_newest_even_within_a_second(self):
        with freeze_time("2026-06-01 12:00:00"):
            self.answer(self.ann, "Sector?", "IT")
            self.answer(self.ann, "Sector?", "Industry")
            self.take_back(self.ann, "Sector?", "Industry")
            self.answer(self.ann, "Sector?", "IT")
            self.answer(self.ann, "Tools?", "ERP")
            self.take_back(self.ann, "Tools?", "ERP")
            now = fields.Datetime.now()
        self.assertEqual(self.held(), {"IT": now})
        self.say("Tools?", "ERP", date=now)
        self.say("Sector?", "Services", date=now)
        self.assertEqual(self.held(), {"IT": now})

    def test_never_in_the_future(self):
        with freeze_time("2026-06-01 12:00:00"):
            now = fields.Datetime.now()
            for ahead in (timedelta(seconds=61), timedelta(days=365)):
                with self.assertRefused(ValidationError, "earlier"):
                    self.say("Sector?", "IT", date=now + ahead)
            # clocks are not all right
            self.say("Sector?", "IT", date=now + timedelta(seconds=60))
        self.assertEqual(self.held(), {"IT": now})

    def test_where_it_is_tomorrow_already(self):
        """Moments are the same everywhere."""
        self.manager.tz = "Pacific/Auckland"
        with freeze_time("2026-06-01 23:30:00"):
            now = fields.Datetime.now()
            self.answer(self.ann, "Sector?", "IT")
            self.say("Staff?", "1", date=now)
            self.say("Sector?", "Industry", date="2026-06-01 23:30:00")
        self.assertEqual(self.held(), {"IT": now, "1": now})

    def test_what_was_said_in_the_future_before_this_was_refused(self):
        """It would outdo all that is said later."""
        self.say("Sector?", "IT", date=JANUARY)
        self.say("Staff?", "1", date=MARCH)
        self.ann.profiling_response_ids.sudo()[0].date = "2099-01-01"
        path = Path(__file__).parents[2] / "migrations/19.0.3.0.0/post-moments.py"
        spec = importlib.util.spec_from_file_location("post_moments", path)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        self.env.flush_all()
        script.migrate(self.env.cr, "19.0.2.1.0")
        dates = sorted(self.held().values())
        self.assertIn(dates[0], (JANUARY, MARCH))
        self.assertLessEqual(dates[1], datetime.now())
        self.assertGreater(dates[1], MAY)

    def test_the_form_says_only_what_changed_in_it(self):
        self.say("Sector?", "IT", date=JANUARY)
        self.say("Staff?", "1", date=JANUARY)
        given = self.choices({"Sector?": "IT", "Staff?": "2-20"})
        for commands in (
            [Command.link(answer.id) for answer in given],
            [Command.set(given.ids)],
        ):
            self.ann.profiling_answer_ids = commands
        self.assertEqual(self.held()["IT"], JANUARY)
        self.assertGreater(self.held()["2-20"], MAY)
        self.assertEqual([line[0] for line in self.past()], ["1"])

    def test_what_another_company_asks_is_not_taken_back(self):
        """Nor confirmed, nor told of: the user does not see it."""
        other = self.env["res.company"].sudo().create({"name": "Other"})
        self.manager.sudo().company_ids -= other
        theirs = self.question("Theirs?", ["Yes", "No"])
        self.say("Theirs?", "Yes", date=JANUARY)
        self.say("Sector?", "IT", date=JANUARY)
        yes = self.choice("Theirs?", "Yes")
        theirs.sudo().company_id = other
        self.ann.profiling_answer_ids = [Command.clear()]
        held = self.ann.sudo().profiling_response_ids
        self.assertEqual(held.answer_id, yes.sudo())
        self.Response._record({self.ann.id: (set(), {yes.id})})
        self.assertTrue(held.exists())
        for answer_id in (yes.id, yes.id + 1_000_000):
            vals = {"partner_id": self.ann.id, "answer_id": answer_id}
            with self.assertRefused(ValidationError, "is not there"):
                self.Response.create(vals)

    def test_of_the_company(self):
        self.ask("Sector?").level = "company"
        acme = self.prospect("ACME", is_company=True)
        (self.ann | self.prospect("Bob")).parent_id = acme
        bob = acme.child_ids - self.ann
        self.say("Sector?", "IT", date=MARCH)
        self.say("Sector?", "Industry", date=JANUARY, partner=bob)
        self.say("Sector?", "Services", date=MARCH, partner=acme)
        self.assertEqual(self.held(acme), {"IT": MARCH})
        self.assertProfilesAndTags(bob, "Partnership")
        self.say("Sector?", "Industry", date=MAY, partner=bob)
        self.assertEqual(self.past(acme), [("IT", MARCH, MAY, "replaced")])
        self.assertEqual(self.past(bob), [])
        for partner in self.ann | bob | acme:
            earlier = self.Response._earlier(partner)
            self.assertEqual(earlier.answer_id.mapped("name"), ["IT"])
        self.assertFalse(self.Response._earlier(self.prospect("Carl")))
        self.assertProfilesAndTags(self.ann)

    def test_what_would_not_be_taken_is_told_before(self):
        self.say("Sector?", "IT", date=MARCH)
        self.say("Staff?", "1", date=MARCH)
        self.say("Staff?", take=["1"], date=MAY)
        wanted = {
            self.ann.id: (
                set(
                    self.choices(
                        {"Sector?": "Industry", "Staff?": "1", "Budget?": "<100k"}
                    ).ids
                ),
                set(),
            )
        }
        before = self.rows()
        outdated = self.Response._outdated(wanted, JANUARY)
        industry, one = self.choice("Sector?", "Industry"), self.choice("Staff?", "1")
        it = self.choice("Sector?", "IT")
        self.assertEqual(
            outdated,
            {
                (self.ann.id, industry.id): (it.id, MARCH),
                (self.ann.id, one.id): (0, MAY),
            },
        )
        self.assertEqual(len(self.Response._outdated(wanted, MARCH)), 2)
        self.assertEqual(len(self.Response._outdated(wanted, MARCH + SECOND)), 1)
        self.assertFalse(self.Response._outdated(wanted, MAY + SECOND))
        self.assertEqual(self.rows(), before)
        self.assertEqual(self.held(), {"IT": MARCH})
        # the same as is known already is no contradiction
        self.assertFalse(self.Response._outdated(self.wanted("Sector?", "IT"), JANUARY))
        # not even where it took the place of another one at that moment
        self.say("Sector?", "Services", date=MAY)
        services = self.wanted("Sector?", "Services")
        self.assertFalse(self.Response._outdated(services, MAY))

    def test_a_question_that_takes_one_answer_from_now_on(self):
        self.say("Tools?", "Paper", date=JANUARY)
        self.tools.selection_mode = "single"
        self.say("Tools?", "ERP", date=JANUARY)
        self.assertEqual(self.held(), {"Paper": JANUARY})
        self.say("Tools?", "ERP", date=MARCH)
        self.tools.selection_mode = "multiple"
        self.say("Tools?", "Paper", date=MARCH)
        self.assertEqual(self.held(), {"ERP": MARCH})


@tagged("post_install", "-at_install")
class TestMovedWords(WordsCase):
    """Merged, or come to a company: by moments, and nothing is lost."""

    def merge(self, target, source):
        self.env["base.partner.merge.automatic.wizard"].sudo()._merge(
            (target | source).ids, target
        )

    def test_what_was_taken_back_later_on_the_other_contact(self):
        bob = self.prospect("Bob")
        self.say("Sector?", "IT", date=JANUARY)
        self.say("Sector?", "Services", date=JANUARY, partner=bob)
        self.say("Sector?", take=["Services"], date=MARCH, partner=bob)
        self.merge(self.ann, bob)
        self.assertEqual(self.held(), {})
        self.assertEqual(
            sorted(self.past()),
            [
                ("IT", JANUARY, MARCH, "merged"),
                ("Services", JANUARY, MARCH, "taken_back"),
            ],
        )
        self.say("Sector?", "IT", date=MARCH)
        self.assertEqual(self.held(), {})

    def test_at_a_tie_what_is_stored_stays(self):
        for target in (0, 1):
            pair = [self.prospect("Bob"), self.prospect("Bob")]
            for partner, answer in zip(pair, ("IT", "Industry"), strict=True):
                self.say("Sector?", answer, date=MARCH, partner=partner)
            kept = self.held(pair[target])
            self.merge(pair[target], pair[1 - target])
            self.assertEqual(self.held(pair[target]), kept)
            self.assertEqual(len(self.past(pair[target])), 1)

    def test_a_merge_does_not_make_a_word_later_than_it_was(self):
        bob = self.prospect("Bob")
        self.say("Sector?", "IT", date=JANUARY)
        self.say("Sector?", "Industry", date=MARCH, partner=bob)
        self.merge(self.ann, bob)
        self.assertEqual(self.past(), [("IT", JANUARY, MARCH, "merged")])
        self.say("Sector?", "Services", date=MARCH + SECOND)
        self.assertEqual(self.held(), {"Services": MARCH + SECOND})

    def test_somebody_comes_to_a_company(self):
        (self.ask("Sector?") | self.tools).level = "company"
        acme = self.prospect("ACME", is_company=True)
        self.say("Sector?", "IT", date=JANUARY)
        self.say("Tools?", "ERP", date=JANUARY)
        self.say("Sector?", "Industry", date=MARCH, partner=acme)
        self.say("Tools?", "ERP", date=JANUARY, partner=acme)
        self.say("Tools?", take=["ERP"], date=MARCH, partner=acme)
        self.ann.parent_id = acme
        self.assertEqual(self.held(acme), {"Industry": MARCH})
        self.assertEqual(self.held(), {})
        self.assertEqual(self.past(), [])
        self.assertEqual(
            sorted(self.past(acme)),
            [
                ("ERP", JANUARY, MARCH, "merged"),
                ("ERP", JANUARY, MARCH, "taken_back"),
                ("IT", JANUARY, MARCH, "merged"),
            ],
        )

    def test_what_was_taken_back_comes_along_without_any_answer(self):
        self.ask("Sector?").level = "company"
        acme = self.prospect("ACME", is_company=True)
        self.say("Sector?", "IT", date=JANUARY)
        self.say("Sector?", take=["IT"], date=MAY)
        self.say("Sector?", "IT", date=MARCH, partner=acme)
        self.ann.parent_id = acme
        self.assertEqual(self.held(acme), {})
        self.assertProfilesAndTags(acme)

    def test_each_is_asked_from_now_on(self):
        self.ask("Sector?").level = "company"
        acme = self.prospect("ACME", is_company=True)
        self.ann.parent_id = acme
        self.say("Sector?", "IT", date=MARCH, comment="From the board")
        self.ask("Sector?").level = "contact"
        self.assertEqual(self.held(), {"IT": MARCH})
        self.assertEqual(self.ann.profiling_response_ids.comment, "From the board")
        self.say("Sector?", "Industry", date=JANUARY)
        self.assertEqual(self.held(), {"IT": MARCH})


@tagged("post_install", "-at_install")
class TestForgery(WordsCase):
    """Who, when and how follow from what happened."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.answer(cls.ann, "Sector?", "IT")
        cls.bob = cls.prospect("Bob")
        cls.response = cls.ann.profiling_response_ids
        cls.other = cls.prospect("Carl", {"Sector?": "IT"}).profiling_response_ids

    def forgeries(self):
        return {
            "user_id": self.salesman.id,
            "date": "2099-01-01 00:00:00",
            "source": "interview",
            "interview_id": 1,
            "question_id": self.tools.id,
            "value": 7,
        }

    def test_are_refused_for_anybody(self):
        staff = {"partner_id": self.ann.id, "answer_id": self.choice("Staff?", "1").id}
        for user in (self.salesman, self.manager, self.env.ref("base.user_admin")):
            response = self.response.with_user(user)
            ann = self.ann.with_user(user)
            for name, value in self.forgeries().items():
                for forge in (
                    lambda vals, r=response: r.write(vals),
                    lambda vals, r=response: r.create({**staff, **vals}),
                    lambda vals, a=ann: a.write(
                        {
                            "profiling_response_ids": [
                                Command.update(self.response.id, vals)
                            ]
                        }
                    ),
                ):
                    with (
                        self.subTest(user=user.name, field=name),
                        self.assertRefused(UserError, "nobody sets it"),
                    ):
                        forge({name: value, "comment": "Mine"})
        self.assertEqual(self.response.user_id, self.manager)
        self.assertFalse(self.response.comment)

    def test_defaults_of_the_context_say_nothing(self):
        forged = self.Response.with_context(
            default_user_id=self.salesman.id,
            default_date="2020-01-01 00:00:00",
            default_source="interview",
            default_value=7,
        )
        answer = self.choice("Staff?", "1")
        response = forged.create({"partner_id": self.ann.id, "answer_id": answer.id})
        self.assertRecordValues(
            response, [{"user_id": self.manager.id, "source": "form", "value": 0}]
        )
        self.assertGreater(response.date, MAY)

    def test_answers_do_not_move_by_hand(self):
        for env in (self.env, self.env(su=True)):
            with self.assertRefused(UserError, "stay with the contact"):
                self.response.with_env(env).partner_id = self.bob
        self.assertAnswers(self.bob, {})

    def test_as_lines_of_a_contact(self):
        for line in (Command.link(self.response.id), Command.set(self.response.ids)):
            with self.assertRefused(UserError, "stay with the contact"):
                self.bob.profiling_response_ids = [line]
        self.ann.profiling_response_ids = [
            Command.update(self.response.id, {"comment": "At the fair"})
        ]
        self.assertEqual(self.response.comment, "At the fair")
        self.ann.profiling_response_ids = [Command.delete(self.response.id)]
        [(answer, *_moments, reason)] = self.past()
        self.assertEqual((answer, reason), ("IT", "taken_back"))
        self.assertProfilesAndTags(self.ann)

    def test_words_are_put_differently_and_who_noted_it_did_still(self):
        before = self.response.read(["user_id", "date", "source"])
        self.response.with_user(self.salesman).comment = "Said so twice"
        self.assertEqual(self.response.read(["user_id", "date", "source"]), before)
        self.assertEqual(self.stored(self.response).comment, "Said so twice")
        self.assertEqual(self.past(), [])

    def test_another_answer_is_a_new_word(self):
        self.response.comment = "At the fair"
        sam = self.response.with_user(self.salesman)
        with freeze_time(fields.Datetime.now() + timedelta(hours=1)):
            sam.answer_id = self.choice("Sector?", "Industry")
            now = fields.Datetime.now()
        self.assertRecordValues(
            self.stored(self.response),
            [{"user_id": self.salesman.id, "date": now, "comment": False}],
        )
        [(answer, _since, until, reason)] = self.past()
        self.assertEqual((answer, until, reason), ("IT", now, "replaced"))
        self.assertProfilesAndTags(self.ann)
        with freeze_time(now + SECOND):
            sam.write({"answer_id": self.choice("Sector?", "IT").id, "comment": "No"})
        self.assertEqual(self.stored(self.response).comment, "No")
        self.assertProfilesAndTags(self.ann, "Partnership")
        # saying the same once more is none
        sam.write({"answer_id": self.choice("Sector?", "IT").id})
        self.assertEqual(len(self.past()), 2)

    def test_one_of_several_answers_instead_of_another(self):
        self.answer(self.ann, "Tools?", "Paper", "ERP")
        paper = self.ann.profiling_response_ids.filtered(
            lambda response: response.answer_id.name == "Paper"
        )
        with self.assertRefused(ValidationError, "gave this answer already"):
            paper.answer_id = self.choice("Tools?", "ERP")
        paper.answer_id = self.choice("Tools?", "Sheets")
        self.assertAnswers(self.ann, {"Sector?": "IT", "Tools?": ["Sheets", "ERP"]})

    def test_deleting_is_taking_back(self):
        with freeze_time(fields.Datetime.now() + timedelta(hours=1)):
            self.response.with_user(self.salesman).unlink()
            now = fields.Datetime.now()
        [(answer, _since, until, reason)] = self.past()
        self.assertEqual((answer, until, reason), ("IT", now, "taken_back"))
        line = self.History.search([("partner_id", "=", self.ann.id)])
        self.assertEqual(line.end_user_id, self.salesman)
        # what somebody says of erasing is not heard, whoever deletes in their name
        self.other.sudo().with_context(crm_profiling_erase=True).unlink()
        self.assertTrue(self.History.search([("answer_id.name", "=", "IT")]) - line)

    def test_history_is_written_by_nobody(self):
        self.take_back(self.ann, "Sector?", "IT")
        line = self.History.search([("partner_id", "=", self.ann.id)])
        vals = {
            "partner_id": self.ann.id,
            "answer_id": line.answer_id.id,
            "date": JANUARY,
            "date_end": MARCH,
            "end_reason": "taken_back",
        }
        for user in (self.salesman, self.manager, self.env.ref("base.user_admin")):
            mine = line.with_user(user)
            self.assertEqual(mine.answer_id.name, "IT")
            for forge in (
                lambda mine=mine: mine.create(vals),
                lambda mine=mine: mine.write({"comment": "No"}),
                lambda mine=mine: mine.unlink(),
                lambda mine=mine: mine.copy(),
            ):
                with self.assertRaises(AccessError):
                    forge()

    def test_an_answer_given_before_is_in_use(self):
        industry = self.choice("Sector?", "Industry")
        self.answer(self.ann, "Sector?", "Industry")
        self.take_back(self.ann, "Sector?", "Industry")
        with self.assertRefused(UserError, "1 answers given before"):
            industry.unlink()

    def test_odoos_own_import(self):
        load = self.Response.with_context(import_file=True).load
        allowed = load(
            ["partner_id/.id", "answer_id", "comment"],
            [[str(self.bob.id), "Sector?: IT", "At the stand"]],
        )
        self.assertFalse(allowed["messages"])
        self.assertRecordValues(
            self.bob.profiling_response_ids,
            [{"comment": "At the stand", "source": "import", "user_id": self.env.uid}],
        )
        refused = load(
            ["partner_id/.id", "answer_id", "date"],
            [[str(self.bob.id), "Staff?: 1", "2020-01-01 00:00:00"]],
        )
        self.assertIn("nobody sets it", refused["messages"][0]["message"])

    def test_words_for_what_is_no_answer(self):
        answer_id = self.choice("Staff?", "1").id
        for vals in (
            {},
            {"partner_id": self.ann.id},
            {"answer_id": answer_id},
            {"partner_id": "Ann", "answer_id": answer_id},
            {"partner_id": self.ann.id, "answer_id": [answer_id]},
            {"partner_id": 2**40, "answer_id": answer_id},
            {"partner_id": self.ann.id, "answer_id": 2**40},
            {"partner_id": self.ann.id, "answer_id": True},
            {"partner_id": self.ann.id, "answer_id": answer_id, "nothing": 1},
        ):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                self.Response.create(vals)
        for value in ("IT", [1], 2**40, -1, None, False):
            with self.subTest(value=value), self.assertRaises(ValidationError):
                self.response.write({"answer_id": value})
