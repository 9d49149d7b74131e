from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import SerializationFailure

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import InvoicingCase

INVOICED = "odoo.addons.crm_profiling_account.models.crm_profiling_invoiced"


class SourceCase(InvoicingCase):
    """A question that a turnover answers, and profiles that ask for it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.question = cls._question("turnover")
        cls.none, cls.small, cls.large = cls.question.answer_ids
        cls.asked = cls.env["crm.profiling.question"].create(
            {
                "name": "Sector?",
                "answer_ids": [Command.create({"name": "Services"})],
            }
        )
        cls.services = cls.asked.answer_ids
        cls.profile = cls._profile("Large accounts", cls.large)
        cls.sleeping = cls._profile("Buys nothing", cls.none)

    @classmethod
    def _question(cls, origin):
        return cls.env["crm.profiling.question"].create(
            {
                "name": f"Yearly {origin}?",
                "origin": origin,
                "level": "company",
                "by_number": True,
                "company_id": cls.company.id,
                "period_months": 12,
                "answer_ids": [
                    Command.create({"name": "Nothing", "value_from": -1000000}),
                    Command.create({"name": "Some", "value_from": 0.01}),
                    Command.create({"name": "10,000+", "value_from": 10000}),
                ],
            }
        )

    @classmethod
    def _profile(cls, name, answers):
        return cls.env["crm.profiling.profile"].create(
            {
                "name": name,
                "company_id": cls.company.id,
                "category_id": cls.env["res.partner.category"]
                .create({"name": name})
                .id,
                "required_answer_ids": [Command.set(answers.ids)],
            }
        )

    def _look(self):
        """What the job does each minute, in this transaction."""
        self.env.cr.flush()
        self.env["crm.profiling.invoiced"]._look()
        self.env.invalidate_all()

    def _sold(self, amount, date="2026-05-10", **vals):
        move = self._invoice(amount, date, **vals)
        self._look()
        return move


@tagged("post_install", "-at_install")
class TestSource(SourceCase):
    """What somebody bought says which answer counts, within the minute."""

    @freeze_time("2026-06-01 12:00:00")
    def test_large_accounts(self):
        """Services, and a turnover above 10,000: the tag comes with the invoice."""
        contact = self.customer.create({"name": "Ann", "parent_id": self.customer.id})
        self.profile.required_answer_ids |= self.services
        contact.profiling_answer_ids |= self.services
        self._sold(9000, partner_id=contact.id)
        self.assertNotIn(self.profile, contact.profile_ids)
        self._sold(1000)
        self.assertIn(self.profile, contact.profile_ids)
        self.assertIn(self.profile.category_id, contact.category_id)
        self.assertNotIn(self.profile, self.customer.profile_ids)

    @freeze_time("2026-06-01 12:00:00")
    def test_receipts(self):
        """They count, and they are heard of: posted, reset, cancelled."""
        receipt = self._sold(12000, move_type="out_receipt")
        self.assertEqual(self.customer.profile_ids, self.profile)
        receipt.button_draft()
        self._look()
        self.assertFalse(self.customer.profile_ids)
        receipt._post(soft=False)
        self._look()
        self.assertEqual(self.customer.profile_ids, self.profile)
        receipt.button_cancel()
        self._look()
        self.assertFalse(self.customer.profile_ids)

    def test_why_is_of_the_days_that_the_band_is_of(self):
        """An invoice of a year ago is not of the last twelve months any more."""
        self._invoice(12000, "2025-06-01")
        for day, amount, profile in (
            ("2026-05-31", "12,000.00", self.profile),
            ("2026-06-01", "0.00", self.sleeping),
        ):
            with self.subTest(day=day), freeze_time(f"{day} 12:00:00"):
                self.question._found_otherwise()
                self.env.invalidate_all()
                self.assertEqual(self.customer.profile_ids, profile)
                shown = {
                    one["id"]: one["criteria"][0]["evidence"]["text"]
                    for one in self.customer.profiling_result["profiles"]
                }
                text = shown[profile.id].replace("\N{NO-BREAK SPACE}", " ")
                self.assertRegex(text, rf"(^|\D){amount}")

    @freeze_time("2026-06-01 12:00:00")
    def test_what_the_manual_asks_for(self):
        """*Large accounts, services*, with a turnover above 10,000."""
        answers = {
            "Implementation budget?": ["Unknown", "<100k", "101-300k", ">300k"],
            "Already created a specification for the work?": ["Yes", "Soon", "No"],
            "Industry sector?": ["IT", "Services", "Industry"],
        }
        questions = self.env["crm.profiling.question"].create(
            [
                {
                    "name": name,
                    "level": "company",
                    "answer_ids": [Command.create({"name": one}) for one in some],
                }
                for name, some in answers.items()
            ]
        )
        budget, specification, sector = (q.answer_ids for q in questions)
        self.large.value_from = 10000.01  # above, not from
        above = self.large
        manual = self._profile(
            "Large accounts, services",
            budget - budget[1] | specification[0] | sector[1] | above,
        )
        ann = self.customer.create({"name": "Ann", "parent_id": self.customer.id})
        ann.profiling_answer_ids |= budget[2] | specification[0] | sector[1]
        self.assertNotIn(manual, ann.profile_ids)
        self._sold(10000, partner_id=ann.id)
        self.assertNotIn(manual, ann.profile_ids)
        self._sold(1)
        self.assertIn(manual, ann.profile_ids)
        self.assertIn(manual, self.customer.profile_ids)
        self.assertIn(manual.category_id, ann.category_id)
        ann.profiling_answer_ids = [Command.link(budget[1].id)]
        self.assertNotIn(manual, ann.profile_ids | self.customer.profile_ids)

    @freeze_time("2026-06-01 12:00:00")
    def test_posted_reset_credited(self):
        move = self._sold(10000)
        self.assertEqual(self.customer.profile_ids, self.profile)
        move.button_draft()
        self._look()
        self.assertFalse(self.customer.profile_ids)
        move._post(soft=False)
        self._look()
        self.assertEqual(self.customer.profile_ids, self.profile)
        self._sold(1, move_type="out_refund")
        self.assertFalse(self.customer.profile_ids)

    def test_window(self):
        """It leaves the window by time alone; the night looks, and only there."""
        with freeze_time("2026-06-01 12:00:00"):
            self._sold(20000, "2025-06-02")
            self.assertEqual(self.customer.profile_ids, self.profile)
            self.assertFalse(self._tonight() - self.customer)
        with freeze_time("2026-06-02 02:00:00"):
            self.assertEqual(self._tonight(), self.customer)
            self.env["crm.profiling.source.turnover"]._changed_for(
                self.customer.ids, quietly=True
            )
            self.env.invalidate_all()
            self.assertEqual(self.customer.profile_ids, self.sleeping)
        with freeze_time("2026-08-02 02:00:00"):
            self.assertFalse(self._tonight())

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

    def _tonight(self):
        source = self.env["crm.profiling.source.turnover"]
        sql = source._tonight_sql(tuple(self.question.ids))
        rows = self.env.execute_query(sql)
        return self.customer.browse(row[0] for row in rows)

    @freeze_time("2026-06-01 12:00:00")
    def test_nothing_is_known_of_whom_nobody_asked(self):
        """Nothing sold is zero for who was asked, or bought before; else not known."""
        other = self.customer.create({"name": "Deco", "is_company": True})
        self.question._found_otherwise()
        self.env.invalidate_all()
        self.assertFalse(other.profile_ids)
        other.profiling_answer_ids |= self.services
        self.assertEqual(other.profile_ids, self.sleeping)
        self._sold(50, "2024-01-01")
        self.assertEqual(self.customer.profile_ids, self.sleeping)

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

    @freeze_time("2026-06-01 12:00:00")
    def test_ever(self):
        self._sold(20000, "2019-01-01")
        self.assertEqual(self.customer.profile_ids, self.sleeping)
        self.question.period_months = 0
        self.env.invalidate_all()
        self.assertEqual(self.customer.profile_ids, self.profile)

    @freeze_time("2026-06-01 12:00:00")
    def test_bands_are_moved(self):
        self._sold(6000)
        self.assertFalse(self.customer.profile_ids)
        self.large.value_from = 5000
        self.env.invalidate_all()
        self.assertEqual(self.customer.profile_ids, self.profile)

    @freeze_time("2026-06-01 12:00:00")
    def test_of_one_company(self):
        other = self._company("Other Ltd")
        self.env.user.company_ids |= other
        self._sold(90000, company_id=other.id)
        self.assertFalse(self.customer.profile_ids)

    @freeze_time("2026-06-01 12:00:00")
    def test_purchases(self):
        question = self._question("purchases")
        suppliers = self._profile("Suppliers", question.answer_ids[1])
        self._sold(700, move_type="in_invoice")
        self.assertEqual(self.customer.profile_ids, suppliers)
        self._sold(700, move_type="in_refund")
        self.assertFalse(self.customer.profile_ids & suppliers)

    @freeze_time("2026-06-01 12:00:00")
    def test_merged(self):
        other = self.customer.create({"name": "Agrolait Ltd", "is_company": True})
        self._sold(6000)
        self._sold(6000, partner_id=other.id)
        self.assertFalse(self.customer.profile_ids)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.customer + other).ids, self.customer)
        self._look()
        self.assertEqual(self.customer.profile_ids, self.profile)

    @freeze_time("2026-06-01 12:00:00")
    def test_a_customer_gets_a_parent(self):
        """Odoo hands its documents over: the parent and its people bought that."""
        group = self.customer.create({"name": "Group", "is_company": True})
        ann = self.customer.create({"name": "Ann", "parent_id": group.id})
        shop = self.customer.create({"name": "Shop"})
        self._sold(12000, partner_id=shop.id)
        self.assertEqual(shop.profile_ids, self.profile)
        shop.parent_id = group
        self._look()
        self.assertEqual((shop | ann | group).profile_ids, self.profile)
        self.assertEqual(ann.profile_ids, self.profile)

    @freeze_time("2026-06-01 12:00:00")
    def test_who_was_asked_comes_and_leaves(self):
        """A company is known to buy nothing while somebody in it was asked."""
        group, other = self.customer.create(
            [{"name": name, "is_company": True} for name in ("Group", "Other")]
        )
        ann, bob = self.customer.create(
            [{"name": name, "parent_id": group.id} for name in ("Ann", "Bob")]
        )
        ann.profiling_answer_ids |= self.services
        self._look()
        self.assertEqual(group.profile_ids, self.sleeping)
        self.assertEqual(bob.profile_ids, self.sleeping)
        for vals, is_left in (
            ({"parent_id": other.id}, True),
            ({"parent_id": group.id}, False),
            ({"is_company": True}, True),
            ({"is_company": False}, False),
            ({"parent_id": False}, True),
            ({"parent_id": group.id}, False),
        ):
            ann.write(vals)
            self._look()
            for who in (group, bob):
                self.assertEqual(not who.profile_ids, is_left, (who.name, vals))
        self.assertFalse(other.profile_ids)

    @freeze_time("2026-06-01 12:00:00")
    def test_who_was_asked_is_gone(self):
        """Taken back, merged into somebody else's, or deleted: nobody was asked."""
        group, other = self.customer.create(
            [{"name": name, "is_company": True} for name in ("Group", "Other")]
        )
        for way in ("take back", "merge", "delete"):
            ann = self.customer.create({"name": "Ann", "parent_id": group.id})
            ann.profiling_answer_ids |= self.services
            self._look()
            self.assertEqual(group.profile_ids, self.sleeping)
            if way == "take back":
                ann.profiling_answer_ids = False
            elif way == "merge":
                outside = self.customer.create({"name": "Ann", "parent_id": other.id})
                wizard = self.env["base.partner.merge.automatic.wizard"].create({})
                wizard._merge((ann + outside).ids, outside)
            else:
                ann.unlink()
            self._look()
            self.assertFalse(group.profile_ids, way)
            self.assertEqual(bool(other.profile_ids), way != "take back")

    @freeze_time("2026-06-01 12:00:00")
    def test_who_may_see_it(self):
        """Neither band nor amount, for who may not read the invoices; profiles, yes."""
        self._sold(12000)
        for groups, sees in (
            ("sales_team.group_sale_salesman", False),
            ("sales_team.group_sale_manager,account.group_account_invoice", True),
        ):
            user = new_test_user(self.env, f"user.{sees}", f"base.group_user,{groups}")
            user.write(
                {
                    "company_id": self.company.id,
                    "company_ids": [Command.set(self.company.ids)],
                }
            )
            customer = self.customer.with_user(user).with_company(self.company)
            self.assertEqual(customer.profile_ids.ids, self.profile.ids)
            seen = customer.profiling_found_answer_ids
            self.assertEqual(bool(seen), sees)
            found = customer.search(
                [("profiling_found_answer_ids", "in", self.large.ids)]
            )
            self.assertEqual(bool(found), sees)
            text = str(customer.profiling_result)
            self.assertEqual("12,000" in text, sees, text)

    @freeze_time("2026-06-01 23:30:00")
    def test_nobodys_time_zone(self):
        """It is tomorrow for somebody: what is found is the same for all."""
        self._sold(20000, "2025-06-02")
        self.assertEqual(self.customer.profile_ids, self.profile)
        abroad = self.customer.with_context(tz="Pacific/Auckland")
        abroad._profiling_apply()
        self.env.invalidate_all()
        self.assertEqual(self.customer.profile_ids, self.profile)
        source = abroad.env["crm.profiling.source.turnover"]
        evidence = source._evidence(abroad, self.question)
        self.assertIn("20,000", evidence[self.question.id].text)

    @freeze_time("2026-06-01 12:00:00")
    def test_why_adds_up_once(self):
        """However many questions invoices answer; and says where nothing is known."""
        others = [self.question.copy({"name": f"More {n}?"}) for n in range(3)]
        for number, question in enumerate(others):
            self._profile(f"More {number}", question.answer_ids[1])
        self._sold(1200)
        source = self.env["crm.profiling.source.turnover"]
        evidence = source._evidence(self.customer, self.question)
        self.assertIn("1,200", evidence[self.question.id].text)
        counts = []
        for questions in (self.question, [self.question, *others]):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            many = source._evidence(self.customer, questions)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
        self.assertEqual(
            {one.text for one in many.values()}, {many[self.question.id].text}
        )
        nobody = self.customer.create({"name": "Nobody", "is_company": True})
        unknown = source._evidence(nobody, self.question)[self.question.id]
        self.assertTrue(unknown.is_missing)
        self.assertNotIn("0", unknown.text)

    def test_each_company_is_noted_once(self):
        """However many of its people answer however often, in one transaction."""
        Invoiced = self.env["crm.profiling.invoiced"]
        other = self.customer.create({"name": "Deco", "is_company": True})
        people = self.customer.create(
            [
                {
                    "name": str(number),
                    "parent_id": (self.customer | other)[number % 2].id,
                }
                for number in range(6)
            ]
        )
        self.env.cr.flush()
        Invoiced._take()
        for _time in range(3):
            people.profiling_answer_ids = self.services
            people.profiling_answer_ids = False
        self.assertFalse(Invoiced._left())
        self.env.cr.flush()
        self.assertEqual(Invoiced._left(), 2)
        self.assertEqual({*Invoiced._take()}, {self.customer.id, other.id})

    def test_nobody_tells_it_by_hand(self):
        """Its numbers are found: none is read, and none is taken."""
        with self.assertRaisesRegex(ValidationError, "not asked"):
            self.question.read_number("37")
        with self.assertRaisesRegex(ValidationError, "not asked"):
            self.customer.profiling_said = {"numbers": {str(self.question.id): "37"}}

    def test_refused(self):
        for vals in ({"company_id": False}, {"level": "contact"}, {"by_number": False}):
            with self.assertRaises(ValidationError):
                self.question.write(vals)

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
            mute_logger(INVOICED),
        ):
            self.env.ref("crm_profiling_account.ir_cron_look").method_direct_trigger()
        self.assertEqual(looked_at, other.ids)
        self.assertFalse(Invoiced._left())

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
                patch(f"{INVOICED}.BATCH", 1),
                patch.object(
                    type(IrCron), "_commit_progress", side_effect=answers
                ) as told,
            ):
                Invoiced._cron_look()
            self.assertEqual(Invoiced._left(), left)
            self.assertEqual(told.call_args.kwargs, {"remaining": left})

    @freeze_time("2026-06-01 12:00:00")
    def test_why_says_of_which_months_it_is(self):
        """Of what was sold and of what was bought; of all there is none is named."""
        purchases = self._question("purchases")
        self._profile("Suppliers", purchases.answer_ids[1])
        self._sold(1200)
        self._sold(700, move_type="in_invoice")
        for question, what, amount in (
            (self.question, "Turnover", "1,200"),
            (purchases, "Purchases", "700"),
        ):
            source = self.env[f"crm.profiling.source.{question.origin}"]
            for months, words in ((12, " of the last 12 months"), (0, "")):
                question.period_months = months
                said = source._evidence(self.customer, question)[question.id]
                self.assertTrue(said.text.startswith(f"{what}{words}: "), said.text)
                self.assertIn(amount, said.text)
                self.assertFalse(said.is_missing)

    def test_a_second_look_writes_nothing(self):
        self._sold(12000)
        self.env["crm.profiling.invoiced"]._note(self.customer.ids)
        before = self.customer.profiling_membership_ids.mapped("date")
        self._look()
        self.assertEqual(self.customer.profiling_membership_ids.mapped("date"), before)
