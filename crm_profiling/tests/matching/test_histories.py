"""Whatever happens, in whatever order, the addon agrees with brute force.

`make test` tries the same few histories each time; `make fuzz` tries others for as long
as one likes.
"""

import os
import time
from unittest import skipUnless
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from ..common import ProfilingCase

try:
    import hypothesis
    from hypothesis.stateful import run_state_machine_as_test

    from ..histories import Histories
except ImportError:  # not one of Odoo's own requirements
    hypothesis = None


@tagged("post_install", "-at_install")
@skipUnless(hypothesis, "the Python package hypothesis is not installed")
class TestHistories(ProfilingCase):
    maxDiff = None
    histories = hypothesis and Histories

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._forget_catalog()
        companies = cls.env["res.company"].sudo()
        companies = companies.create([{"name": "Here"}, {"name": "There"}])
        cls.env.user.sudo().company_ids |= companies

    def check(self, seed, histories, steps):
        """Try some histories; the shortest one that fails is told in sentences."""
        history = type("History", (self.histories,), {"case": self})
        settings = hypothesis.settings(
            database=None,
            deadline=None,
            max_examples=histories,
            print_blob=False,
            report_multiple_bugs=False,
            # finding the shortest history may take as long as one likes: not here
            phases=[
                phase
                for phase in hypothesis.Phase
                if phase is not hypothesis.Phase.shrink or os.environ.get("FUZZ_SHRINK")
            ],
            stateful_step_count=steps,
            suppress_health_check=list(hypothesis.HealthCheck),
        )
        now = patch.object(fields.Datetime, "now", lambda: self.clock.clock)
        today = patch.object(
            fields.Date, "context_today", lambda *_args: self.clock.clock.date()
        )
        # contacts are created when the history says so, not when PostgreSQL does
        created = patch.object(
            type(self.env.cr), "now", lambda *_args: self.clock.clock
        )
        try:
            with now, today, created:
                run_state_machine_as_test(
                    hypothesis.seed(seed)(history), settings=settings
                )
        except Exception as error:
            story = "\n".join(
                f"  {number}. {s}" for number, s in enumerate(self.told, 1)
            )
            raise AssertionError(
                f"After this history (SEED={seed}):\n{story}\n{error}"
            ) from error

    def test_a_few_histories(self):
        self.check(seed=0, histories=12, steps=25)

    @skipUnless(os.environ.get("FUZZ_MINUTES"), "make fuzz tries more histories")
    def test_many_histories(self):
        seed = int(os.environ.get("FUZZ_SEED") or time.time())
        end = time.monotonic() + 60 * float(os.environ["FUZZ_MINUTES"])
        while time.monotonic() < end:
            self.check(seed=seed, histories=20, steps=50)
            seed += 1
