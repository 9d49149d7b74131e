"""What a contact's own data answer: nobody is asked, profiles follow at once."""

from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import ProfilingCase

EMPTY = "[]"


class FoundCase(ProfilingCase):
    """Questions about the country, of the contact or of its company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.france = cls.env.ref("base.fr")
        cls.belgium = cls.env.ref("base.be")
        cls.country = cls.found(
            "Country?",
            {
                "Belgium": [("country_id", "=", cls.belgium.id)],
                "France": [("country_id", "=", cls.france.id)],
                "Elsewhere": None,
            },
        )
        cls.belgians = cls.profile("Belgians", {"Country?": "Belgium"})
        cls.strangers = cls.profile("Strangers", excluded={"Country?": "Belgium"})

    @classmethod
    def found(cls, name, conditions, **vals):
        """Create a question that is answered by conditions, None for all others."""
        return cls.env["crm.profiling.question"].create(
            {
                "name": name,
                "origin": "contact",
                "answer_ids": [
                    Command.create(
                        {
                            "name": answer,
                            "sequence": sequence,
                            "domain": condition and repr(condition),
                        }
                    )
                    for sequence, (answer, condition) in enumerate(conditions.items())
                ],
                **vals,
            }
        )

    def night(self):
        """Let the job of the night look at what time has changed."""
        self.env["crm.profiling.run"]._cron_look()
        self.run_job()
        self.env.invalidate_all()

    def assertFound(self, partner, *names):
        """Check what is kept as found of a contact."""
        found = self.stored(partner).profiling_found_answer_ids
        self.assertEqual(sorted(found.mapped("display_name")), sorted(names))


@tagged("post_install", "-at_install")
class TestFound(FoundCase):
    def test_the_data_of_a_new_contact_answer(self):
        ann = self.prospect("Ann", country_id=self.belgium.id)
        self.assertProfilesAndTags(ann, "Belgians")
        self.assertFound(ann, "Country?: Belgium")
        self.assertAnswers(ann, {})

    def test_what_is_not_filled_in_says_nothing(self):
        """Whoever has no country is not from elsewhere."""
        ann = self.prospect("Ann")
        self.assertProfiles(ann)
        self.assertResult(ann, self.strangers, "open", "Country?")
        ann.country_id = self.france
        self.assertProfiles(ann, "Strangers")
        ann.country_id = self.env.ref("base.de")
        self.assertFound(ann, "Country?: Elsewhere")
        ann.country_id = False
        self.assertProfiles(ann)
        self.assertFound(ann)

    def test_what_no_profile_asks_for_is_not_kept(self):
        """Nobody would bring it up to date: the run takes it away, and only once."""
        people = self.env["res.partner"].create(
            [
                {"name": name, "country_id": self.belgium.id, "function": "Baker"}
                for name in ("Ann", "Bob")
            ]
        )
        # of whom something is kept as well, and who is not in the profile
        people[1].function = "Cook"
        self.found("Baker?", {"Yes": [("function", "=", "Baker")], "No": None})
        bakers = self.profile("Bakers", {"Baker?": "Yes"})
        catalog = self.env["crm.profiling.catalog"]
        kept = catalog._get().kept
        for how in ("archived", "deleted"):
            for _at_once in (1_000_000, -1):
                self.apply_at_once(_at_once)
                self.run_job()
                self.assertFound(people[0], "Baker?: Yes", "Country?: Belgium")
                if how == "archived":
                    bakers.active = False
                else:
                    bakers.unlink()
                # nor told of while it is still there
                self.assertFound(people[0], "Country?: Belgium")
                self.run_job()
                self.assertEqual(
                    {
                        self.env["crm.profiling.state"]._found_of(people)[one.id]
                        & ~catalog._get().kept
                        for one in people
                    },
                    {0},
                )
                self.assertTrue(kept & ~catalog._get().kept)
                self.assertFound(people[0], "Country?: Belgium")
                self.assertProfiles(people[0], "Belgians")
                before = self.rows()
                self.env["crm.profiling.applier"].sudo()._apply(people.ids)
                self.env["crm.profiling.applier"].sudo()._apply_all()
                self.assertEqual(self.rows(), before)
                if how == "archived":
                    bakers.active = True
                else:
                    bakers = self.profile("Bakers", {"Baker?": "Yes"})

    def test_what_is_not_filled_in_is_not_something_else(self):
        """“Not Belgium” comes first: it says nothing of whoever has no country."""
        self.found(
            "Abroad?",
            {"Abroad": [("country_id", "!=", self.belgium.id)], "Here": None},
        )
        self.profile("Abroad", {"Abroad?": "Abroad"})
        ann = self.prospect("Ann")
        self.assertFound(ann)
        self.assertProfiles(ann)
        ann.country_id = self.france
        self.assertProfiles(ann, "Abroad", "Strangers")

    def test_found_and_asked_count_together(self):
        both = self.profile("Both", {"Country?": "Belgium", "Sector?": "IT"})
        ann = self.prospect("Ann", {"Sector?": "IT"}, country_id=self.belgium.id)
        self.assertProfilesAndTags(ann, "Belgians", "Both", "Partnership")
        self.take_back(ann, "Sector?", "IT")
        self.assertProfilesAndTags(ann, "Belgians")
        self.assertResult(ann, both, "open", "Sector?")

    def test_contacts_follow_their_company(self):
        """The address is handed over past `write`; the profiles come along."""
        acme = self.prospect("Acme", is_company=True, country_id=self.france.id)
        ann = self.prospect("Ann", parent_id=acme.id)
        self.assertProfiles(ann, "Strangers")
        acme.country_id = self.belgium
        self.assertProfilesAndTags(acme, "Belgians")
        self.assertProfilesAndTags(ann, "Belgians")

    def test_a_company_answers_for_its_contacts(self):
        question = self.found(
            "Shop?", {"Yes": [("website", "ilike", "shop")]}, level="company"
        )
        self.profile("Shops", {"Shop?": "Yes"})
        acme = self.prospect("Acme", is_company=True)
        ann = self.prospect("Ann", parent_id=acme.id)
        self.assertProfiles(ann)
        acme.website = "https://shop.example.com"
        self.assertProfiles(ann, "Shops")
        self.assertProfiles(acme, "Shops")
        ann.parent_id = False
        self.assertProfiles(ann)
        question.level = "contact"
        self.assertProfiles(acme, "Shops")
        ann.website = "https://shop.example.com"
        self.assertProfiles(ann, "Shops")

    def test_addresses_are_not_profiled(self):
        acme = self.prospect("Acme", is_company=True, country_id=self.belgium.id)
        hall = self.prospect("Hall", parent_id=acme.id, type="delivery")
        self.assertProfiles(hall)
        hall.type = "contact"
        self.assertProfiles(hall, "Belgians")

    def test_the_first_that_holds_counts(self):
        self.found(
            "Reach?",
            {
                "Both": [("email", "!=", False), ("phone", "!=", False)],
                "E-mail": [("email", "!=", False)],
                "None": None,
            },
        )
        self.profile("Reached", {"Reach?": ["Both", "E-mail", "None"]})
        ann = self.prospect("Ann", email="ann@example.com", phone="+32 2 555 12 34")
        bob = self.prospect("Bob", email="bob@example.com")
        carl = self.prospect("Carl")
        self.assertFound(ann, "Reach?: Both")
        self.assertFound(bob, "Reach?: E-mail")
        self.assertFound(carl, "Reach?: None")

    def test_what_comes_later_need_not_be_filled_in(self):
        """The first that holds counts, though others look at more."""
        self.found(
            "Near?",
            {
                "Near": [("country_id", "=", self.belgium.id)],
                "Farm": [("function", "=", "Farmer")],
                "Far": None,
            },
        )
        self.profile("Any", {"Near?": ["Near", "Farm", "Far"]})
        for country, function, answer in (
            (self.belgium, False, "Near"),
            (self.france, "Farmer", "Farm"),
            (self.france, "Baker", "Far"),
            (self.france, False, ""),  # may be one
            (self.france.browse(), "Farmer", ""),  # may be near
        ):
            with self.subTest(country=country.name, function=function):
                ann = self.prospect("Ann", country_id=country.id, function=function)
                found = ann.profiling_found_answer_ids
                found = found.filtered(lambda a: a.question_id.name == "Near?")
                self.assertEqual(found.name or "", answer)
        # of several possible ones, each has to be known
        self.ask("Near?").selection_mode = "multiple"
        bob = self.prospect("Bob", country_id=self.belgium.id)
        self.assertFound(bob, "Country?: Belgium")

    def test_all_that_hold_count_where_several_answers_are_possible(self):
        self.found(
            "Reach?",
            {
                "E-mail": [("email", "!=", False)],
                "Phone": [("phone", "!=", False)],
                "None": None,
            },
            selection_mode="multiple",
        )
        self.profile("Reached", {"Reach?": ["E-mail", "None"]})
        ann = self.prospect("Ann", email="ann@example.com", phone="+32 2 555 12 34")
        carl = self.prospect("Carl")
        self.assertFound(ann, "Reach?: E-mail", "Reach?: Phone")
        self.assertFound(carl, "Reach?: None")

    def test_tags_put_on_from_their_side(self):
        fair = self.tag("Met at the fair")
        self.found("Fair?", {"Yes": [("category_id", "in", fair.ids)], "No": None})
        self.profile("Fair", {"Fair?": "Yes"})
        ann = self.prospect("Ann")
        self.assertFound(ann, "Fair?: No")
        fair.partner_ids = [Command.link(ann.id)]
        self.env.cr.flush()
        self.assertProfiles(ann, "Fair")

    def test_nobody_says_what_is_found(self):
        ann = self.prospect("Ann")
        with self.assertRefused(ValidationError, "Country?"):
            self.answer(ann, "Country?", "Belgium")
        with self.assertRefused(ValidationError, "Country?"):
            self.env["crm.profiling.response"].create(
                {
                    "partner_id": ann.id,
                    "answer_id": self.choice("Country?", "France").id,
                }
            )

    def test_what_people_said_is_not_found_from_now_on(self):
        self.prospect("Ann", {"Sector?": "IT"})
        for answer in self.ask("Sector?").answer_ids[1:]:
            answer.domain = repr([("phone", "!=", False)])
        with self.assertRefused(ValidationError, "Sector?", "new question"):
            self.ask("Sector?").origin = "contact"

    def test_what_no_profile_mentions_is_not_looked_up(self):
        self.belgians.active = False
        self.strangers.active = False
        ann = self.prospect("Ann", country_id=self.belgium.id)
        self.env.cr.execute("SELECT FROM crm_profiling_state WHERE id = %s", [ann.id])
        self.assertFalse(self.env.cr.rowcount)
        self.belgians.active = True
        self.assertProfiles(ann, "Belgians")

    def test_what_another_company_might_ask_is_in_nobodys_way(self):
        """A manager saves a profile who does not see a question that nobody uses."""
        west = self.env["res.company"].sudo().create({"name": "West"})
        self.found("Baker?", {"Yes": [("function", "=", "Baker")], "No": None})
        self.ask("Baker?").sudo().company_id = west
        self.manager.sudo().company_ids -= west
        self.env.invalidate_all()
        self.assertFalse(self.ask("Baker?"))
        self.profile("IT people", {"Sector?": "IT"})
        self.assertTrue(self.stored(self.country).looked_at)

    def test_a_changed_condition(self):
        ann = self.prospect("Ann", country_id=self.france.id)
        self.assertProfiles(ann, "Strangers")
        answer = self.choice("Country?", "Belgium")
        answer.domain = repr([("country_id", "in", [self.france.id, self.belgium.id])])
        self.assertProfilesAndTags(ann, "Belgians")

    def test_what_a_changed_condition_would_change(self):
        self.prospect("Ann", country_id=self.france.id)
        form = self.country.new(origin=self.country)
        self.assertFalse(form.change_preview)
        belgium = form.answer_ids[0]
        belgium.domain = repr([("country_id", "in", [self.france.id, self.belgium.id])])
        french = self.env["res.partner"].search_count(
            [("country_id", "=", self.france.id), ("type", "=", "contact")]
        )
        self.assertIn(f"Belgians: +{french}, −0", form.change_preview)
        self.assertIn(f"Strangers: +0, −{french}", form.change_preview)
        self.strangers.active = False
        form = self.country.new(origin=self.country)
        form.answer_ids[0].domain = belgium.domain
        self.assertIn(f"Belgians: +{french}, −0", form.change_preview)
        self.assertNotIn("Strangers", form.change_preview)
        belgium.domain = "[('nonsense', '=', 1)]"
        self.assertFalse(belgium.question_id.change_preview)

    def test_the_contacts_of_a_question(self):
        ann = self.prospect("Ann", country_id=self.belgium.id)
        bob = self.prospect("Bob")
        action = self.country.action_view_contacts()
        found = self.env["res.partner"].search(action["domain"])
        self.assertIn(ann, found)
        self.assertNotIn(bob, found)

    def test_when_it_is_looked_at(self):
        """Other records are not heard of, though a field leads there."""
        france = self.france.id
        industry, other = self.env["res.partner.industry"].search([], limit=2)
        gone = other.sudo().copy().id
        self.env["res.partner.industry"].sudo().browse(gone).unlink()
        for number, (condition, when) in enumerate(
            (
                (("country_id", "=", france), "now"),
                (("parent_id.country_id", "=", france), "now"),
                (("commercial_partner_id.email", "!=", False), "now"),
                (("industry_id.name", "ilike", "IT"), "night"),
                (("country_id.code", "=", "FR"), "night"),
                (("parent_id.country_id.code", "=", "FR"), "night"),
                (("parent_id.parent_id.city", "=", "Ghent"), "night"),
                (("create_date", "<", "today -7d"), "night"),
                (("industry_id", "ilike", "IT"), "night"),
                (("industry_id", "=", False), "now"),
                (("industry_id", "in", [industry.id, False]), "now"),
                (("industry_id", "in", [industry.id, gone]), "night"),
                (("industry_id", "in", [industry.id, "IT"]), "night"),
                (("industry_id", "not in", industry.ids), "now"),
                (("industry_id", "!=", gone), "night"),
                (("category_id", "in", self.tag("Fair").ids), "now"),
                (("category_id", "child_of", self.tag("Fair").ids), "night"),
            )
        ):
            with self.subTest(condition=condition):
                question = self.found(f"Q{number}?", {"Yes": [condition], "No": None})
                self.assertEqual(question.told_when, when)

    def test_another_record_has_another_name(self):
        """The night hears of it."""
        industry = self.env["res.partner.industry"].sudo().create({"name": "Bakers"})
        self.found("IT?", {"Yes": [("industry_id.name", "ilike", "IT")], "No": None})
        self.profile("Of IT", {"IT?": "Yes"})
        ann = self.prospect("Ann", industry_id=industry.id)
        industry.name = "IT services"
        self.env["crm.profiling.run"]._cron_look()
        self.run_job()
        self.assertProfilesAndTags(ann, "Of IT")

    def test_another_record_is_gone(self):
        """Contacts lose it without being told: the night hears of it."""
        industry = self.env["res.partner.industry"].sudo().create({"name": "Bakers"})
        fair = self.tag("Fair")
        for name, condition in (
            ("Bakers", ("industry_id", "=", industry.id)),
            ("Met", ("category_id", "in", fair.ids)),
        ):
            self.found(f"{name}?", {"Yes": [condition], "No": None})
            self.profile(name, {f"{name}?": "Yes"})
        ann = self.prospect("Ann", industry_id=industry.id, category_id=fair.ids)
        self.assertProfiles(ann, "Bakers", "Met")
        self.run_job()  # of the profiles, which looks at everybody
        industry.unlink()
        fair.unlink()
        self.night()
        self.assertProfiles(ann)

    def test_why_tells_of_properties(self):
        ann = self.prospect("Ann")
        seats = {"name": "seats", "type": "integer", "string": "Seats"}
        kind = {
            "name": "kind",
            "type": "selection",
            "string": "Kind",
            "selection": [["pub", "Public house"], ["bar", "Bar"]],
        }
        ann.sudo().properties = [
            {**seats, "value": 40, "definition_changed": True},
            {**kind, "value": "pub", "definition_changed": True},
        ]
        self.env.flush_all()
        for name, text in (
            ("seats", "Seats: 40"),
            ("kind", "Kind: Public house"),
            ("gone", "Properties is not filled in"),
        ):
            condition = [(f"properties.{name}", "!=", False)]
            question = self.found(f"{name}?", {"Yes": condition, "No": None})
            source = self.env["crm.profiling.source.contact"]
            self.assertEqual(source._evidence(ann, [question])[question.id].text, text)

    def test_why_tells_moments_as_the_language_writes_them(self):
        """Nobody needs the seconds, and 14:38 is not 2:38 PM everywhere."""
        self.env["res.lang"].sudo()._lang_get("en_US").time_format = "%H:%M:%S"
        self.env.user.tz = "Europe/Brussels"
        ann = self.prospect("Ann")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = '2026-11-29 13:38:21' WHERE id = %s",
            [ann.id],
        )
        self.env.invalidate_all()
        condition = [("create_date", "!=", False)]
        question = self.found("Created?", {"Yes": condition, "No": None})
        source = self.env["crm.profiling.source.contact"]
        self.assertIn(
            "11/29/2026 14:38", source._evidence(ann, [question])[question.id].text
        )
        self.assertNotIn(":21", source._evidence(ann, [question])[question.id].text)

    def test_a_newer_run_looks_at_what_the_older_one_was_to_look_at(self):
        """A condition changes, and while contacts are looked at, another profile."""
        people = [
            self.prospect(f"Ann {number}", country_id=self.france.id)
            for number in range(3)
        ]
        self.apply_at_once(-1)
        both = [self.france.id, self.belgium.id]
        belgium = self.choice("Country?", "Belgium")
        belgium.domain = repr([("country_id", "in", both)])
        self.do_batches(1)
        self.saas.excluded_answer_ids = self.choice("Sector?", "IT")
        self.run_job()
        for one in people:
            self.assertProfilesAndTags(one, "Belgians")
            self.assertFound(one, "Country?: Belgium")

    def test_a_profile_is_saved_while_the_night_looks(self):
        """The run that takes over looks at those of whom nothing is known, too."""
        self.found("Old?", {"Yes": [("create_date", "<", "today -30d")]})
        old = self.profile("Old ones", {"Old?": "Yes"})
        people = [self.prospect(f"Ann {number}") for number in range(3)]
        self.env.flush_all()
        self.apply_at_once(-1)
        with freeze_time(datetime.now() + timedelta(days=31)):
            Run = self.env.registry["crm.profiling.run"]
            with patch.object(Run, "_batch_size", return_value=1):  # as if too many
                self.env["crm.profiling.run"]._cron_look()
            self.do_batches(1)
            self.assertTrue(self.env["crm.profiling.run"]._open())
            self.saas.excluded_answer_ids = self.choice("Sector?", "IT")
            self.run_job()
        for one in people:
            self.assertProfilesAndTags(one, old.name)

    def test_answers_in_another_order(self):
        """Several hold, and the first of them counts: another one from now on."""
        city, country = [("city", "=", "Ghent")], [("country_id", "!=", False)]
        self.found("Near?", {"City": city, "Country": country, "Far": None})
        self.profile("Citizens", {"Near?": "City"})
        ann = self.prospect("Ann", city="Ghent", country_id=self.france.id)
        self.assertProfiles(ann, "Citizens", "Strangers")
        self.choice("Near?", "City").sequence = 9
        self.assertProfilesAndTags(ann, "Strangers")
        self.choice("Near?", "City").sequence = 0
        self.assertProfilesAndTags(ann, "Citizens", "Strangers")

    def test_look_now(self):
        ann = self.prospect("Ann")
        self.env.cr.execute(
            "UPDATE res_partner SET country_id = %s WHERE id = %s",
            [self.belgium.id, ann.id],
        )
        self.env.invalidate_all()
        self.country.action_look_now()
        self.assertProfiles(ann, "Belgians")

    def test_other_answers_in_one_save(self):
        ann = self.prospect("Ann", country_id=self.france.id)
        belgium, france, _others = self.country.answer_ids
        self.country.answer_ids = [
            Command.update(belgium.id, {"sequence": 9, "active": False}),
            Command.update(france.id, {"domain": belgium.domain}),
        ]
        self.assertFound(ann, "Country?: Elsewhere")

    def test_answers_that_come_and_go_one_by_one(self):
        """Not with their question, as its form saves them: contacts follow at once."""
        ann = self.prospect("Ann", country_id=self.france.id)
        germany = self.env.ref("base.de")
        bob = self.prospect("Bob", country_id=germany.id)
        Answer = self.env["crm.profiling.answer"]
        new = Answer.create(
            {
                "name": "Germany",
                "question_id": self.country.id,
                "sequence": 1,
                "domain": repr([("country_id", "=", germany.id)]),
            }
        )
        self.assertFound(bob, "Country?: Germany")
        for vals, found in (
            ({"domain": repr([("country_id", "=", self.france.id)])}, "Elsewhere"),
            ({"domain": repr([("country_id", "!=", self.france.id)])}, "Germany"),
            ({"active": False}, "Elsewhere"),
            ({"active": True}, "Germany"),
        ):
            new.write(vals)
            self.assertFound(bob, f"Country?: {found}")
        # the first that holds counts
        new.write({"domain": repr([("name", "!=", False)]), "sequence": 9})
        self.assertFound(ann, "Country?: France")
        new.sequence = -1
        self.assertFound(ann, "Country?: Germany")
        self.assertProfiles(ann, "Strangers")
        new.unlink()
        self.assertFound(ann, "Country?: France")
        self.assertFound(bob, "Country?: Elsewhere")

    def test_in_the_background(self):
        """Contacts of whom nothing is kept are looked at, too."""
        ann = self.prospect("Ann")
        bob = self.prospect("Bob", phone="+32 2 555 12 34")
        self.apply_at_once(-1)
        self.found("Phone?", {"Yes": [("phone", "!=", False)], "No": None})
        self.profile("Callable", {"Phone?": "Yes"})
        self.assertProfiles(bob)
        self.run_job()
        self.assertProfiles(bob, "Callable")
        self.assertFound(ann, "Phone?: No")
        self.assertTrue(self.ask("Phone?").looked_at)
        before = self.rows()
        self.run_job()
        self.assertEqual(self.rows(), before)

    def test_preview_of_what_nobody_mentioned_yet(self):
        """Those of whom nothing is kept are counted."""
        self.prospect("Bob", phone="+32 2 555 12 34")
        before = self.env["res.partner"].search_count(
            [("phone", "!=", False), ("type", "in", ["contact", False])]
        )
        self.found("Phone?", {"Yes": [("phone", "!=", False)], "No": None})
        preview = self.env["crm.profiling.preview"]
        profile = self.env["crm.profiling.profile"].new(
            {"name": "P", "required_answer_ids": self.choice("Phone?", "Yes").ids}
        )
        counts = preview._preview(profile._draft())
        self.assertEqual(counts["matching"], before)
        self.assertEqual(counts["added"], before)
        # beside what is kept already
        both = {"Phone?": "Yes", "Country?": "Belgium"}
        self.prospect("Di", phone="+32 2 555 12 35", country_id=self.belgium.id)
        here = self.env["res.partner"].search_count(
            [
                ("phone", "!=", False),
                ("country_id", "=", self.belgium.id),
                ("type", "in", ["contact", False]),
            ]
        )
        profile = profile.new(
            {"name": "P", "required_answer_ids": self.choices(both).ids}
        )
        self.assertEqual(preview._preview(profile._draft())["matching"], here)
        saved = self.profile("Callable", {"Phone?": "Yes"})
        self.assertEqual(saved.member_count, before + 1)
        self.assertEqual(preview._preview(saved._draft())["added"], 0)

    def test_why(self):
        ann = self.prospect("Ann", country_id=self.belgium.id)
        bob = self.prospect("Bob")
        [criterion] = self.result(ann, self.belgians)["criteria"]
        self.assertEqual(criterion["evidence"]["text"], "Country: Belgium")
        self.assertEqual(criterion["given"][0]["answer"], "Belgium")
        [criterion] = self.result(bob, self.belgians)["criteria"]
        self.assertEqual(criterion["evidence"]["text"], "Country is not filled in")
        self.assertTrue(criterion["evidence"]["is_missing"])
        membership = self.membership(ann, self.belgians)
        self.assertIn("Country? Belgium", membership.why)

    def test_the_person_is_told(self):
        ann = self.prospect("Ann", country_id=self.belgium.id)
        self.assertEqual(
            ann._profiling_dossier()["found"],
            [{"question": "Country?", "answer": "Belgium"}],
        )

    def test_why_takes_as_many_queries_whatever_there_is_to_find(self):
        ann = self.prospect("Ann", country_id=self.belgium.id)
        salesman = ann.with_user(self.salesman)
        self.found("Q?", {"Yes": [("phone", "!=", False)], "No": None})
        self.profile("P", {"Q?": "Yes"})
        self.count_queries(salesman.mapped, "profiling_result")  # Odoo's own caches
        few = self.count_queries(salesman.mapped, "profiling_result")
        for number in range(6):
            self.found(f"Q{number}?", {"Yes": [("phone", "!=", False)], "No": None})
            self.profile(f"P{number}", {f"Q{number}?": "Yes"})
        self.count_queries(salesman.mapped, "profiling_result")
        self.assertEqual(self.count_queries(salesman.mapped, "profiling_result"), few)

    def test_one_query_more_whatever_there_is_to_find(self):
        people = self.env["res.partner"].union(
            *(self.prospect(str(number)) for number in range(8))
        )
        apply_ = self.env["crm.profiling.applier"].sudo()._apply
        apply_(people.ids)
        few = self.count_queries(apply_, people[:1].ids)
        for number in range(10):
            self.found(f"Q{number}?", {"Yes": [("phone", "!=", False)], "No": None})
            self.profile(f"P{number}", {f"Q{number}?": "Yes"})
        apply_(people.ids)
        self.assertEqual(self.count_queries(apply_, people.ids), few)
        self.belgians.active = self.strangers.active = False
        for number in range(10):
            self.env["crm.profiling.profile"].search(
                [("name", "=", f"P{number}")]
            ).active = False
        apply_(people.ids)
        # nor for the version of the catalog by which conditions are kept at hand
        self.assertEqual(self.count_queries(apply_, people.ids), few - 2)


@tagged("post_install", "-at_install")
class TestTheFirstFound(ProfilingCase):
    """Where nothing is found, contacts cost nothing: until there is something."""

    def setUp(self):
        super().setUp()
        self.assertFalse(self.env["crm.profiling.question"]._is_any_found())
        self.bob = self.prospect("Bob")
        self.conditions = [[("phone", "!=", False)], None]

    def assertHeard(self, question):
        self.profile("Callable", {question.name: "Yes"})
        self.env.flush_all()
        self.bob.phone = "+32 2 555 12 34"
        self.assertProfilesAndTags(self.bob, "Callable")
        self.bob.phone = False
        self.assertProfilesAndTags(self.bob)

    def vals(self, **vals):
        return {
            "name": "Phone?",
            "answer_ids": [
                Command.create({"name": name, "domain": domain and repr(domain)})
                for name, domain in zip(("Yes", "No"), self.conditions, strict=True)
            ],
            **vals,
        }

    def test_created(self):
        Question = self.env["crm.profiling.question"]
        self.assertHeard(Question.create(self.vals(origin="contact")))
        self.ask("Phone?").profile_ids.unlink()
        self.ask("Phone?").unlink()
        self.assertFalse(Question._is_any_found())

    def test_asked_of_people_before(self):
        question = self.env["crm.profiling.question"].create(self.vals())
        self.assertFalse(question._is_any_found())
        question.origin = "contact"
        self.assertHeard(question)
        question.profile_ids.unlink()
        question.origin = "asked"
        self.assertFalse(question._is_any_found())


@tagged("post_install", "-at_install")
class TestFoundHidden(FoundCase):
    """What a source tells is not for everybody, as turnover is not.

    That a contact is in a profile is; what else follows from it is not.
    """

    def setUp(self):
        super().setUp()
        self.ann = self.prospect("Ann", {"Sector?": "IT"}, country_id=self.belgium.id)
        source = self.env.registry["crm.profiling.source.contact"]
        hidden = patch.object(source, "_may_be_seen", lambda source: source.env.su)
        hidden.start()
        self.addCleanup(hidden.stop)

    def test_what_was_found(self):
        ann = self.stored(self.ann)
        self.assertFalse(ann.profiling_found_answer_ids)
        self.assertAnswers(ann, {"Sector?": "IT"})
        found = [("profiling_found_answer_ids", "in", self.country.answer_ids.ids)]
        self.assertFalse(ann.search(found))
        self.assertIn(ann, ann.sudo().search(found))
        asked = self.choice("Sector?", "IT").ids
        self.assertIn(ann, ann.search([("profiling_answer_ids", "in", asked)]))

    def test_why(self):
        result = self.result(self.ann, self.belgians)
        self.assertEqual(result["state"], "matched")
        [criterion] = result["criteria"]
        self.assertEqual((criterion["given"], criterion["evidence"]), ([], False))
        # that it is ruled out would tell the country
        self.assertResult(self.ann, self.strangers, "open", "Country?")
        self.assertResult(self.ann, self.partnership, "matched")

    def test_how_many_would_be_in_a_profile(self):
        Profile = self.env["crm.profiling.profile"]
        self.assertFalse(self.belgians.preview)
        self.assertTrue(self.partnership.preview)
        for profile, hidden in ((self.belgians, True), (self.partnership, False)):
            values = {
                "id": profile.id,
                "active": True,
                "required_answer_ids": profile.required_answer_ids.ids,
            }
            for kind in ("matching", "added", "removed"):
                with self.subTest(profile=profile.name, kind=kind):
                    if not hidden:
                        self.assertTrue(Profile.action_preview(values, kind))
                        continue
                    with self.assertRaises(AccessError):
                        Profile.action_preview(values, kind)
        form = self.country.new(origin=self.country)
        form.answer_ids[0].domain = repr([("country_id", "=", self.france.id)])
        self.assertFalse(form.change_preview)


@tagged("post_install", "-at_install")
class TestFoundInTime(FoundCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.found(
            "New?",
            {"Yes": [("create_date", ">=", "today -30d")], "No": None},
        )
        cls.profile("New ones", {"New?": "Yes"})

    def test_the_night_after_a_month(self):
        ann = self.prospect("Ann")
        self.assertProfiles(ann, "New ones")
        now = datetime.now()
        with freeze_time(now + timedelta(days=29)):
            self.night()
            self.assertProfiles(ann, "New ones")
        with freeze_time(now + timedelta(days=31)):
            self.night()
            self.assertProfilesAndTags(ann)
            before = self.rows()
            self.night()
            self.assertEqual(self.rows(), before)

    def test_what_time_brings_in_is_left_alone(self):
        """Unless the profile says otherwise."""
        old = self.profile(
            "Old ones",
            {"New?": "No"},
            entry_assign="user",
            entry_user_id=self.env.uid,
        )
        ann, bob, now = self.prospect("Ann"), self.prospect("Bob"), datetime.now()
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = %s WHERE id = %s",
            [now + timedelta(days=60), bob.id],
        )
        with freeze_time(now + timedelta(days=31)):
            self.night()
            self.assertIn(old, ann.profile_ids)
            self.assertFalse(ann.user_id)
        old.entry_in_time = True
        with freeze_time(now + timedelta(days=91)):
            self.night()
            self.assertIn(old, bob.profile_ids)
            self.assertEqual(bob.user_id, self.env.user)
            self.assertFalse(ann.user_id)

    def test_what_time_brings_in_among_many(self):
        """The night leaves them to the background job, which does the same."""
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("crm_profiling.run_batch_size", 5)
        self.assertGreater(self.env["res.partner"].search_count([]), 5)
        self.test_what_time_brings_in_is_left_alone()

    def test_who_is_saved_before_the_look_comes_by(self):
        """It was the condition that changed: nobody's answer, and nothing is done."""
        told = {}
        Partner = self.env.registry["res.partner"]

        def changed(partners, entered, left):
            quiet = bool(partners.env.context.get("profiling_quiet"))
            told.update((p.name, quiet) for some in entered.values() for p in some)

        zoe, bob = self.prospect("Zoe", ref="z"), self.prospect("Bob", ref="z")
        zed = self.prospect("Zed", ref="q")
        question = self.found("Ref?", {"Z": [("ref", "=", "z")], "Other": None})
        self.profile("Others", {"Ref?": "Other"})
        self.assertFound(zoe, "New?: Yes", "Ref?: Z")
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = create_date - interval '1 day'"
            " WHERE id = ANY(%s)",
            [(zoe | bob | zed).ids],
        )
        self.apply_at_once(-1)
        question.answer_ids[0].domain = repr([("ref", "=", "y")])
        with patch.object(Partner, "_profiling_profiles_changed", changed):
            (zoe | zed).city = "Ghent"
            self.env.flush_all()
            self.assertIs(told["Zoe"], True)
            # created since, it is its own data
            self.prospect("Newcomer", ref="n")
            self.env.flush_all()
            self.assertEqual(told["Newcomer"], False)
            self.run_job()
            self.assertEqual(told["Bob"], True)
            # of whom nothing else is found nothing is told
            self.assertNotIn("Zed", told)
            # and nothing is to come any more
            bob.ref = "y"
            self.env.flush_all()
            told.clear()
            bob.ref = "c"
            self.env.flush_all()
            self.assertEqual(told, {"Bob": False})

    def test_the_age_of_a_date(self):
        self.env["crm.profiling.question"].create(
            {
                "name": "Days?",
                "origin": "contact",
                "by_number": True,
                "number_field": "create_date",
                "answer_ids": [
                    Command.create({"name": "New", "value_from": 0}),
                    Command.create({"name": "Known", "value_from": 10}),
                    Command.create({"name": "Old", "value_from": 100}),
                    Command.create({"name": "Unknown", "without_number": True}),
                ],
            }
        )
        self.profile("Known ones", {"Days?": "Known"})
        ann, now = self.prospect("Ann"), datetime.now()
        self.assertFound(ann, "Days?: New", "New?: Yes")
        self.assertEqual(self.ask("Days?").told_when, "night")
        for days, answer in ((9, "New"), (10, "Known"), (99, "Known"), (100, "Old")):
            with freeze_time(now + timedelta(days=days)):
                self.night()
                found = self.stored(ann).profiling_found_answer_ids
                self.assertIn(answer, found.mapped("name"), days)
        criterion = self.result(
            ann, self.env["crm.profiling.profile"].search([("name", "=", "Known ones")])
        )["criteria"][0]
        self.assertIn("Created on", criterion["evidence"]["text"])

    def test_bands_are_those_of_numbers(self):
        """As they would be of what is typed."""
        question = self.env["crm.profiling.question"].create(
            {
                "name": "North?",
                "origin": "contact",
                "by_number": True,
                "number_field": "partner_latitude",
                "answer_ids": [
                    Command.create({"name": str(start), "value_from": start})
                    for start in (40, -10, 0.5)
                ],
            }
        )
        self.profile("North", {"North?": "40"})
        for latitude in (-11, -10, 0, 0.4999, 0.5, 39.9, 40, 41):
            ann = self.prospect("Ann", partner_latitude=latitude)
            wanted = question._bands().find(latitude)
            found = ann.profiling_found_answer_ids & question.answer_ids
            self.assertEqual(found.ids, [wanted] if wanted else [], latitude)
        self.assertEqual(question.told_when, "now")
        # of some alone
        question.domain = repr([("is_company", "=", True)])
        self.assertFound(ann, "New?: Yes")
        ann.is_company = True
        self.assertFound(ann, "New?: Yes", "North?: 40")
        with self.assertRefused(ValidationError, "North?", "which"):
            question.number_field = False


@tagged("post_install", "-at_install")
class TestConditions(FoundCase):
    """What may be a condition, and what is refused in words."""

    def assertNot(self, condition, *words):
        with self.assertRefused(ValidationError, *words):
            self.found("Refused?", {"Yes": condition, "No": None})

    def test_no_such_field(self):
        self.assertNot([("nonsense", "=", 1)], "nonsense")

    def test_not_searchable(self):
        self.assertNot([("contact_address", "=", "x")], "searched")

    def test_what_salespeople_may_not_read(self):
        """On the way to other records, too."""
        hidden = [("user_ids", "any", [("totp_secret", "!=", False)])]
        self.assertNot(hidden)
        self.assertNot([("user_ids.totp_secret", "!=", False)])
        self.assertNot([("child_ids", "any", [("profile_ids", "!=", False)])])
        self.assertNot([("parent_id.category_id", "ilike", "elg")], "tags")

    def test_what_some_may_not_see(self):
        """Found for all, it would be told to those who may not read the records."""
        for condition in (
            ("opportunity_ids", "!=", False),
            ("opportunity_ids.expected_revenue", ">", 1000),
            ("opportunity_ids", "any", []),
            ("meeting_ids.name", "ilike", "dismissal"),
            ("channel_ids.message_ids.body", "ilike", "salary"),
            ("message_ids.body", "ilike", "secret"),
            ("bank_ids.acc_number", "=like", "BE%"),
            ("child_ids.email", "!=", False),
            ("user_id.partner_id.user_id", "=", self.env.uid),
            ("user_ids", "any", [(1, "=", 1)]),
        ):
            with self.subTest(condition):
                self.assertNot([condition], "not everybody")
        for condition in (
            ("user_id", "=", self.env.uid),
            ("user_id", "ilike", "Ann"),
            ("parent_id.country_id.code", "=", "BE"),
            ("commercial_partner_id.name", "ilike", "Acme"),
            ("company_id", "=", self.env.company.id),
            ("industry_id.name", "ilike", "IT"),
        ):
            with self.subTest(condition):
                self.found(str(condition), {"Yes": [condition], "No": None})

    def test_a_form_looks_at_no_more_than_what_may_be_saved(self):
        """What a condition would change tells whether it holds."""
        ann = self.prospect("Ann", country_id=self.france.id)
        lead = {"name": "Secret", "partner_id": ann.id, "type": "opportunity"}
        self.env["crm.lead"].create(lead)
        form = self.country.new(origin=self.country)
        form.answer_ids[0].domain = "[('opportunity_ids.name', '=', 'Secret')]"
        self.assertFalse(form.change_preview)
        form.answer_ids[0].domain = "[('user_ids.totp_secret', '=', False)]"
        self.assertFalse(form.change_preview)

    def test_kept_per_company(self):
        self.assertNot([("barcode", "=", "x")], "company")

    def test_circles(self):
        self.assertNot([("profile_ids", "!=", False)], "profiles")
        self.assertNot([("profiling_answer_ids", "!=", False)], "profiles")

    def test_what_a_profile_writes(self):
        mine = {"Yes": [("user_id", "=", self.env.uid)], "No": None}
        self.found("Mine?", mine)
        profile = self.profile("Given away", {"Mine?": "No"})
        with self.assertRefused(ValidationError, "Mine?", "Given away"):
            profile.write({"entry_assign": "user", "entry_user_id": self.env.uid})
        profile.required_answer_ids = self.choice("Country?", "Belgium")
        profile.write({"entry_assign": "user", "entry_user_id": self.env.uid})
        with self.assertRefused(ValidationError, "Country?", "Given away"):
            self.choice("Country?", "Belgium").domain = repr(mine["Yes"])

    def test_what_a_profile_writes_that_mentions_what_is_archived(self):
        """By an answer that is out of use: it still means what it meant."""
        profile = self.profile("Given away", {"Country?": "France"})
        profile.write({"entry_assign": "user", "entry_user_id": self.env.uid})
        (self.belgians | self.strangers).unlink()
        self.choice("Country?", "France").active = False
        with self.assertRefused(ValidationError, "Country?", "Given away"):
            self.choice("Country?", "Belgium").domain = repr(
                [("user_id", "=", self.env.uid)]
            )

    def test_what_a_profile_writes_comes_by_another_way(self):
        """By what it is made part of, and by whom contacts are given to."""
        self.found("Mine?", {"Yes": [("user_id", "=", self.env.uid)], "No": None})
        above = self.profile("Nobody's", {"Mine?": "No"})
        profile = self.profile("Given away", {"Country?": "Belgium"})
        profile.write({"entry_assign": "user", "entry_user_id": self.env.uid})
        with self.assertRefused(ValidationError, "Mine?", "Given away"):
            profile.parent_id = above
        profile.entry_user_id = False
        profile.parent_id = above
        with self.assertRefused(ValidationError, "Mine?", "Given away"):
            profile.entry_user_id = self.env.uid

    def test_a_tag_looked_at_is_given_by_no_profile(self):
        fair, above = self.tag("Met at the fair"), self.tag("Above")
        fair.parent_id = above
        self.found("Fair?", {"Yes": [("category_id", "in", fair.ids)], "No": None})
        with self.assertRefused(ValidationError, "Fair?", "Above"):
            self.belgians.category_id = above

    def test_a_tag_is_free_once_it_is_not_looked_at_any_more(self):
        """By a question that is asked from now on, whatever it looked at before."""
        fair = self.tag("Fair")
        question = self.found(
            "Met?", {"Yes": [("category_id", "in", fair.ids)], "No": None}
        )
        for active in (True, False):  # archived, it may come back
            question.active = active
            with self.assertRefused(ValidationError, "Fair", "Met?"):
                self.profile("Fair", {"Sector?": "IT"})
        question.origin = "asked"
        self.profile("Fair", {"Sector?": "IT"})

    def test_tags_that_profiles_give(self):
        tag = self.belgians.category_id
        self.assertNot([("category_id", "in", tag.ids)], "Belgians")
        above = self.tag("Above")
        tag.parent_id = above
        self.assertNot([("category_id", "child_of", above.ids)], "Belgians")
        self.assertNot([("category_id", "ilike", "elg")], "tags")
        self.assertNot([("category_id", "=", False)], "tags")
        self.belgians.action_archive()
        self.assertNot([("category_id", "in", tag.ids)], "Belgians")

    def test_no_list(self):
        for text in ("country_id", "[(", "__import__('os')", "[('id','=',uid)]"):
            with self.assertRefused(ValidationError, "condition"):
                self.choice("Country?", "Belgium").domain = text

    @mute_logger("odoo.sql_db")
    def test_what_cannot_be_compared(self):
        """Not even the database can tell: no contact could be saved any more."""
        for condition in (
            ("industry_id", "!=", True),
            ("comment", "!=", 1),
            ("id", "=", "x"),
            ("create_date.month_number", "in", ["a_b"]),
            ("country_id", ">", [False]),
            ("commercial_partner_id", "child_of", True),
            ("name", "=", "\x00"),
            ("name", "=like", "x\\"),
            ("name", "=like", True),
            ("name", "any", 0),
            ("active", "=", {"a": 1}),
            ("create_date", ">", "today +9999999d"),
            ("parent_id." * 300 + "name", "=", "x"),
        ):
            with self.subTest(condition):
                self.assertNot([condition], "condition")
        ann = self.prospect("Ann", country_id=self.belgium.id)
        self.assertProfiles(ann, "Belgians")

    def test_two_without_a_condition(self):
        with self.assertRefused(ValidationError, "several answers"):
            self.found(
                "Refused?",
                {"A": [("phone", "!=", False)], "B": None, "C": None},
            )

    def test_a_field_that_is_gone(self):
        """It stops nothing, and the night archives the question."""
        ann = self.prospect("Ann", country_id=self.belgium.id)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_profiling_answer SET domain = %s WHERE id = %s",
            ["[('gone', '=', 1)]", self.choice("Country?", "Belgium").id],
        )
        self.env.invalidate_all()
        self.env["crm.profiling.catalog"]._changed()
        ann.country_id = self.france
        self.assertProfiles(ann)
        self.night()
        self.assertFalse(self.country.active)
        self.env["crm.profiling.finding"].action_check()
        found = self.env["crm.profiling.finding"].search([("kind", "=", "gone")])
        self.assertEqual(found.question_id, self.country)
