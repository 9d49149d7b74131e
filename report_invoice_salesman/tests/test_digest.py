from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import BoardCase


@tagged("post_install", "-at_install")
class TestDigest(BoardCase):
    """Turnover in the digest."""

    @freeze_time("2026-06-10 12:00:00")
    def test_digest(self):
        """One's own, in the digest's windows; not without a target."""
        digest = self.env["digest.digest"].create(
            {"name": "Daily", "kpi_sales_targets": True, "company_id": self.company.id}
        )
        self._sell(self.ann, 33, "2026-06-10")
        # of the day on which the window of a day begins: it was told yesterday
        self._sell(self.ann, 44, "2026-06-09")
        kpis = {
            kpi["kpi_name"]: kpi for kpi in digest._compute_kpis(self.company, self.ann)
        }
        columns = [kpis["kpi_sales_targets"][f"kpi_col{n}"]["value"] for n in (1, 2, 3)]
        self.assertIn("33", columns[0])
        self.assertIn("77", columns[1])
        self.assertIn("877", columns[2])
        kpis = digest._compute_kpis(self.company, self.bob)
        self.assertNotIn("kpi_sales_targets", [kpi["kpi_name"] for kpi in kpis])
        bob = digest.with_user(self.bob)
        now = fields.Datetime.now()
        with self.assertRaises(AccessError):
            bob.with_context(start_datetime=now, end_datetime=now).mapped(
                "kpi_sales_targets_value"
            )

    @freeze_time("2026-06-10 12:00:00")
    def test_digest_for_whom_a_plan_is_on(self):
        digest = self.env["digest.digest"].create(
            {"name": "Daily", "kpi_sales_targets": True, "company_id": self.company.id}
        )

        def told():
            kpis = digest._compute_kpis(self.company, self.ann)
            return "kpi_sales_targets" in [kpi["kpi_name"] for kpi in kpis]

        self.assertTrue(told())
        for press, expected in (
            ("action_close", False),
            ("action_reopen", True),
            ("action_draft", False),
        ):
            getattr(self.plan, press)()
            self.assertEqual(told(), expected, press)
