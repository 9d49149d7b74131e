"""The background run at its edges: exactly at the limit, paused, overtaken."""

from datetime import timedelta
from itertools import cycle, product
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command, fields
from odoo.tests import tagged

from ...models.catalog.arguments import LARGEST_ID
from ...models.matching import crm_profiling_run_job
from ..common import ProfilingCase


class RunCase(ProfilingCase):
    """Five people in factories, and a database that is large, see `TestBackground`."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.profiling.run"].sudo().search([("state", "!=", "done")]).unlink()
        cls.people = cls.env["res.partner"].union(
            *(cls.prospect(f"P{n}", {"Sector?": "Industry"}) for n in range(5))
        )
        cls.apply_at_once(-1)

    def open_run(self):
        return self.env["crm.profiling.run"].search([("state", "!=", "done")])

    def take_factories(self):
        self.partnership.required_answer_ids += self.choice("Sector?", "Industry")

    def factories(self):
        return self.profile("Factories", {"Sector?": "Industry"})

    def in_batches(self, size):
        return patch.object(crm_profiling_run_job, "COMPARED_AT_ONCE", size)

    def assertAllIn(self, *names):
        for partner in self.people:
            self.assertProfilesAndTags(partner, *names)
        self.assertFalse(self.open_run())


@tagged("post_install", "-at_install")
class TestOvertaken(RunCase):
    def saved_after_batch(self, number):
        """Have a manager save a profile after a batch, before it is noted."""
        applier, cron = (
            type(self.env[name]) for name in ("crm.profiling.applier", "ir.cron")
        )
        apply_after, commit = applier._apply_after, cron._commit_progress
        batches = []

        def count(*args):
            batches.append("done")
            return apply_after(*args)

        def save(*args, **kwargs):
            if batches[number:] == ["done"]:
                batches.append("saved")
                self.factories()
            return commit(*args, **kwargs)

        return (
            patch.object(applier, "_apply_after", count),
            patch.object(cron, "_commit_progress", save),
        )

    def test_a_profile_saved_after_the_first_batch(self):
        """Its contacts were looked at by the old profiles: they are looked at again."""
        self.take_factories()
        one, other = self.saved_after_batch(0)
        with self.in_batches(2), one, other:
            self.run_job()
        self.assertAllIn("Factories", "Partnership")

    def test_a_profile_saved_after_a_later_batch(self):
        self.take_factories()
        one, other = self.saved_after_batch(1)
        with self.in_batches(2), one, other:
            self.run_job()
        self.assertAllIn("Factories", "Partnership")

    def test_a_profile_saved_after_the_last_batch(self):
        self.take_factories()
        one, other = self.saved_after_batch(2)
        with self.in_batches(2), one, other:
            self.run_job()
        self.assertAllIn("Factories", "Partnership")


@tagged("post_install", "-at_install")
class TestPaused(RunCase):
    """A pause was meant for what the run did, not for what is saved afterwards."""

    def test_a_second_profile_saved_while_a_run_is_paused_before_it_began(self):
        self.take_factories()
        self.partnership.action_pause_run()
        self.run_job()
        self.factories()
        self.assertEqual(self.open_run().mapped("state"), ["running"])
        self.run_job()
        self.assertAllIn("Factories", "Partnership")

    def test_a_second_profile_saved_while_a_run_is_paused_half_way(self):
        self.take_factories()
        with (
            self.in_batches(2),
            patch.object(
                type(self.env["crm.profiling.run"]), "_note", autospec=True
            ) as note,
        ):

            def pause(run, batch):
                note.temp_original(run, batch)
                run.action_pause()

            note.temp_original = crm_profiling_run_job.CrmProfilingRun._note
            note.side_effect = pause
            self.run_job()
        self.assertRecordValues(self.open_run(), [{"state": "paused", "done": 2}])
        self.factories()
        self.run_job()
        self.assertAllIn("Factories", "Partnership")

    def woken(self):
        job = self.env.ref("crm_profiling.ir_cron_apply_profiles").sudo()
        triggers = self.env["ir.cron.trigger"].sudo()
        triggers = triggers.search([("cron_id", "=", job.id)])
        count = len(triggers)
        triggers.unlink()
        return count

    def test_what_is_asked_of_a_run_adds_up(self):
        """Of one that has not begun; else a new one takes all of it over."""
        Run = self.env["crm.profiling.run"].sudo()
        hows = [*product((False, True), repeat=3)]
        begun = cycle((None, "last_partner_id", None, "done", None, "sorted_id"))
        states = cycle(("running", "paused", "paused", "running"))
        for (look, sort, in_time), (looks, sorts, night) in product(hows, hows):
            Run.search([("state", "!=", "done")]).unlink()
            first, state = next(begun), next(states)
            old = Run.create(
                {
                    "look": look,
                    "sort": sort,
                    "in_time": in_time,
                    "state": state,
                    "profile_ids": [Command.set(self.saas.ids)],
                    **({first: 1} if first else {}),
                }
            )
            Run._ask_for(self.large, 7, look=looks, in_time=night, sort=sorts)
            run = self.open_run()[:1]
            with self.subTest(first=first, state=state, old=old.read(), run=run.read()):
                self.assertEqual(run != old, bool(first))
                self.assertRecordValues(
                    run,
                    [
                        {
                            "total": 7,
                            "state": "running",
                            "look": look or looks,
                            "sort": sort or sorts,
                            "in_time": in_time and night and not first,
                        }
                    ],
                )
                self.assertEqual(run.profile_ids, self.saas | self.large)
                self.assertEqual(old.state, state if first else "running")
        Run.search([("state", "!=", "done")]).unlink()
        Run._ask_for(self.large, 7, look=False, in_time=True)
        self.assertTrue(self.open_run().in_time)

    def test_the_job_is_woken_by_what_it_has_to_do(self):
        """By itself it comes an hour later."""
        self.woken()
        self.take_factories()
        self.assertTrue(self.woken())
        self.partnership.action_pause_run()
        self.assertFalse(self.woken())
        self.partnership.action_resume_run()
        self.assertTrue(self.woken())
        self.partnership.action_pause_run()
        self.factories()
        self.assertTrue(self.woken())

    def test_resuming_does_not_bring_back_what_is_done(self):
        self.take_factories()
        run = self.open_run()
        self.run_job()
        run.action_resume()
        run.action_pause()
        self.assertEqual(run.state, "done")


@tagged("post_install", "-at_install")
class TestLimits(RunCase):
    def count(self):
        return self.env["crm.profiling.applier"].sudo()._count_contacts()

    def test_as_many_contacts_as_apply_at_once(self):
        self.apply_at_once(self.count())
        self.take_factories()
        for partner in self.people:
            self.assertProfilesAndTags(partner, "Partnership")

    def test_one_contact_more(self):
        self.apply_at_once(self.count() - 1)
        self.take_factories()
        for partner in self.people:
            self.assertProfilesAndTags(partner)
        self.run_job()
        self.assertAllIn("Partnership")

    def test_settings_that_are_no_numbers(self):
        """Profiles are saved, and the job does its work, whatever is typed there."""
        parameters = self.env["ir.config_parameter"].sudo()
        runs = self.env["crm.profiling.run"]
        for said, at_once, size in (
            ("many", 5000, 20_000),
            ("nan", 5000, 20_000),
            ("1e300", LARGEST_ID, LARGEST_ID),
            ("-inf", -1, 1),
            ("0", 0, 1),
            ("7.5", 7, 7),
            (False, 5000, 20_000),
        ):
            with self.subTest(said=said):
                parameters.set_param("crm_profiling.apply_at_once", said)
                parameters.set_param("crm_profiling.run_batch_size", said)
                self.assertEqual(runs._most_at_once(), at_once)
                self.assertEqual(runs._batch_size(), size)

    def test_a_batch_of_all_but_one(self):
        self.take_factories()
        run = self.open_run()
        with self.in_batches(4):
            self.run_job()
        self.assertAllIn("Partnership")
        self.assertRecordValues(run, [{"done": 5, "changed": 5, "failed": 0}])

    def test_a_batch_of_exactly_all(self):
        self.take_factories()
        run = self.open_run()
        with self.in_batches(5):
            self.run_job()
        self.assertAllIn("Partnership")
        self.assertRecordValues(run, [{"done": 5, "changed": 5, "state": "done"}])

    def test_of_two_together_the_one_that_cannot_be_brought_in_line(self):
        self.take_factories()
        run = self.open_run()
        bad = self.people[1] | self.people[4]
        applier = type(self.env["crm.profiling.applier"])
        apply = applier._apply

        def fail(self, partner_ids, **kwargs):
            if {*bad.ids} & {*partner_ids}:
                raise ValueError("bad")
            return apply(self, partner_ids, **kwargs)

        with (
            self.in_batches(2),
            patch.object(applier, "_apply", fail),
            self.assertLogs(level="ERROR"),
        ):
            self.run_job()
        for partner in self.people - bad:
            self.assertProfilesAndTags(partner, "Partnership")
        self.assertRecordValues(run, [{"state": "done", "changed": 3, "failed": 2}])

    def test_runs_are_forgotten_after_a_month(self):
        Run = self.env["crm.profiling.run"].sudo()
        now = fields.Datetime.now().replace(day=28, month=5)
        old, new, open_ = Run.create(
            [
                {
                    "state": "done",
                    "date_end": now.replace(month=4) - timedelta(seconds=1),
                },
                {"state": "done", "date_end": now.replace(month=4)},
                {"state": "running", "date_end": now.replace(month=1)},
            ]
        )
        with freeze_time(now):
            Run._gc_done()
        self.assertFalse(old.exists())
        self.assertTrue(new.exists() and open_.exists())


@tagged("post_install", "-at_install")
class TestPreviewOfACompany(ProfilingCase):
    """A profile of one company looks at its contacts, and at those that are shared."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ours, cls.theirs = (
            cls.env["res.company"].sudo().create([{"name": "Ours"}, {"name": "Theirs"}])
        )
        both = cls.ours | cls.theirs
        cls.manager.sudo().company_ids |= both
        for name, company in (
            ("Shared", False),
            ("Our own", cls.ours),
            ("Their own", cls.theirs),
        ):
            cls.prospect(name, {"Sector?": "Industry"}).sudo().company_id = company
        cls.companies = [*cls.env.companies.ids, *both.ids]

    def preview(self, company, profile=None):
        """Return what saving would mean, to a manager of both companies."""
        Preview = self.env["crm.profiling.preview"].with_context(
            allowed_company_ids=self.companies
        )
        draft = Preview._make_draft(
            profile and profile.id or 0,
            0,
            True,
            company and company.id or 0,
            self.choice("Sector?", "Industry").ids,
            [],
        )
        return Preview, draft

    def assertAdded(self, company, *names):
        Preview, draft = self.preview(company)
        self.assertEqual(
            Preview._preview(draft),
            {"matching": len(names), "added": len(names), "removed": 0},
        )
        found = self.env["res.partner"].browse(Preview._contact_ids(draft, "added"))
        self.assertEqual(sorted(found.sudo().mapped("name")), sorted(names))

    def test_of_a_company(self):
        self.assertAdded(self.ours, "Our own", "Shared")
        self.assertAdded(self.theirs, "Shared", "Their own")

    def test_of_all_companies(self):
        self.assertAdded(False, "Our own", "Shared", "Their own")

    def test_given_to_a_company_those_of_others_would_leave(self):
        profile = self.profile("Factories", {"Sector?": "Industry"})
        Preview, draft = self.preview(self.ours, profile)
        self.assertEqual(
            Preview._preview(draft), {"matching": 2, "added": 0, "removed": 1}
        )
        profile.sudo().company_id = self.ours
        self.assertEqual(
            sorted(profile.sudo().membership_ids.partner_id.mapped("name")),
            ["Our own", "Shared"],
        )

    def test_who_is_not_in_a_company_is_told_nothing_of_it(self):
        self.companies = self.env.company.ids
        self.assertAdded(False, "Shared")
