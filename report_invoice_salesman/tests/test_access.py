from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .common import SalesCase, loop, told

SEEN = (
    "invoice.salesman.invoice",
    "invoice.salesman.line",
    "invoice.salesman.holder",
    "invoice.salesman.target",
)
SET = (
    "invoice.salesman.plan",
    "invoice.salesman.holder",
    "invoice.salesman.target",
)


@tagged("post_install", "-at_install")
class TestAccess(SalesCase):
    """Who sees what: one's own, one's members', everybody's; and who sets."""

    def setUp(self):
        super().setUp()
        self.plan = self._plan()
        for user, amount in ((self.ann, 100), (self.bob, 20)):
            holder = self._holder(self.plan, user)
            self.plan.set_cells([[holder.id, "2026-03-01", amount]])
            self._sell(user, amount)
        self._invoice(3, invoice_user_id=False)
        self.plan.action_start()

    def _owners(self, user, model):
        records = self.env[model].with_user(user).search([])
        return set(records.user_id.mapped("name"))

    def test_who_sees_whose(self):
        matrix = {
            self.ann: {"Ann"},
            self.bob: {"Bob"},
            self.lea: {"Ann"},
            self.all: {"Ann", "Bob"},
            self.max: {"Ann", "Bob"},
        }
        for user, names in matrix.items():
            for model in SEEN:
                with self.subTest(user=user.name, model=model):
                    self.assertEqual(self._owners(user, model), names)

    def test_sums_are_of_what_is_seen(self):
        """For each of them, the loop over the lines of those invoices."""
        seen = {
            self.ann: self.ann,
            self.bob: self.bob,
            self.lea: self.ann,
            self.all: self.ann | self.bob | self.env["res.users"],
        }
        for user, sellers in seen.items():
            everybody = user == self.all
            expected = loop(
                self.plan,
                lambda move, sellers=sellers, everybody=everybody: everybody
                or move.invoice_user_id in sellers,
            )
            plan = self.plan.with_user(user)
            self.assertEqual(told(plan), expected, user.name)

    def test_who_has_left_a_team_is_not_its_leaders_any_more(self):
        """Odoo archives the membership, and keeps it."""
        move = self._sell(self.ann, 7)
        move.invoice_user_id = self.bob
        move.invoice_user_id = self.ann
        models = ["invoice.salesman.handover", *SEEN[2:]]
        if "team_id" not in move._fields:  # with the addon Sales it stays the team's
            models += SEEN[:2]
        seen = {
            model: self.env[model].with_user(self.lea).search([]) for model in models
        }
        self.assertTrue(seen["invoice.salesman.handover"])
        self.env["crm.team"].search([("name", "=", "South")]).member_ids |= self.ann
        [gone] = self.env["crm.team.member"].search(
            [("user_id", "=", self.ann.id), ("active", "=", False)]
        )
        self.assertEqual(gone.crm_team_id, self.team)
        for model in models:
            with self.subTest(model=model):
                self.assertFalse(self.env[model].with_user(self.lea).search([]))
                self.assertFalse(seen[model]._filtered_access("read"))

    def test_others_see_nothing(self):
        """Neither colleagues outside sales, nor customers."""
        for groups in ("base.group_user", "base.group_portal"):
            other = new_test_user(self.env, f"other.{groups}", groups)
            for model in (*SEEN, *SET, "invoice.salesman.handover"):
                with self.assertRaises(AccessError):
                    self.env[model].with_user(other).search([])
            with self.assertRaises(AccessError):
                self.env["invoice.salesman.board"].with_user(other).get_board()

    def test_accountants_read_whole_invoices(self):
        """Without rights in sales: what is added to an invoice is not for them."""
        groups = "base.group_user,account.group_account_invoice"
        accountant = new_test_user(self.env, "accountant", groups)
        accountant.company_ids |= self.company
        move = self._sell(self.ann, 100)
        move.invoice_user_id = self.bob
        move = move.with_user(accountant).with_company(self.company)
        self.assertEqual(move.read()[0]["id"], move.id)

    def test_administrators_set(self):
        holder = self.plan.holder_ids[0]
        for user in (self.ann, self.lea, self.all):
            plan = self.plan.with_user(user)
            for change in (
                lambda plan=plan: plan.set_cells([[holder.id, "2026-03-01", 1]]),
                lambda plan=plan: plan.paste("Ann\t1"),
                lambda plan=plan: plan.spread_team(1),
                lambda plan=plan: plan.action_close(),
                lambda plan=plan: plan.action_draft(),
                lambda plan=plan: plan.write({"name": "Mine"}),
                lambda plan=plan: plan.target_ids.write({"amount": 1}),
                lambda plan=plan: plan.holder_ids.unlink(),
            ):
                with self.assertRaises(AccessError):
                    change()
        self.plan.with_user(self.max).set_cells([[holder.id, "2026-03-01", 1]])

    def test_a_draft_is_for_administrators(self):
        self.plan.action_draft()
        for user in (self.ann, self.lea, self.all):
            for model in SET:
                self.assertFalse(self.env[model].with_user(user).search([]))
        self.assertTrue(
            self.env["invoice.salesman.plan"].with_user(self.max).search([])
        )

    def test_another_company(self):
        """Is another world: neither invoices nor plans, for administrators either."""
        other = self._company("Other Ltd")
        eve = self._user("eve", "group_sale_manager", other)
        theirs = {"allowed_company_ids": other.ids}
        for model in (*SEEN, *SET):
            records = self.env[model].with_user(eve).with_context(**theirs)
            self.assertFalse(records.search([]), model)
        with self.assertRaises(UserError):
            comparison = self.env["invoice.salesman.comparison"].with_user(eve)
            comparison.with_context(**theirs).get_comparison(self.plan.id)
        with self.assertRaises(AccessError):
            self.plan.with_user(eve).with_context(**theirs).get_grid()

    def test_profiles_of_another_company(self):
        """Its profiles are not named, nor counted by, on whose customer one shares."""
        other = self._company("Other Ltd")
        eve = self._user("eve", "group_sale_salesman_all_leads", other)
        profile = self.env["crm.profiling.profile"].create(
            {"name": "Large accounts", "company_id": self.company.id}
        )
        self.customer.profiling_set_hand(profile.id, "pinned")
        self._sell(eve, 7, company_id=other.id)
        self.env.flush_all()
        self.env.invalidate_all()

        def found(model):
            records = self.env[model].with_user(eve)
            return records.with_context(allowed_company_ids=other.ids).search([])

        self.assertFalse(found("invoice.salesman.member"))
        invoice = found("invoice.salesman.invoice")
        shown = {"profile_ids": {"fields": {"display_name": {}}}}
        self.assertEqual(invoice.web_read(shown)[0]["profile_ids"], [])
        self.env.invalidate_all()
        mine = self.env["invoice.salesman.invoice"].with_user(self.all).search([])
        self.assertEqual(mine.profile_ids.mapped("name"), ["Large accounts"])
        named = ("profile_ids", "ilike", "Large")
        self.assertEqual(mine.search([named]), mine)
        self.assertFalse(invoice.search([named]))

    def test_names_of_another_company(self):
        """What a form points to is not named to who may not see it, saved or not."""
        other = self._company("Other Ltd")
        eve = self._user("eve", "group_sale_manager", other)
        profile = self.env["crm.profiling.profile"].create(
            {"name": "Secret", "company_id": self.company.id}
        )

        def as_eve(model):
            records = self.env[model].with_user(eve)
            return records.with_context(allowed_company_ids=other.ids)

        named = {"fields": {"display_name": {}}}
        plan = as_eve("invoice.salesman.plan").create({"name": "Ours"})
        line = {"plan_id": plan.id, "profile_id": profile.id}
        for model, values in (
            ("invoice.salesman.holder", {"plan_id": self.plan.id}),
            ("invoice.salesman.holder", line),
            ("invoice.salesman.target", {"holder_id": self.plan.holder_ids[0].id}),
            ("invoice.salesman.fill", {"plan_id": self.plan.id}),
        ):
            with self.subTest(model=model), self.assertRaises(ValidationError):
                as_eve(model).onchange(values, [], dict.fromkeys(values, named))
        with self.assertRaises(ValidationError):
            as_eve("invoice.salesman.fill").create({"plan_id": self.plan.id})
        with self.assertRaises(ValidationError):
            plan.onchange(
                {"holder_ids": [[0, "one", line]]},
                [],
                {"holder_ids": {"fields": {"name": {}, "profile_id": named}}},
            )

    def test_states_follow_from_what_happens(self):
        """No default of anybody's makes a plan closed."""
        Plan = self.env["invoice.salesman.plan"].with_user(self.max)
        forged = {"default_state": "closed", "default_closed_on": "2020-01-01"}
        year = {"date_from": "2030-01-01", "date_to": "2030-12-31"}
        for name, value in forged.items():
            with self.subTest(name), self.assertRaises(UserError):
                Plan.with_context(**{name: value}).create({"name": "New", **year})
        self.assertEqual(Plan.create({"name": "New", **year}).state, "draft")

    def test_who_else_has_targets(self):
        """The title of a list names nobody whose targets the user may not see."""
        plan = self.plan.with_user(self.ann)
        self.assertIn("Ann", plan.action_view_achieved(self.ann.id)["name"])
        self.assertNotIn("Bob", plan.action_view_achieved(self.bob.id)["name"])

    def test_who_is_told_what_is_said_of_a_plan(self):
        """The chatter is of all targets: who may not read it does not follow it."""
        with self.assertRaises(AccessError):
            self.plan.with_user(self.ann).message_subscribe(self.ann.partner_id.ids)
        self.plan.with_user(self.max).message_subscribe(self.max.partner_id.ids)

    def test_drill_down(self):
        """A salesperson opens the own invoice, which Odoo's form would not show."""
        move = self.env["account.move"].search([("invoice_user_id", "=", self.ann.id)])
        invoice = self.env["invoice.salesman.invoice"].browse(move.id)
        mine = invoice.with_user(self.ann)
        self.assertEqual(mine.line_ids.mapped("turnover"), [100])
        self.assertEqual(mine.partner_id.name, "Agrolait")
        with self.assertRaises(AccessError):
            invoice.with_user(self.bob).turnover  # noqa: B018
        with self.assertRaises(AccessError):
            mine.action_open()
        self.ann.group_ids = [
            Command.link(self.env.ref("account.group_account_invoice").id)
        ]
        self.assertEqual(mine.action_open()["res_id"], move.id)

    def test_who_reads_invoices_and_has_no_form_for_them(self):
        """As salespeople with the addon Sales: Odoo's form would fail for them."""
        invoice = self.env["invoice.salesman.invoice"].search(
            [("user_id", "=", self.ann.id)]
        )
        self.env["ir.model.access"].create(
            {
                "name": "invoices",
                "model_id": self.env["ir.model"]._get_id("account.move"),
                "group_id": self.env.ref("sales_team.group_sale_salesman").id,
                "perm_read": True,
            }
        )
        mine = invoice.with_user(self.ann)
        self.env["account.move"].with_user(self.ann).check_access("read")
        with self._refused(AccessError, "rights in Invoicing"):
            mine.action_open()

    def test_nothing_is_written_through_it(self):
        for model in ("invoice.salesman.invoice", "invoice.salesman.line"):
            record = self.env[model].search([], limit=1).with_user(self.max)
            for change in (
                lambda record=record: record.write({"turnover": 1}),
                lambda record=record: record.unlink(),
                lambda record=record: record.create({}),
            ):
                with self.assertRaises(AccessError):
                    change()

    def test_whatever_is_sent(self):
        """Is refused in words."""
        comparison = self.env["invoice.salesman.comparison"].with_user(self.all)
        plan = self.plan.with_user(self.all)
        for odd in ("x", 10**30, -5, True, ["1"], {}, 1.5):
            for call in (
                lambda odd=odd: comparison.get_comparison(odd),
                lambda odd=odd: comparison.get_comparison(self.plan.id, odd),
                lambda odd=odd: plan.action_view_achieved(odd),
                lambda odd=odd: plan.action_view_achieved(None, odd),
                lambda odd=odd: self.plan.paste(odd),
                lambda odd=odd: self.plan.set_cells(odd),
                lambda odd=odd: self.plan.spread_team(odd),
            ):
                with self.assertRaises(UserError):
                    call()

    def test_comparison(self):
        """Rows of whom one sees; the whole only where it is the whole."""
        Comparison = self.env["invoice.salesman.comparison"]
        for user, names, whole in (
            (self.ann, ["Ann"], False),
            (self.lea, ["Ann"], False),
            (self.all, ["Ann", "Bob", ""], True),
        ):
            result = Comparison.with_user(user).get_comparison(self.plan.id)
            self.assertEqual([row["name"] for row in result["rows"]], names)
            self.assertEqual("total" in result, whole)
        self.assertEqual(sum(result["total"]), 123)

    def test_currency_without_a_rate(self):
        """Odoo takes it one to one; that is said, while such invoices are there."""
        Comparison = self.env["invoice.salesman.comparison"].with_user(self.all)

        def told():
            return Comparison.get_comparison(self.plan.id)["without_rate"]

        yen = self._currency("JPY")
        yen.rate_ids.unlink()
        self.assertEqual(told(), [])
        move = self._sell(self.ann, 1000, currency_id=yen.id)
        self.assertEqual(told(), ["JPY"])
        self.env["res.currency.rate"].create(
            {
                "currency_id": yen.id,
                "company_id": self.company.id,
                "name": "2026-03-01",
                "rate": 160,
            }
        )
        move.button_draft()
        move.invoice_date = "2026-03-11"
        move._post(soft=False)
        self.assertEqual(move.amount_untaxed_signed, 6.25)
        self.assertEqual(told(), [])
