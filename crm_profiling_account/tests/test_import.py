from odoo.tests import new_test_user, tagged

from odoo.addons.crm_profiling.tests.prospects.test_import import ANN, BEN, ImportCase


@tagged("post_install", "-at_install")
class TestImport(ImportCase):
    """Where one invoices, contacts take over from their company what few may read."""

    def test_a_salesperson_imports_people_of_companies(self):
        user = new_test_user(
            self.env(su=True), "sam", groups="sales_team.group_sale_salesman"
        )
        rows = [{**ANN, "Staff?": "1"}, {**BEN, "Company": ANN["Company"]}]
        for created in (2, 0):
            progress = self.load(rows, user=user)
            self.assertCounts(progress, created=created, rejected=0)
        ann, ben = self.contact(ANN["Name"]), self.contact(BEN["Name"])
        company = self.contact(ANN["Company"])
        self.assertEqual((ann | ben).parent_id, company)
        self.assertEqual(
            (ann | ben).property_account_receivable_id,
            company.property_account_receivable_id,
        )
        self.assertEqual((ann | ben).create_uid, user)
