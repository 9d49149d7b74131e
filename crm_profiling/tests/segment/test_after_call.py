"""Right after the call: the offer, an opportunity, a meeting; each of them once."""

from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user, tagged

from .test_entry_leaving import LeaveCase

AFTER = "crm.profiling.interview.after"
MAIL, OPPORTUNITY, MEETING = f"{AFTER}.mail", f"{AFTER}.opportunity", f"{AFTER}.meeting"


class AfterCase(LeaveCase):
    """Sam has talked to Ann: she is in *Partnership*, which does nothing by itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.on_entry(send_mail=False, activity_type_id=False, priority=False)
        cls.partnership.write({"offer": "<p>The contract</p>", "expected_revenue": 900})

    def talk(self, *answers, partner=None):
        interview = self.begin(partner)
        self.say(interview, "Sector?", *(answers or ["IT"]))
        interview.finish()
        return interview

    def after(self, interview):
        """Return what the end screen says, by what it is about."""
        self.env.flush_all()
        self.env.invalidate_all()
        return {one["name"]: one for one in interview.get_screen()["after"]}

    def assertCannot(self, interview, name, *words):
        entry = self.after(interview)[name]
        self.assertFalse(entry["made"])
        with self.assertRefused(UserError, *words):
            interview.do_after_call(name)
        for word in words:
            self.assertIn(word, entry["why_not"])

    def form(self, action):
        Model = self.env[action["res_model"]].with_user(self.salesman)
        return Form(Model.with_context(**action["context"]))


@tagged("post_install", "-at_install")
class TestOfferByMail(AfterCase):
    def test_by_the_profiles_template_once(self):
        interview = self.talk()
        composer = self.form(interview.do_after_call(MAIL))
        self.assertEqual(composer.subject, "Dear Ann")
        composer.body = "<p>As we said</p>"
        composer.save().action_send_mail()
        message = self.stored(self.ann).message_ids[:1]
        self.assertEqual(message.author_id, self.salesman.partner_id)
        self.assertIn("As we said", message.body)
        self.assertEqual(message.notified_partner_ids, self.ann)
        entry = self.after(interview)[MAIL]
        self.assertIn("Offer e-mailed", entry["made"])
        again = interview.do_after_call(MAIL)
        self.assertEqual(
            (again["res_model"], again["res_id"]), ("res.partner", self.ann.id)
        )

    def test_closed_unsent_it_can_be_sent_later(self):
        interview = self.talk()
        self.form(interview.do_after_call(MAIL)).save()
        self.assertFalse(self.after(interview)[MAIL]["made"])

    def test_another_e_mail_is_not_the_offer(self):
        interview = self.talk()
        action = interview.do_after_call(MAIL)
        action["context"]["default_res_ids"] = self.bob.ids
        self.form(action).save().action_send_mail()
        self.assertFalse(self.after(interview)[MAIL]["made"])

    def test_nobody_notes_it_in_anothers_interview(self):
        interview = self.talk()
        action = interview.do_after_call(MAIL)
        Model = self.env["mail.compose.message"].with_user(self.ivy)
        Form(Model.with_context(**action["context"])).save().action_send_mail()
        self.assertFalse(self.after(interview)[MAIL]["made"])
        self.assertEqual(interview.with_user(self.ivy)._after_entries(), [])

    def test_what_the_profile_sent_is_not_sent_again(self):
        self.mail_on_entry()
        interview = self.talk()
        self.assertIn("Offer e-mailed", self.after(interview)[MAIL]["made"])

    def test_not_twice_where_the_profile_waits_for_a_colleague(self):
        self.mail_on_entry()
        mine, theirs = self.begin(), self.begin(user=self.ivy)
        self.say(mine, "Sector?", "IT")
        mine.finish()
        self.assertCannot(mine, MAIL, "by itself", "colleague has finished")
        theirs.finish()
        self.assertIn("Offer e-mailed", self.after(theirs)[MAIL]["made"])
        self.assertEqual(len(self.mails(self.ann)), 1)

    def test_left_out_while_it_waits_for_a_colleague_it_can_be_sent(self):
        self.mail_on_entry()
        mine, _theirs = self.begin(), self.begin(user=self.ivy)
        self.say(mine, "Sector?", "IT")
        [entry] = mine.get_follow_up()["entries"]
        left_out = {
            "stay_id": entry["stay_id"],
            "action": entry["lines"][0]["action"],
            "reason": "I write it myself",
        }
        mine.finish(left_out=[left_out])
        self.assertFalse(self.after(mine)[MAIL]["why_not"])

    def test_left_out_by_the_caller_it_can_be_sent(self):
        self.mail_on_entry()
        interview = self.begin()
        self.say(interview, "Sector?", "IT")
        [entry] = interview.get_follow_up()["entries"]
        [line] = entry["lines"]
        interview.finish(
            left_out=[
                {
                    "stay_id": entry["stay_id"],
                    "action": line["action"],
                    "reason": "I write it myself",
                }
            ]
        )
        self.assertFalse(self.after(interview)[MAIL]["made"])

    def test_the_narrowest_profiles_template(self):
        narrower = self.profile(
            "Small IT", {"Staff?": "1"}, parent_id=self.partnership.id
        )
        narrower.mail_template_id = self.make_template("Other", "Other")
        interview = self.begin()
        self.say(interview, "Sector?", "IT")
        self.say(interview, "Staff?", "1")
        interview.finish()
        composer = self.form(interview.do_after_call(MAIL))
        self.assertEqual(composer.subject, "Other")

    def test_why_it_is_not_possible(self):
        interview = self.talk()
        self.env["mail.blacklist"].sudo()._add(self.ann.email)
        self.assertCannot(interview, MAIL, "blacklisted")
        self.ann.email = False
        self.assertCannot(interview, MAIL, "no valid e-mail address")
        self.ann.email = "ann@example.com"
        self.env["mail.blacklist"].sudo()._remove(self.ann.email)
        self.partnership.mail_template_id = False
        self.assertCannot(interview, MAIL, "template")


@tagged("post_install", "-at_install")
class TestOpportunityAfterCall(AfterCase):
    def test_with_the_offer_once(self):
        interview = self.talk()
        self.assertFalse(interview.do_after_call(OPPORTUNITY))
        lead = self.stored(interview).sudo().lead_id
        self.assertEqual(lead.partner_id, self.ann)
        self.assertEqual(lead.type, "opportunity")
        self.assertEqual(lead.user_id, self.salesman)
        self.assertEqual(lead.expected_revenue, 900)
        self.assertIn("The contract", lead.description)
        self.assertEqual(lead.profiling_profile_id, self.partnership)
        self.assertTrue(
            any("Interviewed by" in b for b in lead.message_ids.mapped("body"))
        )
        self.assertIn(lead.name, self.after(interview)[OPPORTUNITY]["made"])
        again = interview.do_after_call(OPPORTUNITY)
        self.assertEqual((again["res_model"], again["res_id"]), ("crm.lead", lead.id))
        self.assertEqual(len(self.partnership._open_opportunities()), 1)

    def test_one_that_was_deleted_can_be_made_again(self):
        interview = self.talk()
        interview.do_after_call(OPPORTUNITY)
        interview.sudo().lead_id.unlink()
        self.assertFalse(self.after(interview)[OPPORTUNITY]["made"])

    def test_the_interview_of_a_lead_has_one(self):
        lead = self.env["crm.lead"].create(
            {"name": "Fair", "partner_id": self.ann.id, "user_id": self.salesman.id}
        )
        Interview = self.env["crm.profiling.interview"].with_user(self.salesman)
        interview = Interview.browse(Interview.begin(lead_id=lead.id)["id"])
        interview.finish()
        self.assertIn("Fair", self.after(interview)[OPPORTUNITY]["made"])
        self.assertEqual(interview.do_after_call(OPPORTUNITY)["res_id"], lead.id)

    def test_a_lead_is_called_a_lead(self):
        Lead = self.env["crm.lead"].with_user(self.salesman)
        for kind, word in (
            ("lead", "Lead: Fair"),
            ("opportunity", "Opportunity: Fair"),
        ):
            lead = Lead.create(
                {"name": "Fair", "partner_id": self.ann.id, "type": kind}
            )
            Interview = self.env["crm.profiling.interview"].with_user(self.salesman)
            interview = Interview.browse(Interview.begin(lead_id=lead.id)["id"])
            interview.finish()
            self.assertEqual(self.after(interview)[OPPORTUNITY]["made"], word)

    def test_the_company_has_one_that_is_hidden(self):
        self.env["crm.lead"].sudo().create(
            self.partnership._opportunity_vals(self.bob) | {"user_id": self.ivy.id}
        )
        interview = self.talk()
        entry = self.after(interview)[OPPORTUNITY]
        self.assertIn("may not see", entry["made"])
        self.assertFalse(entry["can_show"])
        self.assertNotIn("ACME", entry["made"])
        self.assertFalse(interview.do_after_call(OPPORTUNITY))
        self.assertEqual(len(self.partnership._open_opportunities()), 1)

    def test_nothing_to_propose(self):
        interview = self.talk("Others")
        self.assertCannot(interview, OPPORTUNITY, "nothing to propose")


@tagged("post_install", "-at_install")
class TestOfferUnsent(AfterCase):
    """The mail server cannot be reached: who called is not to take it for sent."""

    def refuse(self, mails):
        Server = type(self.env["ir.mail_server"])
        with patch.object(Server, "_connect__", side_effect=ConnectionRefusedError):
            mails.send()
        self.assertEqual(set(mails.mapped("state")), {"exception"})
        self.env.flush_all()

    def send(self, interview):
        before = self.mails(self.ann)
        self.form(interview.do_after_call(MAIL)).save().action_send_mail()
        mails = self.mails(self.ann) - before
        return mails.filtered(lambda mail: self.ann in mail.recipient_ids)

    def unsent_notes(self):
        bodies = self.stored(self.ann).message_ids.mapped("body")
        return [str(body) for body in bodies if "could not be sent" in body]

    def assertUnsent(self, interview):
        entry = self.after(interview)[MAIL]
        self.assertFalse(entry["made"])
        self.assertFalse(entry["why_not"])
        self.assertIn("could not be sent: Connection", entry["trouble"])
        [note] = self.unsent_notes()
        self.assertIn("The e-mail “Dear Ann” could not be sent: Connection", note)

    def test_sent_by_hand(self):
        interview = self.talk()
        mails = self.send(interview)
        self.assertIn("Offer e-mailed", self.after(interview)[MAIL]["made"])
        self.assertFalse(self.after(interview)[MAIL]["trouble"])
        self.refuse(mails)
        self.assertUnsent(interview)
        self.send(interview)
        self.assertIn("Offer e-mailed", self.after(interview)[MAIL]["made"])

    def test_sent_by_the_profile(self):
        self.mail_on_entry()
        interview = self.talk()
        self.refuse(self.mails(self.ann))
        self.assertUnsent(interview)
        [done] = interview.get_screen()["follow_up"]["entries"]
        self.assertIn("e-mail not sent: ", str(done))

    def test_it_is_not_tried_again_once_the_contact_has_left(self):
        self.mail_on_entry()
        self.talk()
        mails = self.mails(self.ann)
        self.refuse(mails)
        self.leave(self.ann)
        self.assertEqual(mails.mapped("state"), ["cancel"])

    def test_whatever_else_is_written_is_no_offer(self):
        self.talk()
        hello = "Hello"
        self.ann.message_post(body=hello, partner_ids=self.ann.ids)
        self.refuse(self.mails(self.ann))
        self.assertFalse(self.unsent_notes())


@tagged("post_install", "-at_install")
class TestMeetingAfterCall(AfterCase):
    def test_in_the_calendar_once(self):
        interview = self.talk()
        action = interview.do_after_call(MEETING)
        form = self.form(action)
        self.assertIn("Ann", form.name)
        self.assertEqual(form.partner_ids[:], self.salesman.partner_id | self.ann)
        event = form.save()
        self.assertEqual(self.stored(interview).sudo().meeting_id, event)
        self.assertEqual(event.duration, 1)
        self.assertEqual(
            fields.Datetime.to_string(event.start), action["context"]["default_start"]
        )
        self.assertEqual(event.res_id, self.ann.id)
        self.assertIn("Meeting: ", self.after(interview)[MEETING]["made"])
        again = interview.do_after_call(MEETING)
        self.assertEqual((again["res_model"], again["res_id"]), (event._name, event.id))
        event.unlink()
        self.assertFalse(self.after(interview)[MEETING]["made"])

    def proposed(self, moment):
        with freeze_time(moment):
            action = self.talk().do_after_call(MEETING)
        return action["context"]["default_start"]

    def test_it_is_proposed_for_an_hour_of_work_in_a_day(self):
        """In Brussels, an hour ahead; the calendar itself would say in half an hour."""
        self.salesman.sudo().tz = "Europe/Brussels"
        hours = self.env["resource.calendar"].sudo().create({"name": "Eight to five"})
        self.salesman.company_id.sudo().resource_calendar_id = hours
        for now, then in (
            ("2026-11-30 09:20:00", "2026-12-01 10:00:00"),  # Monday
            ("2026-11-30 09:00:00", "2026-12-01 09:00:00"),
            ("2026-11-30 10:30:00", "2026-12-01 12:00:00"),  # after lunch
            ("2026-11-30 15:20:00", "2026-12-02 07:00:00"),  # not as they leave
            ("2026-12-04 08:20:00", "2026-12-07 07:00:00"),  # Friday
        ):
            with self.subTest(now):
                self.assertEqual(self.proposed(now), then)

    def test_where_no_hours_are_known_it_is_proposed_for_the_same_time(self):
        self.salesman.company_id.sudo().resource_calendar_id = False
        self.assertEqual(self.proposed("2026-12-04 08:20:00"), "2026-12-05 09:00:00")

    def test_with_the_opportunity_there_is(self):
        interview = self.talk()
        interview.do_after_call(OPPORTUNITY)
        event = self.form(interview.do_after_call(MEETING)).save()
        lead = interview.sudo().lead_id
        self.assertEqual(event.opportunity_id, lead)
        self.assertEqual((event.res_model, event.res_id), (lead._name, lead.id))

    def test_with_the_lead_there_is(self):
        """Which is no opportunity yet, and has its meetings all the same."""
        Lead = self.env["crm.lead"].with_user(self.salesman)
        lead = Lead.create({"name": "Fair", "partner_id": self.ann.id, "type": "lead"})
        Interview = self.env["crm.profiling.interview"].with_user(self.salesman)
        interview = Interview.browse(Interview.begin(lead_id=lead.id)["id"])
        interview.finish()
        event = self.form(interview.do_after_call(MEETING)).save()
        self.assertEqual((event.res_model, event.res_id), (lead._name, lead.id))

    def test_in_nobody_elses_interview(self):
        interview = self.talk()
        action = interview.do_after_call(MEETING)
        Event = self.env["calendar.event"].with_user(self.ivy)
        Form(Event.with_context(**action["context"])).save()
        self.assertFalse(self.stored(interview).sudo().meeting_id)

    def test_garbage_is_refused(self):
        interview = self.talk()
        for name in ("nothing", None, 7, ["a"], "crm.profiling.entry.action.mail"):
            with self.assertRefused(UserError, "Finish"):
                interview.do_after_call(name)
        interview.reopen()
        with self.assertRefused(UserError, "Finish"):
            interview.do_after_call(MEETING)
        self.assertNotIn("after", interview.get_screen())

    def test_as_many_queries_with_many_profiles(self):
        def count():
            return self.count_queries(interview._after_entries)

        interview = self.talk()
        count()
        few = count()
        for number in range(20):
            self.profile(
                f"P{number}", {"Sector?": "IT"}
            ).mail_template_id = self.template
        self.assertAlmostEqual(count(), few, delta=1)


@tagged("post_install", "-at_install")
class TestOpportunityOnEntry(AfterCase):
    """A profile may create one itself, when a contact enters."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.on_entry(opportunity=True)

    def leads(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["crm.lead"].search(
            [("profiling_profile_id", "=", self.partnership.id)]
        )

    def test_with_the_offer_and_told(self):
        self.enter(self.ann)
        lead = self.leads()
        self.assertEqual((lead.partner_id, lead.expected_revenue), (self.ann, 900))
        self.assertEqual(lead.user_id, self.manager)
        self.assertIn("opportunity created: “", self.notes(self.ann)[0])

    def test_for_the_contacts_salesperson(self):
        self.ann.user_id = self.ivy
        self.enter(self.ann)
        self.assertEqual(self.leads().user_id, self.ivy)

    def test_one_for_each_company(self):
        self.enter(self.acme | self.ann | self.bob)
        self.assertEqual(len(self.leads()), 1)
        self.assertIn(self.leads().partner_id, self.ann | self.bob)
        self.assertIn("no opportunity: it is with", self.notes(self.acme)[0])

    def test_not_where_one_is_open(self):
        self.env["crm.lead"].sudo().create(self.partnership._opportunity_vals(self.bob))
        self.enter(self.ann)
        self.assertEqual(len(self.leads()), 1)
        self.assertIn("has an open one", self.notes(self.ann)[0])

    def test_withdrawn_on_leaving(self):
        self.enter(self.ann)
        name = self.leads().name
        self.leave(self.ann)
        self.assertFalse(self.leads())
        self.assertIn(f"opportunity “{name}” withdrawn", self.left_notes(self.ann)[0])

    def assertStays(self):
        self.leave(self.ann)
        self.assertEqual(len(self.leads()), 1)
        self.assertIn("somebody has worked on", self.left_notes(self.ann)[0])

    def test_not_one_that_somebody_changed(self):
        self.enter(self.ann)
        self.minutes_later(1)
        self.env.cr.execute(
            "UPDATE crm_lead SET write_date = write_date + interval '1 minute'"
            " WHERE id = %s",
            [self.leads().id],
        )
        self.assertStays()

    def test_nor_one_that_somebody_wrote_on(self):
        self.enter(self.ann)
        self.leads().message_post(body=self.ann.name, message_type="comment")
        self.assertStays()

    def test_nor_one_with_something_planned(self):
        self.enter(self.ann)
        self.leads().activity_schedule("mail.mail_activity_data_call")
        self.assertStays()

    def test_it_waits_for_the_end_and_the_interview_is_its_own(self):
        interview = self.begin()
        self.say(interview, "Sector?", "IT")
        self.assertFalse(self.leads())
        [entry] = interview.get_follow_up()["entries"]
        self.assertIn("opportunity: ACME", [line["text"] for line in entry["lines"]])
        interview.finish()
        self.assertEqual(interview.sudo().lead_id, self.leads())
        self.assertIn("Opportunity: ", self.after(interview)[OPPORTUNITY]["made"])

    def test_a_mind_changed_after_the_end(self):
        interview = self.talk()
        interview.reopen()
        self.say(interview, "Sector?", "Others")
        interview.finish()
        self.assertFalse(self.leads())
        self.assertFalse(interview.sudo().lead_id)

    def test_who_may_see_none_still_notes_answers(self):
        outsider = new_test_user(
            self.env(su=True), "after_own", groups="sales_team.group_sale_salesman"
        )
        self.ann.user_id = self.ivy
        interview = self.begin(user=outsider)
        self.say(interview, "Sector?", "IT")
        interview.finish()
        self.assertEqual(self.leads().user_id, self.ivy)
        self.assertIn("may not see", self.after(interview)[OPPORTUNITY]["made"])
