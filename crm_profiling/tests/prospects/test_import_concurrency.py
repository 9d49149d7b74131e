"""Two at once: what both look for and do not find is created by one of them."""

import base64

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..concurrency import ConcurrentCase

NAMES = [f"Concurrent {number} Prospect" for number in range(5)]


@tagged("post_install", "-at_install")
class TestImportsAtOnce(ConcurrentCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(self.forget)

    def forget(self):
        with self.transaction() as env:
            env["crm.profiling.import"].search([("name", "=", "at once.csv")]).unlink()
            self.people(env).unlink()

    def people(self, env):
        return env["res.partner"].search([("name", "like", "Concurrent % Prospect")])

    def upload(self):
        content = "\n".join(["Name,Company", *(f"{n},{n} Ltd" for n in NAMES)])
        with self.transaction() as env:
            shown = env["crm.profiling.import"].upload(
                "at once.csv", base64.b64encode(content.encode()).decode()
            )
            env["crm.profiling.import"].browse(shown["id"]).begin()
        return shown["id"]

    def run_batch(self, id_):
        return lambda env: env["crm.profiling.import"].browse(id_).run_batch()

    def assertOneEach(self):
        with self.transaction() as env:
            people = self.people(env).filtered(lambda p: not p.is_company)
            self.assertEqual(sorted(people.mapped("name")), NAMES)
            self.assertEqual(len(people.parent_id), len(NAMES))

    @mute_logger("odoo.sql_db")
    def test_the_second_begins_anew_with_what_the_first_wrote(self):
        first, second = self.upload(), self.upload()
        progress = self.overtaken(self.run_batch(second), self.run_batch(first))
        self.assertEqual((progress["created"], progress["unchanged"]), (0, len(NAMES)))
        self.assertOneEach()

    def test_the_second_waits_while_the_first_is_at_it(self):
        first, second = self.upload(), self.upload()
        with self.transaction() as env:
            self.run_batch(first)(env)
            env.flush_all()
            with self.transaction() as other:
                progress = self.run_batch(second)(other)
            self.assertEqual((progress["state"], progress["done"]), ("running", 0))
        with self.transaction() as env:
            progress = self.run_batch(second)(env)
        self.assertEqual((progress["state"], progress["created"]), ("done", 0))
        self.assertOneEach()

    @mute_logger("odoo.sql_db")
    def test_opportunities(self):
        with self.transaction() as env:
            env["res.partner"].create([{"name": name} for name in NAMES])

        def create(env):
            wizard = env["crm.profiling.opportunity"].create(
                {
                    "profile_id": self.ids["profile"],
                    "partner_ids": [(6, 0, self.people(env).ids)],
                }
            )
            if wizard.create_count:
                wizard.action_create()

        self.addCleanup(self.forget_leads)
        self.overtaken(create, create)
        with self.transaction() as env:
            self.assertEqual(env["crm.lead"].search_count(self.leads()), len(NAMES))

    def leads(self):
        return [("profiling_profile_id", "=", self.ids["profile"])]

    def forget_leads(self):
        with self.transaction() as env:
            env["crm.lead"].search(self.leads()).unlink()
