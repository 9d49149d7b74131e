"""Call lists: one prospect after the other, and nobody is called twice."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .test_interview import InterviewCase


@tagged("post_install", "-at_install")
class TestQueue(InterviewCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.prospects = cls.env["res.partner"].create(
            [{"name": f"Prospect {n}"} for n in range(5)]
        )
        cls.queue = cls.call_through(cls.prospects)

    def next(self, user=None):
        """Go to the next prospect, and return what the screen shows."""
        user = user or self.salesman
        return self.Interview.with_user(user).begin(queue_id=self.queue.id)

    def new_list(self, chosen):
        """Return the dialog that asks what to ask those who were chosen."""
        action = chosen.with_user(self.salesman).action_profiling_call_list()
        Wizard = self.env[action["res_model"]].with_user(self.salesman)
        return Form(Wizard.with_context(**action["context"])).save()

    def name(self, shown):
        return not shown.get("finished") and shown["partner"]["name"]

    def test_one_after_the_other(self):
        for n in range(5):
            shown = self.next()
            self.assertEqual(self.name(shown), f"Prospect {n}")
            self.assertEqual((shown["queue"]["done"], shown["queue"]["total"]), (n, 5))
            shown = self.interview(shown).finish()
            self.assertEqual(shown["queue"]["done"], n + 1)
        shown = self.next()
        self.assertTrue(shown["finished"])
        self.assertEqual(shown["queue"]["done"], 5)
        queue = self.stored(self.queue)
        self.assertEqual((queue.progress, queue.state), (100, "done"))
        self.assertIn(queue, queue.search([("state", "=", "done")]))
        self.assertNotIn(queue, queue.search([("state", "=", "open")]))

    def test_goes_on_where_it_was_left(self):
        shown = self.say(self.next(), "Staff?", "1")
        with freeze_time(fields.Datetime.now() + timedelta(days=1)):
            again = self.next()
        self.assertEqual(again["id"], shown["id"])

    def test_each_user_gets_another_prospect(self):
        users = [self.salesman, self.colleague, self.manager]
        names = [self.name(self.next(user)) for user in users]
        self.assertEqual(names, ["Prospect 0", "Prospect 1", "Prospect 2"])

    def test_a_prospect_taken_long_ago_is_free_again(self):
        self.next(self.colleague)
        self.assertEqual(self.name(self.next()), "Prospect 1")
        self.interview(self.next()).finish()
        with freeze_time(fields.Datetime.now() + timedelta(hours=9)):
            self.assertEqual(self.name(self.next()), "Prospect 0")
            self.assertEqual(self.name(self.next(self.colleague)), "Prospect 2")

    def test_and_may_be_called_by_name(self):
        """As the list says: eight hours later, and not a second before."""
        zero, now = self.prospects[0], fields.Datetime.now()
        with freeze_time(now):
            self.next(self.colleague)

        def call():
            Interview = self.Interview.with_user(self.salesman)
            return Interview.begin(partner_id=zero.id, queue_id=self.queue.id)

        line = self.queue.line_ids.filtered(lambda line: line.partner_id == zero)
        with freeze_time(now + timedelta(hours=8)):
            with self.assertRefused(UserError, "is being called by", "Prospect 0"):
                call()
            self.assertEqual(self.stored(line).user_id, self.colleague)
        with freeze_time(now + timedelta(hours=8, seconds=1)):
            self.assertEqual(self.name(call()), "Prospect 0")
            self.assertEqual(self.stored(line).user_id, self.salesman)

    def test_not_reached_at_the_end_of_a_list_of_any_length(self):
        """A place at the end of what numbers can say spoils no call list."""
        line = self.queue.line_ids[-1]
        line.sequence = 2**31 - 1
        self.interview(self.next()).skip_prospect("not_reached")
        self.assertEqual(max(self.queue.line_ids.mapped("sequence")), 2**31 - 1)

    def test_not_reached_is_called_again_at_the_end(self):
        shown = self.interview(self.next()).skip_prospect("not_reached")
        self.assertEqual(self.name(shown), "Prospect 1")
        for _n in range(4):
            self.interview(self.next()).finish()
        shown = self.next()
        self.assertTrue(shown["finished"])
        self.assertEqual((shown["queue"]["later"], shown["queue"]["done"]), (1, 4))
        [waits] = shown["queue"]["first_later"]
        line = self.queue.line_ids[-1]
        self.assertEqual(
            (waits["name"], waits["partner_id"], waits["queue_id"], waits["moment"]),
            (
                "Prospect 0",
                self.prospects[0].id,
                self.queue.id,
                fields.Datetime.to_string(line.date_again),
            ),
        )
        with freeze_time(fields.Datetime.now() + timedelta(hours=2)):
            shown = self.next()
        self.assertEqual(self.name(shown), "Prospect 0")
        self.assertEqual(self.queue.line_ids[-1].attempts, 1)

    def test_left_out_for_a_reason(self):
        shown = self.interview(self.next()).skip_prospect("Gone out of business")
        self.assertEqual(self.name(shown), "Prospect 1")
        line = self.stored(self.queue).line_ids[0]
        self.assertEqual(line.state, "skipped")
        self.assertEqual(line.reason, "Gone out of business")
        self.assertEqual(shown["queue"]["done"], 1)
        line.action_release()
        self.assertEqual(line.state, "waiting")

    def test_answers_stay_when_the_prospect_hangs_up(self):
        shown = self.say(self.next(), "Staff?", "1")
        self.interview(shown).skip_prospect("tomorrow")
        self.assertAnswers(self.prospects[0], {"Staff?": "1"})
        self.assertEqual(self.interview(shown).state, "done")
        line = self.stored(self.queue).line_ids.filtered(
            lambda line: line.partner_id == self.prospects[0]
        )
        self.assertEqual(line.state, "waiting")

    def test_what_was_declined_stays_declined_when_the_prospect_hangs_up(self):
        shown = self.next()
        self.interview(shown).decline(self.ask("Budget?").id)
        self.interview(shown).skip_prospect("tomorrow")
        self.assertEqual(self.interview(shown).state, "done")
        again = self.begin(self.prospects[0], user=self.colleague)
        self.assertEqual(self.status(again, "Budget?"), "declined")

    def test_tomorrow_is_the_day_after_where_the_user_is(self):
        """In the evening of UTC it is morning in Sydney, ten hours ahead."""
        self.salesman.sudo().tz = "Australia/Sydney"
        with freeze_time("2026-06-01 23:00:00"):
            self.interview(self.next()).skip_prospect("tomorrow")
        [again] = filter(None, self.queue.line_ids.mapped("date_again"))
        self.assertEqual(str(again), "2026-06-02 14:00:00")

    def test_contacts_archived_or_deleted_meanwhile(self):
        self.prospects[0].active = False
        self.prospects[1].sudo().unlink()
        shown = self.next()
        self.assertEqual(self.name(shown), "Prospect 2")
        self.assertEqual(shown["queue"]["total"], 3)

    def test_contacts_that_are_not_theirs_to_change(self):
        self.env["ir.rule"].sudo().create(
            {
                "name": "Read-only",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": [("id", "not in", self.prospects[:2].ids)],
                "groups": [
                    Command.link(self.env.ref("sales_team.group_sale_salesman").id)
                ],
                "perm_read": False,
            }
        )
        self.assertEqual(self.name(self.next()), "Prospect 2")

    def test_a_lead_of_a_colleague(self):
        """The list goes on: the contact is called all the same."""
        self.queue.sudo().line_ids[0].lead_id = self.env["crm.lead"].create(
            {"name": "Theirs", "user_id": self.manager.id}
        )
        shown = self.next()
        self.assertEqual(self.name(shown), "Prospect 0")
        self.assertFalse(shown["lead"])

    def test_one_prospect_of_the_list(self):
        shown = self.begin(self.prospects[3], queue_id=self.queue.id)
        self.assertEqual(shown["queue"]["id"], self.queue.id)
        self.assertEqual(self.name(self.next()), "Prospect 3")
        with self.assertRefused(UserError, "Prospect 3", "Sam Salesman"):
            self.begin(self.prospects[3], user=self.colleague, queue_id=self.queue.id)

    def test_the_callers_of_a_list(self):
        self.queue.user_ids = self.colleague
        with self.assertRefused(UserError, self.queue.name, "Cora Colleague"):
            self.next()
        self.assertEqual(self.name(self.next(self.colleague)), "Prospect 0")

    def test_one_contact_of_a_list_of_others(self):
        """Chosen by name, it is no less for its callers alone."""
        self.queue.user_ids = self.colleague
        with self.assertRefused(UserError, self.queue.name, "Cora Colleague"):
            self.begin(self.prospects[3], queue_id=self.queue.id)
        self.assertEqual(
            set(self.stored(self.queue).line_ids.mapped("state")), {"waiting"}
        )
        self.assertFalse(self.prospects[3].profiling_interview_ids)
        shown = self.begin(
            self.prospects[3], user=self.colleague, queue_id=self.queue.id
        )
        self.assertEqual(self.name(shown), "Prospect 3")
        # they are no longer one of its callers, and have the contact still
        self.queue.user_ids = self.manager
        with self.assertRefused(UserError, self.queue.name):
            self.begin(self.prospects[3], user=self.colleague, queue_id=self.queue.id)

    def test_a_list_is_changed_by_its_callers_and_who_made_it(self):
        mine = self.queue.with_user(self.salesman)
        theirs = self.queue.with_user(self.colleague)
        theirs.name = "Everybody's"
        mine.user_ids = self.salesman
        for change in (
            lambda: theirs.write({"user_ids": [Command.link(self.colleague.id)]}),
            lambda: theirs.line_ids[0].write({"state": "done"}),
            lambda: theirs.line_ids[0].unlink(),
            lambda: theirs.line_ids.create(
                {"queue_id": theirs.id, "partner_id": self.ann.id}
            ),
        ):
            with self.assertRaises(AccessError):
                change()
        self.assertEqual(theirs.name, "Everybody's")
        mine.user_ids = self.colleague
        theirs.line_ids[0].unlink()
        self.queue.user_ids = False

    def test_who_is_left_out(self):
        address = self.prospect("Office", parent_id=self.ann.id, type="invoice")
        twin = self.prospect("ann ", phone="+1 555 0100")
        self.ann.phone = "+1 555 0100"
        archived = self.prospect("Old", active=False)
        everybody = self.ann | address | twin | archived
        wizard = self.new_list(everybody)
        self.assertEqual(wizard.call_count, 1)
        queue = self.queue.browse(wizard.action_create_list()["res_id"])
        self.assertEqual(queue.line_ids.partner_id, self.ann)
        for name in ("Office", "ann", "Old"):
            self.assertIn(name, queue.note)
            self.assertIn(name, wizard.left_out)
        with self.assertRefused(UserError, "None of these", "Office"):
            address.with_user(self.salesman).action_profiling_call_list()

    def test_who_is_left_out_of_one_company_is_not_named_to_others(self):
        """In the dialog they are: there is nobody but who chose them."""
        company = self.salesman.company_id
        old = self.prospect("Old", active=False)
        ours = self.prospect("Ours", active=False, company_id=company.id)
        wizard = self.new_list(self.ann | old | ours)
        queue = self.queue.browse(wizard.action_create_list()["res_id"])
        self.assertEqual(queue.note, "Archived: Old, 1 of a company")
        for name in ("Old", "Ours"):
            self.assertIn(name, wizard.left_out)
        self.assertNotIn("of a company", wizard.left_out)

    def test_the_questionnaire_is_asked_and_holds_for_every_call(self):
        fair = self.env["crm.profiling.questionnaire"].create(
            {"name": "Fair", "question_ids": self.ask("Staff?").ids}
        )
        wizard = self.new_list(self.prospects)
        self.assertTrue(wizard.has_questionnaires)
        self.assertFalse(wizard.questionnaire_id)
        wizard.write({"questionnaire_id": fair.id, "ask_order": "questionnaire"})
        queue_id = wizard.action_start()["params"]["queue_id"]
        for _n in range(2):
            shown = self.Interview.begin(queue_id=queue_id)
            self.assertEqual(shown["questionnaire_id"], fair.id)
            self.assertEqual(shown["ask_order"], "questionnaire")
            # for this contact alone
            self.interview(shown).set_order("best", False)
            self.interview(shown).finish()
        self.assertEqual(self.new_list(self.prospects).questionnaire_id, fair)

    def test_what_a_colleague_asks_is_theirs(self):
        """Proposed is what one's own last list asks, not the last of all."""
        fair, web = self.env["crm.profiling.questionnaire"].create(
            [
                {"name": name, "question_ids": self.ask("Staff?").ids}
                for name in ("Fair", "Web")
            ]
        )
        Queue = self.env["crm.profiling.queue"]
        mine = Queue.with_user(self.salesman)._create_for(self.prospects[:1])
        mine.questionnaire_id = fair
        theirs = Queue.with_user(self.colleague)._create_for(self.prospects[1:2])
        theirs.questionnaire_id = web
        self.assertEqual(self.new_list(self.prospects).questionnaire_id, fair)

    def test_each_of_several_has_its_own_lead(self):
        leads = (
            self.env["crm.lead"]
            .with_user(self.salesman)
            .create(
                [
                    {"name": p.name, "partner_id": p.id, "type": "opportunity"}
                    for p in self.prospects[:2]
                ]
            )
        )
        action = leads.action_profiling_call_list()
        Wizard = self.env[action["res_model"]].with_user(self.salesman)
        wizard = Form(Wizard.with_context(**action["context"])).save()
        queue = self.queue.browse(wizard.action_create_list()["res_id"])
        lines = self.stored(queue.line_ids).with_user(self.salesman)
        self.assertEqual(len(lines.mapped("visible_lead_id")), 2)
        for line in lines:
            self.assertEqual(line.visible_lead_id.name, line.partner_id.name)

    def test_its_callers_are_chosen(self):
        wizard = self.new_list(self.prospects)
        wizard.user_ids = self.colleague
        queue = self.queue.browse(wizard.action_create_list()["res_id"])
        self.assertEqual(queue.user_ids, self.colleague)

    def test_who_starts_to_call_is_one_of_the_callers(self):
        queue = self.call_through(self.prospects, user_ids=self.colleague)
        self.assertEqual(queue.user_ids, self.colleague | self.salesman)
        shown = self.Interview.begin(queue_id=queue.id)
        self.assertEqual(self.name(shown), "Prospect 0")

    def test_of_the_pipeline(self):
        bob = self.prospect("Bob")
        Lead = self.env["crm.lead"].with_user(self.salesman)
        leads = Lead.create(
            [
                {"name": "Ann's", "partner_id": self.ann.id, "type": "opportunity"},
                {"name": "Ann's other", "partner_id": self.ann.id},
                {"name": "Bob's", "partner_id": bob.id, "type": "opportunity"},
                {"name": "Web", "contact_name": "Zoe", "email_from": "zoe@example.com"},
            ]
        )
        action = leads.action_profiling_call_list()
        self.assertEqual(
            action["context"]["default_name"], f"{leads.stage_id.name}, 3 contacts"
        )
        self.assertFalse(leads[3].partner_id)
        Wizard = self.env[action["res_model"]].with_user(self.salesman)
        wizard = Form(Wizard.with_context(**action["context"])).save()
        self.assertEqual(wizard.call_count, 3)
        queue = self.queue.browse(wizard.action_start()["params"]["queue_id"])
        self.assertEqual(
            queue.line_ids.partner_id.mapped("name"), ["Ann", "Bob", "Zoe"]
        )
        self.assertEqual(
            queue.sudo().line_ids.lead_id.mapped("name"), ["Ann's", "Bob's", "Web"]
        )
        shown = self.Interview.begin(queue_id=queue.id)
        self.assertEqual(shown["lead"]["name"], "Ann's")

    def test_in_the_order_chosen(self):
        chosen = self.prospects[2] | self.prospects[0] | self.prospects[4]
        called = self.call_through(chosen).line_ids.partner_id
        self.assertEqual(called.ids, chosen.ids)
        wizard = self.new_list(chosen)
        wizard.chosen = "nonsense"
        queue = self.queue.browse(wizard.action_start()["params"]["queue_id"])
        self.assertEqual(set(queue.line_ids.partner_id), set(chosen))

    def test_nobody_of_the_pipeline(self):
        lead = self.env["crm.lead"].create(
            {"name": "Ann's", "partner_id": self.ann.id, "user_id": self.salesman.id}
        )
        self.ann.profiling_refuse_calls("asked")
        with self.assertRefused(UserError, "None of these", "Ann"):
            lead.with_user(self.salesman).action_profiling_call_list()

    def test_starting(self):
        action = self.queue.action_start()
        self.assertEqual(action["tag"], "crm_profiling.interview")
        self.assertEqual(action["params"], {"queue_id": self.queue.id})
        params = self.queue.line_ids[1].action_call()["params"]
        self.assertEqual(self.name(self.Interview.begin(**params)), "Prospect 1")

    def test_a_list_of_another_company(self):
        other = self.env["res.company"].sudo().create({"name": "Other"})
        self.queue.sudo().company_id = other
        found = self.queue.with_user(self.salesman).search([])
        self.assertNotIn(self.queue, found)

    def test_starting_a_long_list_costs_no_more(self):
        def measure(count):
            partners = self.env["res.partner"].create(
                [{"name": f"P{n}"} for n in range(count)]
            )
            queue = self.call_through(partners)
            begin = self.Interview.begin
            return self.count_queries(begin, queue_id=queue.id)

        measure(3), measure(3)
        self.assertAlmostEqual(measure(3), measure(300), delta=4)
