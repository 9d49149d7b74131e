"""What a profile does with a contact that enters it."""

from types import SimpleNamespace
from unittest.mock import patch

from psycopg2.errors import CheckViolation, SerializationFailure

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged, users
from odoo.tools import mute_logger

from ..prospects.test_import import BEN, ImportCase

ENTRY = "odoo.addons.crm_profiling.models.segment.crm_profiling_entry"


def _nothing(records, operation):
    """For `_filtered_access`, of what nobody may read."""
    return records.browse()


class EntryCase(ImportCase):
    """IT companies enter *Partnership*, and then something happens."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.make_template("Invitation", "Dear {{ object.name }}")
        admin, groups = cls.env(su=True), "sales_team.group_sale_salesman"
        cls.ivy = new_test_user(admin, "entry_ivy", groups=groups)
        cls.ken = new_test_user(admin, "entry_ken", groups=groups)

    @classmethod
    def make_template(cls, name, subject, body="<p>Come to our seminar</p>"):
        return (
            cls.env["mail.template"]
            .sudo()
            .create(
                {
                    "name": name,
                    "model_id": cls.env["ir.model"]._get_id("res.partner"),
                    "subject": subject,
                    "body_html": body,
                    "use_default_to": True,
                }
            )
        )

    @classmethod
    def on_entry(cls, **vals):
        """Say what happens; the names go without their prefix."""
        own = ("mail_template_id",)
        cls.partnership.write(
            {k if k in own else f"entry_{k}": v for k, v in vals.items()}
        )

    @classmethod
    def mail_on_entry(cls, template=None):
        cls.on_entry(mail_template_id=(template or cls.template).id, send_mail=True)

    @classmethod
    def call_on_entry(cls, **vals):
        call = cls.env.ref("mail.mail_activity_data_call")
        cls.on_entry(activity_type_id=call.id, **vals)

    def enter(self, partners):
        self.answer(partners, "Sector?", "IT")

    def leave(self, partners):
        self.take_back(partners, "Sector?", "IT")

    def mails(self, partners):
        """Return the e-mails about contacts, in the queue or not."""
        return (
            self.env["mail.mail"]
            .sudo()
            .search([("model", "=", "res.partner"), ("res_id", "in", partners.ids)])
        )

    def notes(self, partner):
        """Return what the chatter says of entries, oldest first."""
        messages = self.stored(partner).message_ids.sorted("id")
        bodies = messages.mapped("body")
        return [str(body) for body in bodies if "Entered the profile" in body]


@tagged("post_install", "-at_install")
class TestActions(EntryCase):
    def test_nothing_is_done_unless_it_is_asked_for(self):
        ann = self.prospect("Ann", {"Sector?": "IT"}, email="ann@example.com")
        self.assertProfiles(ann, "Partnership")
        self.assertEqual(self.notes(ann), [])
        self.assertFalse(ann.user_id or ann.activity_ids or self.mails(ann))
        self.assertEqual(ann.profiling_priority, "0")
        self.assertFalse(self.membership(ann, self.partnership).date_acted)

    def test_of_another_company_it_is_known_whoever_asks_first(self):
        """What one user's look at the profiles gives is kept for all."""
        theirs = self.companies("Elsewhere")
        self.on_entry(assign="user", user_id=self.ivy.id)
        self.partnership.company_id = theirs
        Profile = self.env["crm.profiling.profile"].with_user(self.salesman)
        self.assertNotIn(self.partnership, Profile.search([]))
        version = self.env["crm.profiling.catalog"]._version()
        self.assertIn(self.partnership.id, Profile._acting_ids(version))

    # Salesperson

    def test_a_salesperson_is_set_where_there_is_none(self):
        self.on_entry(assign="user", user_id=self.ivy.id)
        ann, bob = self.prospect("Ann"), self.prospect("Bob", user_id=self.ken.id)
        self.enter(ann | bob)
        self.assertEqual((ann.user_id, bob.user_id), (self.ivy, self.ken))
        self.assertIn(self.ivy.name, self.notes(ann)[0])
        self.assertNotIn(self.ken.name, self.notes(bob)[0])

    def make_team(self, *people):
        return self.env["crm.team"].create(
            {
                "name": "Fair",
                "crm_team_member_ids": [
                    Command.create({"user_id": user.id}) for user in people
                ],
            }
        )

    def test_the_members_of_a_team_in_turn(self):
        team = self.make_team(self.ivy, self.ken)
        self.on_entry(assign="team", team_id=team.id)
        people = self.env["res.partner"].create([{"name": f"P{n}"} for n in range(5)])
        self.enter(people[:3])
        for person in people[3:]:
            self.enter(person)
        shares = [len(theirs) for theirs in people.grouped("user_id").values()]
        self.assertEqual(sorted(shares), [2, 3])
        self.assertEqual(people.user_id, self.ivy | self.ken)

    def test_colleagues_go_to_the_same_salesperson(self):
        self.ask("Sector?").level = "company"
        team = self.make_team(self.ivy, self.ken)
        self.on_entry(assign="team", team_id=team.id)
        acme = self.prospect("ACME", is_company=True)
        staff = self.prospect("Ann", parent_id=acme.id)
        staff |= self.prospect("Bob", parent_id=acme.id)
        self.enter(acme)
        self.assertEqual(len((acme | staff).user_id), 1)
        self.assertTrue(all(person.user_id for person in acme | staff))

    def test_a_colleague_who_comes_later_goes_to_the_same_salesperson(self):
        team = self.make_team(self.ivy, self.ken)
        self.on_entry(assign="team", team_id=team.id)
        acme = self.prospect("ACME", is_company=True)
        ann = self.prospect("Ann", parent_id=acme.id)
        bob = self.prospect("Bob", parent_id=acme.id)
        self.enter(ann)
        self.enter(bob)
        self.assertTrue(ann.user_id)
        self.assertEqual(bob.user_id, ann.user_id)

    def test_whoever_has_most_of_a_company_gets_the_next(self):
        """Of as many the one who is there longer."""
        self.on_entry(assign="team", team_id=self.make_team(self.ivy, self.ken).id)
        for have, gets in (
            ([self.ivy, self.ken, self.ken], self.ken),
            ([self.ken, self.ivy, self.ivy], self.ivy),
            ([self.ken, self.ivy], min(self.ivy, self.ken, key=lambda u: u.id)),
        ):
            with self.subTest(have=[user.name for user in have]):
                acme = self.prospect("ACME", is_company=True)
                for number, user in enumerate(have):
                    self.prospect(f"P{number}", parent_id=acme.id, user_id=user.id)
                zoe = self.prospect("Zoe", parent_id=acme.id)
                zoe.user_id = False
                self.enter(zoe)
                self.assertEqual(zoe.user_id, gets)

    def test_a_member_whose_assignment_is_paused_gets_nothing(self):
        team = self.make_team(self.ivy, self.ken)
        team.crm_team_member_ids.filtered(
            lambda member: member.user_id == self.ivy
        ).assignment_optout = True
        self.on_entry(assign="team", team_id=team.id)
        people = self.prospect("Ann") | self.prospect("Bob")
        self.enter(people)
        self.assertEqual(people.user_id, self.ken)

    def test_a_team_of_nobody_is_told(self):
        self.on_entry(assign="team", team_id=self.make_team().id)
        ann = self.prospect("Ann", {"Sector?": "IT"})
        self.assertFalse(ann.user_id)
        self.assertIn("nobody in “Fair”", self.notes(ann)[0])

    # Priority and campaign

    def test_the_priority_is_raised_never_lowered(self):
        self.on_entry(priority="2")
        ann, bob = self.prospect("Ann"), self.prospect("Bob", profiling_priority="3")
        self.enter(ann | bob)
        self.assertEqual((ann.profiling_priority, bob.profiling_priority), ("2", "3"))
        self.leave(ann)
        self.assertEqual(ann.profiling_priority, "2")

    @users("profiling_salesman")
    def test_a_salesman_sets_the_priority(self):
        ann = self.prospect("Ann").with_user(self.env.user)
        ann.profiling_priority = "1"
        self.assertEqual(self.stored(ann).profiling_priority, "1")

    def test_a_campaign(self):
        fair = self.env["utm.campaign"].create({"title": "Spring fair"})
        self.on_entry(campaign_id=fair.id)
        ann = self.prospect("Ann", {"Sector?": "IT"})
        self.assertEqual(ann.profiling_campaign_ids, fair)
        self.assertIn("Spring fair", self.notes(ann)[0])

    # Activity

    def test_an_activity_for_the_contacts_salesperson(self):
        self.call_on_entry(activity_days=7, activity_summary="Seminar")
        ann = self.prospect("Ann", {"Sector?": "IT"}, user_id=self.ivy.id)
        activity = ann.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.ivy)
        self.assertEqual(activity.summary, "Seminar")
        today = fields.Date.context_today(ann)
        self.assertEqual(activity.date_deadline, fields.Date.add(today, days=7))
        self.assertIn(self.ivy.name, self.notes(ann)[0])

    def test_an_activity_says_what_to_propose(self):
        self.partnership.offer = "<p>The contract</p>"
        self.call_on_entry()
        ann = self.prospect("Ann", {"Sector?": "IT"})
        self.assertIn("The contract", ann.activity_ids.note)
        self.assertEqual(ann.activity_ids.summary, "Partnership")

    @users("profiling_salesman")
    def test_without_a_salesperson_it_is_for_who_noted_the_answer(self):
        self.call_on_entry()
        ann = self.prospect("Ann")
        self.enter(ann.with_user(self.env.user))
        self.assertEqual(self.stored(ann).activity_ids.user_id, self.salesman)

    def test_an_activity_for_always_the_same_person(self):
        self.call_on_entry(activity_whom="user", activity_user_id=self.ken.id)
        ann = self.prospect("Ann", {"Sector?": "IT"}, user_id=self.ivy.id)
        self.assertEqual(ann.activity_ids.user_id, self.ken)

    def test_an_activity_of_somebody_who_has_left(self):
        """It is for who noted the answer, not for nobody."""
        for vals, whom in (
            ({"activity_whom": "salesperson"}, {"user_id": self.ivy.id}),
            ({"activity_whom": "user", "activity_user_id": self.ivy.id}, {}),
        ):
            with self.subTest(vals):
                self.ivy.sudo().active = True
                self.call_on_entry(**vals)
                ann = self.prospect("Ann", **whom)
                self.ivy.sudo().active = False
                self.enter(ann)
                self.assertEqual(self.stored(ann).activity_ids.user_id, self.manager)

    def test_the_salesperson_just_set_gets_the_activity(self):
        self.call_on_entry(assign="user", user_id=self.ivy.id)
        ann = self.prospect("Ann", {"Sector?": "IT"})
        self.assertEqual(ann.activity_ids.user_id, self.ivy)
        self.assertEqual(len(self.notes(ann)), 1)

    def test_nobody_is_mailed_about_their_new_contacts(self):
        self.call_on_entry(assign="user", user_id=self.ivy.id)
        ann = self.prospect("Ann", {"Sector?": "IT"})
        self.assertFalse(self.mails(ann))

    # E-mail

    def test_an_email_waits_in_the_queue(self):
        self.mail_on_entry()
        ann = self.prospect("Ann", {"Sector?": "IT"}, email="ann@example.com")
        mail = self.mails(ann)
        self.assertEqual((len(mail), mail.state), (1, "outgoing"))
        self.assertEqual(mail.subject, "Dear Ann")
        self.assertEqual(mail.recipient_ids, ann)
        self.assertIn("e-mail queued", self.notes(ann)[0])

    def test_no_email_without_an_address(self):
        self.mail_on_entry()
        for name, email in (("Ann", False), ("Bob", "bob at example")):
            person = self.prospect(name, {"Sector?": "IT"}, email=email)
            self.assertFalse(self.mails(person))
            self.assertIn("no valid address", self.notes(person)[0])

    def test_no_email_to_who_is_blacklisted(self):
        self.mail_on_entry()
        self.env["mail.blacklist"].sudo()._add("ann@example.com")
        ann = self.prospect("Ann", {"Sector?": "IT"}, email="Ann <ann@example.com>")
        self.assertFalse(self.mails(ann))
        self.assertIn("blacklisted", self.notes(ann)[0])

    def test_two_contacts_of_one_address_get_one_email(self):
        self.mail_on_entry(self.make_template("Flyer", "Our offer"))
        two = self.prospect("Ann", email="office@example.com")
        two |= self.prospect("Bob", email="office@example.com")
        self.enter(two)
        states = sorted(self.mails(two).mapped("state"))
        self.assertEqual(states, ["cancel", "outgoing"])
        notes = "".join(self.notes(two[0]) + self.notes(two[1]))
        self.assertIn("another contact with this address got it", notes)

    def test_an_email_needs_a_template(self):
        with self.assertRefused(ValidationError, "Partnership", "Choose a template"):
            self.on_entry(send_mail=True)

    def test_a_template_that_is_gone_is_not_sent(self):
        self.mail_on_entry()
        self.template.unlink()
        ann = self.prospect("Ann", {"Sector?": "IT"}, email="ann@example.com")
        self.assertProfiles(ann, "Partnership")
        self.assertFalse(self.mails(ann))


@tagged("post_install", "-at_install")
class TestOnce(EntryCase):
    """Once for each entry, whichever way the answers come in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mail_on_entry()
        cls.call_on_entry(priority="2")

    def assertActed(self, partner, times=1):
        partner = self.stored(partner)
        self.assertEqual(len(self.mails(partner)), times)
        self.assertEqual(len(partner.activity_ids), times)
        self.assertEqual(len(self.notes(partner)), times)

    def test_created_with_the_answers(self):
        ann = self.prospect("Ann", {"Sector?": "IT"}, email="ann@example.com")
        self.assertActed(ann)
        self.assertTrue(self.membership(ann, self.partnership).date_acted)

    def test_in_the_form(self):
        ann = self.prospect("Ann", email="ann@example.com")
        form = Form(ann)
        form.profiling_answer_ids.add(self.choice("Sector?", "IT"))
        form.save()
        self.assertActed(ann)
        form = Form(ann)
        form.profiling_answer_ids.add(self.choice("Staff?", "1"))
        form.save()
        self.assertActed(ann)

    def test_by_a_response(self):
        ann = self.prospect("Ann", email="ann@example.com")
        it = self.choice("Sector?", "IT")
        response = {"partner_id": ann.id, "answer_id": it.id}
        self.env["crm.profiling.response"].create([response])
        self.env["crm.profiling.response"].create([response])
        self.assertActed(ann)

    def test_in_an_interview(self):
        ann = self.prospect("Ann", email="ann@example.com")
        Interview = self.env["crm.profiling.interview"]
        interview = Interview.browse(Interview.begin(partner_id=ann.id)["id"])
        sector, it = self.ask("Sector?"), self.choice("Sector?", "IT")
        interview.answer(sector.id, it.ids)
        interview.answer(sector.id, it.ids)
        self.assertActed(ann, times=0)
        interview.finish()
        self.assertActed(ann)

    def test_by_an_import(self):
        result = self.env["res.partner"].load(
            ["name", "email", "profiling_answer_ids"],
            [[f"P{n}", f"p{n}@example.com", "Sector?: IT"] for n in range(3)],
        )
        self.assertFalse(result["messages"])
        for person in self.env["res.partner"].browse(self.some(result["ids"])):
            self.assertActed(person)

    def test_by_prospects_from_a_file(self):
        """Once, however often the file is imported."""
        for _time in range(2):
            self.load([{**BEN, "Sector?": "IT"}])
        self.assertActed(self.contact(BEN["Name"]))

    def test_by_rpc_on_many(self):
        people = self.env["res.partner"].create(
            [{"name": f"P{n}", "email": f"p{n}@example.com"} for n in range(3)]
        )
        self.enter(people)
        for person in people:
            self.assertActed(person)

    def test_again_after_leaving(self):
        ann = self.prospect("Ann", {"Sector?": "IT"}, email="ann@example.com")
        self.answer(ann, "Sector?", "ERP consultant")  # stays in
        self.assertActed(ann)
        self.take_back(ann, "Sector?", "ERP consultant")
        self.assertEqual(self.mails(ann).mapped("state"), ["cancel"])
        self.assertFalse(self.stored(ann).activity_ids)
        self.enter(ann)
        states = self.mails(ann).sorted("id").mapped("state")
        self.assertEqual(states, ["cancel", "outgoing"])
        self.assertEqual(len(self.stored(ann).activity_ids), 1)
        self.assertEqual(len(self.notes(ann)), 2)

    def test_two_profiles_at_once(self):
        self.saas.entry_priority = "3"
        ann = self.prospect(
            "Ann", {"Sector?": "IT", "Staff?": "1"}, email="ann@example.com"
        )
        self.assertEqual(len(self.notes(ann)), 2)
        self.assertEqual(len(self.mails(ann)), 1)
        self.assertEqual(ann.profiling_priority, "3")

    # Nobody's answer

    def test_not_for_a_change_of_the_profile(self):
        ann = self.prospect("Ann", {"Sector?": "Services"}, email="ann@example.com")
        self.partnership.required_answer_ids += self.choice("Sector?", "Services")
        self.assertProfiles(ann, "Partnership")
        self.assertActed(ann, times=0)

    def test_not_for_a_change_of_the_profile_that_is_still_under_way(self):
        """Whoever answers something else just then did not enter by that."""
        self.apply_at_once(-1)
        ann = self.prospect("Ann", {"Sector?": "Services"}, email="ann@example.com")
        self.partnership.required_answer_ids += self.choice("Sector?", "Services")
        self.answer(ann, "Staff?", "500+")
        self.assertProfiles(ann, "Partnership")
        self.assertActed(ann, times=0)
        bob = self.prospect("Bob", {"Sector?": "Services"}, email="bob@example.com")
        self.assertActed(bob)

    def test_not_for_an_archived_contact(self):
        ann = self.prospect("Ann", active=False, email="ann@example.com")
        self.enter(ann)
        self.assertActed(ann, times=0)

    def test_not_for_a_change_of_a_question(self):
        acme = self.prospect("ACME", {"Sector?": "IT"}, is_company=True)
        ann = self.prospect("Ann", parent_id=acme.id, email="ann@example.com")
        self.ask("Sector?").level = "company"
        self.assertProfiles(ann, "Partnership")
        self.assertActed(ann, times=0)

    def test_not_for_bands_that_are_moved(self):
        """Nobody said anything: the number is the same, the answer is another one."""
        size = self.env["crm.profiling.question"].create(
            {
                "name": "Size?",
                "by_number": True,
                "answer_ids": [
                    Command.create({"name": name, "value_from": start})
                    for name, start in (("Small", 0), ("Large", 50))
                ],
            }
        )
        large = size.answer_ids[1]
        self.partnership.required_answer_ids = large
        ann = self.prospect("Ann", email="ann@example.com")
        ann.profiling_said = {"numbers": {str(size.id): "40"}}
        self.assertProfiles(ann)
        large.value_from = 30
        self.assertProfiles(ann, "Partnership")
        self.assertActed(ann, times=0)
        ann.profiling_said = {"numbers": {str(size.id): "10"}}
        ann.profiling_said = {"numbers": {str(size.id): "40"}}
        self.assertActed(ann)

    def test_no_caller_says_that_it_is_quiet(self):
        """The context of a call is the caller's to choose."""
        ann = self.prospect("Ann", email="ann@example.com")
        for key in ("profiling_quiet", "install_mode"):
            loud = ann.with_context(**{key: True})
            loud.profiling_answer_ids = self.choice("Sector?", "IT")
            self.assertActed(ann)

    def test_not_for_data_files(self):
        with patch.object(self.registry, "ready", False):
            ann = self.prospect("Ann", {"Sector?": "IT"}, email="ann@example.com")
        self.assertProfiles(ann, "Partnership")
        self.assertActed(ann, times=0)

    def test_not_for_a_pin(self):
        """Who pins a contact is there and does what is to be done."""
        ann = self.prospect("Ann", email="ann@example.com")
        ann.profiling_set_hand(self.partnership.id, "pinned")
        self.assertProfiles(ann, "Partnership")
        self.assertActed(ann, times=0)

    def test_not_for_who_is_kept_out(self):
        ann = self.prospect("Ann", email="ann@example.com")
        ann.profiling_set_hand(self.partnership.id, "barred")
        self.enter(ann)
        self.assertActed(ann, times=0)

    def test_not_for_a_merge(self):
        ann = self.prospect("Ann", {"Sector?": "IT"}, email="ann@example.com")
        twin = self.prospect("Ann Twin", email="ann@example.com")
        self.env["base.partner.merge.automatic.wizard"].sudo().create({})._merge(
            (ann | twin).ids, twin
        )
        self.assertProfiles(twin, "Partnership")
        self.assertEqual(len(self.mails(ann | twin)), 1)
        self.assertTrue(self.membership(twin, self.partnership).date_acted)

    def test_not_again_for_who_is_in_already_after_a_merge(self):
        ann = self.prospect("Ann", {"Sector?": "IT"}, email="ann@example.com")
        acted = self.membership(ann, self.partnership).date_acted
        twin = self.prospect("Ann", email="ann@example.com")
        quiet = twin._profiling_quietly()
        self.enter(quiet)
        self.env["base.partner.merge.automatic.wizard"].sudo().create({})._merge(
            (ann | twin).ids, twin
        )
        self.assertEqual(self.membership(twin, self.partnership).date_acted, acted)


@tagged("post_install", "-at_install")
class TestFailures(EntryCase):
    """What fails takes nothing along, and is told."""

    def break_template(self):
        """Odoo would not save it: a field may have gone with its addon."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mail_template SET body_html = jsonb_build_object('en_US', %s)"
            " WHERE id = %s",
            ["<p>Dear <t t-out='object.no_such_field'/></p>", self.template.id],
        )
        self.template.invalidate_recordset()

    def test_a_broken_template(self):
        self.mail_on_entry()
        self.call_on_entry(priority="2")
        self.break_template()
        with mute_logger(ENTRY, "odoo.addons.mail.models.mail_render_mixin"):
            ann = self.prospect("Ann", {"Sector?": "IT"}, email="ann@example.com")
        self.assertProfilesAndTags(ann, "Partnership")
        self.assertEqual(len(ann.activity_ids), 1)
        self.assertEqual(ann.profiling_priority, "2")
        self.assertFalse(self.mails(ann))
        (note,) = self.notes(ann)
        self.assertIn("the e-mail could not be written", note)
        self.assertIn("could not be written", self.partnership.entry_error)

    def test_one_contact_that_fails_does_not_cost_the_others_theirs(self):
        self.mail_on_entry()
        people = self.prospect("Ann", email="ann@example.com")
        people |= self.prospect("Bob", email="bob@example.com")
        Mail = type(self.env["crm.profiling.entry.action.mail"])
        queue_mails = Mail._queue_mails

        def fail_for_bob(self, profile, recipients):
            if "Bob" in recipients.mapped("name"):
                raise ValueError("Bob")
            return queue_mails(self, profile, recipients)

        with (
            patch.object(Mail, "_queue_mails", fail_for_bob),
            mute_logger(ENTRY),
        ):
            self.enter(people)
        self.assertEqual(self.mails(people).mapped("res_id"), people[:1].ids)
        self.assertIn("e-mail queued", self.notes(people[0])[0])
        self.assertIn("could not be written: Bob", self.notes(people[1])[0])
        self.assertIn("Bob", self.partnership.entry_error)

    def test_what_fails_for_all_is_not_tried_for_all(self):
        self.on_entry(priority="2")
        people = self.env["res.partner"].create([{"name": "P"}] * 30)
        failing = patch.object(
            type(self.env["crm.profiling.entry.action.prioritize"]),
            "_act",
            side_effect=ValueError("Never"),
        )
        with failing as act, mute_logger(ENTRY):
            self.enter(people)
        self.assertEqual(act.call_count, 11)
        for person in people:
            self.assertIn("Never", self.notes(person)[0])

    def test_the_error_goes_when_it_works_again(self):
        self.on_entry(priority="2")
        self.partnership.sudo().entry_error = "Something"
        self.prospect("Ann", {"Sector?": "IT"})
        self.assertFalse(self.partnership.entry_error)

    def test_the_error_goes_when_the_manager_changes_something(self):
        self.on_entry(priority="2")
        self.partnership.sudo().entry_error = "Something"
        self.on_entry(priority="1")
        self.assertFalse(self.partnership.entry_error)

    def test_two_transactions_at_once_are_not_a_failure_to_tell(self):
        """Odoo begins again, with the answer."""
        self.on_entry(priority="2")
        Prioritize = type(self.env["crm.profiling.entry.action.prioritize"])
        with (
            patch.object(Prioritize, "_act", side_effect=SerializationFailure),
            self.assertRaises(SerializationFailure),
        ):
            self.prospect("Ann", {"Sector?": "IT"})

    def test_what_fails_half_way_has_done_nothing(self):
        """An activity that was there when it failed is gone: the note says so."""
        self.call_on_entry(priority="2")
        Schedule = type(self.env["crm.profiling.entry.action.schedule"])
        act = Schedule._act

        def half(action, profile, contacts):
            act(action, profile, contacts)
            raise ValueError("No")

        with patch.object(Schedule, "_act", half), mute_logger(ENTRY):
            ann = self.prospect("Ann", {"Sector?": "IT"})
        self.assertProfilesAndTags(ann, "Partnership")
        self.assertFalse(self.stored(ann).activity_ids)
        self.assertEqual(ann.profiling_priority, "2")

    def test_what_the_database_refuses_costs_no_answer(self):
        self.call_on_entry(priority="2")
        Schedule = type(self.env["crm.profiling.entry.action.schedule"])

        def broken(action, profile, contacts):
            action.env.cr.execute("SELECT 1 / 0")

        with (
            patch.object(Schedule, "_act", broken),
            mute_logger(ENTRY, "odoo.sql_db"),
        ):
            ann = self.prospect("Ann", {"Sector?": "IT"})
        self.assertProfilesAndTags(ann, "Partnership")
        self.assertEqual(ann.profiling_priority, "2")
        self.assertIn("division by zero", self.partnership.entry_error)

    def test_an_action_of_another_addon_that_fails(self):
        """It need not say how to tell that: the answer is kept all the same."""
        self.on_entry(priority="2")
        Action = type(self.env["crm.profiling.entry.action"])
        with (
            patch.object(Action, "_all", lambda self: [self]),
            patch.object(Action, "_is_wanted", return_value=True),
            patch.object(Action, "_act", side_effect=ValueError("No stamps\nhere")),
            mute_logger(ENTRY),
        ):
            ann = self.prospect("Ann", {"Sector?": "IT"})
        self.assertProfiles(ann, "Partnership")
        (note,) = self.notes(ann)
        self.assertIn("something could not be done: No stamps", note)
        self.assertIn("No stamps", self.partnership.entry_error)

    def test_actions_are_found_in_their_order(self):
        actions = self.env["crm.profiling.entry.action"]._all()
        self.assertEqual(
            [
                action._name.removeprefix("crm.profiling.entry.action.")
                for action in actions
            ],
            [
                "assign",
                "prioritize",
                "campaign",
                "opportunity",
                "leave.schedule",
                "schedule",
                "leave.mail",
                "mail",
            ],
        )
        for name in self.some(self.partnership._entry_fields()):
            self.assertIn(name, self.partnership._fields)

    def test_no_day_that_has_passed(self):
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            self.call_on_entry(activity_days=-1)
            self.env.flush_all()


@tagged("post_install", "-at_install")
class TestAlreadyIn(EntryCase):
    """The button on the profile."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls.env["res.partner"]
        for n in range(3):
            cls.people |= cls.prospect(f"P{n}", {"Sector?": "IT"}, email=f"p{n}@x.com")
        cls.mail_on_entry()

    def wizard(self, **vals):
        return self.env["crm.profiling.entry.wizard"].create(
            {"profile_id": self.partnership.id, **vals}
        )

    def test_acts_on_who_is_in(self):
        wizard = self.wizard()
        self.assertEqual((wizard.contact_count, wizard.acted_count), (3, 0))
        wizard.action_act()
        self.assertEqual(len(self.mails(self.people)), 3)

    def test_once(self):
        self.wizard().action_act()
        self.assertEqual(self.wizard().contact_count, 0)
        self.wizard().action_act()
        self.assertEqual(len(self.mails(self.people)), 3)

    def test_what_is_done_is_shown(self):
        """Each action tells it; no name that the user may not read, and no markup."""
        self.call_on_entry(priority="1", opportunity=True)
        self.template.name = "<b>Fair</b>"
        self.assertEqual(
            self.wizard().what,
            "<ul><li>Raise the priority to: Medium</li><li>Create an opportunity</li>"
            "<li>Schedule: Call</li>"
            "<li>Send the e-mail: &lt;b&gt;Fair&lt;/b&gt;</li></ul>",
        )
        self.on_entry(priority=False, opportunity=False, activity_type_id=False)
        hidden = patch.object(type(self.template), "_filtered_access", _nothing)
        with hidden:
            self.assertEqual(self.wizard().what, "<ul><li>Send the e-mail</li></ul>")

    def test_again_if_asked_to(self):
        self.wizard().action_act()
        wizard = self.wizard(again=True)
        self.assertEqual((wizard.contact_count, wizard.acted_count), (3, 3))
        wizard.action_act()
        self.assertEqual(len(self.mails(self.people)), 6)

    def test_pinned_contacts_too_but_none_kept_out(self):
        dan = self.prospect("Dan", email="dan@example.com")
        dan.profiling_set_hand(self.partnership.id, "pinned")
        self.people[0].profiling_set_hand(self.partnership.id, "barred")
        self.assertEqual(self.wizard().contact_count, 3)
        self.wizard().action_act()
        self.assertEqual(len(self.mails(dan)), 1)
        self.assertFalse(self.mails(self.people[0]))

    def test_as_many_as_are_acted_on_at_once(self):
        at_once = "odoo.addons.crm_profiling.wizard.crm_profiling_entry_wizard.AT_ONCE"
        with patch(at_once, 3):
            self.wizard(again=True).action_act()
        self.assertEqual(len(self.mails(self.people)), 3)

    def test_one_more_in_the_background(self):
        """The job is woken: by itself it comes an hour later."""
        at_once = "odoo.addons.crm_profiling.wizard.crm_profiling_entry_wizard.AT_ONCE"
        job = self.env.ref("crm_profiling.ir_cron_act").sudo()
        triggers = self.env["ir.cron.trigger"].sudo()
        triggers.search([("cron_id", "=", job.id)]).unlink()
        with patch(at_once, 2):
            self.wizard().action_act()
        self.assertTrue(triggers.search([("cron_id", "=", job.id)]))
        self.assertFalse(self.mails(self.people))
        self.assertEqual(self.partnership.entry_waiting_count, 3)
        with self.enter_registry_test_mode():
            self.env.ref("crm_profiling.ir_cron_act").sudo().method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(len(self.mails(self.people)), 3)
        self.assertEqual(self.partnership.entry_waiting_count, 0)

    def test_a_profile_that_fails_holds_up_no_other(self):
        """Whoever is to be acted on because of it is so in an hour."""
        at_once = "odoo.addons.crm_profiling.wizard.crm_profiling_entry_wizard.AT_ONCE"
        small = self.prospect("Small")
        small.profiling_set_hand(self.saas.id, "pinned")
        self.saas.entry_priority = "2"  # now that it is in
        with patch(at_once, 0):
            self.wizard().action_act()
            self.wizard(profile_id=self.saas.id).action_act()
        entry = self.env["crm.profiling.entry"]
        tell = type(entry)._tell

        def fail(self, profile, moment, contacts, lines):
            if profile.name == "Partnership":
                raise ValueError("No")
            return tell(self, profile, moment, contacts, lines)

        def act():
            with self.enter_registry_test_mode():
                self.env.ref("crm_profiling.ir_cron_act").sudo().method_direct_trigger()
            self.env.invalidate_all()

        with patch.object(type(entry), "_tell", fail), mute_logger(f"{ENTRY}_members"):
            act()
        self.assertEqual(small.profiling_priority, "2")
        self.assertFalse(self.mails(self.people))
        self.assertEqual(self.partnership.entry_waiting_count, 3)
        act()
        self.assertEqual(len(self.mails(self.people)), 3)

    def test_not_who_is_out_meanwhile(self):
        at_once = "odoo.addons.crm_profiling.wizard.crm_profiling_entry_wizard.AT_ONCE"
        with patch(at_once, 2):
            self.wizard().action_act()
        barred, archived, inside = self.people
        barred.profiling_set_hand(self.partnership.id, "barred")
        archived.active = False
        with self.enter_registry_test_mode():
            self.env.ref("crm_profiling.ir_cron_act").sudo().method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.mails(self.people).mapped("res_id"), inside.ids)
        self.assertEqual(self.partnership.entry_waiting_count, 0)

    def test_stopped(self):
        at_once = "odoo.addons.crm_profiling.wizard.crm_profiling_entry_wizard.AT_ONCE"
        with patch(at_once, 2):
            self.wizard().action_act()
        self.partnership.action_stop_acting()
        self.assertEqual(self.partnership.entry_waiting_count, 0)

    def test_nothing_to_do_is_said(self):
        self.on_entry(send_mail=False)
        with self.assertRefused(UserError, "Partnership", "does nothing"):
            self.wizard().action_act()

    @users("profiling_salesman")
    def test_not_by_a_salesman(self):
        with self.assertRaises(UserError):
            self.partnership.with_user(self.env.user).action_stop_acting()
        self.assertFalse(self.env["crm.profiling.entry.wizard"].has_access("create"))


@tagged("post_install", "-at_install")
class TestActionOfAnotherAddon(EntryCase):
    """A model that inherits is all there is to it: nothing lists the actions."""

    def setUp(self):
        super().setUp()
        self.load_addon()
        self.partnership.sequence = 7
        self.ann = self.prospect("Ann", {"Sector?": "IT"}, email="ann@example.com")

    def load_addon(self):
        """Have the registry load an addon of one model, as Odoo does; take it back."""
        addon, parent = "profiling_stamps", "crm.profiling.entry.action"

        class Stamp(models.AbstractModel):
            _module = addon
            _name = f"{parent}.stamp"
            _inherit = [parent]
            _description = "Put a Stamp on Contacts"
            _profile_fields = ("sequence",)

            @api.model
            def _is_wanted(self, profile):
                return profile.sequence == 7

            @api.model
            def _act(self, profile, contacts):
                return dict.fromkeys(contacts.ids, "stamped")

        def unload():
            del self.registry[Stamp._name]
            for name in (parent, "base"):
                self.registry[name]._inherit_children.discard(Stamp._name)
            self.registry._setup_models__(self.env.cr, [parent])

        names = self.registry.load(SimpleNamespace(name=addon))
        models.MetaModel._module_to_models__.pop(addon)
        self.addCleanup(unload)
        self.registry._setup_models__(self.env.cr, names)

    def wizard(self):
        return self.env["crm.profiling.entry.wizard"].create(
            {"profile_id": self.partnership.id}
        )

    def test_it_is_done(self):
        self.assertIn("stamped", self.notes(self.ann)[0])

    def test_whoever_is_in_already_gets_it(self):
        """What it is set to is shown before, beside what the others are."""
        self.partnership.sequence = 10
        bob = self.prospect("Bob", {"Sector?": "IT"})
        self.partnership.sequence = 7
        self.on_entry(assign="user", user_id=self.ivy.id, priority="2")
        wizard = self.wizard()
        self.assertEqual(
            wizard.what,
            f"<ul><li>Give it to: {self.ivy.display_name}</li>"
            "<li>Raise the priority to: High</li><li>Sequence: 7</li></ul>",
        )
        wizard.action_act()
        self.assertIn("stamped", self.notes(bob)[0])

    def test_it_is_among_what_the_profile_is_told(self):
        self.assertTrue(self.partnership.entry_is_set)
        self.assertIn("sequence", self.partnership._entry_fields())


@tagged("post_install", "-at_install")
class TestEntryQueries(EntryCase):
    """Everything but the e-mails costs the same for one contact and for a hundred."""

    def test_entering(self):
        fair = self.env["utm.campaign"].create({"title": "Spring fair"})
        self.call_on_entry(
            assign="user", user_id=self.ivy.id, priority="2", campaign_id=fair.id
        )
        partners = self.env["res.partner"]
        few = partners.create([{"name": f"F{n}"} for n in range(5)])
        many = partners.create([{"name": f"M{n}"} for n in range(80)])
        for name in ("First", "Second"):  # caches
            self.count_queries(self.enter, partners.create({"name": name}))
        few_queries = self.count_queries(self.enter, few)
        many_queries = self.count_queries(self.enter, many)
        self.assertAlmostEqual(few_queries, many_queries, delta=6)
        self.assertEqual(len(many.activity_ids), 80)

    def test_no_query_more_where_nothing_is_done(self):
        def measure():
            people = self.env["res.partner"].create([{"name": "P"}] * 3)
            return [self.count_queries(self.enter, person) for person in people][-1]

        without = measure()
        self.saas.entry_priority = "1"  # another profile does
        self.assertEqual(measure(), without)
