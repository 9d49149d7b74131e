"""The rule takes effect on every way in: no button, no nightly run."""

from datetime import datetime
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from ..common import LARGE_ACCOUNT, ProfilingCase


@tagged("post_install", "-at_install")
class TestCommands(ProfilingCase):
    """Answers written on contacts, by whatever commands a caller knows."""

    def write_answers(self, partner, commands):
        partner.write({"profiling_answer_ids": commands})

    def ids(self, *pairs):
        return [self.choice(*pair).id for pair in pairs]

    def test_create_many(self):
        partners = self.env["res.partner"].create(
            [
                {"name": "Ann", "profiling_answer_ids": self.ids(("Sector?", "IT"))},
                {"name": "Bob"},
                {"name": "Carl", "profiling_answer_ids": self.ids(("Staff?", "21-50"))},
            ]
        )
        for partner, names in zip(
            partners, [["Partnership"], [], ["SaaS"]], strict=True
        ):
            self.assertProfilesAndTags(partner, *names)

    def test_link_keeps_other_answers(self):
        ann = self.prospect("Ann", {"Staff?": "500+"})
        self.write_answers(ann, [Command.link(*self.ids(("Sector?", "IT")))])
        self.assertAnswers(ann, {"Staff?": "500+", "Sector?": "IT"})
        self.assertProfilesAndTags(ann, "Partnership")

    def test_linking_an_answer_given_before_changes_nothing(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        response = ann.profiling_response_ids
        self.write_answers(ann, [Command.link(*self.ids(("Sector?", "IT")))])
        self.assertEqual(self.stored(ann).profiling_response_ids, response)

    def test_unlink_takes_one_answer_back(self):
        ann = self.prospect("Ann", {"Staff?": "500+", "Sector?": "IT"})
        self.write_answers(ann, [Command.unlink(*self.ids(("Sector?", "IT")))])
        self.assertAnswers(ann, {"Staff?": "500+"})
        self.assertProfilesAndTags(ann)

    def test_delete_takes_back_the_answer_given_not_the_answer(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        self.write_answers(ann, [Command.delete(*self.ids(("Sector?", "IT")))])
        self.assertAnswers(ann, {})
        self.assertProfilesAndTags(ann)
        self.assertTrue(self.choice("Sector?", "IT").exists())

    def test_set_replaces_all_answers(self):
        ann = self.prospect("Ann", {"Staff?": "21-50", "Sector?": "IT"})
        self.write_answers(
            ann, [Command.set(self.ids(("Staff?", "1"), ("Journalist?", "No")))]
        )
        self.assertAnswers(ann, {"Staff?": "1", "Journalist?": "No"})
        self.assertProfilesAndTags(ann, "SaaS", "Training")

    def test_set_and_less(self):
        """What is taken back after all have been replaced is not given."""
        ann = self.prospect("Ann", {"Staff?": "21-50"})
        some = self.ids(("Staff?", "1"), ("Journalist?", "No"))
        self.write_answers(ann, [Command.set(some), Command.unlink(some[1])])
        self.assertAnswers(ann, {"Staff?": "1"})
        self.write_answers(ann, [Command.clear(), Command.delete(some[0])])
        self.assertAnswers(ann, {})

    def test_clear_takes_all_answers_back(self):
        ann = self.prospect("Ann", LARGE_ACCOUNT)
        self.write_answers(ann, [Command.clear()])
        self.assertAnswers(ann, {})
        self.assertProfilesAndTags(ann)

    def test_a_plain_list_of_ids_means_these_and_no_others(self):
        ann = self.prospect("Ann", {"Staff?": "21-50"})
        self.write_answers(ann, self.ids(("Sector?", "IT")))
        self.assertAnswers(ann, {"Sector?": "IT"})
        self.write_answers(ann, [])
        self.assertAnswers(ann, {"Sector?": "IT"})  # no command, no change

    def test_false_takes_all_answers_back(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        self.write_answers(ann, False)
        self.assertAnswers(ann, {})
        self.assertProfilesAndTags(ann)

    def test_commands_work_in_their_order(self):
        ann = self.prospect("Ann", {"Staff?": "1"})
        it, services = self.choice("Sector?", "IT"), self.choice("Sector?", "Services")
        self.write_answers(
            ann,
            [Command.link(it.id), Command.unlink(it.id), Command.link(services.id)],
        )
        self.assertAnswers(ann, {"Staff?": "1", "Sector?": "Services"})
        self.write_answers(ann, [Command.clear(), Command.link(it.id)])
        self.assertAnswers(ann, {"Sector?": "IT"})
        self.write_answers(ann, [Command.link(services.id), Command.clear()])
        self.assertAnswers(ann, {})

    def test_assignment_of_records(self):
        ann = self.prospect("Ann", {"Staff?": "1"})
        ann.profiling_answer_ids = self.choice("Sector?", "IT")
        self.assertAnswers(ann, {"Sector?": "IT"})
        ann.profiling_answer_ids += self.choice("Staff?", "21-50")
        self.assertAnswers(ann, {"Sector?": "IT", "Staff?": "21-50"})
        self.assertProfilesAndTags(ann, "Partnership", "SaaS")

    def test_write_on_many(self):
        ann = self.prospect("Ann", {"Sector?": "Industry", "Staff?": "1"})
        bob = self.prospect("Bob", {"Sector?": "ERP consultant"})
        carl = self.prospect("Carl")
        self.answer(ann | bob | carl, "Sector?", "IT")
        self.assertAnswers(ann, {"Sector?": "IT", "Staff?": "1"})
        self.assertAnswers(bob, {"Sector?": "IT"})
        self.assertAnswers(carl, {"Sector?": "IT"})
        self.assertProfilesAndTags(ann, "Partnership", "SaaS")
        self.assertProfilesAndTags(carl, "Partnership")
        self.write_answers(ann | bob | carl, [Command.clear()])
        for partner in ann | bob | carl:
            self.assertProfilesAndTags(partner)

    def test_write_on_nobody(self):
        before = self.rows()
        self.answer(self.env["res.partner"], "Sector?", "IT")
        self.assertEqual(self.rows(), before)
        given = [("answer_id", "=", self.choice("Sector?", "IT").id)]
        self.assertFalse(self.env["crm.profiling.response"].search_count(given))

    def test_several_answers_stand_side_by_side_where_the_question_allows(self):
        self.ask("Sector?").selection_mode = "multiple"
        ann = self.prospect("Ann", {"Sector?": "Services"})
        self.answer(ann, "Sector?", "IT", "Industry")
        self.assertAnswers(ann, {"Sector?": ["Services", "IT", "Industry"]})
        self.assertProfilesAndTags(ann, "Partnership")
        self.take_back(ann, "Sector?", "IT")
        self.assertAnswers(ann, {"Sector?": ["Services", "Industry"]})
        self.assertProfilesAndTags(ann)


@tagged("post_install", "-at_install")
class TestResponses(ProfilingCase):
    """Facts recorded one by one, with when, by whom and how."""

    def respond(self, partner, question, answer, **vals):
        """Note an answer; who, when and how only the product says."""
        return (
            self.env["crm.profiling.response"]
            .sudo()
            .create(
                {
                    "partner_id": partner.id,
                    "answer_id": self.choice(question, answer).id,
                    **vals,
                }
            )
            .with_env(self.env)
        )

    def test_create(self):
        ann = self.prospect("Ann")
        response = self.respond(
            ann,
            "Sector?",
            "IT",
            date="2026-01-02 03:04:05",
            user_id=self.salesman.id,
            source="interview",
            comment="Said so twice",
        )
        self.assertProfilesAndTags(ann, "Partnership")
        self.assertRecordValues(
            response,
            [
                {
                    "partner_id": ann.id,
                    "question_id": self.ask("Sector?").id,
                    "date": datetime(2026, 1, 2, 3, 4, 5),
                    "user_id": self.salesman.id,
                    "source": "interview",
                    "comment": "Said so twice",
                }
            ],
        )

    def test_by_default_the_fact_is_of_now_mine_and_from_the_form(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        response = self.stored(ann).profiling_response_ids
        self.assertRecordValues(
            response, [{"user_id": self.manager.id, "source": "form", "comment": False}]
        )
        self.assertLess((datetime.now() - response.date).total_seconds(), 3600)

    def test_a_new_answer_takes_the_place_of_the_old_one(self):
        ann = self.prospect("Ann")
        old = self.respond(ann, "Sector?", "IT", date="2020-01-01", comment="old")
        self.respond(ann, "Sector?", "Industry")
        self.assertAnswers(ann, {"Sector?": "Industry"})
        self.assertProfilesAndTags(ann)
        response = ann.profiling_response_ids
        self.assertFalse(response.comment)
        self.assertGreater(response.date, datetime(2020, 1, 2))
        self.assertEqual(len(old.exists() | response), 1)

    def test_the_same_answer_again_is_the_same_fact(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        response = ann.profiling_response_ids
        self.assertEqual(self.respond(ann, "Sector?", "IT"), response)

    def test_another_answer_to_the_same_question(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        response = ann.profiling_response_ids
        response.answer_id = self.choice("Sector?", "Industry")
        self.assertProfilesAndTags(ann)
        self.assertEqual(response.question_id, self.ask("Sector?"))
        self.assertEqual(self.stored(ann).profiling_response_ids, response)

    def test_an_answer_to_another_question(self):
        ann = self.prospect("Ann", {"Sector?": "IT", "Staff?": "1"})
        response = ann.profiling_response_ids.filtered(
            lambda response: response.question_id == self.ask("Staff?")
        )
        with self.assertRefused(ValidationError, "the same question"):
            response.answer_id = self.choice("Sector?", "Industry")

    def test_two_answers_of_one_contact_become_one(self):
        """Where several are possible: which of the two would stay?"""
        self.ask("Sector?").selection_mode = "multiple"
        given = {"Sector?": ["IT", "Services"]}
        ann, bob = self.prospect("Ann", given), self.prospect("Bob", {"Sector?": "IT"})
        responses = ann.profiling_response_ids
        industry = self.choice("Sector?", "Industry").id
        with (
            self.assertRefused(ValidationError, "gave this answer already"),
            self.env.cr.savepoint(),
        ):
            (responses | bob.profiling_response_ids).write({"answer_id": industry})
        self.assertAnswers(ann, given)
        self.assertAnswers(bob, {"Sector?": "IT"})
        it = self.choice("Sector?", "IT")
        first = responses.filtered(lambda response: response.answer_id == it)
        (first | bob.profiling_response_ids).write({"answer_id": industry})
        self.assertAnswers(ann, {"Sector?": ["Industry", "Services"]})
        self.assertAnswers(bob, {"Sector?": "Industry"})

    def test_an_answer_becomes_another_that_was_given_too(self):
        self.ask("Sector?").selection_mode = "multiple"
        given = {"Sector?": ["IT", "Services"]}
        ann = self.prospect("Ann", given)
        responses = ann.profiling_response_ids
        with (
            self.assertRefused(ValidationError, "gave this answer already"),
            self.env.cr.savepoint(),
        ):
            responses[0].answer_id = responses[1].answer_id
        self.assertAnswers(ann, given)

    def test_unlink(self):
        ann = self.prospect("Ann", {"Sector?": "IT", "Staff?": "1"})
        ann.profiling_response_ids.filtered(
            lambda response: response.question_id == self.ask("Sector?")
        ).unlink()
        self.assertProfilesAndTags(ann, "SaaS")


@tagged("post_install", "-at_install")
class TestImport(ProfilingCase):
    """`load` is what the import screen calls."""

    def load(self, fields, *rows):
        Partner = self.env["res.partner"].with_context(import_file=True)
        result = Partner.load(fields, [list(row) for row in rows])
        self.assertFalse(result["messages"])
        return Partner.browse(result["ids"]).with_env(self.env)

    def test_by_question_and_answer(self):
        ann, bob, carl = self.load(
            ["name", "profiling_answer_ids"],
            ["Ann", "Budget?: 101-300k,Specification?: Yes,Sector?: Services"],
            ["Bob", "Sector?: IT"],
            ["Carl", ""],
        )
        self.assertProfilesAndTags(ann, "Large accounts, services")
        self.assertProfilesAndTags(bob, "Partnership")
        self.assertProfilesAndTags(carl)
        self.assertEqual(set(ann.profiling_response_ids.mapped("source")), {"import"})

    def test_by_a_name_that_only_one_question_has(self):
        (ann,) = self.load(["name", "profiling_answer_ids"], ["Ann", "IT,2-20"])
        self.assertAnswers(ann, {"Sector?": "IT", "Staff?": "2-20"})

    def test_case_and_blanks_do_not_matter(self):
        (ann,) = self.load(["name", "profiling_answer_ids"], ["Ann", "sector? :  it"])
        self.assertAnswers(ann, {"Sector?": "IT"})

    def test_by_database_id(self):
        ids = ",".join(map(str, self.choices(LARGE_ACCOUNT).ids))
        (ann,) = self.load(["name", "profiling_answer_ids/.id"], ["Ann", ids])
        self.assertProfilesAndTags(ann, "Large accounts, services")

    def test_by_external_id(self):
        self.env["ir.model.data"].sudo().create(
            {
                "module": "fair",
                "name": "sector_it",
                "model": "crm.profiling.answer",
                "res_id": self.choice("Sector?", "IT").id,
            }
        )
        (ann,) = self.load(
            ["name", "profiling_answer_ids/id"], ["Ann", "fair.sector_it"]
        )
        self.assertProfilesAndTags(ann, "Partnership")

    def test_importing_again_replaces(self):
        fields = ["id", "name", "profiling_answer_ids"]
        (ann,) = self.load(fields, ["fair.ann", "Ann", "Sector?: IT,Staff?: 1"])
        (same,) = self.load(fields, ["fair.ann", "Ann", "Sector?: Industry"])
        self.assertEqual(same, ann)
        self.assertAnswers(ann, {"Sector?": "Industry"})
        self.assertProfilesAndTags(ann)

    def test_an_export_imports_again(self):
        ann = self.prospect("Ann", LARGE_ACCOUNT)
        fields = ["name", "profiling_answer_ids"]
        ((_name, answers),) = ann.export_data(fields)["datas"]
        (bob,) = self.load(fields, ["Bob", answers])
        self.assertAnswers(bob, LARGE_ACCOUNT)

    def test_responses_are_importable_too(self):
        ann = self.prospect("Ann")
        Response = self.env["crm.profiling.response"]
        result = Response.load(
            ["partner_id/.id", "answer_id", "comment"],
            [[str(ann.id), "Sector?: IT", "At the stand"]],
        )
        self.assertFalse(result["messages"])
        self.assertProfilesAndTags(ann, "Partnership")

    def test_two_people_of_one_company_contradict_each_other(self):
        self.ask("Sector?").level = "company"
        company = self.prospect("ACME", is_company=True)
        Partner = self.env["res.partner"]
        with self.assertRefused(ValidationError, "“Sector?” takes one answer"):
            Partner.create(
                [
                    {
                        "name": name,
                        "parent_id": company.id,
                        "profiling_answer_ids": self.choice("Sector?", answer).ids,
                    }
                    for name, answer in [("Ann", "IT"), ("Bob", "Industry")]
                ]
            )


@tagged("post_install", "-at_install")
class TestForm(ProfilingCase):
    """The Profiling tab shows what answers lead to before they are saved."""

    def partner_form(self, partner=None):
        partner = partner or self.env["res.partner"]
        return Form(partner.with_user(self.salesman))

    def previewed(self, form):
        profiles = form.profiling_result["profiles"]
        return {one["name"] for one in profiles if one["state"] == "matched"}

    def test_preview_on_an_existing_contact(self):
        ann = self.prospect("Ann")
        form = self.partner_form(ann)
        self.assertEqual(self.previewed(form), set())
        form.profiling_answer_ids.add(self.choice("Sector?", "IT"))
        self.assertEqual(self.previewed(form), {"Partnership"})
        form.profiling_answer_ids.add(self.choice("Staff?", "1"))
        self.assertEqual(self.previewed(form), {"Partnership", "SaaS"})
        self.assertProfilesAndTags(ann)
        form.save()
        self.assertProfilesAndTags(ann, "Partnership", "SaaS")

    def test_preview_on_a_new_contact(self):
        form = self.partner_form()
        form.name = "Ann"
        form.profiling_answer_ids.add(self.choice("Sector?", "IT"))
        self.assertEqual(self.previewed(form), {"Partnership"})
        ann = form.save()
        self.assertProfilesAndTags(ann.with_env(self.env), "Partnership")

    def test_preview_of_an_answer_taken_back(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        form = self.partner_form(ann)
        form.profiling_answer_ids.remove(id=self.choice("Sector?", "IT").id)
        self.assertEqual(self.previewed(form), set())
        form.save()
        self.assertProfilesAndTags(ann)

    def test_preview_of_a_question_answered_otherwise(self):
        """The widget takes the old answer off and puts the new one on."""
        ann = self.prospect("Ann", {"Sector?": "Industry"})
        form = self.partner_form(ann)
        form.profiling_answer_ids.remove(id=self.choice("Sector?", "Industry").id)
        form.profiling_answer_ids.add(self.choice("Sector?", "IT"))
        self.assertEqual(self.previewed(form), {"Partnership"})
        form.save()
        self.assertAnswers(ann, {"Sector?": "IT"})

    def test_preview_says_what_is_still_to_ask(self):
        form = self.partner_form(self.prospect("Ann"))
        form.profiling_answer_ids.add(self.choice("Budget?", "Unknown"))
        (large,) = (
            one
            for one in form.profiling_result["profiles"]
            if one["id"] == self.large.id
        )
        self.assertEqual(large["state"], "open")
        self.assertEqual(
            {c["question"]: c["verdict"] for c in large["criteria"]},
            {"Budget?": "satisfied", "Specification?": "open", "Sector?": "open"},
        )

    def test_a_new_contact_of_a_company_starts_with_what_the_company_answered(self):
        self.ask("Sector?").level = "company"
        company = self.prospect("ACME", {"Sector?": "IT"}, is_company=True)
        form = self.partner_form()
        form.name = "Ann"
        form.parent_id = company.with_user(self.salesman)
        self.assertEqual(self.previewed(form), {"Partnership"})
        ann = form.save()
        self.assertProfilesAndTags(ann.with_env(self.env), "Partnership")

    def test_answers_ticked_stay_ticked_when_the_company_is_chosen(self):
        self.ask("Budget?").level = "company"
        acme = self.prospect("ACME", {"Budget?": ">300k"}, is_company=True)
        for partner in (None, self.prospect("Ann", {"Journalist?": "No"})):
            form = self.partner_form(partner)
            form.name = "Ann"
            form.profiling_answer_ids.add(self.choice("Sector?", "IT"))
            form.parent_id = acme.with_user(self.salesman)
            self.assertEqual(self.previewed(form), {"Partnership"})
            ann = form.save().with_env(self.env)
            self.assertIn(self.choice("Sector?", "IT"), ann.profiling_answer_ids)
            self.assertIn(self.choice("Budget?", ">300k"), ann.profiling_answer_ids)
            self.assertAnswers(acme, {"Budget?": ">300k"})

    def test_answers_ticked_stay_ticked_whatever_else_is_edited(self):
        form = self.partner_form(self.prospect("Ann"))
        form.profiling_answer_ids.add(self.choice("Sector?", "IT"))
        form.name = "Ann Lee"
        form.email = "ann@example.com"
        form.category_id.add(self.tag("Golf"))
        form.company_type = "company"
        ann = form.save().with_env(self.env)
        self.assertAnswers(ann, {"Sector?": "IT"})

    def test_tags_and_answers_edited_in_one_save(self):
        ann = self.prospect("Ann", {"Staff?": "1"})
        form = self.partner_form(ann)
        form.category_id.add(self.tag("Golf"))
        form.profiling_answer_ids.add(self.choice("Sector?", "IT"))
        form.save()
        self.assertTags(ann, "Golf", "Partnership", "SaaS")

    def test_an_address_is_not_evaluated(self):
        company = self.prospect("ACME", is_company=True)
        address = self.prospect("Back door", parent_id=company.id, type="delivery")
        self.assertEqual(
            address.profiling_result,
            {"evaluated": False, "profiles": [], "stale_answer_ids": []},
        )


@tagged("post_install", "-at_install")
class TestCatalogChanges(ProfilingCase):
    """Profiles, questions and answers change; their contacts follow."""

    def test_a_new_profile_finds_contacts_who_answered_before(self):
        ann = self.prospect("Ann", {"Sector?": "Industry"})
        self.profile("Factories", {"Sector?": "Industry"})
        self.assertProfilesAndTags(ann, "Factories")

    def test_criteria_of_a_parent_change(self):
        part = self.profile("Part", {"Staff?": "500+"}, parent_id=self.partnership.id)
        last = self.profile("Last", {"Budget?": ">300k"}, parent_id=part.id)
        ann = self.prospect(
            "Ann", {"Sector?": "Industry", "Staff?": "500+", "Budget?": ">300k"}
        )
        self.assertProfilesAndTags(ann)
        self.partnership.required_answer_ids += self.choice("Sector?", "Industry")
        self.assertProfilesAndTags(ann, "Partnership", "Part", "Last")
        self.partnership.excluded_answer_ids = self.choice("Journalist?", "Yes")
        self.assertProfilesAndTags(ann)
        self.assertResult(ann, last, "open", "Journalist?")

    def test_a_profile_moves_in_the_tree(self):
        part = self.profile("Part", {"Staff?": "500+"}, parent_id=self.partnership.id)
        ann = self.prospect("Ann", {"Staff?": "500+"})
        self.assertProfilesAndTags(ann)
        part.parent_id = False
        self.assertProfilesAndTags(ann, "Part")
        part.parent_id = self.partnership
        self.assertProfilesAndTags(ann)

    def test_a_profile_is_archived_and_comes_back(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        self.partnership.action_archive()
        self.assertProfilesAndTags(ann)
        self.assertFalse(self.partnership.member_count)
        self.partnership.action_unarchive()
        self.assertProfilesAndTags(ann, "Partnership")

    def test_a_profile_is_deleted(self):
        ann = self.prospect("Ann", {"Sector?": "IT", "Staff?": "1"})
        self.partnership.unlink()
        self.assertProfilesAndTags(ann, "SaaS")

    def test_an_archived_profile_is_deleted(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        self.partnership.action_archive()
        self.partnership.unlink()
        self.assertProfilesAndTags(ann)

    def test_a_profile_and_its_parts_are_deleted_together(self):
        part = self.profile("Part", {"Staff?": "1"}, parent_id=self.partnership.id)
        ann = self.prospect("Ann", {"Sector?": "IT", "Staff?": "1"})
        (self.partnership | part).unlink()
        self.assertProfilesAndTags(ann, "SaaS")

    def test_a_profile_gives_another_tag(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        self.partnership.category_id = self.tag("Partner")
        self.assertProfiles(ann, "Partnership")
        self.assertTags(ann, "Partner")

    def test_a_profile_copied_has_its_own_contacts(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        copy = self.partnership.copy({"category_id": self.tag("Copy").id})
        self.assertEqual(copy.required_answer_ids, self.partnership.required_answer_ids)
        self.assertProfiles(ann, "Partnership", copy.name)
        self.assertTags(ann, "Partnership", "Copy")

    def test_a_profile_is_imported(self):
        ann = self.prospect("Ann", {"Sector?": "Industry", "Staff?": "500+"})
        result = self.env["crm.profiling.profile"].load(
            ["name", "category_id", "required_answer_ids", "parent_id"],
            [
                ["Factories", "Partnership", "Sector?: Industry,Sector?: Others", ""],
                ["Big ones", "SaaS", "Staff?: 500+", "Factories"],
            ],
        )
        self.assertFalse(result["messages"])
        self.assertProfiles(ann, "Factories", "Big ones")
        self.assertTags(ann, "Partnership", "SaaS")

    def test_the_profile_restricted_to_a_company_and_back(self):
        other = self.env["res.company"].sudo().create({"name": "Elsewhere"})
        self.env.user.sudo().company_ids |= other
        ann = self.prospect("Ann", {"Sector?": "IT"}, company_id=other.id)
        self.assertProfilesAndTags(ann, "Partnership")
        self.partnership.company_id = self.company
        self.assertProfilesAndTags(ann)
        self.partnership.company_id = False
        self.assertProfilesAndTags(ann, "Partnership")

    def test_a_question_is_asked_of_companies_from_now_on(self):
        company = self.prospect("ACME", {"Sector?": "IT"}, is_company=True)
        ann = self.prospect("Ann", {"Sector?": "Industry"}, parent_id=company.id)
        self.assertProfilesAndTags(ann)
        ann.profiling_response_ids.sudo().date = "2026-01-01"
        self.ask("Sector?").level = "company"
        self.assertProfilesAndTags(company, "Partnership")
        self.assertProfilesAndTags(ann, "Partnership")

    def test_an_answer_nobody_uses_is_deleted(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        self.choice("Sector?", "Others").unlink()
        self.assertProfilesAndTags(ann, "Partnership")
        self.assertProfilesAndTags(
            self.prospect("Bob", {"Sector?": "IT"}), "Partnership"
        )

    def test_a_profile_changes_after_answers_nobody_used_were_deleted(self):
        """What is kept of contacts must not depend on which answers there are."""
        ann = self.prospect("Ann", {"Budget?": ">300k"})
        bob = self.prospect("Bob", {"Budget?": "<100k"})
        self.choice("Journalist?", "No").unlink()
        self.choice("Sector?", "Industry", "Others").unlink()
        self.profile("Rich", {"Budget?": ">300k"})
        self.profile("Not rich", {}, {"Budget?": ">300k"})
        self.assertProfilesAndTags(ann, "Rich")
        self.assertProfilesAndTags(bob, "Not rich")

    def test_a_question_nobody_uses_is_deleted_with_its_answers(self):
        question = self.question("Colour?", ["Red", "Blue"])
        answers = question.answer_ids
        question.unlink()
        self.assertFalse(answers.exists())

    def test_a_new_answer_becomes_a_criterion(self):
        self.ask("Sector?").answer_ids = [Command.create({"name": "Farming"})]
        ann = self.prospect("Ann", {"Sector?": "Farming"})
        self.assertProfilesAndTags(ann)
        self.partnership.required_answer_ids += self.choice("Sector?", "Farming")
        self.assertProfilesAndTags(ann, "Partnership")

    def test_hundreds_of_answers(self):
        """More than fit in one word of what is kept of a contact."""
        for number in range(40):
            self.question(f"Q{number}?", ["0", "1", "2", "3"])
        given = {f"Q{number}?": str(number % 4) for number in range(40)}
        ann = self.prospect("Ann", {"Sector?": "IT", **given})
        bob = self.prospect("Bob", {**given, "Q39?": "2"})
        self.assertProfiles(ann, "Partnership")
        profile = self.profile("All over", {"Q0?": "0", "Q20?": "0", "Q39?": "3"})
        self.assertProfiles(ann, "Partnership", "All over")
        self.assertProfiles(bob)
        self.profile("All but", {"Q20?": "0"}, {"Q39?": "3"})
        self.assertProfiles(ann, "Partnership", "All over")
        self.assertProfiles(bob, "All but")
        draft = profile.new(
            {"required_answer_ids": [Command.set(self.choice("Q39?", "2").ids)]},
            origin=profile,
        )
        self.assertEqual(draft.preview, {"matching": 1, "added": 1, "removed": 1})

    def test_an_answer_moves_to_another_question_before_anybody_uses_it(self):
        answer = self.choice("Sector?", "Others")
        answer.question_id = self.ask("Staff?")
        ann = self.prospect("Ann", {"Staff?": "1"})
        self.answer(ann, "Staff?", "Others")
        self.assertAnswers(ann, {"Staff?": "Others"})


@tagged("post_install", "-at_install")
class TestCompanies(ProfilingCase):
    """Some questions are asked of companies: their answers count for all contacts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ask("Sector?").level = "company"
        cls.acme = cls.prospect("ACME", {"Sector?": "IT"}, is_company=True)
        cls.nile = cls.prospect("Nile", {"Sector?": "Industry"}, is_company=True)
        cls.ann = cls.prospect("Ann", parent_id=cls.acme.id)
        cls.bob = cls.prospect("Bob", parent_id=cls.acme.id)

    def test_the_companys_answer_counts_for_its_contacts(self):
        for partner in self.acme | self.ann | self.bob:
            self.assertAnswers(partner, {"Sector?": "IT"})
            self.assertProfilesAndTags(partner, "Partnership")

    def test_asked_from_a_contact_it_is_stored_on_the_company(self):
        self.answer(self.ann, "Sector?", "Industry")
        self.assertFalse(self.stored(self.ann).profiling_response_ids)
        for partner in self.acme | self.ann | self.bob:
            self.assertAnswers(partner, {"Sector?": "Industry"})
            self.assertProfilesAndTags(partner)

    def test_taken_back_from_a_contact_it_is_gone_for_all(self):
        self.take_back(self.ann, "Sector?", "IT")
        for partner in self.acme | self.ann | self.bob:
            self.assertProfilesAndTags(partner)

    def test_a_question_about_the_person_stays_with_the_person(self):
        self.answer(self.ann, "Staff?", "1")
        self.assertProfiles(self.ann, "Partnership", "SaaS")
        self.assertProfiles(self.bob, "Partnership")
        self.assertProfiles(self.acme, "Partnership")

    def test_created_with_a_company_answer(self):
        carl = self.prospect("Carl", {"Sector?": "Industry"}, parent_id=self.acme.id)
        for partner in self.acme | self.ann | carl:
            self.assertProfilesAndTags(partner)

    def test_moving_to_another_company(self):
        self.ann.parent_id = self.nile
        self.assertProfilesAndTags(self.ann)
        self.ann.parent_id = self.acme
        self.assertProfilesAndTags(self.ann, "Partnership")
        self.ann.parent_id = False
        self.assertProfilesAndTags(self.ann)

    def test_moving_and_answering_at_once(self):
        self.ann.write(
            {
                "parent_id": self.nile.id,
                "profiling_answer_ids": [
                    Command.link(self.choice("Sector?", "ERP consultant").id)
                ],
            }
        )
        self.assertAnswers(self.nile, {"Sector?": "ERP consultant"})
        self.assertAnswers(self.acme, {"Sector?": "IT"})
        self.assertProfilesAndTags(self.nile, "Partnership")
        self.assertProfilesAndTags(self.ann, "Partnership")

    def test_a_contact_becomes_a_company(self):
        self.ann.is_company = True
        self.assertAnswers(self.ann, {})
        self.assertProfilesAndTags(self.ann)

    def test_contacts_of_contacts(self):
        carl = self.prospect("Carl", parent_id=self.ann.id)
        self.assertProfilesAndTags(carl, "Partnership")
        self.answer(carl, "Sector?", "Industry")
        self.assertProfilesAndTags(self.bob)
        self.ann.parent_id = self.nile
        self.answer(self.nile, "Sector?", "IT")
        self.assertProfilesAndTags(carl, "Partnership")

    def test_a_contact_added_from_the_company(self):
        self.acme.child_ids = [Command.create({"name": "Carl"})]
        carl = self.acme.child_ids.filtered(lambda child: child.name == "Carl")
        self.assertProfilesAndTags(carl, "Partnership")

    def test_an_address_becomes_a_contact(self):
        carl = self.prospect("Carl", parent_id=self.acme.id, type="invoice")
        self.assertProfilesAndTags(carl)
        carl.type = "contact"
        self.assertProfilesAndTags(carl, "Partnership")
        carl.type = "delivery"
        self.assertProfilesAndTags(carl)

    def test_the_company_is_deleted(self):
        self.acme.unlink()
        self.assertProfilesAndTags(self.ann)
        self.assertProfilesAndTags(self.bob)

    def test_archived_contacts_follow_their_company(self):
        self.ann.action_archive()
        self.answer(self.acme, "Sector?", "Industry")
        self.assertProfilesAndTags(self.ann)
        self.answer(self.acme, "Sector?", "IT")
        self.ann.action_unarchive()
        self.assertProfilesAndTags(self.ann, "Partnership")


@tagged("post_install", "-at_install")
class TestContactsComeAndGo(ProfilingCase):
    def test_archived_and_back(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        bob = self.prospect("Bob", {"Sector?": "IT"})
        self.assertEqual(self.partnership.member_count, 2)
        ann.action_archive()
        self.assertEqual(self.stored(self.partnership).member_count, 1)
        members = self.env["res.partner"].search(
            self.partnership.action_view_members()["domain"]
        )
        self.assertEqual(members, bob)
        ann.action_unarchive()
        self.assertProfilesAndTags(ann, "Partnership")
        self.assertEqual(self.stored(self.partnership).member_count, 2)

    def test_a_profile_changes_while_a_contact_is_archived(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        ann.action_archive()
        self.partnership.required_answer_ids = self.choice("Sector?", "Industry")
        ann.action_unarchive()
        self.assertProfilesAndTags(ann)

    def test_deleted(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        responses, memberships = (
            ann.profiling_response_ids,
            ann.profiling_membership_ids,
        )
        ann.unlink()
        self.env.invalidate_all()
        self.assertFalse(responses.exists())
        self.assertFalse(memberships.exists())

    def test_a_copy_has_neither_answers_nor_the_tags_they_gave(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        self.put_tag(ann, "Golf")
        copy = ann.copy()
        self.assertAnswers(copy, {})
        self.assertProfiles(copy)
        self.assertTags(copy, "Golf")

    def test_somebody_without_sales_copies_a_contact(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        self.put_tag(ann, "Golf")
        copy = self.stored(ann).with_user(self.outsider).copy()
        self.assertTags(copy, "Golf")
        self.assertProfiles(copy)

    def test_a_copy_keeps_the_tag_that_is_the_users_own(self):
        ann = self.prospect("Ann")
        self.put_tag(ann, "Partnership")
        self.answer(ann, "Sector?", "IT")
        self.assertTags(ann.copy(), "Partnership")

    def test_a_tag_given_is_not_a_hand_tag_of_the_copy(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        copy = ann.copy()
        self.answer(copy, "Sector?", "IT")
        self.assertTags(copy, "Partnership")
        self.take_back(copy, "Sector?", "IT")
        self.assertProfilesAndTags(copy)

    def test_module_installed_over_existing_contacts(self):
        """The first profile meets contacts tagged long before it: tags are theirs."""
        ann = self.prospect("Ann")
        self.put_tag(ann, "Farm")
        self.question("Farm?", ["Yes", "No"])
        self.profile("Farm", {"Farm?": "Yes"})
        self.answer(ann, "Farm?", "Yes")
        self.answer(ann, "Farm?", "No")
        self.assertTags(ann, "Farm")


@tagged("post_install", "-at_install")
class TestMerge(ProfilingCase):
    """Merging contacts loses no answer and no word of a person."""

    def merge(self, target, *others):
        partners = target.union(*others)
        self.env["base.partner.merge.automatic.wizard"].sudo()._merge(
            partners.ids, target
        )
        self.assertEqual(partners.exists(), target)

    def respond(self, partner, question, answer, date):
        self.env["crm.profiling.response"].sudo().create(
            {
                "partner_id": partner.id,
                "answer_id": self.choice(question, answer).id,
                "date": date,
                "comment": f"{partner.name} {date}",
            }
        )

    def test_answers_come_together(self):
        ann = self.prospect("Ann", {"Budget?": "101-300k"})
        bob = self.prospect("Ann", {"Specification?": "Yes", "Sector?": "Services"})
        self.merge(ann, bob)
        self.assertAnswers(ann, LARGE_ACCOUNT)
        self.assertProfilesAndTags(ann, "Large accounts, services")

    def test_the_newest_answer_to_a_single_choice_wins(self):
        for newest in ("target", "source"):
            with self.subTest(newest=newest):
                ann, bob = self.prospect("Ann"), self.prospect("Ann")
                old, new = (bob, ann) if newest == "target" else (ann, bob)
                self.respond(old, "Sector?", "IT", "2025-01-01")
                self.respond(new, "Sector?", "Industry", "2026-01-01")
                self.merge(ann, bob)
                self.assertAnswers(ann, {"Sector?": "Industry"})
                self.assertEqual(len(ann.profiling_response_ids), 1)
                self.assertEqual(ann.profiling_response_ids.comment[-10:], "2026-01-01")
                self.assertProfilesAndTags(ann)

    def test_the_same_answer_on_both_sides_costs_no_other(self):
        """The merge of the base deletes all rows that meet a unique key."""
        ann = self.prospect("Ann", {"Sector?": "IT", "Staff?": "1"})
        bob = self.prospect("Ann", {"Sector?": "IT", "Journalist?": "No"})
        self.merge(ann, bob)
        self.assertAnswers(ann, {"Sector?": "IT", "Staff?": "1", "Journalist?": "No"})
        self.assertProfilesAndTags(ann, "Partnership", "SaaS", "Training")

    def test_three_at_once(self):
        self.ask("Sector?").selection_mode = "multiple"
        ann = self.prospect("Ann", {"Sector?": ["IT", "Services"]})
        bob = self.prospect("Ann", {"Sector?": ["Services", "Industry"], "Staff?": "1"})
        carl = self.prospect("Ann", {"Sector?": "Others", "Staff?": "500+"})
        (bob | carl).profiling_response_ids.sudo().date = "2026-01-01"
        self.answer(bob, "Staff?", "2-20")
        self.merge(ann, bob, carl)
        self.assertAnswers(
            ann,
            {"Sector?": ["IT", "Services", "Industry", "Others"], "Staff?": "2-20"},
        )

    def test_the_target_only_or_the_source_only_answered(self):
        ann, bob = self.prospect("Ann", {"Sector?": "IT"}), self.prospect("Ann")
        self.merge(ann, bob)
        self.assertProfilesAndTags(ann, "Partnership")
        carl = self.prospect("Ann")
        self.merge(carl, ann)
        self.assertProfilesAndTags(carl, "Partnership")

    def test_hand_tags_come_along_and_given_tags_do_not_become_hand_tags(self):
        ann = self.prospect("Ann")
        bob = self.prospect("Ann", {"Sector?": "IT"})
        self.put_tag(bob, "Golf")
        self.merge(ann, bob)
        self.assertTags(ann, "Golf", "Partnership")
        self.take_back(ann, "Sector?", "IT")
        self.assertTags(ann, "Golf")

    def test_a_hand_tag_of_the_source_is_one_of_the_target(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        bob = self.prospect("Ann")
        self.put_tag(bob, "Partnership")
        self.merge(ann, bob)
        self.take_back(ann, "Sector?", "IT")
        self.assertProfiles(ann)
        self.assertTags(ann, "Partnership")

    def test_pins_and_bars_come_along(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        bob = self.prospect("Ann", {"Sector?": "IT"})
        bob.profiling_set_hand(self.partnership.id, "barred")
        bob.profiling_set_hand(self.large.id, "pinned")
        self.merge(ann, bob)
        self.assertProfilesAndTags(ann, "Large accounts, services")
        barred = self.membership(ann, self.partnership)
        self.assertRecordValues(
            barred, [{"state": "barred", "user_id": self.manager.id}]
        )

    def test_tags_given_by_a_pin_or_by_the_company_do_not_become_hand_tags(self):
        self.ask("Sector?").level = "company"
        acme = self.prospect("ACME", {"Sector?": "IT"}, is_company=True)
        bob = self.prospect("Ann", parent_id=acme.id)
        bob.profiling_set_hand(self.saas.id, "pinned")
        self.assertTags(bob, "Partnership", "SaaS")
        ann = self.prospect("Ann")
        self.merge(ann, bob)
        ann.parent_id = False
        ann.profiling_set_hand(self.saas.id, False)
        self.assertProfilesAndTags(ann)

    def test_the_newest_word_counts(self):
        ann, bob = self.prospect("Ann"), self.prospect("Ann")
        ann.profiling_set_hand(self.saas.id, "barred")
        bob.profiling_set_hand(self.saas.id, "pinned")
        self.membership(ann, self.saas).sudo().date = "2020-01-01"
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_profiling_membership SET date = '2020-01-01'"
            " WHERE partner_id = %s",
            [ann.id],
        )
        self.env.invalidate_all()
        self.merge(ann, bob)
        self.assertProfilesAndTags(ann, "SaaS")

    def test_companies_with_their_contacts(self):
        self.ask("Sector?").level = "company"
        acme = self.prospect("ACME", is_company=True)
        twin = self.prospect("ACME", is_company=True)
        ann = self.prospect("Ann", parent_id=acme.id)
        bob = self.prospect("Bob", parent_id=twin.id)
        self.respond(acme, "Sector?", "Industry", "2025-01-01")
        self.respond(twin, "Sector?", "IT", "2026-01-01")
        self.merge(acme, twin)
        for partner in acme | ann | bob:
            self.assertAnswers(partner, {"Sector?": "IT"})
            self.assertProfilesAndTags(partner, "Partnership")

    def test_a_person_into_a_contact_of_a_company(self):
        """What the person said of the company goes to the company."""
        self.ask("Sector?").level = "company"
        acme = self.prospect("ACME", is_company=True)
        ann = self.prospect("Ann", parent_id=acme.id)
        bob = self.prospect("Ann", {"Sector?": "IT", "Staff?": "1"})
        self.merge(ann, bob)
        self.assertAnswers(acme, {"Sector?": "IT"})
        self.assertProfilesAndTags(acme, "Partnership")
        self.assertProfilesAndTags(ann, "Partnership", "SaaS")

    def test_a_company_into_a_contact_of_another(self):
        """It becomes a company by it, which answers for itself alone."""
        self.ask("Sector?").level = "company"
        acme = self.prospect("ACME", {"Sector?": "Industry"}, is_company=True)
        branch = self.prospect("Branch", parent_id=acme.id)
        twin = self.prospect("Branch", {"Sector?": "IT"}, is_company=True)
        self.merge(branch, twin)
        self.assertTrue(branch.is_company)
        self.assertAnswers(acme, {"Sector?": "Industry"})
        self.assertAnswers(branch, {"Sector?": "IT"})
        self.assertProfilesAndTags(acme)
        self.assertProfilesAndTags(branch, "Partnership")


@tagged("post_install", "-at_install")
class TestTagSide(ProfilingCase):
    """Contacts put into a tag, or taken out of it, from the tag's side."""

    def write_partners(self, tag, commands):
        self.tag(tag).write({"partner_ids": commands})

    def test_linked_there_a_tag_is_the_users_own(self):
        ann = self.prospect("Ann")
        self.write_partners("Partnership", [Command.link(ann.id)])
        self.answer(ann, "Sector?", "IT")
        self.answer(ann, "Sector?", "Industry")
        self.assertTags(ann, "Partnership")

    def test_nobody_speaks_there_for_contacts_that_are_not_theirs(self):
        """The tag is the profile's, whatever others say of it."""
        there = self.env["res.company"].sudo().create({"name": "There"})
        ann = self.prospect("Ann", {"Sector?": "IT"})
        ann.sudo().company_id = there
        tag = self.tag("Partnership")
        tag.with_user(self.salesman).write({"partner_ids": [Command.link(ann.id)]})
        given = self.membership(ann, self.partnership).sudo()
        self.assertEqual(given.category_id, tag)
        tag.with_user(self.salesman).write({"partner_ids": [Command.unlink(ann.id)]})
        self.assertEqual(given.state, "matched")
        self.assertIn(tag, ann.sudo().category_id)

    def test_unlinked_there_the_contact_is_kept_out(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        bob = self.prospect("Bob", {"Sector?": "IT"})
        self.write_partners("Partnership", [Command.unlink(ann.id)])
        self.assertProfilesAndTags(ann)
        self.assertProfilesAndTags(bob, "Partnership")
        self.assertEqual(self.membership(ann, self.partnership).state, "barred")

    def test_an_archived_contact_that_keeps_the_tag_is_not_kept_out(self):
        """Odoo takes the tag off those only whom the tag's form shows."""
        ann = self.prospect("Ann", {"Sector?": "IT"})
        ann.action_archive()
        self.write_partners("Partnership", [Command.unlink(ann.id)])
        self.assertProfilesAndTags(ann, "Partnership")

    def test_set_and_clear_there_leave_the_profiles_tags(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        bob = self.prospect("Bob")
        self.put_tag(bob, "Partnership")
        self.write_partners("Partnership", [Command.clear()])
        self.assertProfilesAndTags(ann, "Partnership")
        self.assertTags(bob)
        self.write_partners("Partnership", [Command.set([bob.id])])
        self.assertProfilesAndTags(ann, "Partnership")
        self.assertTags(bob, "Partnership")

    def test_a_tag_created_with_contacts(self):
        ann = self.prospect("Ann")
        self.env["res.partner.category"].create(
            {"name": "Golf", "partner_ids": [Command.link(ann.id)]}
        )
        self.assertTags(ann, "Golf")

    def test_a_tag_a_profile_gives_cannot_go(self):
        with self.assertRaises(Exception) as caught:
            self.tag("Partnership").unlink()
        self.assertRegex(str(caught.exception), "Partnership|Contact tag|Profile")

    def test_other_values_of_a_tag_change_nobody(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        before = self.rows()
        self.tag("Partnership").color = 3
        self.assertEqual(self.rows(), before)
        self.assertTags(ann, "Partnership")


@tagged("post_install", "-at_install")
class TestHook(ProfilingCase):
    """Other addons hear who entered and left profiles because of the answers."""

    def heard(self):
        """Collect what the hook is told, as names."""
        told = []

        def names(by_profile):
            return {
                profile.name: sorted(partners.mapped("name"))
                for profile, partners in by_profile.items()
            }

        def listen(_partners, entered, left):
            told.append((names(entered), names(left)))

        Partner = self.env.registry["res.partner"]
        listening = patch.object(Partner, "_profiling_profiles_changed", listen)
        self.startPatcher(listening)
        return told

    def test_entered_and_left(self):
        ann, bob = self.prospect("Ann", {"Staff?": "1"}), self.prospect("Bob")
        told = self.heard()
        self.answer(ann | bob, "Sector?", "IT")
        self.assertEqual(told, [({"Partnership": ["Ann", "Bob"]}, {})])
        told.clear()
        self.answer(ann, "Staff?", "500+")
        self.assertEqual(told, [({}, {"SaaS": ["Ann"]})])
        told.clear()
        self.answer(ann, "Staff?", "500+")
        self.assertEqual(told, [])

    def test_a_changed_profile_is_told_once_for_all(self):
        for name in ("Ann", "Bob", "Carl"):
            self.prospect(name, {"Sector?": "Industry"})
        told = self.heard()
        self.partnership.required_answer_ids += self.choice("Sector?", "Industry")
        self.assertEqual(told, [({"Partnership": ["Ann", "Bob", "Carl"]}, {})])


@tagged("post_install", "-at_install")
class TestSameTransaction(ProfilingCase):
    """What was read before a change is read anew after it, without a new request."""

    FIELDS = (
        "profiling_response_ids",
        "profiling_answer_ids",
        "profiling_question_ids",
        "profiling_membership_ids",
        "profile_ids",
        "profiling_progress",
        "profiling_result",
        "category_id",
    )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ask("Sector?").level = "company"
        cls.acme = cls.prospect("ACME", {"Sector?": "IT"}, is_company=True)
        cls.nile = cls.prospect("Nile", {"Sector?": "Industry"}, is_company=True)
        cls.ann = cls.prospect("Ann", {"Staff?": "1"}, parent_id=cls.acme.id)
        cls.all = cls.acme | cls.nile | cls.ann

    def values(self):
        return {
            (partner.name, field): partner[field]
            for partner in self.all.exists()
            for field in self.FIELDS
        }

    def assertFresh(self, change, *args):
        """Check that a change leaves nothing old in the cache."""
        before = self.values()
        change(*args)
        after = self.values()
        self.assertNotEqual(after, before)
        self.env.flush_all()
        self.env.invalidate_all()
        fresh = self.values()
        self.assertEqual(
            {key: value for key, value in after.items() if value != fresh[key]}, {}
        )

    def test_answers(self):
        self.assertFresh(self.answer, self.ann, "Sector?", "Services")
        self.assertFresh(self.answer, self.acme, "Sector?", "IT")
        self.assertFresh(self.take_back, self.acme, "Sector?", "IT")
        self.assertFresh(self.answer, self.all, "Journalist?", "No")

    def test_responses(self):
        create = self.env["crm.profiling.response"].create
        budget = self.choice("Budget?", "Unknown")
        self.assertFresh(create, {"partner_id": self.ann.id, "answer_id": budget.id})
        response = self.acme.profiling_response_ids
        services = self.choice("Sector?", "Services")
        self.assertFresh(response.write, {"answer_id": services.id})
        self.assertFresh(self.nile.profiling_response_ids.unlink)

    def test_contacts(self):
        self.assertFresh(self.ann.write, {"parent_id": self.nile.id})
        self.assertFresh(self.ann.write, {"is_company": True})
        self.assertFresh(self.ann.write, {"is_company": False})
        self.assertFresh(self.ann.write, {"type": "invoice"})
        self.assertFresh(self.ann.write, {"type": "contact"})
        self.assertFresh(self.acme.unlink)

    def test_hands_and_tags(self):
        self.assertFresh(self.ann.profiling_set_hand, self.large.id, "pinned")
        self.assertFresh(self.ann.profiling_set_hand, self.large.id, "barred")
        self.assertFresh(self.ann.profiling_set_hand, self.large.id, False)
        self.assertFresh(self.take_tag, self.ann, "SaaS")
        self.assertFresh(self.put_tag, self.ann, "Golf")
        golf = {
            "partner_ids": [Command.unlink(self.ann.id), Command.link(self.acme.id)]
        }
        self.assertFresh(self.tag("Golf").write, golf)
        self.put_tag(self.ann, "Chess")
        self.assertFresh(self.ann.write, {"category_id": [Command.clear()]})

    def test_profiles(self):
        industry = self.choice("Sector?", "Industry")
        link = {"required_answer_ids": [Command.link(industry.id)]}
        self.assertFresh(self.partnership.write, link)
        tag = {"category_id": self.tag("Partner").id}
        self.assertFresh(self.partnership.write, tag)
        self.assertFresh(self.partnership.action_archive)
        self.assertFresh(self.partnership.action_unarchive)
        self.assertFresh(self.saas.write, {"parent_id": self.large.id})
        self.assertFresh(self.profile, "New", {"Sector?": "IT"})
        self.assertFresh(self.partnership.unlink)

    def test_questions(self):
        self.assertFresh(self.ask("Sector?").write, {"level": "contact"})
        self.assertFresh(self.ask("Sector?").write, {"level": "company"})
        self.assertFresh(self.ask("Function?").action_archive)
