"""Interviews and call lists at their edges: archived, taken, exactly in time."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.fields import Domain
from odoo.tests import tagged

from .test_interview import InterviewCase


@tagged("post_install", "-at_install")
class TestLeft(InterviewCase):
    """What a contact left is what it is not in any more, because of its answers."""

    def setUp(self):
        super().setUp()
        self.answer(self.ann, "Staff?", "2-20")
        self.assertProfiles(self.ann, "SaaS")

    def left(self, shown):
        shown = self.interview(shown).finish()
        interview = self.interview(shown)
        self.assertEqual(
            sorted(interview.left_profile_ids.mapped("name")),
            sorted(shown["summary"]["left"]),
        )
        return shown["summary"]["left"]

    def test_a_profile_archived_in_mid_interview_is_not_left(self):
        shown = self.begin()
        self.saas.active = False
        self.assertEqual(self.left(shown), [])

    def test_nor_is_one_that_the_answers_would_leave_as_well(self):
        shown = self.begin()
        self.saas.active = False
        self.assertEqual(self.left(self.say(shown, "Staff?", "500+")), [])

    def test_one_that_is_archived_and_back_is_not_left(self):
        shown = self.begin()
        self.saas.active = False
        self.saas.active = True
        self.assertEqual(self.left(shown), [])

    def test_left_and_entered_again(self):
        shown = self.say(self.begin(), "Staff?", "500+")
        shown = self.say(shown, "Staff?", "1")
        shown = self.interview(shown).finish()
        self.assertEqual(
            (shown["summary"]["left"], shown["summary"]["entered"]), ([], [])
        )

    def test_what_a_colleague_had_it_leave_counts_for_who_asks(self):
        shown = self.begin()
        self.answer(self.ann, "Staff?", "500+")
        self.assertEqual(self.left(shown), ["SaaS"])


@tagged("post_install", "-at_install")
class TestTaken(InterviewCase):
    """A prospect is one caller's at a time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.prospects = cls.env["res.partner"].create(
            [{"name": f"Prospect {n}"} for n in range(3)]
        )
        cls.queue = cls.call_through(cls.prospects)
        cls.now = fields.Datetime.now()

    def later(self, **kwargs):
        return freeze_time(self.now + timedelta(**kwargs))

    def next(self, user=None):
        user = user or self.salesman
        return self.Interview.with_user(user).begin(queue_id=self.queue.id)

    def line(self, number=0):
        return self.stored(self.queue.line_ids)[number]

    def assertTheirs(self, reason):
        """Leave a prospect that a colleague has taken: it is theirs."""
        with self.later(hours=0):
            mine = self.next()
            self.assertEqual(mine["partner"]["name"], "Prospect 0")
        with self.later(hours=9):
            theirs = self.next(self.colleague)
            self.assertEqual(theirs["partner"]["name"], "Prospect 0")
            self.interview(mine).skip_prospect(reason)
        self.assertRecordValues(
            self.line(),
            [{"state": "taken", "user_id": self.colleague.id, "attempts": 0}],
        )

    def test_not_reached_though_a_colleague_has_taken_it(self):
        self.assertTheirs("not_reached")

    def test_put_off_though_a_colleague_has_taken_it(self):
        self.assertTheirs("tomorrow")

    def test_left_out_though_a_colleague_has_taken_it(self):
        self.assertTheirs("Wrong number")

    def test_finished_though_a_colleague_has_taken_it(self):
        """It is the colleague's to call still: what they ask may be something else."""
        with self.later(hours=0):
            mine = self.next()
        with self.later(hours=9):
            theirs = self.next(self.colleague)
            self.assertEqual(theirs["partner"], mine["partner"])
            self.interview(mine).finish()
            self.assertRecordValues(
                self.line(), [{"state": "taken", "user_id": self.colleague.id}]
            )
            self.interview(theirs, self.colleague).finish()
        self.assertRecordValues(
            self.line(), [{"state": "done", "user_id": self.colleague.id}]
        )

    def test_left_out_by_who_has_taken_it(self):
        with self.later(hours=0):
            mine = self.next()
            self.interview(mine).skip_prospect("not_reached")
        line = self.queue.line_ids.filtered("attempts")
        self.assertRecordValues(line, [{"state": "waiting", "attempts": 1}])
        self.assertFalse(line.user_id)

    def test_kept_for_eight_hours_and_no_longer(self):
        with self.later(hours=0):
            self.next(self.colleague)
        with self.later(hours=8):
            self.assertEqual(self.next()["partner"]["name"], "Prospect 1")
            self.interview(self.next()).finish()
        with self.later(hours=8, seconds=1):
            self.assertEqual(self.next()["partner"]["name"], "Prospect 0")

    def test_kept_as_long_as_the_setting_says(self):
        self.env["ir.config_parameter"].sudo().set_param(
            "crm_profiling.call_list_hours", "0.5"
        )
        with self.later(hours=0):
            self.next(self.colleague)
        with self.later(minutes=30):
            self.assertEqual(self.next()["partner"]["name"], "Prospect 1")
            self.interview(self.next()).finish()
        with self.later(minutes=30, seconds=1):
            self.assertEqual(self.next()["partner"]["name"], "Prospect 0")

    def test_a_setting_that_is_no_number_counts_as_eight_hours(self):
        """And one beyond all hours as long: nobody's call list fails for it."""
        parameters = self.env["ir.config_parameter"].sudo()
        with self.later(hours=0):
            self.next(self.colleague)
        for said, hours in (
            ("eight", 8),
            ("nan", 8),
            ("8 h", 8),
            ("1e300", 366 * 24),
            ("inf", 366 * 24),
            ("-5", 0),
        ):
            parameters.set_param("crm_profiling.call_list_hours", said)
            for seconds, is_free in ((0, False), (1, True)):
                with self.subTest(said), self.later(hours=hours, seconds=seconds):
                    free = self.queue.line_ids._free_domain()
                    found = self.queue.line_ids.sudo().search(
                        free & Domain("state", "=", "taken")
                    )
                    self.assertEqual(bool(found), is_free)

    def test_who_was_not_reached_comes_again_in_an_hour_exactly(self):
        with self.later(hours=0):
            self.interview(self.next()).skip_prospect("not_reached")
            for _number in range(2):
                self.interview(self.next()).finish()
        with self.later(minutes=59, seconds=59):
            self.assertTrue(self.next()["finished"])
        with self.later(hours=1):
            self.assertEqual(self.next()["partner"]["name"], "Prospect 0")


@tagged("post_install", "-at_install")
class TestMergedPlaces(InterviewCase):
    """Of two places in a call list one stays: nobody who was called is called again."""

    def setUp(self):
        super().setUp()
        self.bob = self.prospect("Bob")
        both = self.ann | self.bob
        self.queue = self.call_through(both)

    def merged(self, of_ann, of_bob, target):
        """Return the state of the place that is left of two."""
        for partner, state in ((self.ann, of_ann), (self.bob, of_bob)):
            line = self.queue.line_ids.filtered(
                lambda li, p=partner: li.partner_id == p
            )
            line.sudo().state = state
        self.env["base.partner.merge.automatic.wizard"].sudo()._merge(
            (self.ann | self.bob).ids, target
        )
        self.env.invalidate_all()
        self.assertEqual(self.queue.line_ids.partner_id, target)
        return self.queue.line_ids.state

    def test_called_and_waiting(self):
        self.assertEqual(self.merged("waiting", "done", self.ann), "done")

    def test_called_and_being_called(self):
        self.assertEqual(self.merged("done", "taken", self.bob), "done")

    def test_being_called_and_waiting(self):
        self.assertEqual(self.merged("waiting", "taken", self.ann), "taken")

    def test_waiting_and_left_out(self):
        self.assertEqual(self.merged("skipped", "waiting", self.ann), "waiting")

    def test_interviews_of_two_callers_go_on_both(self):
        mine = self.interview(self.begin(self.ann))
        theirs = self.interview(self.begin(self.bob, self.colleague), self.colleague)
        self.env["base.partner.merge.automatic.wizard"].sudo()._merge(
            (self.ann | self.bob).ids, self.ann
        )
        self.env.invalidate_all()
        self.assertEqual(
            (mine.sudo().state, theirs.sudo().state), ("ongoing", "ongoing")
        )
        self.assertEqual((mine | theirs).sudo().partner_id, self.ann)
