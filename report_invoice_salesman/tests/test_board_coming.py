from freezegun import freeze_time

from odoo.tests import tagged

from .common import BoardCase


@tagged("post_install", "-at_install")
class TestBoardComing(BoardCase):
    """What is to come."""

    @freeze_time("2026-06-10 12:00:00")
    def test_pipeline(self):
        self.env["crm.lead"].create(
            {
                "name": "A deal",
                "type": "opportunity",
                "user_id": self.ann.id,
                "company_id": self.company.id,
                "expected_revenue": 1000,
                "probability": 25,
            }
        )
        self.assertEqual(self._board()["coming"]["pipeline"], 250)

    @freeze_time("2026-06-10 12:00:00")
    def test_pipeline_of_the_plan(self):
        """What may be won until its last day, by whoever holds the targets."""
        Lead = self.env["crm.lead"]

        def worth(**vals):
            """Return what one more deal adds to the pipelines of Ann and her team."""
            before = [self._board(self.max, holder_id=one.id) for one in holders]
            lead = Lead.create(
                {
                    "name": "A deal",
                    "type": "opportunity",
                    "user_id": self.ann.id,
                    "team_id": False,
                    "company_id": self.company.id,
                    "expected_revenue": 1000,
                    "probability": 25,
                    **vals,
                }
            )
            after = [self._board(self.max, holder_id=one.id) for one in holders]
            lead.unlink()
            return [
                two["coming"]["pipeline"] - one["coming"]["pipeline"]
                for one, two in zip(before, after, strict=True)
            ]

        teams = self._plan("team")
        holders = [self.holder, self._holder(teams, self.team)]
        teams.action_start()
        for vals, expected in (
            ({}, [250, 0]),
            ({"date_deadline": "2026-12-31"}, [250, 0]),
            ({"date_deadline": "2027-01-01"}, [0, 0]),
            ({"company_id": False}, [250, 0]),
            ({"type": "lead"}, [0, 0]),
            ({"probability": 100}, [0, 0]),
            ({"user_id": self.bob.id, "team_id": self.team.id}, [0, 250]),
        ):
            with self.subTest(**vals):
                self.assertEqual(worth(**vals), expected)
