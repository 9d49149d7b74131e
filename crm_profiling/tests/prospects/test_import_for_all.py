"""What is chosen for all of a file, and what comes after it."""

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .test_import import ANN, BEN
from .test_import_undo import UndoCase


@tagged("post_install", "-at_install")
class TestForAll(UndoCase):
    def chosen(self, rows, **options):
        shown = self.upload(rows)
        return self.record(shown).set_options(options)

    def test_tags_for_all(self):
        self.tag("Fair")
        before = self.world()
        shown = self.chosen([{**BEN, "Tags": "Fair"}, ANN], tags="fair; Leads 2026,")
        self.assertEqual(shown["settings"]["tags"], "fair; Leads 2026")
        self.run_import(shown)
        self.assertTags(self.contact("Ben Example"), "Fair", "Leads 2026")
        self.assertTags(self.contact("Ann Example"), "Fair", "Leads 2026")
        self.undo(shown)
        self.assertSame(before)
        self.assertFalse(
            self.env["res.partner.category"].search([("name", "=", "Leads 2026")])
        )

    def test_tags_that_one_may_not_create(self):
        record = self.record(self.upload([BEN], user=self.salesman), self.salesman)
        may = self.env["res.partner.category"].with_user(self.salesman)
        shown = record.set_options({"tags": "No such tag"})
        self.assertEqual(bool(shown["problems"]), not may.has_access("create"))

    def test_as_many_tags_as_there_may_be(self):
        names = [f"Tag {n}" for n in range(21)]
        shown = self.chosen([BEN], tags=";".join(names))
        self.assertEqual(shown["settings"]["tags"].split("; "), names[:20])
        shown = self.chosen([BEN], tags="x" * 500)
        self.assertEqual(len(shown["settings"]["tags"]), 500)

    def test_a_tag_of_several_of_its_name(self):
        """The first, and no third one."""
        first, second = (
            self.env["res.partner.category"].create(
                {"name": "Fair", "parent_id": self.tag(parent).id}
            )
            for parent in ("2025", "2026")
        )
        self.run_import(self.chosen([BEN], tags="Fair"))
        self.assertEqual(self.contact("Ben Example").category_id, min(first, second))
        self.assertEqual(first.search_count([("name", "=", "Fair")]), 2)

    def test_who_may_be_chosen(self):
        """Salespeople, and teams that have somebody."""
        empty = self.env["crm.team"].sudo().create({"name": "Empty team"})
        full = empty.create({"name": "Full team"})
        full.member_ids = self.salesman
        portal = new_test_user(
            self.env(su=True), "portal_p", groups="base.group_portal"
        )
        shown = self.chosen([BEN])
        ids = {one["id"] for one in shown["salespeople"]}
        self.assertIn(f"team:{full.id}", ids)
        self.assertIn(f"user:{self.salesman.id}", ids)
        self.assertIn(f"user:{self.manager.id}", ids)
        for other in (f"team:{empty.id}", f"user:{portal.id}"):
            self.assertNotIn(other, ids)
        self.assertNotIn(f"user:{self.outsider.id}", ids)

    def test_whoever_is_gone_meanwhile(self):
        """The salesperson who was chosen, or the whole team: the import goes on."""
        for kind in ("user", "team"):
            team = self.env["crm.team"].sudo().create({"name": "Fair team"})
            user = new_test_user(
                self.env(su=True),
                f"gone_{kind}",
                groups="sales_team.group_sale_salesman",
            )
            team.member_ids = user
            chosen = {"user": user, "team": team}[kind]
            row = {"Name": f"Al {kind} Example"}
            shown = self.chosen([row], salesperson=f"{kind}:{chosen.id}")
            chosen.unlink()
            self.assertCounts(self.run_import(shown), created=1)
            self.assertFalse(self.contact(row["Name"]).user_id)

    def test_a_salesperson(self):
        shown = self.chosen([BEN, ANN], salesperson=f"user:{self.salesman.id}")
        self.run_import(shown)
        self.assertEqual(self.contact("Ben Example").user_id, self.salesman)

    def test_a_team_in_turn(self):
        others = [
            new_test_user(self.env(su=True), f"profiling_seller_{n}",
                          groups="sales_team.group_sale_salesman") for n in range(2)
        ]  # fmt: skip
        team = self.env["crm.team"].sudo().create({"name": "Fair team"})
        team.member_ids = others[0] | others[1]
        rows = [{"Name": f"Al {n} Example"} for n in range(5)]
        shown = self.chosen(rows, salesperson=f"team:{team.id}")
        self.run_import(shown)
        users = [self.contact(row["Name"]).user_id for row in rows]
        self.assertEqual(
            sorted(map(users.count, {*users})), [2, 3], "they do not take turns"
        )
        self.assertCounts(self.run_import(self.chosen(
            rows, salesperson=f"team:{team.id}")), updated=0, created=0)  # fmt: skip

    def test_whoever_has_a_salesperson_keeps_them(self):
        ben = self.prospect("Ben Example", email=BEN["E-mail"], user_id=self.manager.id)
        self.run_import(self.chosen([BEN], salesperson=f"user:{self.salesman.id}"))
        self.assertEqual(self.stored(ben).user_id, self.manager)

    def test_companies(self):
        rows = [{"Name": "Petrel"}, {"Name": "Ann Two", "Company": "Holt Ltd"}]
        self.run_import(self.chosen(rows, are_companies=True))
        self.assertTrue(self.contact("Petrel").is_company)
        self.assertEqual(self.contact("Ann Two").parent_id.name, "Holt Ltd")

    def test_a_country(self):
        uk = self.env.ref("base.uk")
        germany = self.env.ref("base.de").id
        self.run_import(self.chosen([ANN, BEN], contact_country_id=germany))
        self.assertEqual(self.contact("Ben Example").country_id.id, germany)
        self.assertEqual(self.contact("Ann Example").country_id, uk)

    def test_what_may_be_chosen(self):
        record = self.record(self.upload([BEN]))
        for wrong in (
            {"salesperson": f"user:{self.outsider.id}"}, {"salesperson": "user:x"},
            {"salesperson": 3}, {"tags": 3}, {"tags": "x" * 501},
            {"are_companies": "yes"}, {"contact_country_id": -1},
            {"contact_country_id": 2**31 - 1},
        ):  # fmt: skip
            with self.subTest(wrong=wrong), self.assertRaises(UserError):
                record.set_options(wrong)


@tagged("post_install", "-at_install")
class TestAfterwards(UndoCase):
    def test_what_comes_next(self):
        shown = self.upload([{**BEN, "Sector?": "IT", "Staff?": "1"}, ANN])
        record = self.record(shown)
        self.assertEqual((shown["steps"], shown["entered"]), ([], []))
        self.run_import(shown)
        done = record.get_preview()
        methods = [step["method"] for step in done["steps"]]
        self.assertEqual(methods, ["action_call", "action_email"])
        self.assertEqual(
            {one["name"]: one["count"] for one in done["entered"]},
            {"Partnership": 1, "SaaS": 1},
        )
        action = record.action_profile(self.saas.id)
        found = self.env["res.partner"].search(action["domain"])
        self.assertEqual(found, self.contact("Ben Example"))
        with self.assertRaises(UserError):
            record.action_profile(2**31 - 1)

    def test_they_are_called(self):
        shown = self.imported([BEN, ANN])
        action = self.record(shown).action_call()
        self.assertEqual(action["context"]["default_name"], "fair")

    def test_people_are_called_and_companies_where_there_is_nobody_else(self):
        holt = {"Company": "Holt Ltd", "City": "Leeds"}
        for rows, names in (
            ([holt, {**BEN, "Company": "Holt Ltd"}], {"Ben Example"}),
            ([{"Company": "Dock Ltd"}], {"Dock Ltd"}),
        ):
            record = self.record(self.imported(rows))
            context = record.action_call()["context"]
            Wizard = self.env["crm.profiling.call.list"].with_context(**context)
            called = Wizard.create({}).partner_ids
            self.assertEqual(set(called.mapped("name")), names)

    def test_what_was_entered_with_it(self):
        """Not what somebody was in before, nor what a hand keeps them out of."""
        ben = self.prospect("Ben Example", {"Sector?": "IT"}, email=BEN["E-mail"])
        self.membership(ben, self.partnership).sudo().date = "2026-01-01"
        rows = [
            {**BEN, "Staff?": "21-50"},
            {**ANN, "Staff?": "1", "Journalist?": "No"},
            {"Name": "Cy Example", "Staff?": "1", "Journalist?": "No"},
        ]
        record = self.record(self.imported(rows))
        entered = record.get_preview()["entered"]
        self.assertEqual(
            [(one["name"], one["count"]) for one in entered],
            [("SaaS", 3), ("Training", 2)],
        )
        self.contact("Cy Example").profiling_set_hand(self.training.id, "barred")
        entered = record.get_preview()["entered"]
        self.assertEqual([one["count"] for one in entered], [3, 1])
        found = self.env["res.partner"].search(
            record.action_profile(self.training.id)["domain"]
        )
        self.assertEqual(found, self.contact("Ann Example"))

    def test_they_get_an_e_mail(self):
        shown = self.imported([BEN, ANN])
        action = self.record(shown).action_email()
        Composer = self.env["mail.compose.message"].with_user(self.manager)
        composer = Composer.with_context(**action["context"]).create({})
        self.assertIn("get it: 2.", composer.profiling_recipients)
