"""Contacts by Category: the daily work list."""

from lxml import etree

from odoo.fields import Domain
from odoo.tests import tagged, users
from odoo.tools.misc import format_date

from ..common import LARGE_ACCOUNT, ProfilingCase


@tagged("post_install", "-at_install")
class TestByCategory(ProfilingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann = cls.prospect("Ann", LARGE_ACCOUNT, user_id=cls.salesman.id)
        cls.bob = cls.prospect("Bob", {"Sector?": "IT", "Staff?": "1"})
        cls.carl = cls.prospect("Carl", {"Sector?": "IT"})
        cls.carl.profiling_set_hand(cls.large.id, "pinned")
        cls.here = Domain("id", "in", (cls.ann | cls.bob | cls.carl).ids)

    def groups(self, field, **kwargs):
        """Return the names of the columns a kanban shows, with their counts."""
        result = self.env["res.partner"].web_read_group(
            self.here, [field], ["__count"], **kwargs
        )
        return [
            (group[field] and group[field][1], group["__count"])
            for group in result["groups"]
        ]

    def test_a_pinned_contact_says_who_and_when(self):
        today = format_date(self.env, self.membership(self.carl, self.large).date)
        self.assertEqual(
            self.stored(self.carl).profiling_pin_note,
            f"Large accounts, services: Pinned by Mary Manager on {today}",
        )
        self.assertFalse(self.ann.profiling_pin_note)

    def test_who_is_kept_out_is_not_pinned(self):
        """Nor is somebody in a profile that holds nobody any more."""
        self.ann.profiling_set_hand(self.saas.id, "barred")
        self.bob.profiling_set_hand(self.saas.id, "pinned")
        found = self.env["res.partner"].search(
            self.here & Domain("profiling_is_pinned", "=", True)
        )
        self.assertEqual(found, self.bob | self.carl)
        self.saas.active = self.large.active = False
        for partner in self.stored(self.ann | self.bob | self.carl):
            self.assertFalse(partner.profiling_pin_note)
            self.assertFalse(partner.profiling_is_pinned)
        found = found.search(self.here & Domain("profiling_is_pinned", "=", True))
        self.assertFalse(found)

    def test_pinned_contacts_are_found(self):
        Partner = self.env["res.partner"]
        for value, wanted in ((True, self.carl), (False, self.ann | self.bob)):
            domain = Domain("profiling_is_pinned", "=", value)
            found = Partner.search(domain & self.here)
            self.assertEqual(found, wanted)
            self.assertEqual(Partner.search(self.here).filtered_domain(domain), wanted)
        self.large.action_archive()
        found = Partner.search([("profiling_is_pinned", "=", True)])
        self.assertNotIn(self.carl, found)
        self.assertFalse(self.stored(self.carl).profiling_is_pinned)

    def test_the_card_begins_with_the_offer_of_the_narrowest_profile(self):
        self.training.sequence = 1
        part = self.profile(
            "One-person trainings",
            {"Staff?": "1"},
            parent_id=self.training.id,
            offer="<p>Ask for a <b>photo</b></p><p>Then call</p>",
        )
        self.answer(self.bob, "Journalist?", "No")
        self.assertIn(part, self.bob.profile_ids)
        bob = self.stored(self.bob)
        self.assertEqual(bob.profiling_offer_headline, "Ask for a *photo*")
        self.assertFalse(self.prospect("Dora").profiling_offer_headline)

    def test_columns_stand_in_the_order_of_profiles(self):
        wanted = [
            ("Large accounts, services", 2),
            ("SaaS", 1),
            ("Partnership", 2),
        ]
        for sequence, profile in enumerate((self.large, self.saas, self.partnership)):
            profile.sequence = sequence
        self.assertEqual(self.groups("profile_ids"), wanted)
        backwards = self.groups("profile_ids", order="profile_ids DESC")
        self.assertEqual(backwards, wanted[::-1])

    def test_columns_of_tags_stand_by_name(self):
        names = [name for name, _count in self.groups("category_id")]
        self.assertEqual(names, sorted(names))
        self.assertEqual(len(names), 3)

    def test_the_panel_counts_in_one_query_whatever_the_number_of_values(self):
        Partner = self.env["res.partner"]

        def measure(field):
            def read():
                Partner.search_panel_select_multi_range(
                    field, enable_counters=True, search_domain=list(self.here)
                )

            self.count_queries(read), self.count_queries(read)
            return self.count_queries(read)

        few = [measure(field) for field in ("profile_ids", "category_id")]
        for number in range(30):
            self.profile(f"IT {number}", {"Sector?": "IT"})
        many = [measure(field) for field in ("profile_ids", "category_id")]
        self.assertEqual(few, many)

    def panel(self, field, **kwargs):
        """Return the values that the panel offers, with their counts."""
        Partner = self.env["res.partner"]
        shown = Partner.search_panel_select_multi_range(
            field, enable_counters=True, search_domain=list(self.here), **kwargs
        )
        if "error_msg" in shown:
            return None
        return [(one["display_name"], one["__count"]) for one in shown["values"]]

    def test_the_panel_counts_who_is_listed(self):
        for sequence, profile in enumerate((self.large, self.saas, self.partnership)):
            profile.sequence = sequence
        large, it = ("Large accounts, services", 2), ("Partnership", 2)
        everything = [large, ("SaaS", 1), it]
        self.assertEqual(self.panel("profile_ids"), everything)
        self.assertEqual(sorted(self.panel("category_id")), sorted(everything))
        # what is ticked elsewhere changes the counts, and what is offered stays
        ticked = [("category_id", "in", self.tag("SaaS").ids)]
        some = [("Large accounts, services", 0), ("SaaS", 1), ("Partnership", 1)]
        for part in ("category_domain", "filter_domain"):
            self.assertEqual(self.panel("profile_ids", **{part: ticked}), some)
        both = {"category_domain": ticked, "filter_domain": [("name", "=", "Ann")]}
        self.assertEqual({c for _name, c in self.panel("profile_ids", **both)}, {0})
        self.assertEqual(self.panel("profile_ids", limit=4), everything)
        self.assertIsNone(self.panel("profile_ids", limit=3))

    def test_the_panel_is_odoos_own_for_all_else(self):
        Partner = self.env["res.partner"]
        shown = Partner.search_panel_select_multi_range(
            "profile_ids", search_domain=list(self.here)
        )
        names = {one["display_name"] for one in shown["values"]}
        self.assertEqual(names, {"Large accounts, services", "SaaS", "Partnership"})
        self.assertNotIn("__count", shown["values"][0])
        shown = Partner.search_panel_select_multi_range(
            "profile_ids",
            enable_counters=True,
            expand=True,
            search_domain=list(self.here),
        )
        counts = {one["display_name"]: one["__count"] for one in shown["values"]}
        self.assertEqual((counts["SaaS"], counts["Training"]), (1, 0))

    def test_by_question_each_contact_once(self):
        """However many answers it gave to it."""
        self.ask("Sector?").selection_mode = "multiple"
        self.answer(self.bob, "Sector?", "Services", "Others")
        groups = dict(self.groups("profiling_question_ids"))
        self.assertEqual((groups["Sector?"], groups["Staff?"]), (3, 1))
        groups = dict(self.groups("profiling_answer_ids"))
        self.assertEqual((groups["Sector?: IT"], groups["Sector?: Others"]), (2, 1))

    def test_whom_nobody_interviewed(self):
        """They come first, or last where the latest come first, or as one says."""
        for contact, last in ((self.ann, "2026-03-01"), (self.bob, "2026-01-01")):
            contact.sudo().profiling_last_interview = last
        for order, names in (
            ("profiling_last_interview", ["Carl", "Bob", "Ann"]),
            ("profiling_last_interview desc", ["Ann", "Bob", "Carl"]),
            ("profiling_last_interview nulls last", ["Bob", "Ann", "Carl"]),
            ("profiling_last_interview desc nulls first", ["Carl", "Ann", "Bob"]),
        ):
            found = self.env["res.partner"].search(self.here, order=order)
            self.assertEqual(found.mapped("name"), names, order)

    def test_the_list_needs_the_same_queries_for_many_contacts(self):
        fields = {
            "profiling_pin_note": {},
            "profiling_offer_headline": {},
            "profile_ids": {"fields": {"display_name": {}, "color": {}}},
        }

        def measure():
            everybody = self.env["res.partner"].search(self.here)
            return self.count_queries(everybody.web_read, fields)

        measure()
        few = measure()
        more = [
            self.prospect(f"Prospect {number}", LARGE_ACCOUNT).id
            for number in range(40)
        ]
        self.here |= Domain("id", "in", more)
        self.assertLessEqual(measure(), few + 1)

    def test_priorities_first_and_then_who_was_not_interviewed_for_longest(self):
        dora, emil = self.prospect("Dora"), self.prospect("Emil")
        self.here |= Domain("id", "in", (dora | emil).ids)
        for contact, priority, last in (
            (self.ann, "1", "2026-03-01"),
            (self.bob, "0", "2026-01-01"),
            (self.carl, "0", False),
            (dora, "3", "2026-05-01"),
            (emil, "1", "2026-02-01"),
        ):
            contact.profiling_priority = priority
            contact.sudo().profiling_last_interview = last
        view = self.env.ref("crm_profiling.res_partner_view_list_by_category").sudo()
        order = etree.fromstring(view.arch).get("default_order")
        found = self.env["res.partner"].search(self.here, order=order)
        names = found.mapped("name")
        self.assertEqual(names, ["Dora", "Emil", "Ann", "Carl", "Bob"])

    @users("profiling_salesman")
    def test_my_contacts(self):
        found = self.env["res.partner"].search([("user_id", "=", self.env.uid)])
        self.assertEqual(found, self.ann)

    def test_the_members_of_a_profile_open_in_the_same_list(self):
        action = self.large.action_view_members()
        listed = self.env.ref("crm_profiling.res_partner_view_list_by_category")
        self.assertIn((listed.id, "list"), action["views"])
        found = self.env["res.partner"].search(action["domain"])
        self.assertEqual(found, self.ann | self.carl)

    def test_a_list_that_is_opened_again_is_the_same(self):
        """By its path it would be opened without the domain."""
        for action in (
            self.large.action_view_members(),
            self.env["res.partner"].action_profiling_list([("name", "=", "Ann")]),
        ):
            self.assertFalse({"id", "xml_id", "path"} & action.keys())
            self.assertTrue(action["domain"])
            # who is created there would not be one of them
            self.assertIs(action["context"]["create"], False)
            self.assertEqual(action["display_name"], action["name"])
            self.assertTrue(action["name"])

    # Search

    def found(self, field, operator, value):
        domain = self.here & Domain(field, operator, value)
        return set(self.env["res.partner"].search(domain).mapped("name"))

    def test_search_by_profiles_whether_one_has_them_or_not(self):
        self.prospect("Dora", {"Sector?": "Others"})
        self.here |= Domain("name", "=", "Dora")
        large = self.large.id
        for operator, value, names in (
            ("in", [large], {"Ann", "Carl"}),
            ("in", [large, False], {"Ann", "Carl", "Dora"}),
            ("in", [], set()),
            ("not in", [large], {"Bob", "Dora"}),
            ("not in", [large, False], {"Bob"}),
            ("not in", [], {"Ann", "Bob", "Carl", "Dora"}),
            ("=", False, {"Dora"}),
            ("!=", False, {"Ann", "Bob", "Carl"}),
            ("any", [("id", "=", large)], {"Ann", "Carl"}),
            ("not any", [("id", "=", large)], {"Bob", "Dora"}),
            ("ilike", "large accounts", {"Ann", "Carl"}),
            ("not ilike", "large accounts", {"Bob", "Dora"}),
        ):
            with self.subTest(operator=operator, value=value):
                self.assertEqual(self.found("profile_ids", operator, value), names)

    def test_searching_takes_time_in_proportion_to_contacts(self):
        """Beside another condition, too, and where memory is short.

        What is searched for by ``IN`` PostgreSQL then reads anew for each contact.
        """
        self.env.cr.execute("SET LOCAL work_mem = '64kB'")
        few, many = (self.costs(contacts) for contacts in (4000, 16000))
        for search, cost in many.items():
            self.assertLess(cost, 8 * few[search], search)

    def costs(self, contacts):
        """Return what PostgreSQL expects searches to cost among so many contacts."""
        # Other addons have required columns of their own
        self.env.cr.execute(
            """SELECT string_agg(quote_ident(column_name), ', ')
                 FROM information_schema.columns
                WHERE table_schema = 'public' AND table_name = 'res_partner'
                  AND is_nullable = 'NO' AND column_name <> 'id'"""
        )
        [required] = self.env.cr.fetchone()
        listed = ", ".join(filter(None, ["name", "complete_name", "active", required]))
        self.env.cr.execute(
            f"""WITH partner AS (INSERT INTO res_partner ({listed})
                    SELECT {listed} FROM res_partner, generate_series(1, %s)
                     WHERE res_partner.id = %s
                 RETURNING id),
                    membership AS (INSERT INTO crm_profiling_membership
                           (partner_id, profile_id, state, date)
                    SELECT id, %s, 'matched', now() FROM partner)
               INSERT INTO crm_profiling_response
                      (partner_id, answer_id, question_id, source, date)
               SELECT id, %s, %s, 'form', now() FROM partner""",
            [
                contacts,
                self.prospect("Many").id,
                self.large.id,
                self.choice("Sector?", "IT").id,
                self.ask("Sector?").id,
            ],
        )
        self.env.cr.execute(
            "ANALYZE res_partner, crm_profiling_profile, crm_profiling_question,"
            " crm_profiling_membership, crm_profiling_response"
        )
        fields = ("profile_ids", "profiling_answer_ids", "profiling_question_ids")
        return {
            (field, operator): self.cost(Domain(field, operator, value))
            for field in fields
            for operator, value in (("!=", False), ("=", False), ("not in", [1]))
        }

    def cost(self, domain):
        query = self.env["res.partner"]._search(
            Domain("category_id", "!=", False) | domain
        )
        sql = query.select()
        self.env.cr.execute(f"EXPLAIN (FORMAT JSON) {sql.code}", sql.params)
        return self.env.cr.fetchone()[0][0]["Plan"]["Total Cost"]
