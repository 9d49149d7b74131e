"""When something was said, as files write it, without Odoo."""

from datetime import datetime

from ...moments import has_zone, moment
from ..plain import PlainCase, tagged

DAY = datetime(2026, 3, 4)


@tagged("post_install", "-at_install")
class TestPlainMoments(PlainCase):
    def assertMoments(self, wanted, *written, **kwargs):
        for said in written:
            with self.subTest(said=said):
                self.assertEqual(moment(said, **kwargs), wanted)

    def test_a_day(self):
        self.assertMoments(
            DAY,
            "2026-03-04", "2026/3/4", "2026.03.04", " 2026-03-04 ",
            "4.3.2026", "04.03.26", "4/3/2026", "04-03-2026",
            "4 March 2026", "4th March 2026", "4. März 2026", "4-Mar-2026",
            "4 mars 2026", "March 4, 2026", "Mar 4th 2026", "4 марта 2026",
            "4-Mar-26", "04 Mar 26", "4 de marzo de 2026", "2026年3月4日",
        )  # fmt: skip

    def test_months_first(self):
        self.assertMoments(DAY, "3/4/2026", is_month_first=True)
        self.assertMoments(datetime(2026, 4, 3), "3/4/2026")
        # with points or dashes nobody writes the month first
        self.assertMoments(DAY, "4.3.2026", "4-3-2026", is_month_first=True)
        # there is no month 13, whoever writes it
        self.assertMoments(datetime(2026, 12, 13), "13/12/2026", is_month_first=True)
        self.assertMoments(datetime(2026, 12, 13), "12/13/2026")
        self.assertMoments(datetime(2026, 12, 12), "12/12/2026", is_month_first=True)
        self.assertMoments(datetime(2026, 1, 12), "1/12/2026", is_month_first=True)
        self.assertMoments(datetime(2026, 12, 11), "12/11/2026", is_month_first=True)

    def test_a_time(self):
        self.assertMoments(
            datetime(2026, 3, 4, 15, 6),
            "2026-03-04 15:06", "2026-03-04T15:06", "2026-03-04T15:06:00.123",
            "4.3.2026 15:06", "4.3.2026, 15:06", "4.3.2026 um 15:06",
            "4/3/2026 at 15:06", "4/3/2026 3:06 PM", "4/3/2026 03:06pm",
            "4 Mar 2026 15:06", "Mar 4, 2026, 3:06\u202fPM", "March 4, 2026 at 3:06 pm",
            "2026/03/04 3:06:00 PM", "2026/3/4 3:06 p.m.",
        )  # fmt: skip
        self.assertMoments(
            datetime(2026, 3, 4, 15, 6, 7), "2026-03-04 15:06:07", "4.3.2026 15:06:07"
        )

    def test_noon_and_midnight(self):
        self.assertMoments(datetime(2026, 3, 4, 12, 1), "4/3/2026 12:01 pm")
        self.assertMoments(datetime(2026, 3, 4, 0, 1), "4/3/2026 12:01 am")
        self.assertMoments(datetime(2026, 3, 4, 11, 1), "4/3/2026 11:01 AM")

    def test_a_zone(self):
        self.assertMoments(
            datetime(2026, 3, 4, 15, 6),
            "2026-03-04T15:06Z", "2026-03-04 17:36+02:30", "2026-03-04T17:06:00 +0200",
            "2026-03-04T12:36-02:30", "2026-03-04T15:06+00:00",
            "2026/03/04 4:06:00 PM GMT+1", "2026/03/04 10:06:00 AM GMT-5",
            "2026-03-04 15:06:00 UTC", "2026-03-04 20:36 +530", "2026-03-04 20:36+5:30",
        )  # fmt: skip
        self.assertMoments(datetime(2026, 3, 3, 23, 0), "2026-03-04T01:00+02:00")
        self.assertMoments(datetime(2026, 3, 3, 14, 0), "2026-03-04T01:00+11:00")

    def test_no_zone_of_this_world(self):
        self.assertMoments(None, "2026-03-04 15:06+99:99", "2026-03-04 15:06 -25")

    def test_whether_a_zone_is_said(self):
        for said in (
            "2026-03-04T15:06Z",
            "2026/3/4 3:06:00 PM GMT+1",
            " 2026-03-04 1:00 -02",
        ):
            self.assertTrue(has_zone(said), said)
        for said in ("2026-03-04 15:06", "2026-03-04", "4.3.2026 15:06", "soon", ""):
            self.assertFalse(has_zone(said), said)

    def test_two_digits_of_a_year(self):
        self.assertMoments(datetime(2099, 1, 2), "2.1.99")
        self.assertMoments(datetime(2000, 1, 2), "2.1.00")

    def test_days_as_spreadsheets_count_them(self):
        self.assertMoments(datetime(2026, 3, 4), "46085")
        self.assertMoments(datetime(2026, 3, 4, 12), "46085.5")
        self.assertMoments(datetime(2026, 3, 4, 6, 0, 0), "46085.25")
        self.assertMoments(datetime(2026, 3, 4, 18, 0, 0), "46085.75")
        self.assertMoments(datetime(1982, 2, 19), "30001")
        self.assertMoments(datetime(2091, 8, 24), "69999")
        self.assertMoments(None, "30000", "70000", "4608", "460850")

    def test_every_month_in_every_language(self):
        for number, names in (
            (1, "January januar Janvier enero gennaio января"),
            (2, "feb Februar février febrero февраля"),
            (3, "mar März mars marzo марта"),
            (4, "april avril abril aprile"),
            (5, "may Mai mayo maggio мая"),
            (6, "june Juni juin junio"),
            (7, "july Juli juillet"),
            (8, "august août agosto"),
            (9, "sept September septembre"),
            (10, "october Oktober octobre"),
            (11, "nov November noviembre"),
            (12, "dec Dezember décembre"),
        ):
            for name in names.split():
                self.assertMoments(datetime(2026, number, 2), f"2 {name} 2026")

    def test_what_is_no_moment(self):
        self.assertMoments(
            None,
            "", "yesterday", "2026", "2026-13-01", "30.2.2026", "2026-02-30",
            "4.3/2026", "4 Foo 2026", "Foo 4, 2026", "2026-03-04 25:00", "15:06",
            "32 March 2026", "0000-01-01", "4.3.202", "4 March 202",
            "4 March 2026 25:00",
        )  # fmt: skip
