from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import SerializationFailure

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SourceCase

JOB = "odoo.addons.crm_profiling_account.models.crm_profiling_invoiced_job"


@tagged("post_install", "-at_install")
class TestSourceJob(SourceCase):
    """Posting notes whom, and the job looks at them."""

    def test_never_in_the_way(self):
        """Posting adds one row, and waits for nobody."""
        self.env["crm.profiling.invoiced"]._take()
        move = self._invoice(10, post=False)
        move._post(soft=False)
        self.assertEqual(self.env["crm.profiling.invoiced"]._left(), 1)
        self.assertEqual(self.env["crm.profiling.invoiced"]._take(), self.customer.ids)
        self.assertFalse(self.env["crm.profiling.invoiced"]._left())

    def test_no_more_are_taken_than_asked_for(self):
        """Whatever the planner thinks of: joined row by row, it would choose anew."""
        Invoiced = self.env["crm.profiling.invoiced"]
        Invoiced._take()
        others = self.customer.create([{"name": name} for name in "ABC"])
        Invoiced._note(others.ids)
        self.env.flush_all()
        for way in ("hashjoin", "mergejoin", "hashagg", "sort", "material", "memoize"):
            self.env.cr.execute(f"SET LOCAL enable_{way} = off")
        for other in others:
            self.assertEqual(Invoiced._take(1), other.ids)

    def test_the_job(self):
        """Takes all of them, and is not stopped by one that cannot be looked at."""
        self._sold(12000)
        other = self.customer.create({"name": "Deco", "is_company": True})
        Invoiced = self.env["crm.profiling.invoiced"]
        Invoiced._note([self.customer.id, other.id])
        self.env.flush_all()
        source = type(self.env["crm.profiling.source.turnover"])
        looked_at = []

        def changed(_source, holder_ids, quietly=False):
            if self.customer.id in holder_ids:
                raise ValueError("broken")
            looked_at.extend(holder_ids)

        with (
            patch.object(source, "_changed_for", changed),
            self.enter_registry_test_mode(),
            mute_logger(JOB),
        ):
            self.env.ref("crm_profiling_account.ir_cron_look").method_direct_trigger()
        self.assertEqual(looked_at, other.ids)
        self.assertFalse(Invoiced._left())

    @freeze_time("2026-06-01 12:00:00")
    def test_what_came_past_odoo(self):
        """Is found once a week; nothing is looked at where no profile asks for it."""
        move = self._sold(50)
        self.assertFalse(self.customer.profile_ids)
        self.env.cr.execute(
            "UPDATE account_move SET amount_untaxed_signed = 20000 WHERE id = %s",
            [move.id],
        )
        self._look()
        self.assertFalse(self.customer.profile_ids)
        Invoiced = self.env["crm.profiling.invoiced"]
        Invoiced._cron_whole()
        self.env.invalidate_all()
        self.assertEqual(self.customer.profile_ids, self.profile)
        (self.profile | self.sleeping).active = False
        self.env["crm.profiling.run"].search([]).unlink()
        Invoiced._cron_whole()
        self.assertFalse(self.env["crm.profiling.run"].search([]))

    def test_nights_that_did_not_come(self):
        """The server was off for a week: what left or came meanwhile is looked at."""
        with freeze_time("2026-06-01 12:00:00"):
            self._sold(20000, "2025-06-02")
            coming = self.customer.create({"name": "Coming", "is_company": True})
            self._sold(20000, "2026-06-02", partner_id=coming.id)
            self.assertEqual(coming.profile_ids, self.sleeping)
        for day, looked_at in (
            ("2026-06-01", self.customer.browse()),
            ("2026-06-02", self.customer | coming),
            ("2026-06-09", self.customer | coming),
            ("2026-06-10", self.customer.browse()),
        ):
            with self.subTest(day=day), freeze_time(f"{day} 02:00:00"):
                self.assertEqual(self._tonight(), looked_at)

    def test_the_job_leaves_them_to_who_works_on_them(self):
        """And comes again in a minute; it does not try over and over."""
        Invoiced = self.env["crm.profiling.invoiced"]
        Invoiced._take()
        Invoiced._note(self.customer.ids)
        self.env.flush_all()
        busy = [SerializationFailure(), None, None]
        with (
            patch.object(type(Invoiced), "_look", side_effect=busy) as look,
            self.enter_registry_test_mode(),
        ):
            self.env.ref("crm_profiling_account.ir_cron_look").method_direct_trigger()
        self.assertEqual((look.call_count, Invoiced._left()), (1, 1))

    def test_the_job_stops_when_its_time_is_over(self):
        """What is left the next one takes, and it is told how much that is."""
        Invoiced, IrCron = self.env["crm.profiling.invoiced"], self.env["ir.cron"]
        Invoiced._take()
        others = self.customer.create([{"name": name} for name in "ABCD"])
        for answers, left in (([1, 0], 3), ([1, 1, 0], 1), ([1, 1], 0)):
            if not left or left == 3:
                Invoiced._take()
                Invoiced._note(others.ids if left else others[:1].ids)
                self.env.flush_all()
            with (
                patch(f"{JOB}.BATCH", 1),
                patch.object(
                    type(IrCron), "_commit_progress", side_effect=answers
                ) as told,
            ):
                Invoiced._cron_look()
            self.assertEqual(Invoiced._left(), left)
            self.assertEqual(told.call_args.kwargs, {"remaining": left})
