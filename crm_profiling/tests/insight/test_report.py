"""Reports: what they count is what one would count by hand."""

import random
from collections import defaultdict
from datetime import date, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tests import new_test_user, tagged

from ..common import QUESTIONS, ProfilingCase


class ReportCase(ProfilingCase):
    """A small world of random answers, pins and companies, and a naive count of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.random = random.Random(19)
        cls.west = cls.env["res.company"].sudo().create({"name": "West"})
        cls.manager.sudo().company_ids |= cls.west
        cls.env = cls.env(
            context={
                **cls.env.context,
                "allowed_company_ids": (cls.manager.company_id | cls.west).ids,
            }
        )
        cls.contacts = cls.env["res.partner"].union(
            *(cls._random_prospect(number) for number in range(40))
        )
        cls.contacts[3].profiling_set_hand(cls.large.id, "pinned")
        cls.contacts[4].profiling_set_hand(cls.saas.id, "barred")
        cls.contacts[5].profiling_set_hand(cls.saas.id, "pinned")
        cls.contacts[5].action_archive()

    @classmethod
    def _random_prospect(cls, number):
        answers = {
            name: cls.random.choice(choices)
            for name, choices in QUESTIONS.items()
            if cls.random.random() < 0.6
        }
        return cls.prospect(
            f"Contact {number}",
            answers,
            user_id=cls.random.choice([cls.salesman.id, cls.manager.id, False]),
            company_id=cls.random.choice([False, cls.west.id]),
            country_id=cls.env["res.country"].search([], limit=1, offset=number % 3).id,
        )

    def members(self, company=None):
        """Return ``{profile: contacts in it}``, looking at one contact at a time."""
        inside = defaultdict(set)
        for contact in self.stored(self.contacts).filtered("active"):
            if company is None or contact.company_id == company:
                for profile in contact.profile_ids:
                    inside[profile].add(contact)
        return inside


@tagged("post_install", "-at_install")
class TestPivots(ReportCase):
    def counts(self, model, group_by):
        """Return what the pivot shows for a group-by: distinct contacts."""
        groups = self.env[model].formatted_read_group(
            [("partner_id", "in", self.contacts.ids), ("partner_id.active", "=", True)],
            [group_by],
            ["partner_id:count_distinct"],
        )
        return {
            group[group_by] and group[group_by][0]: group["partner_id:count_distinct"]
            for group in groups
        }

    def test_contacts_by_answer_question_salesperson_and_country(self):
        wanted = defaultdict(set)
        for contact in self.stored(self.contacts).filtered("active"):
            for answer in contact.profiling_answer_ids:
                wanted["answer_id", answer.id].add(contact)
                wanted["question_id", answer.question_id.id].add(contact)
                wanted["partner_user_id", contact.user_id.id].add(contact)
                wanted["country_id", contact.country_id.id].add(contact)
                wanted["user_id", self.manager.id].add(contact)
        for field in self.some({field for field, _value in wanted}):
            with self.subTest(field=field):
                self.assertEqual(
                    self.counts("crm.profiling.response", field),
                    {v: len(who) for (f, v), who in wanted.items() if f == field},
                )

    def test_contacts_by_profile_tag_and_salesperson(self):
        inside = self.members()
        wanted = defaultdict(set)
        for profile, contacts in inside.items():
            for contact in contacts:
                wanted["profile_id", profile.id].add(contact)
                wanted["profile_category_id", profile.category_id.id].add(contact)
                wanted["partner_user_id", contact.user_id.id].add(contact)
        Membership = self.env["crm.profiling.membership"]
        for field in self.some({field for field, _value in wanted}):
            groups = Membership._read_group(
                [("partner_id.active", "=", True), ("state", "!=", "barred")],
                [field],
                ["partner_id:count_distinct"],
            )
            with self.subTest(field=field):
                self.assertEqual(
                    {value.id: count for value, count in groups},
                    {v: len(who) for (f, v), who in wanted.items() if f == field},
                )

    def test_dates_are_grouped_by_month(self):
        for model in ("response", "membership"):
            groups = self.env[f"crm.profiling.{model}"].formatted_read_group(
                [], ["date:month"], ["__count"]
            )
            self.assertTrue(groups)

    def test_nothing_is_summed_up_that_means_nothing(self):
        """Pivots offer every number that has an aggregator."""
        measures = {
            (model, name)
            for model in ("response", "membership", "snapshot")
            for name, field in self.env[f"crm.profiling.{model}"].fields_get().items()
            if field["type"] in ("integer", "float", "monetary")
            and field.get("aggregator")
            and name != "id"
        }
        sizes = {("snapshot", name) for name in ("size", "entered", "gone")}
        # numbers that were said are averaged
        self.assertEqual(measures, {*sizes, ("response", "value")})

    def test_a_figure_opens_the_contacts_behind_it(self):
        Partner = self.env["res.partner"]
        it = self.choice("Sector?", "IT")
        wanted = self.contacts.filtered(
            lambda one: one.active and it in one.profiling_answer_ids
        )
        action = Partner.action_profiling_contacts(
            "profiling_response_ids", [("answer_id", "=", it.id)]
        )
        self.assertEqual(Partner.search(action["domain"]), Partner.search(
            [("id", "in", wanted.ids)]
        ))  # fmt: skip
        action = Partner.action_profiling_contacts(
            "profiling_membership_ids",
            [("profile_id", "=", self.saas.id), ("state", "!=", "barred")],
        )
        found = Partner.search(action["domain"])
        self.assertEqual(set(found), self.members()[self.saas])
        with self.assertRaises(ValidationError):
            Partner.action_profiling_contacts("child_ids", [])


@tagged("post_install", "-at_install")
class TestSnapshots(ReportCase):
    @property
    def Snapshot(self):
        return self.env["crm.profiling.snapshot"]

    def take(self, day):
        """Count on a day."""
        self.env.flush_all()
        with freeze_time(day):
            self.Snapshot.sudo()._cron_take()

    def history(self, month, company=None):
        """Return ``{profile: (size, entered, left)}`` of a month."""
        domain = Domain("date", "=", month)
        if company is not None:
            domain &= Domain("company_id", "=", company.id)
        groups = self.Snapshot._read_group(
            domain, ["profile_id"], ["size:sum", "entered:sum", "gone:sum"]
        )
        return {profile: tuple(figures) for profile, *figures in groups}

    def test_sizes_are_those_of_the_profiles(self):
        self.take("2026-03-10")
        for company in (None, self.west, self.env["res.company"]):
            inside, history = self.members(company), self.history("2026-03-01", company)
            self.assertEqual(
                {profile: size for profile, (size, _in, _out) in history.items()},
                {p: len(inside[p]) for p in history},
            )
        profiles = self.env["crm.profiling.profile"].search(Domain.TRUE)
        self.assertEqual(set(self.history("2026-03-01")), set(profiles))
        for profile in self.some(profiles):
            self.assertEqual(
                self.history("2026-03-01")[profile][0], profile.member_count
            )

    def test_before_the_first_month_nothing_is_known(self):
        self.take("2026-03-10")
        for _size, entered, gone in self.some(self.history("2026-03-01").values()):
            self.assertEqual((entered, gone), (0, 0))

    def test_entries_and_exits_are_counted_one_by_one(self):
        self.take("2026-03-31")
        before = self.members()
        for number, contact in enumerate(self.contacts.filtered("active")):
            if number % 3 == 0:
                self.answer(contact, "Staff?", self.random.choice(["1", "500+"]))
            if number % 7 == 0:
                self.answer(contact, "Sector?", self.random.choice(["IT", "Others"]))
        self.contacts[10].action_archive()
        for day in ("2026-04-01", "2026-04-20"):  # counted again, not added up
            self.take(day)
        after = self.members()
        history = self.history("2026-04-01")
        for profile in self.some(self.env["crm.profiling.profile"].search([])):
            self.assertEqual(
                history[profile],
                (
                    len(after[profile]),
                    len(after[profile] - before[profile]),
                    len(before[profile] - after[profile]),
                ),
                profile.name,
            )
        self.assertTrue(any(gone for _size, _entered, gone in history.values()))

    def test_past_months_stay_as_they_were(self):
        self.take("2026-03-10")
        march = self.history("2026-03-01")
        self.contacts[:20].action_archive()
        self.take("2026-04-10")
        self.take("2026-05-10")
        self.assertEqual(self.history("2026-03-01"), march)
        # who was inside is kept as long as it is needed
        self.env.cr.execute(
            "SELECT DISTINCT date FROM crm_profiling_snapshot"
            " WHERE member_ids IS NOT NULL ORDER BY date"
        )
        months = [month for (month,) in self.env.cr.fetchall()]
        self.assertEqual(months, [date(2026, 4, 1), date(2026, 5, 1)])

    def test_an_archived_profile_has_lost_everybody(self):
        self.take("2026-03-10")
        held = len(self.members()[self.saas])
        self.saas.action_archive()
        self.take("2026-04-10")
        self.assertEqual(self.history("2026-04-01")[self.saas], (0, 0, held))
        self.take("2026-05-10")
        self.assertNotIn(self.saas, self.history("2026-05-01"))

    def test_sizes_of_several_months_are_not_added_up(self):
        self.take("2026-03-10")
        self.contacts[:10].action_archive()
        self.take("2026-04-10")
        march, april = self.history("2026-03-01"), self.history("2026-04-01")
        both = dict(
            self.Snapshot._read_group([], ["profile_id"], ["size:sum"])
        )  # fmt: skip
        for profile, size in self.some(both.items()):
            mean = (march[profile][0] + april[profile][0]) / 2
            self.assertAlmostEqual(size, mean, delta=0.5)

    def test_the_number_of_queries_does_not_grow(self):
        def measure():
            return self.count_queries(self.Snapshot.sudo()._cron_take)

        measure()
        few = measure()
        for number in range(10):
            self.profile(f"More {number}", {"Sector?": "IT"})
        self.contacts.copy()
        self.assertEqual(measure(), few)

    def test_another_companys_contacts_are_not_counted(self):
        self.take("2026-03-10")
        here = new_test_user(
            self.env(su=True),
            "profiling_here",
            groups="sales_team.group_sale_salesman",
            company_id=self.manager.company_id.id,
        )
        seen = self.Snapshot.with_user(here).with_context(
            allowed_company_ids=here.company_ids.ids
        )
        self.assertNotIn(self.west, seen.search(Domain.TRUE).company_id)
        shared = self.members(self.env["res.company"])
        sizes = seen._read_group([], ["profile_id"], ["size:sum"])
        for profile, size in self.some(sizes):
            self.assertEqual(size, len(shared[profile.with_env(self.env)]))

    def test_nobody_writes_history(self):
        self.take("2026-03-10")
        for user in (self.salesman, self.manager):
            seen = self.Snapshot.with_user(user).with_context(allowed_company_ids=None)
            snapshot = seen.search([], limit=1)
            with self.assertRaises(AccessError):
                snapshot.write({"size": 1000})


@tagged("post_install", "-at_install")
class TestBoard(ReportCase):
    def board(self, user=None, companies=None):
        self.env.flush_all()
        self.env.invalidate_all()
        board = self.env["crm.profiling.board"]
        if user:
            board = board.with_user(user)
        if companies is not None:
            board = board.with_context(allowed_company_ids=companies.ids)
        return board.get_board()

    def shown(self, profile, **kwargs):
        """Return what the board says of a profile."""
        return next(
            one for one in self.board(**kwargs)["profiles"] if one["id"] == profile.id
        )

    def won(self, contact, revenue, days_after=1, **vals):
        """Create an opportunity won so long after the contact entered its profiles."""
        entered = max(contact.profiling_membership_ids.mapped("date"))
        return (
            self.env["crm.lead"]
            .sudo()
            .create(
                {
                    "name": "Deal",
                    "type": "opportunity",
                    "partner_id": contact.id,
                    "expected_revenue": revenue,
                    "stage_id": self.env.ref("crm.stage_lead4").id,
                    "probability": 100,
                    "date_closed": entered + timedelta(days=days_after),
                    "user_id": self.manager.id,
                    **vals,
                }
            )
        )

    def member(self, profile):
        return min(self.members()[profile], key=lambda contact: contact.id)

    # Sizes

    def test_sizes_are_those_counted_by_hand(self):
        inside = self.members()
        for row in self.some(self.board()["profiles"]):
            profile = self.env["crm.profiling.profile"].browse(row["id"])
            self.assertEqual(row["size"], len(inside[profile]), profile.name)
            self.assertEqual(row["trend"][-1], row["size"])

    def test_overlaps_are_those_counted_by_hand(self):
        inside, overlapping = self.members(), 0
        for row in self.some(self.board()["profiles"]):
            profile = self.env["crm.profiling.profile"].browse(row["id"])
            shared = {
                other.id: len(inside[profile] & inside[other])
                for other in inside
                if other != profile and inside[profile] & inside[other]
            }
            found = {other["id"]: other["count"] for other in row["overlaps"]}
            self.assertEqual(found, shared, profile.name)
            overlapping += bool(shared)
        self.assertTrue(overlapping)

    def test_a_profile_does_not_overlap_with_what_it_is_part_of(self):
        part = self.profile("Micro", {"Staff?": "1"}, parent_id=self.saas.id)
        self.assertTrue(self.shown(part)["size"])
        self.assertEqual(self.shown(part)["depth"], 1)
        for one, other in ((part, self.saas), (self.saas, part)):
            names = [overlap["name"] for overlap in self.shown(one)["overlaps"]]
            self.assertNotIn(other.name, names)

    def test_contacts_asked_and_in_a_profile(self):
        Partner = self.env["res.partner"]
        before = self.board()
        everybody = Partner.search([("type", "in", ["contact", False])])
        self.assertEqual(before["contacts"], len(everybody))
        asked = everybody.filtered("profiling_answer_ids")
        self.assertEqual(before["asked"], len(asked))
        self.assertEqual(
            before["in_profile"], len(everybody.filtered("profile_ids"))
        )  # fmt: skip
        self.prospect("Nobody asked")
        self.prospect("Invoices", type="invoice")
        after = self.board()
        self.assertEqual(after["contacts"], before["contacts"] + 1)
        self.assertEqual(after["asked"], before["asked"])

    def test_the_contacts_are_those_that_are_counted(self):
        Partner = self.env["res.partner"]
        unknown = self.prospect("Nobody asked")
        address = self.prospect("Invoices", type="invoice")
        board = self.board()
        Board = self.env["crm.profiling.board"]
        everybody = Partner.search(Board.action_view_contacts()["domain"])
        self.assertEqual(len(everybody), board["contacts"])
        others = Partner.search(Board.action_view_contacts(not_asked=True)["domain"])
        self.assertEqual(len(others), board["contacts"] - board["asked"])
        self.assertIn(unknown, others)
        self.assertNotIn(address, everybody | others)

    def test_who_entered_this_month(self):
        inside = self.members()[self.saas]
        self.assertEqual(self.shown(self.saas)["entered"], len(inside))
        long_ago = self.member(self.saas)
        self.membership(long_ago, self.saas).sudo().date = "2020-01-01"
        self.assertEqual(self.shown(self.saas)["entered"], len(inside) - 1)
        action = self.env["crm.profiling.board"].action_view_entered(self.saas.id)
        found = self.env["res.partner"].search(action["domain"])
        self.assertEqual(set(found), inside - {long_ago})
        # from the first moment of the month on
        first = fields.Date.today().replace(day=1)
        entered = self.membership(long_ago, self.saas).sudo()
        for day, count in (
            (first, len(inside)),
            (first - timedelta(days=1), len(inside) - 1),
        ):
            entered.date = day
            self.assertEqual(self.shown(self.saas)["entered"], count, day)

    def test_the_trend_is_what_was_noted(self):
        self.assertFalse(self.board()["since"])
        self.assertEqual(self.shown(self.saas)["trend"][:-1], [None] * 12)
        last_month = fields.Date.today().replace(day=1) - timedelta(days=1)
        with freeze_time(last_month):
            self.env["crm.profiling.snapshot"].sudo()._cron_take()
        size = self.shown(self.saas)["size"]
        self.member(self.saas).action_archive()
        self.assertEqual(self.shown(self.saas)["trend"][-2:], [size, size - 1])
        self.assertEqual(self.board()["since"], last_month.replace(day=1))

    # Won

    def test_won_since_they_entered(self):
        contact = self.member(self.saas)
        self.won(contact, 1000)
        self.won(contact, 500)
        self.won(contact, 77, days_after=-1)  # before
        self.won(contact, 77, stage_id=self.env.ref("crm.stage_lead1").id)
        self.won(contact, 77, active=False, stage_id=False, probability=0)
        row = self.shown(self.saas)
        self.assertEqual((row["won"], row["revenue"]), (2, 1500))
        action = self.env["crm.profiling.board"].action_view_won(self.saas.id)
        found = self.env["crm.lead"].search(action["domain"])
        self.assertEqual(found.mapped("expected_revenue"), [500, 1000])

    def test_won_at_the_very_moment_they_entered(self):
        contact = self.member(self.saas)
        self.won(contact, 1000, days_after=0)
        self.assertEqual(self.shown(self.saas)["won"], 1)

    def test_an_opportunity_counts_once_in_the_total(self):
        contact = next(c for c in self.contacts if c.active and len(c.profile_ids) > 1)
        self.won(contact, 1000)
        board = self.board()
        self.assertEqual((board["won"], board["revenue"]), (1, 1000))
        for profile in contact.profile_ids:
            self.assertEqual(self.shown(profile)["won"], 1)

    def test_revenue_is_in_the_currency_of_the_company(self):
        currency = self.env["res.currency"].sudo().create(
            {"name": "XTS", "symbol": "x"}
        )  # fmt: skip
        self.env["res.currency.rate"].sudo().create(
            {"currency_id": currency.id, "rate": 4, "name": "2020-01-01"}
        )
        self.west.currency_id = currency
        contact = self.member(self.saas)
        self.won(contact, 1000, company_id=self.west.id, user_id=False, team_id=False)
        self.assertAlmostEqual(self.shown(self.saas)["revenue"], 250)

    def test_salespeople_see_what_they_may(self):
        contact = self.member(self.saas)
        contact.company_id = False
        self.won(contact, 1000, user_id=self.manager.id)
        self.won(contact, 300, user_id=self.salesman.id)
        seen = self.shown(
            self.saas, user=self.salesman, companies=self.salesman.company_ids
        )
        self.assertEqual((seen["won"], seen["revenue"]), (1, 300))

    # Companies and rights

    def test_contacts_of_another_company_do_not_count(self):
        here = self.manager.company_id
        shared = self.members(self.env["res.company"])
        for row in self.some(self.board(companies=here)["profiles"]):
            profile = self.env["crm.profiling.profile"].browse(row["id"])
            self.assertEqual(row["size"], len(shared[profile]), profile.name)

    def test_others_see_nothing(self):
        with self.assertRaises(AccessError):
            self.board(user=self.outsider, companies=self.outsider.company_ids)

    # Questions and findings

    def test_questions_nobody_asks_come_first(self):
        self.question("Weather?", ["Fine", "Rain"])
        first, *others = self.board()["questions"]
        self.assertEqual((first["name"], first["answered"]), ("Weather?", 0))
        for row in self.some(others):
            asked = self.env["res.partner"].search_count(
                [("profiling_question_ids", "=", row["id"])]
            )
            self.assertEqual(row["answered"], asked)

    def test_the_list_of_questions_counts_as_the_board_does(self):
        """Those are counted whose company answered, and they are listed."""
        acme = self.prospect("ACME", {"Sector?": "Industry"}, is_company=True)
        self.prospect("Zoe", parent_id=acme.id)
        rows = self.env["crm.profiling.board"].get_board()["questions"]
        for question in self.some(self.env["crm.profiling.question"].search([])):
            (row,) = (row for row in rows if row["id"] == question.id)
            self.assertEqual(question.response_count, row["answered"], question.name)
            listed = question.action_view_contacts()["domain"]
            found = self.env["res.partner"].search_count(listed)
            self.assertEqual(found, row["answered"], question.name)

    def test_what_is_wrong_with_a_profile(self):
        self.assertFalse(self.shown(self.saas)["findings"])
        never = self.profile("Never")
        self.assertIn("matches nobody", self.shown(never)["findings"][0])

    def test_the_number_of_queries_does_not_grow(self):
        def measure():
            return self.count_queries(self.env["crm.profiling.board"].get_board)

        measure()
        few = measure()
        for number in range(20):
            self.profile(f"More {number}", {"Sector?": "IT"})
            self.question(f"More {number}?", ["Yes", "No"])
        for number in range(20):
            self._random_prospect(number)
        measure()
        self.assertAlmostEqual(measure(), few, delta=4)
