from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import new_test_user, tagged

from .common import SourceCase


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
