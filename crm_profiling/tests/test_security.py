"""Salespeople answer and read, sales managers configure, others notice nothing."""

import base64

from lxml import etree
from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests import Form, new_test_user, tagged, users
from odoo.tools import mute_logger

from .common import ProfilingCase
from .ours import OURS, extended_models, our_models

READ, ALL = "r", "crud"

# model: what a salesman, a sales manager and others may do
MATRIX = {
    "crm.profiling.question": (READ, ALL, ""),
    "crm.profiling.answer": (READ, ALL, ""),
    "crm.profiling.questionnaire": (READ, ALL, ""),
    "crm.profiling.questionnaire.line": (READ, ALL, ""),
    "crm.profiling.profile": (READ, ALL, ""),
    "crm.profiling.membership": (READ, ALL, ""),
    "crm.profiling.response": (ALL, ALL, ""),
    "crm.profiling.response.history": (READ, READ, ""),
    "crm.profiling.import": ("rd", "rd", ""),
    "crm.profiling.run": (READ, READ, ""),
    "crm.profiling.state": ("", "", ""),
    "crm.profiling.bit": ("", "", ""),
    "crm.profiling.turn": ("", "", ""),
    "crm.profiling.refusal": (ALL, ALL, ""),
    "crm.profiling.stay": (READ, READ, ""),
    "crm.profiling.stay.deed": (READ, READ, ""),
    "crm.profiling.import.change": ("", "", ""),
    "crm.profiling.import.memory": (READ, "rd", ""),
    "crm.profiling.snapshot": (READ, READ, ""),
    "crm.profiling.interview": ("cru", ALL, ""),
    "crm.profiling.queue": ("cru", ALL, ""),
    "crm.profiling.queue.line": (ALL, ALL, ""),
    "crm.profiling.try": (READ, READ, ""),
    "crm.profiling.call.report": (READ, READ, ""),
}
OPERATIONS = {"c": "create", "r": "read", "u": "write", "d": "unlink"}


@tagged("post_install", "-at_install")
class TestAccess(ProfilingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann = cls.prospect("Ann", {"Sector?": "IT", "Staff?": "500+"})
        cls.answer(cls.ann, "Staff?", "1")
        cls.questionnaire = cls.env["crm.profiling.questionnaire"].create(
            {"name": "Fair", "question_ids": [Command.set(cls.ask("Sector?").ids)]}
        )
        cls.env["crm.profiling.snapshot"].sudo()._cron_take()
        cls.env["crm.profiling.import.memory"]._remember(
            {("heading", "", "firm"): ("Firm", "company")}
        )
        cls.env["crm.profiling.interview"].create({"partner_id": cls.ann.id})
        cls.env["crm.profiling.try"].sudo().create(
            {
                "partner_id": cls.ann.id,
                "user_id": cls.salesman.id,
                "outcome": "busy",
            }
        )
        cls.env["crm.profiling.refusal"].create(
            {"partner_id": cls.prospect("Bob").id, "reason": "Asked us to"}
        )
        cls.env["crm.profiling.queue"].create(
            {"name": "Calls", "line_ids": [Command.create({"partner_id": cls.ann.id})]}
        )

    def test_matrix_of_users_models_and_operations(self):
        for model, rights in MATRIX.items():
            for user, granted in zip(
                (self.salesman, self.manager, self.outsider), rights, strict=True
            ):
                for letter, operation in OPERATIONS.items():
                    with self.subTest(model=model, user=user.name, operation=operation):
                        self.assertEqual(
                            self.env[model].with_user(user).has_access(operation),
                            letter in granted,
                        )

    def test_every_model_is_in_the_matrix(self):
        models = (
            self.env["ir.model"]
            .sudo()
            .search(
                [
                    ("model", "like", "crm.profiling."),
                    ("abstract", "=", False),
                    ("transient", "=", False),
                ]
            )
        )
        # those of addons beside it are in their own
        own = models.filtered(lambda one: "crm_profiling" in one.modules.split(", "))
        self.assertEqual(set(own.mapped("model")), set(MATRIX))

    def test_records_are_found_by_those_who_may_read(self):
        for model, rights in MATRIX.items():
            for user, granted in zip(
                (self.salesman, self.manager), rights, strict=False
            ):
                if "r" in granted and model not in (
                    "crm.profiling.run",
                    "crm.profiling.import",
                    "crm.profiling.stay",
                    "crm.profiling.stay.deed",
                ):
                    with self.subTest(model=model, user=user.name):
                        records = self.env[model].with_user(user).search(Domain.TRUE)
                        self.assertTrue(records.read())

    def test_no_membership_of_a_contact_that_is_not_theirs_to_change(self):
        """Not even for those who may change memberships."""
        bob = self.prospect("Bob")
        self.env["ir.rule"].sudo().create(
            {
                "name": "Ann and Bob are read-only",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": [("id", "not in", (self.ann | bob).ids)],
                "perm_read": False,
            }
        )
        membership = self.ann.profiling_membership_ids[:1]
        pin = {"partner_id": bob.id, "profile_id": self.large.id}
        for change in (
            lambda: membership.create(pin),
            lambda: membership.write({"state": "barred"}),
            lambda: membership.unlink(),
        ):
            with self.assertRaises(AccessError):
                change()

    def test_who_may_change_memberships_does_not_delete_them(self):
        membership = self.ann.profiling_membership_ids[:1]
        self.env.ref(
            "crm_profiling.access_crm_profiling_membership_manager"
        ).sudo().perm_unlink = False
        with self.assertRaises(AccessError):
            membership.unlink()
        membership.write({"state": "barred"})
        self.assertEqual(self.stored(membership).state, "barred")


@tagged("post_install", "-at_install")
class TestSalesman(ProfilingCase):
    """Everything a salesperson does on a contact, with no other rights."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann = cls.prospect("Ann")

    @users("profiling_salesman")
    def test_answers(self):
        ann = self.ann.with_user(self.env.user)
        ann.profiling_answer_ids = self.choice("Sector?", "IT").ids
        self.assertProfilesAndTags(ann, "Partnership")
        self.assertEqual(ann.profiling_response_ids.user_id, self.env.user)
        ann.profiling_answer_ids = [Command.clear()]
        self.assertProfilesAndTags(ann)

    @users("profiling_salesman")
    def test_answers_in_the_form(self):
        form = Form(self.ann.with_user(self.env.user))
        form.profiling_answer_ids.add(self.choice("Sector?", "IT"))
        self.assertTrue(form.profiling_result["evaluated"])
        form.save()
        self.assertProfilesAndTags(self.ann, "Partnership")

    @users("profiling_salesman")
    def test_reads_what_matched_and_why(self):
        self.answer(self.ann, "Sector?", "IT")
        ann = self.ann.with_user(self.env.user)
        self.assertEqual(ann.profile_ids.mapped("name"), ["Partnership"])
        self.assertTrue(ann.profiling_progress)
        self.assertResult(ann, self.partnership, "matched")
        self.assertTrue(self.env["crm.profiling.questionnaire"].get_catalog())

    @users("profiling_salesman")
    def test_records_responses(self):
        Response = self.env["crm.profiling.response"]
        response = Response.create(
            {
                "partner_id": self.ann.id,
                "answer_id": self.choice("Sector?", "IT").id,
            }
        )
        self.assertProfilesAndTags(self.ann, "Partnership")
        response.comment = "Twice"
        response.unlink()
        self.assertProfilesAndTags(self.ann)

    @users("profiling_salesman")
    def test_pins_bars_and_undoes(self):
        ann = self.ann.with_user(self.env.user)
        ann.profiling_set_hand(self.saas.id, "pinned")
        self.assertProfilesAndTags(self.ann, "SaaS")
        ann.profiling_set_hand(self.saas.id, "barred")
        self.assertProfilesAndTags(self.ann)
        ann.profiling_set_hand(self.saas.id, False)
        self.assertFalse(self.membership(self.ann, self.saas))

    @users("profiling_salesman")
    def test_takes_a_tag_off(self):
        self.answer(self.ann, "Sector?", "IT")
        ann = self.ann.with_user(self.env.user)
        ann.category_id = [Command.unlink(self.tag("Partnership").id)]
        self.assertProfilesAndTags(self.ann)
        self.assertEqual(
            self.membership(self.ann, self.partnership).user_id, self.env.user
        )

    @users("profiling_salesman")
    def test_may_not_answer_about_a_contact_that_is_not_theirs_to_change(self):
        """No right on the contact, no right on what it answered."""
        self.answer(self.ann, "Sector?", "IT")
        self.env["ir.rule"].sudo().create(
            {
                "name": "Ann is read-only",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": [("id", "!=", self.ann.id)],
                "perm_read": False,
            }
        )
        ann = self.ann.with_user(self.env.user)
        answer = self.choice("Sector?", "Industry").with_user(self.env.user)
        Response = self.env["crm.profiling.response"]
        for change in (
            lambda: ann.write({"profiling_answer_ids": answer.ids}),
            lambda: Response.create({"partner_id": ann.id, "answer_id": answer.id}),
            lambda: ann.profiling_response_ids.write({"answer_id": answer.id}),
            lambda: ann.profiling_response_ids.unlink(),
            lambda: ann.profiling_set_hand(self.saas.id, "pinned"),
        ):
            with self.assertRaises(AccessError):
                change()
        self.assertAnswers(self.ann, {"Sector?": "IT"})

    @users("profiling_salesman")
    def test_may_not_answer_for_a_company_that_is_not_theirs_to_change(self):
        self.ask("Sector?").level = "company"
        company = self.prospect("ACME", {"Sector?": "IT"}, is_company=True)
        self.ann.parent_id = company
        self.env["ir.rule"].sudo().create(
            {
                "name": "ACME is read-only",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": [("id", "!=", company.id)],
                "perm_read": False,
            }
        )
        ann = self.ann.with_user(self.env.user)
        with self.assertRaises(AccessError):
            ann.profiling_answer_ids = self.choice("Sector?", "Industry").ids
        ann.profiling_answer_ids = [Command.link(self.choice("Staff?", "1").id)]
        self.assertAnswers(self.ann, {"Sector?": "IT", "Staff?": "1"})

    @users("profiling_salesman")
    def test_does_not_configure(self):
        for record, vals in (
            (self.ask("Sector?"), {"name": "Mine?"}),
            (self.choice("Sector?", "IT"), {"active": False}),
            (self.partnership, {"active": False}),
        ):
            record = record.with_user(self.env.user)
            with self.assertRaises(AccessError):
                record.write(vals)
            with self.assertRaises(AccessError):
                record.unlink()
            with self.assertRaises(AccessError):
                record.copy()

    @users("profiling_salesman")
    def test_does_not_configure_by_way_of_a_contact(self):
        ann, answer = self.ann.with_user(self.env.user), self.choice("Sector?", "IT")
        for commands in (
            [Command.create({"name": "Mine", "question_id": answer.question_id.id})],
            [Command.update(answer.id, {"name": "Mine"})],
        ):
            with self.assertRaises(UserError):
                ann.write({"profiling_answer_ids": commands})
        self.assertEqual(answer.name, "IT")


@tagged("post_install", "-at_install")
class TestOutsider(ProfilingCase):
    """Users without sales rights work with contacts as if the addon were not there."""

    FIELDS = (
        "profiling_response_ids",
        "profiling_answer_ids",
        "profiling_question_ids",
        "profiling_membership_ids",
        "profile_ids",
        "profiling_progress",
        "profiling_result",
        "profiling_shown_company_id",
        "profiling_is_pinned",
        "profiling_pin_note",
        "profiling_offer_headline",
        "profiling_has_stale_answers",
        "profiling_refuses_calls",
        "profiling_last_interview",
        "profiling_priority",
    )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann = cls.prospect("Ann", {"Sector?": "IT"})

    def test_every_new_field_of_contacts_is_hidden(self):
        Partner = self.env["res.partner"]
        added = {
            name
            for name, field in Partner._fields.items()
            if "crm_profiling" in (field._modules or ())
            and "base" not in (field._modules or ())
        }
        self.assertLessEqual(set(self.FIELDS), added)
        seen = Partner.with_user(self.outsider).fields_get()
        self.assertFalse(added & seen.keys())
        seen = Partner.with_user(self.salesman).fields_get()
        self.assertLessEqual(added, seen.keys())

    def test_what_may_not_be_read_is_not_searched(self):
        """Odoo leaves it to a computed field who may search by it."""
        searched = []
        for name, model in {
            **our_models(self.env),
            **extended_models(self.env),
        }.items():
            for field in model._fields.values():
                ours = all(map(OURS.fullmatch, field._modules or ["base"]))
                if not (ours and field.search and field.groups):
                    continue
                searched.append(field.name)
                with self.subTest(model=name, field=field.name):
                    records = model.with_user(self.outsider)
                    with self.assertRaises(AccessError):
                        records.search([(field.name, "!=", False)], limit=1)
        self.assertIn("profiling_wrong_number", searched)

    def test_the_tab_is_not_there(self):
        for user, there in ((self.outsider, False), (self.salesman, True)):
            view = self.env["res.partner"].with_user(user).get_view(view_type="form")
            page = etree.fromstring(view["arch"]).xpath("//page[@name='crm_profiling']")
            self.assertEqual(bool(page), there, user.name)

    def test_the_search_has_nothing_of_it(self):
        for user, there in ((self.outsider, False), (self.salesman, True)):
            view = self.env["res.partner"].with_user(user).get_view(view_type="search")
            self.assertEqual("profil" in view["arch"], there, user.name)

    @users("profiling_outsider")
    def test_contacts_are_read_and_exported(self):
        ann = self.ann.with_user(self.env.user)
        self.assertEqual(ann.read(["name", "category_id"])[0]["name"], "Ann")
        (read,) = ann.web_read({"name": {}, "category_id": {}})
        self.assertEqual(read["name"], "Ann")
        self.env.user.sudo().group_ids += self.env.ref("base.group_allow_export")
        self.assertEqual(ann.export_data(["name"])["datas"], [["Ann"]])

    @users("profiling_outsider")
    def test_contacts_are_created_and_saved_in_the_form(self):
        form = Form(self.env["res.partner"])
        form.name = "Bob"
        bob = form.save()
        form = Form(bob)
        form.category_id.add(self.tag("Golf"))
        form.save()
        self.assertTags(bob, "Golf")

    @users("profiling_outsider")
    def test_contacts_are_copied_archived_and_deleted(self):
        ann = self.ann.with_user(self.env.user)
        copy = ann.copy()
        self.assertTags(copy)
        ann.action_archive()
        ann.unlink()

    @users("profiling_outsider")
    def test_the_rule_takes_effect_whoever_moves_a_contact(self):
        self.ask("Sector?").level = "company"
        acme = self.prospect("ACME", {"Sector?": "IT"}, is_company=True)
        bob = self.prospect("Bob")
        bob.with_user(self.env.user).parent_id = acme.with_user(self.env.user)
        self.assertProfilesAndTags(bob, "Partnership")

    @users("profiling_outsider")
    def test_their_word_on_tags_counts(self):
        ann = self.ann.with_user(self.env.user)
        ann.category_id = [Command.unlink(self.tag("Partnership").id)]
        self.assertProfilesAndTags(self.ann)
        self.assertEqual(
            self.membership(self.ann, self.partnership).user_id, self.env.user
        )

    @users("profiling_outsider")
    def test_they_merge_contacts(self):
        bob = self.prospect("Ann", {"Staff?": "1"})
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.ann | bob).ids, self.ann.with_user(self.env.user)
        )
        self.assertProfilesAndTags(self.ann, "Partnership", "SaaS")

    @users("profiling_outsider")
    def test_fields_named_outright_are_refused(self):
        ann = self.ann.with_user(self.env.user)
        for name in self.FIELDS:
            with self.subTest(field=name):
                with self.assertRaises(AccessError):
                    ann.read([name])
                with self.assertRaises(AccessError):
                    ann.search([(name, "!=", False)])

    def test_a_portal_user_opens_their_own_contact(self):
        portal = new_test_user(
            self.env(su=True), "profiling_portal", groups="base.group_portal"
        )
        contact = portal.partner_id
        self.assertTrue(contact.with_user(portal).read(["name"]))
        for model in MATRIX:
            self.assertFalse(self.env[model].with_user(portal).has_access("read"))


@tagged("post_install", "-at_install")
class TestCompanies(ProfilingCase):
    """What belongs to another company is not seen, and does not count."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.east, cls.west = cls.companies("East", "West")
        cls.question("Colour?", ["Red", "Blue"], company_id=cls.west.id)
        cls.reds = cls.profile("Reds", {"Colour?": "Red"}, company_id=cls.west.id)
        cls.shared = cls.prospect("Ann", {"Colour?": "Red"})
        cls.theirs = cls.prospect(
            "Bob", {"Colour?": "Red", "Sector?": "IT"}, company_id=cls.west.id
        )
        cls.questionnaire = cls.env["crm.profiling.questionnaire"].create(
            {"name": "West's", "company_id": cls.west.id}
        )
        cls.east_salesman = new_test_user(
            cls.env(su=True),
            "profiling_east",
            groups="sales_team.group_sale_salesman",
            company_id=cls.east.id,
        )

    def test_a_profile_does_not_become_another_companys_than_its_parts(self):
        whole = self.profile("Whole", {"Sector?": "IT"})
        self.profile(
            "Part", {"Staff?": "1"}, parent_id=whole.id, company_id=self.east.id
        )
        with self.assertRaises(UserError):
            whole.company_id = self.west
        whole.company_id = self.east

    def test_what_is_a_companys_does_not_become_everybodys(self):
        """A company cannot go as long as questions and profiles are its own."""
        for model in ("question", "profile", "questionnaire"):
            gone = self.env["res.company"].sudo().create({"name": model})
            self.env[f"crm.profiling.{model}"].sudo().create(
                {"name": model, "company_id": gone.id}
            )
            with (
                self.subTest(model=model),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                gone.unlink()

    @users("profiling_east")
    def test_not_seen(self):
        for records in (
            self.ask("Colour?"),
            self.choice("Colour?", "Red"),
            self.reds,
            self.questionnaire,
            self.shared.profiling_response_ids,
            self.theirs.profiling_response_ids,
            self.membership(self.shared, self.reds),
            self.membership(self.theirs, self.partnership),
        ):
            with self.subTest(records=records):
                self.assertTrue(records)
                found = self.env[records._name].search([("id", "in", records.ids)])
                self.assertFalse(found)
                with self.assertRaises(AccessError):
                    records.with_user(self.env.user).read()

    @users("profiling_east")
    def test_a_shared_contact_opens_all_the_same(self):
        """It has answers, a profile and a tag of a company this user is not in."""
        self.answer(self.shared, "Sector?", "IT")
        ann = self.shared.with_user(self.env.user).with_context(
            allowed_company_ids=self.east.ids
        )
        shown = Form(ann).profiling_result["profiles"]
        self.assertNotIn("Reds", [one["name"] for one in shown])
        ann.read(["profile_ids", "profiling_answer_ids", "profiling_progress"])
        ann.web_read(
            {
                "profile_ids": {"fields": {"display_name": {}}},
                "profiling_answer_ids": {"fields": {"display_name": {}}},
                "profiling_membership_ids": {"fields": {"state": {}}},
                "profiling_response_ids": {"fields": {"date": {}}},
            }
        )

    def test_who_works_for_two_companies_at_once(self):
        """Whichever comes first: the answers of both are seen, found and given."""
        both = self.east_salesman.copy(
            {
                "login": "profiling_both",
                "company_ids": [Command.set((self.east | self.west).ids)],
            }
        )
        red, blue = self.choice("Colour?", "Red"), self.choice("Colour?", "Blue")
        for ids in ((self.east | self.west).ids, (self.west | self.east).ids):
            with self.subTest(ids=ids):
                ann = self.shared.with_user(both).with_context(allowed_company_ids=ids)
                ann.profiling_answer_ids = [Command.link(red.id)]
                ann.invalidate_recordset()
                self.assertEqual(ann.profiling_answer_ids, red)
                self.assertIn("Reds", ann.profile_ids.mapped("name"))
                shown = [one["name"] for one in ann.profiling_result["profiles"]]
                self.assertIn("Reds", shown)
                asked = ann.search([("profiling_question_ids", "in", "Colour?")])
                self.assertIn(ann, asked)
                self.assertIn(ann, ann.search([("profiling_answer_ids", "=", red.id)]))
                ann.profiling_answer_ids = [
                    Command.unlink(red.id),
                    Command.link(blue.id),
                ]
                self.assertAnswers(self.shared, {"Colour?": "Blue"})
                catalog = self.env["crm.profiling.questionnaire"].with_env(ann.env)
                known = [one["name"] for one in catalog.get_catalog()["questions"]]
                self.assertIn("Colour?", known)
                file = base64.b64encode(b"Name,Colour?\nZoe,Red\n").decode()
                upload = self.env["crm.profiling.import"].with_env(ann.env).upload
                column = upload("fair.csv", file)["columns"][1]
                self.assertEqual(column["target"], f"question:{self.ask('Colour?').id}")
        alone = self.shared.with_user(both).with_context(
            allowed_company_ids=self.east.ids
        )
        self.env.invalidate_all()
        self.assertFalse(alone.profiling_answer_ids)
        self.assertNotIn(alone, alone.search([("profiling_answer_ids", "!=", False)]))

    @users("profiling_east")
    def test_saving_a_shared_contact_keeps_what_is_not_seen(self):
        ann = self.shared.with_user(self.env.user)
        form = Form(ann)
        form.profiling_answer_ids.add(self.choice("Sector?", "IT"))
        form.save()
        self.assertAnswers(self.shared, {"Colour?": "Red", "Sector?": "IT"})
        self.assertProfilesAndTags(self.shared, "Partnership", "Reds")

    @users("profiling_east")
    def test_replacing_all_answers_keeps_what_is_not_seen(self):
        """An import of East says nothing of questions of West."""
        ann = self.shared.with_user(self.env.user)
        ann.profiling_answer_ids = [Command.set(self.choice("Sector?", "IT").ids)]
        self.assertAnswers(self.shared, {"Colour?": "Red", "Sector?": "IT"})

    @users("profiling_east")
    def test_answers_of_another_company_are_not_given(self):
        ann = self.shared.with_user(self.env.user)
        with self.assertRaises(UserError):
            ann.profiling_answer_ids = [Command.link(self.choice("Colour?", "Blue").id)]
        self.assertAnswers(self.shared, {"Colour?": "Red"})

    @users("profiling_east")
    def test_profiles_of_another_company_are_not_pinned(self):
        ann = self.shared.with_user(self.env.user)
        for state in ("pinned", "barred", False):
            with self.assertRaises(UserError):
                ann.profiling_set_hand(self.reds.id, state)
        self.assertEqual(self.membership(self.shared, self.reds).state, "matched")

    def test_narrower_profiles_hold_nobody_whom_their_parent_may_not(self):
        """A profile is not given to a company while its parts are everybody's."""
        part = self.profile(
            "IT, large", {"Budget?": ">300k"}, parent_id=self.partnership.id
        )
        with self.assertRaisesRegex(UserError, "IT, large"):
            self.partnership.company_id = self.west
        part.company_id = self.west
        self.partnership.company_id = self.west
        self.assertProfiles(self.theirs, "Partnership", "Reds")

    def test_nor_does_one_that_is_archived(self):
        """It is restored by a click, and nobody would look any more."""
        part = self.profile("Part", {"Budget?": ">300k"}, parent_id=self.partnership.id)
        part.action_archive()
        with self.assertRaisesRegex(UserError, "Part"):
            self.partnership.company_id = self.west
        self.env.flush_all()

    def test_profiles_of_a_company_hold_its_contacts_and_shared_ones(self):
        self.assertProfiles(self.shared, "Reds")
        self.assertProfiles(self.theirs, "Partnership", "Reds")
        mine = self.prospect("Carl", {"Colour?": "Red"}, company_id=self.east.id)
        self.assertProfiles(mine)

    @users("profiling_east")
    def test_searching_and_grouping(self):
        Partner = self.env["res.partner"]
        self.answer(self.shared, "Sector?", "IT")
        groups = Partner.formatted_read_group([], ["profile_ids"], ["__count"])
        names = [group["profile_ids"][1] for group in groups if group["profile_ids"]]
        self.assertEqual(names, ["Partnership"])
        self.assertEqual(
            Partner.search([("profile_ids", "!=", False)]).ids, self.shared.ids
        )
