from contextlib import contextmanager

from freezegun import freeze_time

from odoo.tests import tagged

from .common import BoardCase


@tagged("post_install", "-at_install")
class TestBoardQueries(BoardCase):
    """As many queries with more of everything."""

    @freeze_time("2026-06-10 12:00:00")
    def test_constant_queries(self):
        """However many invoices, and people, there are."""
        self._board()
        self.env.flush_all()
        self.env.invalidate_all()
        with self._counted() as first:
            self._board()
        for number in range(5):
            self._sell(self.ann, number + 1, "2026-06-04")
        self._holder(self.plan, self.bob)
        self._board()  # what posting made Odoo forget
        self.env.flush_all()
        self.env.invalidate_all()
        with self._counted() as second:
            self._board()
        self.assertLessEqual(second[0], first[0])

    def test_constant_queries_of_the_comparison(self):
        """The same by whatever it is compared, with more of everything."""
        plan = self._plan("categ", name="By category")
        self._holder(plan, self.categ)
        plan.action_start()
        self._more(plan, 0)
        first = self._counts(plan)
        for number in range(1, 4):
            self._more(plan, number)
        for by, count in self._counts(plan).items():
            self.assertLessEqual(count, first[by], by)

    def _counts(self, plan):
        """Return how many queries the comparison takes, by each thing."""
        Comparison = self.env["invoice.salesman.comparison"].with_user(self.all)
        found = {}
        for by in ("user", "team", "industry", "profile", "categ"):
            held_by = plan if by == "categ" else self.plan
            Comparison.get_comparison(held_by.id, by)
            self.env.flush_all()
            self.env.invalidate_all()
            with self._counted() as counted:
                Comparison.get_comparison(held_by.id, by)
            found[by] = counted[0]
        return found

    def _more(self, plan, number):
        """More categories, a customer of another industry and profile, sellers."""
        categs = self.categ.create(
            [{"name": f"Kind {number}"}, {"name": f"Other {number}"}]
        )
        self._holder(plan, categs[0])
        industries = self.env["res.partner.industry"].search([], limit=4)
        partner = self.customer.create(
            {
                "name": f"P{number}",
                "is_company": True,
                "industry_id": industries[number].id,
            }
        )
        profile = self.env["crm.profiling.profile"].create({"name": f"P{number}"})
        self.env["crm.profiling.membership"].create(
            {"partner_id": partner.id, "profile_id": profile.id}
        )
        lines = [
            (self._product(categ.name, categ_id=categ.id), 1, 100) for categ in categs
        ]
        for held in (False, True):
            name = f"seller{number}{held}".lower()
            seller = self._user(name, "group_sale_salesman")
            if held:
                self._holder(self.plan, seller)
            self._sell(seller, 0, "2026-06-04", lines=lines, partner_id=partner.id)

    @contextmanager
    def _counted(self):
        """Count the queries within, into the list it gives."""
        before, counted = self.env.cr.sql_log_count, []
        yield counted
        counted.append(self.env.cr.sql_log_count - before)
