"""Changed profiles reach a large database in the background, batch by batch."""

from unittest.mock import patch

from psycopg2.errors import QueryCanceled, SerializationFailure

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.matching import (
    crm_profiling_applier_walk,
    crm_profiling_run_job,
)
from ..common import ProfilingCase


@tagged("post_install", "-at_install")
class TestBackground(ProfilingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.profiling.run"].sudo().search([("state", "!=", "done")]).unlink()
        cls.cron = cls.env.ref("crm_profiling.ir_cron_apply_profiles").sudo()
        names = ["Ann", "Bob", "Carl", "Dora", "Ed"]
        cls.people = cls.env["res.partner"].union(
            *(cls.prospect(name, {"Sector?": "Industry"}) for name in names)
        )
        # from now on every database is large
        cls.apply_at_once(-1)

    def open_run(self):
        return self.env["crm.profiling.run"].search([("state", "!=", "done")])

    def take_factories(self):
        """Have Partnership take factories too: all five people enter."""
        self.partnership.required_answer_ids += self.choice("Sector?", "Industry")

    def assertInside(self, *partners):
        self.assertEqual(
            self.stored(self.people).filtered("profile_ids"),
            self.env["res.partner"].union(*partners),
        )

    def test_saving_only_asks_for_it(self):
        before = self.cron.env["ir.cron.trigger"].search_count([])
        self.take_factories()
        self.assertInside()
        self.assertGreater(self.cron.env["ir.cron.trigger"].search_count([]), before)
        self.assertTrue(self.partnership.stale_since)
        self.assertFalse(self.saas.stale_since)

    def test_the_job_does_it(self):
        self.take_factories()
        self.run_job()
        self.assertInside(self.people)
        for partner in self.people:
            self.assertProfilesAndTags(partner, "Partnership")
        self.assertFalse(self.open_run())
        self.assertFalse(self.stored(self.partnership).stale_since)

    def test_a_profile_becomes_another_companys(self):
        """It lets go of those who are not that company's, nor everybody's."""
        companies = self.env["res.company"].sudo()
        here, there = companies.create([{"name": "Here"}, {"name": "There"}])
        self.env.user.sudo().company_ids |= here | there
        self.people[0].company_id = here
        self.people[1].company_id = there
        self.take_factories()
        self.run_job()
        self.assertInside(self.people)
        self.partnership.company_id = there
        self.run_job()
        self.assertInside(self.people[1:])

    def test_the_job_ends_when_its_time_is_up(self):
        """It is called again: Odoo restarts servers whose jobs take too long."""
        self.take_factories()
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            env = self.env(cr=cr, su=True)
            progress = env["ir.cron.progress"].create({"cron_id": self.cron.id})
            env["crm.profiling.run"].with_context(
                cron_id=self.cron.id, ir_cron_progress_id=progress.id, cron_end_time=0
            )._cron_apply()
            self.assertEqual(progress.remaining, 5)
        self.assertInside()
        self.run_job()
        self.assertInside(self.people)

    def test_batch_by_batch(self):
        self.take_factories()
        run = self.open_run()
        self.do_batches(2)
        self.assertInside(*self.people[:2])
        self.assertEqual((run.done, run.total, run.state), (2, 5, "running"))
        self.assertEqual(self.partnership.run_done, 2)
        self.do_batches(2)
        self.assertInside(*self.people[:4])
        self.run_job()
        self.assertInside(self.people)
        self.assertRecordValues(run, [{"state": "done", "done": 5, "changed": 5}])

    def test_managers_see_it_move(self):
        self.take_factories()
        managers = self.env.ref("sales_team.group_sale_manager")
        with (
            patch.object(crm_profiling_run_job, "COMPARED_AT_ONCE", 2),
            patch.object(type(self.env["bus.bus"]), "_sendone") as send,
        ):
            self.run_job()
        self.assertEqual(
            [call.args for call in send.call_args_list],
            [
                (managers, "crm_profiling/run", {"state": state, "done": done})
                for state, done in (
                    ("running", 2),
                    ("running", 4),
                    ("running", 5),
                    ("done", 5),
                )
            ],
        )

    def test_answers_given_meanwhile_count_at_once(self):
        self.take_factories()
        self.answer(self.people[0], "Staff?", "1")
        self.assertProfilesAndTags(self.people[0], "Partnership", "SaaS")
        self.assertInside(self.people[0])
        self.answer(self.people[1], "Sector?", "Others")
        self.run_job()
        self.assertInside(self.people - self.people[1])

    def test_a_second_change_starts_the_run_anew(self):
        self.take_factories()
        self.do_batches(3)
        self.profile("Factories", {"Sector?": "Industry"})
        run = self.open_run()[0]
        self.assertCountEqual(
            run.profile_ids.mapped("name"), ["Factories", "Partnership"]
        )
        self.run_job()
        for partner in self.people:
            self.assertProfilesAndTags(partner, "Factories", "Partnership")

    def beaten(self, error, times):
        """Have the first batches fail, as they do when users come first."""
        applier = type(self.env["crm.profiling.applier"])
        apply_after, errors = applier._apply_after, iter([error] * times)

        def fail(*args):
            if error := next(errors, None):
                raise error
            return apply_after(*args)

        return patch.object(applier, "_apply_after", fail)

    def test_who_is_beaten_by_users_tries_again(self):
        """A batch that users came before is no reason to leave a contact out."""
        self.take_factories()
        run = self.open_run()
        with self.beaten(SerializationFailure(), 8):
            self.run_job()
        self.assertInside(self.people)
        self.assertRecordValues(run, [{"state": "done", "failed": 0}])

    def test_a_batch_that_takes_too_long_is_done_in_parts(self):
        """The database cancels what looks at more than two contacts."""
        self.take_factories()
        run = self.open_run()
        applier = type(self.env["crm.profiling.applier"])
        apply_after, sizes = applier._apply_after, []

        def cancel(self, last_id, size, *looks):
            sizes.append(size)
            if len(sizes) > 20 or size > 2:
                raise QueryCanceled()
            return apply_after(self, last_id, size, *looks)

        with (
            patch.object(crm_profiling_run_job, "COMPARED_AT_ONCE", 100),
            patch.object(applier, "_apply_after", cancel),
        ):
            self.run_job()
        self.assertEqual(sizes[:4], [100, 5, 1, 2])
        self.assertInside(self.people)
        self.assertRecordValues(run, [{"state": "done", "failed": 0}])

    def test_a_contact_that_cannot_be_brought_in_line_is_left_out(self):
        """It is counted, and the others are done."""
        self.take_factories()
        run = self.open_run()
        bad = self.people[2].id
        applier = type(self.env["crm.profiling.applier"])
        apply = applier._apply

        def fail(self, partner_ids, **kwargs):
            if bad in partner_ids:
                raise ValueError("bad")
            return apply(self, partner_ids, **kwargs)

        with patch.object(applier, "_apply", fail), self.assertLogs(level="ERROR"):
            self.run_job()
        self.assertInside(self.people - self.people[2])
        self.assertRecordValues(run, [{"state": "done", "failed": 1}])

    def test_a_profile_saved_between_a_batch_and_the_note_of_it(self):
        """What the batch did it did by the old profiles: it is done again."""
        self.take_factories()
        catalog = type(self.env["crm.profiling.catalog"])
        lock, locks = catalog._lock, []

        def save(catalog):
            locks.append("batch" if len(locks) < 2 else "note")
            if locks == ["batch", "batch", "note"]:
                self.profile("Factories", {"Sector?": "Industry"})
            return lock(catalog)

        with patch.object(catalog, "_lock", save):
            self.run_job()
        for partner in self.people:
            self.assertProfilesAndTags(partner, "Factories", "Partnership")

    def test_a_pause_asked_for_during_a_batch(self):
        """The job's own note of how far it came does not undo it."""
        self.take_factories()
        run = self.open_run()
        applier = type(self.env["crm.profiling.applier"])
        apply_after = applier._apply_after

        def pause(*args):
            run.action_pause()
            run.flush_recordset()
            return apply_after(*args)

        with (
            patch.object(crm_profiling_run_job, "COMPARED_AT_ONCE", 2),
            patch.object(applier, "_apply_after", pause),
        ):
            self.run_job()
        self.assertRecordValues(run, [{"state": "paused", "done": 2}])
        self.partnership.action_resume_run()
        self.run_job()
        self.assertInside(self.people)

    def test_paused_and_resumed(self):
        self.take_factories()
        self.partnership.action_pause_run()
        self.run_job()
        self.assertInside()
        self.assertEqual(self.partnership.run_state, "paused")
        self.partnership.action_resume_run()
        self.run_job()
        self.assertInside(self.people)

    def test_a_salesman_does_not_pause(self):
        self.take_factories()
        with self.assertRaises(AccessError):
            self.partnership.with_user(self.salesman).action_pause_run()

    def test_nothing_to_do_writes_nothing(self):
        self.take_factories()
        self.run_job()
        before = self.rows()
        self.partnership.required_answer_ids = self.partnership.required_answer_ids
        self.run_job()
        self.assertEqual(self.rows(), before)
        self.run_job()  # and without a run

    def test_archived_deleted_and_given_another_tag(self):
        self.take_factories()
        self.run_job()
        self.partnership.category_id = self.tag("Partner")
        self.run_job()
        for partner in self.people:
            self.assertTags(partner, "Partner")
        self.partnership.action_archive()
        self.run_job()
        self.assertInside()
        for partner in self.people:
            self.assertTags(partner)

    def test_given_another_tag_and_archived_before_the_job_came(self):
        self.take_factories()
        self.run_job()
        self.partnership.category_id = self.tag("Partner")
        self.partnership.action_archive()
        self.run_job()
        for partner in self.people:
            self.assertProfilesAndTags(partner)

    def test_a_deleted_profile_leaves_nothing_behind(self):
        self.take_factories()
        self.run_job()
        self.partnership.unlink()
        self.run_job()
        for partner in self.people:
            self.assertProfilesAndTags(partner)

    def test_contacts_deleted_meanwhile(self):
        self.take_factories()
        self.people[2].unlink()
        self.run_job()
        self.people -= self.people[2]
        self.assertInside(self.people)

    def test_a_person_put_out_stays_out(self):
        self.people[0].profiling_set_hand(self.partnership.id, "barred")
        self.take_factories()
        self.run_job()
        self.assertInside(self.people - self.people[0])

    def test_equal_answers_in_other_companies(self):
        """Contacts are told apart by their company, not by their answers alone."""
        ours, theirs = (
            self.env["res.company"].sudo().create([{"name": "A"}, {"name": "B"}])
        )
        self.people[0].sudo().company_id = ours
        self.people[1].sudo().company_id = theirs
        theirs_only = self.profile("Theirs", {"Sector?": "Industry"})
        theirs_only.sudo().company_id = theirs
        self.run_job()
        found = self.stored(self.people).sudo().filtered("profile_ids")
        self.assertEqual(found, self.people - self.people[0])

    def test_a_second_run_asks_for_little_and_writes_nothing(self):
        """One query finds out that a whole batch is as it should be."""
        self.take_factories()
        self.run_job()
        applier = self.env["crm.profiling.applier"].sudo()
        before = self.rows()
        batch = applier._apply_after(0, 1000)
        queries = self.count_queries(applier._apply_after, 0, 1000)
        self.assertEqual((batch.looked_at, batch.changed), (len(self.people), 0))
        self.assertEqual(queries, 2)  # the version of the catalog, and the batch
        self.assertEqual(self.rows(), before)

    def test_a_transaction_changes_no_more_than_so_many(self):
        self.take_factories()
        applier = self.env["crm.profiling.applier"].sudo()
        with patch.object(crm_profiling_applier_walk, "WRITTEN_AT_ONCE", 2):
            batch = applier._apply_after(0, 1000)
            self.assertEqual(batch, (self.people[1].id, 2, 2))
            self.assertInside(*self.people[:2])
            self.run_job()
        self.assertInside(self.people)
        run = self.env["crm.profiling.run"].search([], limit=1)
        self.assertRecordValues(run, [{"state": "done", "done": 5, "changed": 3}])
