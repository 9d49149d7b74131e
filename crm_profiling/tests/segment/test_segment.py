"""Do something with the contacts of a profile, of a tag, or chosen in a list."""

from base64 import b64decode
from io import BytesIO
from zipfile import ZipFile

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, HttpCase, tagged, users

from .test_entry import EntryCase


class SegmentCase(EntryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann, cls.bob = (
            cls.prospect(name, {"Sector?": "IT"}, email=f"{name}@example.com")
            for name in ("Ann", "Bob")
        )
        cls.cid = cls.prospect("Cid", {"Staff?": "21-50"}, email="cid@example.com")
        cls.it = cls.ann | cls.bob
        cls.partnership.write(
            {"mail_template_id": cls.template.id, "offer": "<p>The contract</p>"}
        )
        cls.as_salesman = cls.env(user=cls.salesman)

    def mine(self, records):
        return records.with_user(self.salesman)

    def open(self, action):
        """Return the wizard that an action opens, as it is saved untouched."""
        Model = self.as_salesman[action["res_model"]]
        return Form(Model.with_context(**action["context"])).save()


@tagged("post_install", "-at_install")
class TestEmail(SegmentCase):
    def send(self, segment):
        composer = self.open(self.mine(segment).action_segment_email())
        composer.action_send_mail()
        return composer

    def test_to_the_contacts_of_a_profile(self):
        composer = self.send(self.partnership)
        self.assertEqual(composer.template_id, self.template)
        mails = self.mails(self.it)
        self.assertEqual(set(mails.mapped("subject")), {"Dear Ann", "Dear Bob"})
        self.assertEqual(set(mails.mapped("state")), {"outgoing"})
        self.assertFalse(self.mails(self.cid))

    def test_to_the_contacts_of_a_tag(self):
        self.put_tag(self.cid, "Partnership")
        self.send(self.tag("Partnership"))
        self.assertEqual(len(self.mails(self.it | self.cid)), 3)

    def test_to_contacts_chosen(self):
        composer = self.send(self.ann)
        self.assertEqual(composer.template_id, self.template)
        self.assertEqual(len(self.mails(self.it)), 1)

    def test_no_template_where_they_have_no_profile_in_common(self):
        action = self.mine(self.ann | self.cid).action_segment_email()
        self.assertFalse(action["context"]["default_template_id"])

    def test_the_template_of_the_narrowest_profile(self):
        other = self.make_template("Other", "Other")
        narrower = self.profile(
            "Small IT", {"Staff?": "1"}, parent_id=self.partnership.id
        )
        narrower.mail_template_id = other
        self.answer(self.ann, "Staff?", "1")
        action = self.mine(self.ann).action_segment_email()
        self.assertEqual(action["context"]["default_template_id"], other.id)

    def test_not_to_who_is_blacklisted(self):
        self.env["mail.blacklist"].sudo()._add("ann@example.com")
        self.send(self.partnership)
        self.assertEqual(self.mails(self.ann).state, "cancel")
        self.assertEqual(self.mails(self.bob).state, "outgoing")

    def test_how_many_get_it_is_said_before(self):
        self.prospect("Dan", {"Sector?": "IT"})  # without an address
        self.prospect("Eve", {"Sector?": "IT"}, email="eve@example.com", active=False)
        action = self.mine(self.partnership).action_segment_email()
        self.assertEqual(
            self.open(action).profiling_recipients,
            "Contacts who get it: 2. Left out: 1 without an address, 1 archived.",
        )
        self.env["mail.blacklist"].sudo()._add("ann@example.com")
        composer = self.open(self.mine(self.partnership).action_segment_email())
        self.assertEqual(
            composer.profiling_recipients,
            "Contacts who get it: 1."
            " Left out: 1 without an address, 1 blacklisted, 1 archived.",
        )
        composer.use_exclusion_list = False
        self.assertIn("get it: 2.", composer.profiling_recipients)

    def test_an_address_of_several_gets_one(self):
        for number in range(60):  # more than Odoo takes at once
            self.prospect(f"Desk {number:02}", {"Sector?": "IT"},
                          email="Info@Desk.test")  # fmt: skip
        self.prospect("Own Desk", {"Sector?": "IT"}, email="own@desk.test")
        composer = self.open(self.mine(self.partnership).action_segment_email())
        self.assertEqual(
            composer.profiling_recipients,
            "Contacts who get it: 4. Left out: 59 with the address of another one"
            " (info@desk.test).",
        )
        composer.subject = composer.body = "Hello {{ object.name }}"
        mails, _messages = composer._action_send_mail()
        going = mails.filtered(lambda mail: mail.state == "outgoing")
        self.assertEqual(len(going), 4)
        self.assertIn("Hello Desk 00", going.mapped("subject"))
        self.assertEqual(set((mails - going).mapped("failure_type")), {"mail_dup"})

    def test_other_e_mails_say_nothing_of_it(self):
        action = self.mine(self.partnership).action_segment_email()
        context = {**action["context"], "crm_profiling_segment": False}
        self.assertFalse(self.open({**action, "context": context}).profiling_recipients)
        for vals in (
            {"composition_mode": "comment"},
            {"model": "crm.lead"},
            {"res_domain": False},
        ):
            composer = self.open(action)
            self.assertTrue(composer._profiling_is_segment())
            composer.write(vals)
            self.assertFalse(composer._profiling_is_segment(), vals)

    def test_addresses_of_several_are_named_up_to_three(self):
        """Those first that most have."""
        for number, count in ((1, 2), (2, 4), (3, 2)):
            for one in range(count):
                name = f"Desk {number} {one}"
                email = f"desk{number}@example.com"
                self.prospect(name, {"Sector?": "IT"}, email=email)
        action = self.mine(self.partnership).action_segment_email()
        three = "(desk2@example.com, desk1@example.com, desk3@example.com)"
        self.assertIn(f"5 with the address of another one {three}.",
                      self.open(action).profiling_recipients)  # fmt: skip
        for one in range(2):
            self.prospect(f"Last {one}", {"Sector?": "IT"}, email="zoe@example.com")
        self.assertIn(f"6 with the address of another one {three[:-1]}…).",
                      self.open(action).profiling_recipients)  # fmt: skip

    def test_nobody_is_said(self):
        with self.assertRefused(UserError, "nobody here"):
            self.mine(self.large).action_segment_email()


@tagged("post_install", "-at_install")
class TestSchedule(SegmentCase):
    def test_for_the_contacts_of_a_profile(self):
        wizard = self.open(self.mine(self.partnership).action_segment_schedule())
        wizard.summary = "Call"
        wizard.action_schedule_activities()
        activities = self.stored(self.it).activity_ids
        self.assertEqual(activities.mapped("summary"), ["Call", "Call"])
        self.assertFalse(self.cid.activity_ids)


@tagged("post_install", "-at_install")
class TestCall(SegmentCase):
    """A call list has the name of what was chosen."""

    def call(self, segment):
        wizard = self.open(self.mine(segment).action_segment_call())
        queue_id = wizard.action_start()["params"]["queue_id"]
        return self.env["crm.profiling.queue"].browse(queue_id)

    def test_through_a_profile(self):
        queue = self.call(self.partnership)
        self.assertEqual(queue.name, "Partnership, 2 contacts")
        self.assertEqual(queue.line_ids.partner_id, self.it)

    def test_through_a_tag(self):
        self.put_tag(self.cid, "Partnership")
        self.assertEqual(
            self.call(self.tag("Partnership")).name, "Partnership, 3 contacts"
        )

    def test_through_several_profiles(self):
        queue = self.call(self.partnership | self.saas)
        self.assertEqual(queue.name, "Partnership, SaaS, 3 contacts")

    def test_through_more_than_one_can_say(self):
        """Three are named; of four the list has the name of any other list."""
        others = self.profile("Web", {"Sector?": "IT"}) | self.profile("Fair")
        three = self.partnership | self.saas | others[0]
        self.assertEqual(self.call(three).name, "Partnership, SaaS, Web, 3 contacts")
        name = self.call(three | others[1]).name
        self.assertNotIn("SaaS", name)
        self.assertIn("3 contacts", name)

    def test_through_contacts_of_one_profile(self):
        action = self.mine(self.ann).action_profiling_call_list()
        self.assertEqual(action["context"]["default_name"], "Partnership, 1 contact")

    def test_through_contacts_of_a_profile_that_one_may_not_know(self):
        west = self.env["res.company"].sudo().create({"name": "West"})
        self.partnership.sudo().company_id = west
        self.assertIn(self.partnership, self.ann.sudo().profile_ids)
        action = self.mine(self.ann).action_profiling_call_list()
        self.assertNotIn("Partnership", action["context"]["default_name"])

    def test_through_contacts_with_nothing_in_common(self):
        action = self.mine(self.ann | self.cid).action_profiling_call_list()
        self.assertNotIn("Partnership", action["context"]["default_name"])
        self.assertIn("2 contacts", action["context"]["default_name"])

    def test_in_the_order_in_which_they_were_chosen(self):
        """A list may be sorted by anything: Odoo would sort them by name again."""
        order = self.bob | self.cid | self.ann
        wizard = self.open(self.mine(order).action_profiling_call_list())
        action = wizard.action_create_list()
        queue = self.env["crm.profiling.queue"].browse(action["res_id"])
        lines = queue.line_ids.sorted("sequence")
        self.assertEqual(lines.mapped("partner_id.name"), ["Bob", "Cid", "Ann"])
        leads = self.env["crm.lead"].create(
            [
                {
                    "name": f"Lead {one.name}",
                    "partner_id": one.id,
                    "user_id": self.salesman.id,
                }
                for one in self.ann | self.cid | self.bob
            ]
        )
        order = leads[1] | leads[2] | leads[0]
        wizard = self.open(self.mine(order).action_profiling_call_list())
        queue = self.env["crm.profiling.queue"].browse(
            wizard.action_create_list()["res_id"]
        )
        lines = queue.line_ids.sorted("sequence")
        self.assertEqual(lines.mapped("partner_id.name"), ["Cid", "Bob", "Ann"])

    def test_who_starts_to_call_is_one_of_the_callers(self):
        """Where there are some: else it is everybody."""
        for chosen, start, callers in (
            (self.ivy, True, self.ivy | self.salesman),
            (self.ivy, False, self.ivy),
            (self.env["res.users"], True, self.env["res.users"]),
        ):
            wizard = self.open(self.mine(self.partnership).action_segment_call())
            wizard.user_ids = chosen
            made = wizard.action_start() if start else wizard.action_create_list()
            id_ = made["params"]["queue_id"] if start else made["res_id"]
            queue = self.env["crm.profiling.queue"].browse(id_)
            self.assertEqual(queue.user_ids, callers, (chosen.name, start))

    def test_one_calls_for_what_one_called_for_last(self):
        fair, other = self.env["crm.profiling.questionnaire"].create(
            [{"name": "Fair"}, {"name": "Other"}]
        )
        Wizard = self.as_salesman["crm.profiling.call.list"]
        self.assertFalse(Wizard._last_questionnaire())
        for user, questionnaire in ((self.salesman, fair), (self.ivy, other)):
            action = self.partnership.with_user(user).action_segment_call()
            wizard = self.env[action["res_model"]].with_user(user)
            wizard.with_context(**action["context"]).create(
                {"questionnaire_id": questionnaire.id}
            ).action_create_list()
        self.assertEqual(Wizard._last_questionnaire(), fair)
        wizard = self.open(self.mine(self.partnership).action_segment_call())
        self.assertEqual(wizard.questionnaire_id, fair)

    def test_who_refuses_is_not_counted(self):
        self.bob.profiling_refuse_calls("asked")
        queue = self.call(self.partnership)
        self.assertEqual(queue.name, "Partnership, 1 contact")
        self.assertIn("Bob", queue.note)

    def test_nobody_is_said(self):
        with self.assertRefused(UserError, "nobody here"):
            self.mine(self.large).action_segment_call()


@tagged("post_install", "-at_install")
class TestExportAndPrint(SegmentCase):
    def test_an_export_of_the_contacts_of_a_profile(self):
        action = self.mine(self.partnership).action_segment_export()
        wizard = self.env[action["res_model"]].with_context(**action["context"])
        self.assertEqual(wizard.create({}).partner_ids, self.it)

    def test_an_export_is_of_contacts_that_are_chosen(self):
        """Of no other records, and of nobody where none are."""
        Export = self.env["crm.profiling.export"]
        for context, wanted in (
            ({"active_model": "res.partner", "active_ids": self.it.ids}, self.it),
            ({"active_model": "res.partner", "active_ids": []}, self.it.browse()),
            ({"active_model": "res.partner"}, self.it.browse()),
            ({"active_model": "crm.lead", "active_ids": self.it.ids}, self.it.browse()),
            ({"active_ids": self.it.ids}, self.it.browse()),
            ({"active_model": "res.partner", "active_ids": "all"}, self.it.browse()),
        ):
            export = Export.with_context(**context).create({})
            self.assertEqual(export.partner_ids, wanted, context)
            self.assertEqual(export.partner_count, len(wanted), context)

    def test_the_template_offers_answers_where_one_is_chosen(self):
        """Several are written with semicolons, which no list of a cell takes."""
        Export = self.env["crm.profiling.export"]

        def offered():
            Export._offer_template()
            made = Export.search([], order="id desc", limit=1)
            with ZipFile(BytesIO(b64decode(made.file))) as book:
                sheet = book.read("xl/worksheets/sheet1.xml").decode()
            return sheet.count("<dataValidation ")

        questions = self.env["crm.profiling.import.columns"]._questions()
        single = questions.filtered(lambda one: one.selection_mode == "single")
        self.assertEqual(offered(), len(single))
        self.ask("Sector?").selection_mode = "multiple"
        self.assertEqual(offered(), len(single) - 1)

    def test_the_profile_sheets_of_the_contacts_of_a_profile(self):
        action = self.mine(self.partnership).action_segment_print()
        self.assertEqual(action["report_name"], "crm_profiling.report_profile_sheet")
        self.assertEqual(set(action["context"]["active_ids"]), set(self.it.ids))
        # nobody is asked for a letterhead first, which the sheets do not have
        self.env.company.sudo().external_report_layout_id = False
        action = self.partnership.sudo().action_segment_print()
        self.assertEqual(action["type"], "ir.actions.report")


@tagged("post_install", "-at_install")
class TestOpportunities(SegmentCase):
    def create_for(self, segment, **vals):
        wizard = self.open(self.mine(segment).action_segment_opportunities())
        wizard.write(vals)
        action = wizard.action_create()
        return self.env["crm.lead"].search(action["domain"])

    def test_one_for_each_contact(self):
        self.ann.user_id = self.ivy
        fair = self.env["utm.campaign"].create({"title": "Spring fair"})
        leads = self.create_for(
            self.partnership, expected_revenue=500, campaign_id=fair.id
        )
        self.assertEqual(leads.partner_id, self.it)
        self.assertEqual(set(leads.mapped("type")), {"opportunity"})
        self.assertEqual(set(leads.mapped("expected_revenue")), {500})
        self.assertEqual(leads.campaign_id, fair)
        self.assertEqual(leads.profiling_profile_id, self.partnership)
        for lead in leads:
            self.assertIn("The contract", lead.description)
            wanted = self.ivy if lead.partner_id == self.ann else self.salesman
            self.assertEqual(lead.user_id, wanted)

    def test_what_is_said_in_the_dialog_counts(self):
        """Else the team is that of the salesperson, not of who creates it."""
        east, west = (
            self.env["crm.team"]
            .sudo()
            .create(
                [
                    {"name": name, "member_ids": [Command.set(members.ids)]}
                    for name, members in (("East", self.ivy), ("West", self.salesman))
                ]
            )
        )
        [lead] = self.create_for(
            self.ann, name="Fair", user_id=self.ivy.id, description="<p>Soon</p>"
        )
        self.assertRecordValues(
            lead,
            [
                {
                    "name": "Fair: Ann",
                    "user_id": self.ivy.id,
                    "team_id": east.id,
                    "expected_revenue": 0,
                }
            ],
        )
        self.assertIn("Soon", lead.description)
        self.ann.user_id = self.ivy
        [lead] = self.create_for(self.bob, team_id=west.id, user_id=self.ivy.id)
        self.assertEqual(lead.team_id, west)

    def test_a_salesperson_gets_no_message_for_each(self):
        """There may be hundreds."""
        told = [
            ("model", "=", "crm.lead"),
            ("message_type", "=", "user_notification"),
            ("partner_ids", "in", self.ivy.partner_id.ids),
        ]
        # as it is outside of tests
        awake = dict.fromkeys(
            ("tracking_disable", "mail_notrack", "mail_create_nosubscribe"), False
        )
        messages = self.env["mail.message"].sudo()
        wizard = self.open(self.mine(self.partnership).action_segment_opportunities())
        wizard.user_id = self.ivy
        action = wizard.with_context(**awake).action_create()
        leads = self.env["crm.lead"].search(action["domain"])
        self.assertEqual(leads.user_id, self.ivy)
        self.assertFalse(messages.search(told))
        Lead = self.as_salesman["crm.lead"].with_context(**awake)
        Lead.sudo().create({"name": "One", "user_id": self.ivy.id})
        self.assertTrue(messages.search(told))

    def test_of_a_company_and_its_people_one_of_the_people(self):
        acme = self.prospect("ACME", {"Sector?": "IT"}, is_company=True)
        self.bob.parent_id = acme
        [lead] = self.create_for(acme | self.bob)
        self.assertEqual(lead.partner_id, self.bob)
        self.assertEqual(lead.name, "Partnership: ACME")

    def test_none_twice(self):
        self.create_for(self.ann)
        wizard = self.open(self.mine(self.partnership).action_segment_opportunities())
        self.assertEqual((wizard.create_count, wizard.skipped_count), (1, 1))
        wizard.action_create()
        wizard = self.open(self.mine(self.partnership).action_segment_opportunities())
        with self.assertRefused(UserError, "Partnership", "open opportunity"):
            wizard.action_create()

    def test_again_once_it_is_closed(self):
        self.create_for(self.ann).action_set_lost()
        self.assertEqual(self.create_for(self.ann).partner_id, self.ann)

    def test_everybody_has_one(self):
        """While the dialog was open somebody else created them."""
        first, second = (
            self.open(self.mine(self.partnership).action_segment_opportunities())
            for _two in range(2)
        )
        first.action_create()
        with self.assertRefused(UserError, "already", self.partnership.name):
            second.action_create()

    def test_an_opportunity_of_another_profile_does_not_count(self):
        self.env["crm.lead"].create({"name": "Other", "partner_id": self.ann.id})
        self.assertTrue(self.create_for(self.ann))

    def test_one_for_each_company(self):
        acme = self.prospect("ACME", {"Sector?": "IT"}, is_company=True)
        (self.ann | self.bob).parent_id = acme
        everybody = acme | self.it
        wizard = self.open(self.mine(everybody).action_segment_opportunities())
        self.assertEqual(wizard.create_count, 1)
        wizard.one_per_company = False
        self.assertEqual(wizard.create_count, 3)
        wizard.one_per_company = True
        leads = self.env["crm.lead"].search(wizard.action_create()["domain"])
        self.assertIn(leads.partner_id, self.it)
        wizard = self.open(self.mine(self.bob).action_segment_opportunities())
        self.assertEqual(wizard.create_count, 0)

    def test_another_salespersons_opportunity_counts(self):
        self.create_for(self.ann).user_id = self.ivy
        wizard = self.open(self.mine(self.ann).action_segment_opportunities())
        self.assertEqual((wizard.create_count, wizard.skipped_count), (0, 1))

    def test_as_many_queries_for_many(self):
        partners = self.env["res.partner"].create(
            [{"name": f"P{n}"} for n in range(60)]
        )
        self.enter(partners)

        def counts(contacts):
            wizard = self.open(contacts.action_segment_opportunities())
            return self.count_queries(wizard._compute_create_count)

        counts(partners[:3])
        self.assertAlmostEqual(counts(partners[:3]), counts(partners), delta=2)


@tagged("post_install", "-at_install")
class TestMenus(SegmentCase):
    def test_who_sees_the_actions(self):
        for model in ("res.partner", "res.partner.category"):
            for user, there in ((self.salesman, True), (self.outsider, False)):
                bindings = (
                    self.env["ir.actions.actions"].with_user(user).get_bindings(model)
                )
                names = [action["name"] for action in bindings.get("action", ())]
                self.assertEqual("Create opportunities" in names, there, user.name)

    @users("profiling_outsider")
    def test_others_open_tags_as_before(self):
        view = self.env["res.partner.category"].get_view(view_type="form")
        self.assertNotIn("action_segment", view["arch"])


@tagged("post_install", "-at_install", "browser")
class TestSegmentUi(SegmentCase, HttpCase):
    def test_a_manager_emails_the_contacts_of_a_profile(self):
        self.start_tour("/odoo", "crm_profiling_segment_tour", login=self.manager.login)
        mails = self.mails(self.it)
        self.assertEqual(set(mails.mapped("subject")), {"Dear Ann", "Dear Bob"})
        self.assertEqual(set(mails.mapped("state")), {"outgoing"})
