"""Moved bands sort known numbers anew: many of them in the background."""

from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.matching import crm_profiling_run_job, crm_profiling_run_sort
from ..answers.test_numbers_said import NumbersCase


@tagged("post_install", "-at_install")
class TestSorting(NumbersCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.profiling.run"].sudo().search([("state", "!=", "done")]).unlink()
        cls.people = cls.env["res.partner"].create(
            [
                {"name": name, "profiling_said": cls.said(str(number))}
                for name, number in (("Ann", 30), ("Bob", 45), ("Carl", 60), ("Di", 90))
            ]
        )
        cls.ann, cls.bob, cls.carl, cls.di = cls.people
        cls.apply_at_once(-1)  # from now on every database is large

    def move(self, answer="51-100", start=41):
        """Have an answer count from another number on; it is not worked out yet."""
        band = self.choice("Staff?", answer)
        self.staff.write(
            {"answer_ids": [Command.update(band.id, {"value_from": start})]}
        )

    @property
    def open_run(self):
        return self.env["crm.profiling.run"].search([("state", "!=", "done")])

    def assertBands(self, *names):
        """Check the answers of all people, in order."""
        people = self.stored(self.people)
        said = [one.profiling_response_ids.answer_id.name for one in people]
        self.assertEqual(said, list(names))

    def test_not_in_the_request_that_saves(self):
        moments = self.people.profiling_response_ids.mapped("date")
        old = self.profile("Old", {"Staff?": "51-100"}, active=False)
        self.run_job()
        # a screen may read archived ones, too: nothing is looked up for them
        self.staff = self.staff.with_context(active_test=False)
        self.move()
        self.assertIn(self.saas, self.open_run.profile_ids)
        self.assertNotIn(old, self.open_run.profile_ids)
        self.assertFalse(self.stored(old).stale_since)
        self.assertBands("21-50", "21-50", "51-100", "51-100")
        self.assertProfiles(self.bob, "SaaS")
        self.assertTrue(self.stored(self.saas).stale_since)
        self.run_job()
        self.assertBands("21-50", "51-100", "51-100", "51-100")
        self.assertProfiles(self.ann, "SaaS")
        self.assertProfiles(self.bob)
        self.assertFalse(self.open_run)
        self.assertFalse(self.stored(self.saas).stale_since)
        self.assertEqual(self.people.profiling_response_ids.mapped("date"), moments)
        self.assertFalse(self.history(self.bob))

    def test_a_few_at_once(self):
        self.apply_at_once(4)
        self.move()
        self.assertBands("21-50", "51-100", "51-100", "51-100")
        self.assertProfiles(self.bob)
        self.assertFalse(self.open_run.sort)
        self.apply_at_once(3)
        self.move(start=46)
        self.assertBands("21-50", "51-100", "51-100", "51-100")
        self.assertTrue(self.open_run.sort)

    def test_batch_by_batch(self):
        self.move(start=25)
        self.do_batches(1)
        self.assertBands("51-100", "21-50", "51-100", "51-100")
        self.assertProfiles(self.ann)
        self.do_batches(1)
        self.assertBands("51-100", "51-100", "51-100", "51-100")
        self.do_batches(1)
        self.assertRecordValues(self.open_run, [{"sort": False, "done": 0}])
        self.run_job()
        self.assertFalse(self.open_run)

    def test_what_is_said_meanwhile_counts(self):
        self.move()
        self.bob.profiling_said = self.said("8")
        self.assertSaid(self.bob, "2-20", 8)
        self.run_job()
        self.assertSaid(self.bob, "2-20", 8)
        self.assertProfiles(self.bob, "SaaS")

    def test_bands_are_moved_again_meanwhile(self):
        """What has been sorted is sorted anew: by the bands of now."""
        self.move(start=25)
        self.do_batches(1)
        self.assertTrue(self.open_run.sorted_id)
        self.move(start=31)
        self.run_job()
        self.assertBands("21-50", "51-100", "51-100", "51-100")

    def test_a_profile_is_changed_meanwhile(self):
        """The run that takes over sorts what is left."""
        self.move(start=25)
        self.do_batches(1)
        self.saas.required_answer_ids += self.choice("Staff?", "51-100")
        self.run_job()
        self.assertBands("51-100", "51-100", "51-100", "51-100")
        self.assertFalse(
            self.people.filtered(lambda one: self.saas not in one.profile_ids)
        )

    def test_while_a_run_is_open(self):
        """It was asked for by another change, and has not begun, or has."""
        for batches, sector, start, answer in (
            (0, "Services", 25, "51-100"),
            (1, "Industry", 31, "21-50"),
        ):
            self.partnership.required_answer_ids += self.choice("Sector?", sector)
            self.do_batches(2, batches)
            self.move(start=start)
            self.run_job()
            self.assertSaid(self.ann, answer, 30)

    def test_nobody_acts_on_it(self):
        """Profiles that are entered by moved bands do nothing."""
        told = []

        def changed(contacts, entered, left):
            told.append(contacts.env.context.get("profiling_quiet"))

        self.move(start=70)
        hook = patch.object(
            type(self.env["res.partner"]), "_profiling_profiles_changed", changed
        )
        with hook:
            self.run_job()
        self.assertTrue(told and all(told))
        self.assertProfiles(self.carl, "SaaS")

    def test_one_that_cannot_be_sorted_is_left_out(self):
        """The others do not wait for it."""
        self.move(start=25)
        Response = type(self.env["crm.profiling.response"])
        evaluate = Response._evaluate_sorted

        def broken(responses):
            if self.ann in responses.partner_id:
                raise ValueError("broken")
            return evaluate(responses)

        with (
            patch.object(Response, "_evaluate_sorted", broken),
            mute_logger(crm_profiling_run_job.__name__),
        ):
            self.run_job()
        self.assertBands("21-50", "51-100", "51-100", "51-100")
        self.assertFalse(self.open_run)
        done = self.env["crm.profiling.run"].search([], limit=1)
        self.assertEqual((done.failed, done.sort), (1, False))

    def test_of_many_that_one_alone_is_left_out(self):
        """Those before it are in their bands: they are no failures, nor tried."""
        self.move(start=70)  # Carl's 60 belongs to another answer now
        Response = type(self.env["crm.profiling.response"])

        def broken(responses):
            if responses:
                raise ValueError("broken")

        with (
            patch.object(Response, "_evaluate_sorted", broken),
            mute_logger(crm_profiling_run_job.__name__),
        ):
            self.run_job()
        done = self.env["crm.profiling.run"].search([], limit=1)
        self.assertEqual((done.failed, done.sort), (1, False))

    def test_batches_are_small(self):
        """However many contacts are compared at a time."""
        self.move(start=25)
        with patch.object(crm_profiling_run_sort, "WRITTEN_AT_ONCE", 1):
            self.do_batches(1000)
        self.assertBands("51-100", "21-50", "51-100", "51-100")
