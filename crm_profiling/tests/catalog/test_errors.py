"""What bad input gets: an error that names the record and says what to do, and
nothing half-written."""

from itertools import product
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import call_kw
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import ProfilingCase


@tagged("post_install", "-at_install")
class TestCatalogErrors(ProfilingCase):
    def test_two_questions_of_one_name(self):
        for name in ("Sector?", "sector?", "  Sector? "):
            with (
                self.subTest(name=name),
                self.assertRefused(
                    ValidationError, "“", "exists already", "choose another name"
                ),
            ):
                self.question(name, ["Yes", "No"])

    def test_a_question_renamed_to_another_ones_name(self):
        with self.assertRefused(ValidationError, "Staff?", "exists already"):
            self.ask("Sector?").name = "Staff?"

    def test_an_archived_question_keeps_its_name(self):
        self.ask("Sector?").action_archive()
        with self.assertRefused(ValidationError, "“Sector?”", "it may be archived"):
            self.question("Sector?", ["Yes", "No"])

    def test_two_companies_may_ask_the_same(self):
        companies = self.companies("East", "West")
        for company in companies:
            self.question("Colour?", ["Red", "Blue"], company_id=company.id)
        self.assertEqual(len(self.ask("Colour?")), 2)

    def test_two_answers_of_one_name(self):
        for name in ("Services", "SERVICES", " services  "):
            with (
                self.subTest(name=name),
                self.assertRefused(
                    ValidationError, "“Sector?” has the answer", "choose another name"
                ),
            ):
                self.ask("Sector?").answer_ids = [Command.create({"name": name})]

    def test_two_new_answers_of_one_name(self):
        with self.assertRefused(ValidationError, "“Colour?” has the answer “Red”"):
            self.question("Colour?", ["Red", "Blue", "Red"])

    def test_an_archived_answer_keeps_its_name(self):
        """In the form of the question, too, which does not show it."""
        staff = self.ask("Staff?")
        self.choice("Staff?", "1").active = False
        for name in ("1", " 1 "):
            with self.assertRefused(ValidationError, "1"):
                staff.write({"answer_ids": [Command.create({"name": name})]})
        form = Form(staff)
        with form.answer_ids.new() as answer:
            answer.name = "1"
        with self.assertRefused(ValidationError, "1"):
            form.save()

    def test_an_answer_that_nobody_who_asks_may_see_gave(self):
        """Contacts of another company use an answer as well; they are counted."""
        other = self.env["res.company"].sudo().create({"name": "Other"})
        theirs = (
            self.env["res.partner"]
            .sudo()
            .create({"name": "Theirs", "company_id": other.id})
        )
        function = self.choice("Function?", "Decision-maker")
        theirs.profiling_answer_ids = function
        with self.assertRefused(UserError, "1 contacts who gave it"):
            function.unlink()
        theirs.profiling_answer_ids = False
        with self.assertRefused(UserError, "1 answers given before"):
            function.unlink()

    def test_names_swapped_in_one_save(self):
        it, services = self.choice("Sector?", "IT"), self.choice("Sector?", "Services")
        self.ask("Sector?").answer_ids = [
            Command.update(it.id, {"name": "Services, all"}),
            Command.update(services.id, {"name": "IT"}),
        ]
        self.env.flush_all()
        self.assertEqual(services.name, "IT")

    def test_a_question_without_answers(self):
        with self.assertRefused(ValidationError, "“Colour?” has no answers", "Add"):
            self.question("Colour?", [])

    def test_a_question_that_loses_its_last_answer(self):
        question = self.question("Colour?", ["Red"])
        with self.assertRefused(ValidationError, "“Colour?” has no answers"):
            question.answer_ids = [Command.clear()]
        with self.assertRefused(ValidationError, "“Colour?” has no answers"):
            question.answer_ids.unlink()

    def test_a_question_in_the_form_without_answers(self):
        form = Form(self.env["crm.profiling.question"])
        form.name = "Colour?"
        with self.assertRefused(ValidationError, "“Colour?” has no answers"):
            form.save()

    def test_an_answer_in_use_by_a_profile_is_deleted(self):
        with self.assertRefused(
            UserError, "Sector?: IT", "the profile “Partnership”", "Archive it instead"
        ):
            self.choice("Sector?", "IT").unlink()

    def test_an_answer_in_use_by_an_archived_profile_is_deleted(self):
        self.partnership.action_archive()
        with self.assertRefused(UserError, "the profile “Partnership”"):
            self.choice("Sector?", "IT").unlink()

    def test_what_an_archived_profile_uses_is_used_in_whatever_form(self):
        """Nothing has to say that what is archived counts as well."""
        self.partnership.action_archive()
        answer = self.env["crm.profiling.answer"].browse(
            self.choice("Sector?", "IT").id
        )
        self.assertNotIn("active_test", answer.env.context)
        with self.assertRefused(UserError, "the profile “Partnership”"):
            answer.unlink()
        with self.assertRefused(UserError, "cannot move", "the profile “Partnership”"):
            answer.question_id = self.ask("Staff?")
        with self.assertRefused(UserError, "the profile “Partnership”"):
            answer.question_id.unlink()

    def test_an_answer_in_use_by_contacts_is_deleted(self):
        for name in ("Ann", "Bob"):
            self.prospect(name, {"Sector?": "Others"})
        with self.assertRefused(UserError, "Sector?: Others", "2 contacts", "Archive"):
            self.choice("Sector?", "Others").unlink()

    def test_a_question_in_use_is_deleted(self):
        with self.assertRefused(UserError, "Sector?: IT", "the profile “Partnership”"):
            self.ask("Sector?").unlink()
        self.assertTrue(self.choice("Sector?", "IT", "Others").exists())

    def test_a_question_is_deleted_of_which_an_archived_answer_is_in_use(self):
        question = self.question("Colour?", ["Red", "Blue"])
        self.profile("Reds", {"Colour?": "Red"})
        self.choice("Colour?", "Red").active = False
        with self.assertRefused(UserError, "Red", "the profile “Reds”"):
            question.unlink()

    def test_an_answer_in_use_is_deleted_in_the_questions_form(self):
        with self.assertRefused(UserError, "Sector?: IT", "Archive it instead"):
            self.ask("Sector?").answer_ids = [
                Command.delete(self.choice("Sector?", "IT").id)
            ]

    def test_an_answer_in_use_moves(self):
        with self.assertRefused(
            UserError, "Sector?: IT", "cannot move", "the profile “Partnership”"
        ):
            self.choice("Sector?", "IT").question_id = self.ask("Staff?")

    def test_an_answer_in_use_stays_with_its_question(self):
        """A form, or an import, may say what is so already."""
        answer = self.choice("Sector?", "IT")
        answer.write({"question_id": answer.question_id.id, "name": "Computers"})
        self.assertEqual(answer.display_name, "Sector?: Computers")
        unused = self.choice("Sector?", "Industry")
        with self.assertRefused(UserError, "Computers", "cannot move"):
            (answer | unused).question_id = self.ask("Staff?")

    def test_one_answer_only_from_now_on_where_somebody_gave_two(self):
        self.ask("Sector?").selection_mode = "multiple"
        self.prospect("Ann", {"Sector?": ["IT", "Services"]})
        with self.assertRefused(ValidationError, "“Sector?”", "Ann", "Keep one answer"):
            self.ask("Sector?").selection_mode = "single"

    def test_a_question_twice_in_a_questionnaire(self):
        question = self.ask("Sector?")
        lines = [Command.create({"question_id": question.id}) for _twice in range(2)]
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError) as caught:
            self.env["crm.profiling.questionnaire"].create(
                {"name": "Fair", "line_ids": lines}
            )
        message = self.env["crm.profiling.questionnaire.line"]._sql_error_to_message(
            caught.exception
        )
        self.assertIn("only once", message)


@tagged("post_install", "-at_install")
class TestProfileErrors(ProfilingCase):
    def test_a_new_profile_without_tag_gives_one_of_its_name(self):
        with Form(self.env["crm.profiling.profile"]) as form:
            form.name = "Newcomers"
        tag = form.record.category_id
        self.assertEqual(tag.name, "Newcomers")
        again = self.env["crm.profiling.profile"].create({"name": "Newcomers"})
        self.assertEqual(again.category_id, tag)

    def test_new_profiles_of_one_name_share_its_tag(self):
        Profile = self.env["crm.profiling.profile"]
        profiles = Profile.create([{"name": " Twins"}, {"name": "Twins"}])
        self.assertEqual(len(profiles.category_id), 1)
        few, many = (
            self.count_queries(
                Profile.create, [{"name": f"{size}, {n}"} for n in range(size)]
            )
            for size in (5, 50)
        )
        self.assertEqual(few, many)

    def test_the_tag_of_an_archived_profile_is_deleted(self):
        tag = self.partnership.category_id.with_env(self.env)
        self.partnership.action_archive()
        with self.assertRefused(UserError, "cannot be deleted", "“Partnership” gives"):
            tag.unlink()

    def test_the_tag_is_taken_away_from_a_profile(self):
        with self.assertRefused(
            ValidationError, "“Partnership”", "contact tag", "Choose"
        ):
            self.partnership.category_id = False

    def test_a_tag_that_a_profile_gives_is_deleted(self):
        with self.assertRefused(UserError, "Partnership"):
            self.tag("Partnership").unlink()

    def test_a_profile_that_others_are_part_of_is_deleted(self):
        self.profile("Part", {"Staff?": "1"}, parent_id=self.partnership.id)
        with self.assertRefused(
            UserError, "“Partnership” cannot be deleted", "Part", "archive it"
        ):
            self.partnership.unlink()
        self.assertTrue(self.partnership.exists().active)

    def test_what_is_part_of_it_is_named_as_far_as_it_may_be(self):
        """Whether or not it is in use, and whoever sees it."""
        [west] = self.companies("West")
        for name, company in (("Seen", False), ("Hidden", west)):
            self.profile(
                name,
                {"Budget?": ">300k"},
                parent_id=self.saas.id,
                company_id=company and company.id,
                active=name == "Hidden",
            )
        sight = self.env["crm.profiling.profile"].with_context(
            allowed_company_ids=self.env.company.ids
        )
        with self.assertRefused(UserError, "Seen", "1 of another company"):
            sight.browse(self.saas.id).unlink()
        sight.search([("name", "=", "Seen"), ("active", "=", False)]).unlink()
        with self.assertRefused(UserError, "1 of another company"):
            sight.browse(self.saas.id).unlink()

    def test_a_cycle(self):
        part = self.profile("Part", {"Staff?": "1"}, parent_id=self.partnership.id)
        last = self.profile("Last", {"Staff?": "1"}, parent_id=part.id)
        for parent in part | last:
            with self.assertRefused(
                ValidationError,
                f"“Partnership” cannot be part of “{parent.name}”",
                "Choose another",
            ):
                self.partnership.parent_id = parent
        self.assertFalse(self.partnership.parent_id)

    def test_a_cycle_of_one(self):
        with self.assertRefused(
            ValidationError,
            "“Partnership” cannot be part of “Partnership”",
            "Choose another",
        ):
            self.partnership.parent_id = self.partnership
        with self.assertRefused(ValidationError, "cannot be part of “SaaS”"):
            (self.partnership | self.saas).write({"parent_id": self.saas.id})

    def test_a_cycle_of_two_in_one_write(self):
        part = self.profile("Part", {"Staff?": "1"}, parent_id=self.partnership.id)
        with self.assertRefused(ValidationError, "cannot be part of “Part”"):
            (self.partnership | part).write({"parent_id": part.id})

    def test_answers_of_another_company(self):
        companies = self.companies("East", "West")
        self.question("Colour?", ["Red", "Blue"], company_id=companies[0].id)
        with self.assertRefused(UserError, "“Reds”", "Colour?: Red"):
            self.profile("Reds", {"Colour?": "Red"}, company_id=companies[1].id)

    def test_a_question_of_one_company_in_a_profile_of_all(self):
        """What to do is said; where there is but one company, it is done."""
        east = self.companies("East")
        self.question("Colour?", ["Red", "Blue"], company_id=east.id)
        red = self.choice("Colour?", "Red")
        with self.assertRefused(ValidationError, "“Colour?”", "East", "“Reds”"):
            self.profile("Reds", {"Colour?": "Red"})
        wide = self.profile("Wide", {"Staff?": "500+"})
        narrow = self.profile("Narrow", {"Sector?": "IT"}, parent_id=wide.id)
        Profile = self.env.registry["crm.profiling.profile"]
        with patch.object(Profile, "_is_only_company", lambda _self: True):
            self.assertEqual(
                self.profile("Reds", {}, {"Colour?": "Red"}).company_id, east
            )
            wide.required_answer_ids |= red
        self.assertEqual((wide | narrow).company_id, east)

    def test_where_there_is_but_one_company(self):
        """One that is archived may come back: it is one as well."""
        Profile, everything = self.env["crm.profiling.profile"], self.env["res.company"]
        everything = everything.sudo().with_context(active_test=False).search([])
        only = len(everything) == 1
        self.assertEqual(Profile._is_only_company(), only)
        with patch.object(
            self.env.registry["res.company"],
            "search_count",
            lambda companies, domain, limit=None: min(limit or 3, 1),
        ):
            self.assertTrue(Profile._is_only_company())
        east = everything.create({"name": "East"})
        self.assertFalse(Profile._is_only_company())
        east.active = False
        self.assertFalse(Profile._is_only_company())

    def test_a_question_becomes_one_companys_that_another_profile_mentions(self):
        """Required or excluded, archived or not, of another company or of all."""
        east, west = self.companies("East", "West")
        mentions = {"required": {"Colour?": "Red"}}, {"excluded": {"Colour?": "Red"}}
        question = self.question("Colour?", ["Red", "Blue"])
        cases = product(mentions, (west, self.env["res.company"]), (True, False))
        for number, (mentioned, company, active) in enumerate(cases):
            with self.subTest(mentioned, company=company.name, active=active):
                profile = self.profile(
                    f"Profile {number}",
                    **mentioned,
                    company_id=company.id,
                    active=active,
                )
                with (
                    self.assertRefused(UserError, profile.name),
                    self.env.cr.savepoint(),
                ):
                    question.company_id = east
                question.answer_ids[0].active = False  # it is mentioned all the same
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    question.company_id = east
                self.choice("Colour?", "Red").active = True
                profile.company_id = east
                question.company_id = east
                question.company_id = False
                profile.unlink()

    def test_a_question_becomes_one_companys_that_a_hidden_profile_mentions(self):
        """It is refused all the same, and the profile is not named."""
        east, west = self.companies("East", "West")
        question = self.question("Colour?", ["Red", "Blue"])
        self.profile("Secret", {"Colour?": "Red"}, company_id=west.id)
        self.env.flush_all()
        self.env.invalidate_all()
        question = question.with_context(allowed_company_ids=east.ids)
        with self.assertRaises(UserError) as caught:
            question.company_id = east
        self.assertIn("Another company makes use", str(caught.exception))
        self.assertNotIn("Secret", str(caught.exception))

    def test_a_contradiction_is_a_warning_not_an_error(self):
        never = self.profile("Never", {"Sector?": "IT"}, {"Sector?": "IT"})
        self.assertIn("can never match", never.warning)
        self.assertIn("“Sector?”", never.warning)


@tagged("post_install", "-at_install")
class TestAnswerErrors(ProfilingCase):
    def test_two_answers_to_a_single_choice(self):
        two = self.choice("Sector?", "IT", "Services")
        ann = self.prospect("Ann", {"Sector?": "Others"})
        link = [Command.link(answer.id) for answer in two]
        for commands in ([Command.set(two.ids)], link, two.ids):
            with (
                self.subTest(commands=commands),
                self.assertRefused(
                    ValidationError, "“Sector?”", "“IT”", "“Services”", "Choose one"
                ),
            ):
                ann.write({"profiling_answer_ids": commands})
        self.assertAnswers(ann, {"Sector?": "Others"})
        with self.assertRefused(ValidationError, "“Sector?” takes one answer"):
            self.prospect("Bob", {"Sector?": ["IT", "Services"]})

    def test_two_answers_in_the_form(self):
        form = Form(self.env["res.partner"])
        form.name = "Ann"
        for answer in self.choice("Sector?", "IT", "Services"):
            form.profiling_answer_ids.add(answer)
        with self.assertRefused(ValidationError, "“Sector?” takes one answer"):
            form.save()

    def test_two_responses_to_a_single_choice(self):
        ann = self.prospect("Ann")
        with self.assertRefused(ValidationError, "“Sector?” takes one answer"):
            self.env["crm.profiling.response"].create(
                [
                    {"partner_id": ann.id, "answer_id": answer.id}
                    for answer in self.choice("Sector?", "IT", "Services")
                ]
            )

    def test_an_answer_that_was_deleted_meanwhile(self):
        answer = self.choice("Sector?", "Others")
        answer.unlink()
        ann = self.prospect("Ann")
        with self.assertRefused(ValidationError, str(answer.id), "reload"):
            ann.write({"profiling_answer_ids": [Command.link(answer.id)]})

    def test_a_response_about_nobody_or_nothing(self):
        ann, answer = self.prospect("Ann"), self.choice("Sector?", "IT")
        for vals, words in (
            ({"partner_id": ann.id}, "a contact and an answer"),
            ({"answer_id": answer.id}, "a contact and an answer"),
            ({"partner_id": ann.id, "answer_id": 2**30}, "“Answer” is not there"),
            ({"partner_id": 2**30, "answer_id": answer.id}, "“Contact” is not there"),
            ({"partner_id": False, "answer_id": False}, "a contact and an answer"),
        ):
            with self.subTest(vals=vals), self.assertRefused(ValidationError, words):
                self.env["crm.profiling.response"].create(vals)

    def test_a_response_about_what_is_no_contact(self):
        for partner_id in ([1], {}, "1", True, 1.0, -1, 2**31):
            with (
                self.subTest(partner_id=partner_id),
                self.assertRefused(ValidationError, "Reload"),
            ):
                self.env["crm.profiling.response"].create(
                    {
                        "partner_id": partner_id,
                        "answer_id": self.choice("Sector?", "IT").id,
                    }
                )

    def test_a_response_of_an_unknown_kind(self):
        """Stored past the ORM, but checked like everything else."""
        ann, answer = self.prospect("Ann"), self.choice("Sector?", "IT")
        for vals in ({"source": "gossip"}, {"mood": "good"}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self.env["crm.profiling.response"].create(
                    {"partner_id": ann.id, "answer_id": answer.id, **vals}
                )


@tagged("post_install", "-at_install")
class TestImportErrors(ProfilingCase):
    def assertRefusedImport(self, rows, *words):
        """Check that an import of contacts says the words and creates nobody."""
        result = self.env["res.partner"].load(["name", "profiling_answer_ids"], rows)
        messages = "\n".join(message["message"] for message in result["messages"])
        for word in words:
            self.assertIn(word, messages)
        self.assertFalse(result["ids"])
        names = [row[0] for row in rows]
        self.assertFalse(self.env["res.partner"].search([("name", "in", names)]))
        return result["messages"]

    def test_an_unknown_answer(self):
        messages = self.assertRefusedImport(
            [["Ann Lee", "Sector?: IT"], ["Bob Lee", "Sector?: Circus"]],
            "Sector?: Circus",
        )
        self.assertEqual(messages[0]["record"], 1)

    def test_an_unknown_question(self):
        self.assertRefusedImport(
            [["Ann Lee", "Sector?: IT"], ["Bob Lee", "Mood?: Good"]], "Mood?: Good"
        )

    def test_an_answer_of_another_question(self):
        self.assertRefusedImport([["Ann Lee", "Sector?: 2-20"]], "Sector?: 2-20")

    def test_an_answer_that_several_questions_have(self):
        """“Yes” would become the answer to some question, nobody knows to which."""
        self.assertRefusedImport([["Ann Lee", "Yes"]], "Yes")

    def test_two_answers_to_a_single_choice(self):
        self.assertRefusedImport(
            [["Ann Lee", "Sector?: IT"], ["Bob Lee", "Sector?: IT,Sector?: Services"]],
            "“Sector?” takes one answer",
        )

    def test_contacts_that_exist_stay_as_they_were(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        result = self.env["res.partner"].load(
            [".id", "profiling_answer_ids"],
            [[str(ann.id), "Sector?: Industry"], [str(ann.id), "Sector?: Circus"]],
        )
        self.assertFalse(result["ids"])
        self.assertProfilesAndTags(ann, "Partnership")

    def test_after_a_refused_import_of_profiles_the_rule_is_as_before(self):
        """What was made up of the profiles refused must not linger in a cache."""
        result = self.env["crm.profiling.profile"].load(
            ["name", "category_id", "required_answer_ids"],
            [
                ["Factories", "SaaS", "Sector?: Industry"],
                ["Circus", "SaaS", "Mood?: Bad"],
            ],
        )
        self.assertFalse(result["ids"])
        self.assertProfilesAndTags(self.prospect("Ann", {"Sector?": "Industry"}))


@tagged("post_install", "-at_install")
class TestGarbage(ProfilingCase):
    """Calls as any client may send them."""

    def call(self, model, method, *args, **kwargs):
        return call_kw(self.env[model], method, list(args), kwargs)

    def assertGarbage(self, model, method, *args):
        """Check that a call is refused in words, not by a traceback.

        What the database refuses is put into words by the server.
        """
        with self.subTest(method=method, args=args), mute_logger("odoo.sql_db"):
            try:
                with self.env.cr.savepoint():
                    self.call(model, method, *args)
            except (UserError, IntegrityError):
                self.env.invalidate_all()
            else:
                self.fail("Garbage was taken for good")

    def test_answers_of_a_contact(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        answer = self.choice("Sector?", "IT").id
        for garbage in (
            "IT",
            True,
            {"Sector?": "IT"},
            ["IT"],
            [None],
            [[]],
            [[4]],
            [[4, "IT"]],
            [[4, None, False]],
            [[4, [answer]]],
            [[3, "IT"]],
            [[6, 0]],
            [[6, 0, "IT"]],
            [[6, 0, ["IT"]]],
            [[6, 0, [[answer]]]],
            [[0, 0, {"name": "Circus"}]],
            [[1, answer, {"name": "Circus"}]],
            [[99, answer, 0]],
            [[4, -1, 0]],
            [[4, 2**40, 0]],
        ):
            vals = {"profiling_answer_ids": garbage}
            self.assertGarbage("res.partner", "write", [ann.id], vals)
            self.assertGarbage("res.partner", "create", {"name": "Bob", **vals})
        self.assertAnswers(ann, {"Sector?": "IT"})
        self.assertEqual(self.choice("Sector?", "IT").name, "IT")

    def test_pins_and_bars(self):
        ann = self.prospect("Ann").id
        profile = self.partnership.id
        for garbage in (
            (profile, "loved"),
            (profile, 1),
            (profile, ["pinned"]),
            ("Partnership", "pinned"),
            (None, "pinned"),
            ([profile], {"state": "pinned"}),
            (2**30, "pinned"),
            (-1, False),
        ):
            self.assertGarbage("res.partner", "profiling_set_hand", [ann], *garbage)

    def test_memberships(self):
        ann, profile = self.prospect("Ann").id, self.partnership.id
        for vals in (
            {},
            {"partner_id": ann},
            {"profile_id": profile},
            {"partner_id": ann, "profile_id": 2**30},
            {"partner_id": 2**30, "profile_id": profile},
            {"partner_id": ann, "profile_id": False},
        ):
            self.assertGarbage("crm.profiling.membership", "create", vals)

    def test_previews(self):
        values = {
            "id": self.partnership.id,
            "active": True,
            "parent_id": False,
            "company_id": False,
            "required_answer_ids": [],
            "excluded_answer_ids": [],
        }
        for garbage, kind in (
            ({}, "matching"),
            (values, "loved"),
            (False, "matching"),
            ({**values, "required_answer_ids": ["IT"]}, "matching"),
            ({**values, "required_answer_ids": [2**30]}, "matching"),
            ({**values, "parent_id": 2**30}, "added"),
        ):
            self.assertGarbage("crm.profiling.profile", "action_preview", garbage, kind)

    def test_private_methods_stay_private(self):
        ann = self.prospect("Ann")
        for method in ("_profiling_apply", "_profiling_record"):
            self.assertGarbage("res.partner", method, [ann.id])


@tagged("post_install", "-at_install")
class TestWithoutRights(ProfilingCase):
    def test_an_outsider_answers(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        answer = self.choice("Sector?", "Industry")
        with self.assertRefused(AccessError, "profiling_answer_ids"):
            ann.with_user(self.outsider).write(
                {"profiling_answer_ids": [Command.link(answer.id)]}
            )
        with self.assertRefused(AccessError, "profiling_answer_ids"):
            self.env["res.partner"].with_user(self.outsider).create(
                {"name": "Bob", "profiling_answer_ids": answer.ids}
            )
        self.assertAnswers(ann, {"Sector?": "IT"})

    def test_an_outsider_pins(self):
        ann = self.prospect("Ann")
        with self.assertRaises(AccessError):
            ann.with_user(self.outsider).profiling_set_hand(self.saas.id, "pinned")
        self.assertProfiles(ann)

    def test_a_salesman_configures(self):
        with self.assertRefused(AccessError, "Profile"):
            self.partnership.with_user(self.salesman).name = "Mine"
        with self.assertRefused(AccessError, "Profiling Question"):
            self.ask("Sector?").with_user(self.salesman).name = "Mine?"


@tagged("post_install", "-at_install")
class TestErrorsInRussian(ProfilingCase):
    """Each error is in the user's language, and names the record all the same."""

    def russian(self, record):
        return record.with_context(lang="ru_RU")

    def assertRussian(self, named, function, *args):
        with self.subTest(named=named), self.assertRaises(UserError) as caught:
            function(*args)
        message = str(caught.exception)
        for name in named:
            self.assertIn(name, message)
        for name in sorted(named, key=len, reverse=True):
            message = message.replace(name, "")
        self.assertRegex(message, "[а-яА-Я]{3}")
        self.assertNotRegex(message, "[a-zA-Z]{3}")

    def test_in_russian(self):
        self.env(su=True)["res.lang"]._activate_lang("ru_RU")
        ann = self.russian(self.prospect("Ann", {"Sector?": "Others"}))
        sector = self.russian(self.ask("Sector?"))
        it, services = self.russian(self.choice("Sector?", "IT", "Services"))
        partnership = self.russian(self.partnership)
        part = self.profile("Part", {"Staff?": "1"}, parent_id=partnership.id)
        add = [Command.create({"name": "IT"})]
        both = {"profiling_answer_ids": (it | services).ids}
        gone = {"profiling_answer_ids": [Command.link(2**30)]}
        for named, function, *args in (
            (["Part", "Partnership"], partnership.write, {"parent_id": part.id}),
            (["Part", "Partnership"], partnership.unlink),
            (["Partnership"], partnership.write, {"category_id": False}),
            (["Partnership"], self.russian(self.tag("Partnership")).unlink),
            (["Sector?", "IT", "Partnership"], it.unlink),
            (["Sector?", "IT", "Partnership"], sector.unlink),
            (
                ["Sector?", "IT", "Partnership"],
                it.write,
                {"question_id": self.ask("Staff?").id},
            ),
            (["Sector?", "IT"], sector.write, {"answer_ids": add}),
            (["Sector?"], sector.copy, {"name": "Sector?"}),
            (["Colour?"], sector.create, {"name": "Colour?", "answer_ids": []}),
            (["Sector?", "IT", "Services"], ann.write, both),
            ([str(2**30)], ann.write, gone),
            (["IT"], ann.write, {"profiling_answer_ids": "IT"}),
            ([], ann.profiling_set_hand, part.id, "loved"),
            ([], ann.profiling_response_ids.create, {}),
            ([], ann.profiling_membership_ids.create, {}),
        ):
            self.assertRussian(named, function, *args)
