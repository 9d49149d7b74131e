"""Every screen opens, saves, filters and groups."""

from lxml import etree

from odoo import Command
from odoo.fields import Domain
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .common import LARGE_ACCOUNT, ProfilingCase


@tagged("post_install", "-at_install")
class TestForms(ProfilingCase):
    def test_a_question_with_its_answers(self):
        form = Form(self.env["crm.profiling.question"])
        form.name = "Colour?"
        form.hint = "Look at the logo."
        for name in ("Red", "Blue"):
            with form.answer_ids.new() as answer:
                answer.name = name
        question = form.save()
        self.assertEqual(question.answer_ids.mapped("name"), ["Red", "Blue"])
        self.assertEqual(question.selection_mode, "single")
        self.assertEqual(question.level, "contact")

    def test_answers_renamed_archived_and_added_in_the_question(self):
        form = Form(self.ask("Sector?"))
        with form.answer_ids.edit(0) as answer:
            answer.name = "Computers"
        with form.answer_ids.edit(4) as answer:
            answer.active = False
        with form.answer_ids.new() as answer:
            answer.name = "Farming"
        question = self.stored(form.save())
        self.assertEqual(
            question.answer_ids.mapped("name"),
            ["Computers", "ERP consultant", "Services", "Industry", "Farming"],
        )

    def test_a_question_says_which_profiles_use_it(self):
        form = Form(self.ask("Sector?"))
        self.assertEqual(
            set(form.record.profile_ids.mapped("name")),
            {"Partnership", "Large accounts, services"},
        )
        self.assertFalse(self.ask("Function?").profile_ids)

    def test_a_question_opens_the_contacts_who_answered(self):
        self.ask("Sector?").level = "company"
        acme = self.prospect("ACME", {"Sector?": "IT"}, is_company=True)
        ann = self.prospect("Ann", parent_id=acme.id)
        self.prospect("Bob", {"Staff?": "1"})
        action = self.ask("Sector?").action_view_contacts()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found, acme | ann)

    def test_a_question_copied(self):
        copy = self.ask("Sector?").copy()
        self.assertEqual(copy.name, "Sector? (copy)")
        self.assertEqual(len(copy.answer_ids), 5)
        self.assertFalse(copy.answer_ids & self.ask("Sector?").answer_ids)
        self.assertFalse(copy.profile_ids)

    def test_an_answer_says_its_question_except_under_it(self):
        answer = self.choice("Sector?", "IT")
        self.assertEqual(answer.display_name, "Sector?: IT")
        hidden = answer.with_context(crm_profiling_hide_question=True)
        self.assertEqual(hidden.display_name, "IT")

    def test_a_questionnaire_keeps_its_order(self):
        form = Form(self.env["crm.profiling.questionnaire"])
        form.name = "Fair"
        for name in ("Staff?", "Sector?", "Budget?"):
            with form.line_ids.new() as line:
                line.question_id = self.ask(name)
        questionnaire = form.save()
        names = questionnaire.question_ids.mapped("name")
        self.assertEqual(names, ["Staff?", "Sector?", "Budget?"])
        self.assertEqual(questionnaire.question_count, 3)
        questionnaire.line_ids[2].sequence = -1
        names = self.stored(questionnaire).question_ids.mapped("name")
        self.assertEqual(names, ["Budget?", "Staff?", "Sector?"])

    def test_a_questionnaire_written_as_a_list_of_questions(self):
        three = self.ask("Staff?") + self.ask("Sector?") + self.ask("Budget?")
        questionnaire = self.env["crm.profiling.questionnaire"].create(
            {"name": "Fair", "question_ids": [Command.set(three.ids)]}
        )
        self.assertEqual(self.stored(questionnaire).question_ids.ids, three.ids)
        lines = questionnaire.line_ids
        two = self.ask("Budget?") + self.ask("Staff?")
        questionnaire.question_ids = two
        self.assertEqual(self.stored(questionnaire).question_ids.ids, two.ids)
        self.assertLess(questionnaire.line_ids, lines)
        found = self.env["crm.profiling.questionnaire"].search(
            [("question_ids", "in", self.ask("Staff?").ids)]
        )
        self.assertEqual(found, questionnaire)

    def test_two_questionnaires_written_at_once(self):
        questionnaires = self.env["crm.profiling.questionnaire"].create(
            [
                {"name": "Fair", "question_ids": self.ask("Staff?").ids},
                {"name": "Call", "question_ids": self.ask("Sector?").ids},
            ]
        )
        questionnaires.question_ids = [Command.link(self.ask("Budget?").id)]
        self.assertEqual(
            [q.question_ids.mapped("name") for q in self.stored(questionnaires)],
            [["Staff?", "Budget?"], ["Sector?", "Budget?"]],
        )

    def test_a_profile(self):
        form = Form(self.env["crm.profiling.profile"])
        form.name = "Factories"
        form.category_id = self.tag("Factory")
        self.assertIn("matches nobody", form.warning)
        form.required_answer_ids.add(self.choice("Sector?", "Industry"))
        self.assertFalse(form.warning)
        ann = self.prospect("Ann", {"Sector?": "Industry"})
        profile = form.save()
        self.assertProfiles(ann, "Factories")
        self.assertTags(ann, "Factory")
        self.assertEqual(profile.member_count, 1)

    def test_a_profile_shows_what_it_inherits(self):
        form = Form(self.env["crm.profiling.profile"])
        form.name = "Big partners"
        form.category_id = self.tag("Big")
        form.parent_id = self.partnership
        (inherited,) = form.inherited_criteria
        self.assertEqual(inherited["question"], "Sector?")
        self.assertEqual(inherited["required"], ["IT", "ERP consultant"])
        self.assertEqual(inherited["profile"], "Partnership")
        self.assertFalse(form.warning)
        self.assertEqual(form.save().parent_id, self.partnership)

    def test_a_profile_says_its_criteria_in_words(self):
        self.assertEqual(
            self.training.criteria_summary, "Journalist? not Yes; Staff? 1 or 2-20"
        )

    def test_a_profile_opens_its_contacts(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        bob = self.prospect("Bob", {"Sector?": "IT"})
        bob.profiling_set_hand(self.partnership.id, "barred")
        action = self.partnership.action_view_members()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found, ann)
        self.assertEqual(self.partnership.member_count, 1)

    def test_a_contact(self):
        form = Form(self.env["res.partner"].with_user(self.salesman))
        form.name = "Ann"
        for answer in self.choices(LARGE_ACCOUNT):
            form.profiling_answer_ids.add(answer)
        ann = form.save()
        self.assertEqual(ann.profile_ids.mapped("name"), ["Large accounts, services"])
        self.assertEqual(ann.profiling_progress, 50)

    def test_a_contact_within_a_company(self):
        """The dialog for a contact has no tab, and saves all the same."""
        form = Form(self.prospect("ACME", is_company=True))
        with form.child_ids.new() as child:
            child.name = "Ann"
        acme = form.save()
        self.assertEqual(acme.child_ids.name, "Ann")

    def test_a_tag_taken_off_is_previewed(self):
        """Before it is saved, the tab says that the contact will be kept out."""
        ann = self.prospect("Ann", {"Sector?": "IT"})
        form = Form(ann.with_user(self.salesman))
        form.category_id.remove(self.partnership.category_id.id)
        profiles = form.profiling_result["profiles"]
        shown = next(one for one in profiles if one["id"] == self.partnership.id)
        self.assertEqual((shown["hand"], shown["state"]), ("barred", "matched"))
        self.assertIn("when you save", shown["hand_note"])
        self.assertProfiles(ann, "Partnership")
        form.save()
        self.assertProfiles(ann)
        self.assertEqual(self.membership(ann, self.partnership).state, "barred")


@tagged("post_install", "-at_install")
class TestScreens(ProfilingCase):
    """What menus and buttons open: found in the database, so none is forgotten."""

    def ours(self, model):
        data = (
            self.env["ir.model.data"]
            .sudo()
            .search([("module", "=", "crm_profiling"), ("model", "=", model)])
        )
        records = self.env[model].sudo().browse(data.mapped("res_id"))
        self.assertTrue(records)
        return records

    def actions(self):
        return self.ours("ir.actions.act_window")

    def screens(self):
        """The actions that open records; in dialogs one says what to do."""
        return self.actions().filtered(lambda action: action.target != "new")

    def test_all_views_of_all_actions(self):
        for action in self.some(self.actions()):
            views = [[view_id, kind] for view_id, kind in action.views]
            views.append([action.search_view_id.id, "search"])
            with self.subTest(action=action.name):
                result = self.env[action.res_model].get_views(
                    views, {"toolbar": True, "load_filters": True}
                )
                self.assertEqual(len(result["views"]), len(views))

    def test_all_actions_find_records(self):
        ann = self.prospect("Ann", LARGE_ACCOUNT)
        self.answer(ann, "Sector?", "IT")  # and what she said before
        queue = self.env["crm.profiling.queue"]._create_for(ann)
        self.env["crm.profiling.interview"].begin(queue_id=queue.id)
        self.env["crm.profiling.questionnaire"].create({"name": "Fair"})
        self.env["crm.profiling.snapshot"].sudo()._cron_take()
        self.env["crm.profiling.try"]._record(ann, "busy")
        self.env["crm.profiling.import.memory"]._remember(
            {("heading", "", "gender"): ("Gender", "")}
        )
        for action in self.some(self.screens()):
            with self.subTest(action=action.name):
                domain = safe_eval(action.domain or "[]", {"uid": self.env.uid})
                records = self.env[action.res_model].search(domain)
                self.assertTrue(records or action.res_model == "crm.profiling.finding")
                for view_id, kind in action.views:
                    self.assertReads(records[:5], view_id, kind)

    def assertReads(self, records, view_id, kind):
        """Read what a view shows, as the web client does."""
        view = records.get_view(view_id, kind)
        names = {
            node.get("name")
            for node in etree.fromstring(view["arch"]).iter("field")
            if not node.xpath("ancestor::field")
        }
        records.web_read({name: {} for name in names})

    def is_seen(self, menu):
        """Whether a user sees a menu, and all above it."""
        above = menu.sudo().parent_id.with_env(menu.env)
        seen = menu.id in menu._visible_menu_ids()
        return seen and (not above or self.is_seen(above))

    def test_all_menus_open_for_those_who_see_them(self):
        for menu in self.some(self.ours("ir.ui.menu")):
            visible = {
                user: self.is_seen(menu.with_user(user))
                for user in (self.manager, self.salesman, self.outsider)
            }
            with self.subTest(menu=menu.complete_name):
                for_all_sales = not menu.complete_name.startswith("CRM/Configuration")
                self.assertTrue(visible[self.manager])
                self.assertEqual(visible[self.salesman], for_all_sales)
                self.assertFalse(visible[self.outsider])
                if menu.action and menu.action.type == "ir.actions.server":
                    action = menu.action.with_user(self.manager).run()
                    self.assertEqual(action["type"], "ir.actions.act_window")

    def test_the_menus_are_where_the_design_says(self):
        names = set(self.ours("ir.ui.menu").mapped("complete_name"))
        for name in ("Questions", "Questionnaires", "Profiles"):
            self.assertIn(f"CRM/Configuration/Segmentation/{name}", names)
        self.assertIn("CRM/Sales/Contacts by Category", names)

    def test_every_action_explains_itself_when_empty(self):
        for action in self.some(self.screens()):
            self.assertIn("o_view_nocontent", action.help or "", action.name)

    def test_the_tree_of_profiles(self):
        part = self.profile("Part", {"Staff?": "1"}, parent_id=self.partnership.id)
        tree = self.env["crm.profiling.profile"].hierarchy_read(
            [("parent_id", "=", False)],
            {"name": {}, "criteria_summary": {}, "member_count": {}},
            "parent_id",
        )
        found = {node["name"]: node.get("__child_ids__") for node in tree}
        self.assertEqual(found["Partnership"], part.ids)
        self.assertFalse(found["SaaS"])

    def search_views(self):
        """Yield the model and what we wrote ourselves of each search view."""
        for view in self.ours("ir.ui.view").filtered(lambda v: v.type == "search"):
            ours = view.model.startswith("crm.profiling")
            arch = view.get_combined_arch() if ours else view.arch
            yield self.env[view.model], etree.fromstring(arch)

    def test_search_views_have_archived_and_group_by(self):
        for model, arch in self.some(self.search_views()):
            if model._name.startswith("crm.profiling"):
                with self.subTest(model=model._name):
                    self.assertTrue(arch.xpath("//group/filter"))
                    archived = arch.xpath("//filter[contains(@domain, 'active')]")
                    self.assertEqual(bool(archived), "active" in model._fields)

    def test_every_filter_and_group_by_works(self):
        self.prospect("Ann", LARGE_ACCOUNT)
        filters = [
            (model, node)
            for model, arch in self.search_views()
            for node in arch.iter("filter")
        ]
        for model, node in self.some(filters):
            with self.subTest(model=model._name, filter=node.get("name")):
                self.assertFilters(model, node)

    def assertFilters(self, model, node):
        """Use a filter as the web client does."""
        domain = safe_eval(node.get("domain") or "[]", {"uid": self.env.uid})
        model.search(domain)
        group_by = safe_eval(node.get("context") or "{}").get("group_by")
        if group_by:
            is_day = getattr(model._fields.get(group_by), "type", "").startswith("date")
            if is_day:
                group_by = f"{group_by}:month"
            self.assertIsInstance(
                model.formatted_read_group(domain, [group_by], ["__count"]), list
            )

    def test_every_search_field_works(self):
        """Whatever it finds, it does not find what it is not about."""
        ann = self.prospect("Ann", LARGE_ACCOUNT)
        nowhere = "\N{SNOWMAN} nowhere \N{SNOWMAN}"
        for model, arch in self.some(self.search_views()):
            for node in arch.xpath("//field[not(ancestor::searchpanel)][@name]"):
                if node.get("position"):
                    continue
                operator = node.get("operator") or "ilike"
                with self.subTest(model=model._name, field=node.get("name")):
                    found = model.search([(node.get("name"), operator, nowhere)])
                    if model._name == "res.partner":
                        self.assertNotIn(ann, found)
                    else:
                        self.assertFalse(found)


@tagged("post_install", "-at_install")
class TestSearch(ProfilingCase):
    """Contacts found and grouped by what they answered and what they are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ask("Sector?").level = "company"
        cls.acme = cls.prospect("ACME", {"Sector?": "IT"}, is_company=True)
        cls.ann = cls.prospect("Ann", {"Staff?": "1"}, parent_id=cls.acme.id)
        cls.bob = cls.prospect("Bob", {"Sector?": "Industry", "Journalist?": "Yes"})
        cls.carl = cls.prospect("Carl")
        cls.all = cls.acme | cls.ann | cls.bob | cls.carl

    def assertFinds(self, domain, *partners):
        found = self.env["res.partner"].search(Domain(domain) & self.here)
        self.assertEqual(set(found.mapped("name")), {p.name for p in partners}, domain)

    @property
    def here(self):
        return Domain("id", "in", self.all.ids)

    def test_by_answer(self):
        it = self.choice("Sector?", "IT")
        field = "profiling_answer_ids"
        self.assertFinds([(field, "in", it.ids)], self.acme, self.ann)
        self.assertFinds([(field, "=", it.id)], self.acme, self.ann)
        self.assertFinds([(field, "!=", it.id)], self.bob, self.carl)
        self.assertFinds([(field, "not in", it.ids)], self.bob, self.carl)
        self.assertFinds([(field, "ilike", "IT")], self.acme, self.ann)
        self.assertFinds([(field, "=", "Sector?: IT")], self.acme, self.ann)
        self.assertFinds([(field, "=", False)], self.carl)
        self.assertFinds([(field, "!=", False)], self.acme, self.ann, self.bob)
        self.assertFinds([(f"{field}.name", "=", "Industry")], self.bob)
        self.assertFinds(
            [(f"{field}.question_id.name", "=", "Sector?")],
            self.acme,
            self.ann,
            self.bob,
        )
        self.assertFinds([(field, "any", [("name", "=", "1")])], self.ann)
        self.assertFinds(
            [(field, "not any", [("name", "=", "1")])], self.acme, self.bob, self.carl
        )
        self.assertFinds([(field, "in", [])])

    def test_by_several_answers(self):
        one, it = self.choice("Staff?", "1").ids, self.choice("Sector?", "IT").ids
        field = "profiling_answer_ids"
        self.assertFinds([(field, "in", one + it)], self.acme, self.ann)
        self.assertFinds([(field, "in", one), (field, "in", it)], self.ann)

    def test_by_question(self):
        field = "profiling_question_ids"
        sector = self.ask("Sector?").id
        self.assertFinds([(field, "=", sector)], self.acme, self.ann, self.bob)
        self.assertFinds([(field, "!=", sector)], self.carl)
        self.assertFinds([(field, "ilike", "staff")], self.ann)
        self.assertFinds([(field, "=", False)], self.carl)

    def test_by_profile(self):
        self.carl.profiling_set_hand(self.saas.id, "pinned")
        self.acme.profiling_set_hand(self.partnership.id, "barred")
        field = "profile_ids"
        self.assertFinds([(field, "=", self.partnership.id)], self.ann)
        self.assertFinds([(field, "in", self.saas.ids)], self.ann, self.carl)
        self.assertFinds([(field, "ilike", "partner")], self.ann)
        self.assertFinds([(field, "=", "SaaS")], self.ann, self.carl)
        self.assertFinds([(field, "=", False)], self.acme, self.bob)
        self.assertFinds([(field, "!=", False)], self.ann, self.carl)
        self.assertFinds([(f"{field}.name", "=", "SaaS")], self.ann, self.carl)
        self.assertFinds(
            [(f"{field}.category_id.name", "=", "SaaS")], self.ann, self.carl
        )

    def test_an_archived_profile_holds_nobody(self):
        self.carl.profiling_set_hand(self.partnership.id, "pinned")
        domain = [("profile_ids", "in", self.partnership.ids)]
        self.partnership.action_archive()
        self.assertFinds(domain)
        self.assertNotIn("Partnership", self.groups("profile_ids"))
        self.partnership.action_unarchive()
        self.assertFinds(domain, self.acme, self.ann, self.carl)

    def test_in_memory_as_in_the_database(self):
        for field, ids in (
            ("profile_ids", self.partnership.ids),
            ("profiling_answer_ids", self.choice("Sector?", "IT").ids),
            ("profiling_question_ids", self.ask("Sector?").ids),
        ):
            for operator in ("in", "not in"):
                domain = Domain(field, operator, ids)
                found = self.env["res.partner"].search(domain & self.here)
                self.assertEqual(self.all.filtered_domain(domain), found, domain)

    def groups(self, field):
        groups = self.env["res.partner"].formatted_read_group(
            self.here, [field], ["__count"]
        )
        return {
            group[field][1] if group[field] else None: group["__count"]
            for group in groups
        }

    def test_grouped_by_profile(self):
        wanted = {"Partnership": 2, "SaaS": 1, None: 2}
        self.assertEqual(self.groups("profile_ids"), wanted)

    def test_grouped_by_answer(self):
        self.assertEqual(
            self.groups("profiling_answer_ids"),
            {
                "Sector?: IT": 2,
                "Staff?: 1": 1,
                "Sector?: Industry": 1,
                "Journalist?: Yes": 1,
                None: 1,
            },
        )

    def test_grouped_by_question(self):
        self.assertEqual(
            self.groups("profiling_question_ids"),
            {"Sector?": 3, "Staff?": 1, "Journalist?": 1, None: 1},
        )

    def test_a_group_opens(self):
        for field in ("profile_ids", "profiling_answer_ids", "profiling_question_ids"):
            groups = self.env["res.partner"].formatted_read_group(
                self.here, [field], ["__count"]
            )
            for group in self.some(groups):
                domain = Domain(group["__extra_domain"]) & self.here
                found = self.env["res.partner"].search_count(domain)
                self.assertEqual(found, group["__count"], group)

    def test_grouped_twice(self):
        groups = self.env["res.partner"].formatted_read_group(
            self.here, ["profile_ids", "profiling_answer_ids"], ["__count"]
        )
        counts = {
            (
                g["profile_ids"] and g["profile_ids"][1],
                g["profiling_answer_ids"] and g["profiling_answer_ids"][1],
            ): g["__count"]
            for g in groups
        }
        self.assertEqual(counts["SaaS", "Staff?: 1"], 1)
        self.assertEqual(counts["Partnership", "Sector?: IT"], 2)

    def test_lists_open_grouped(self):
        for field in ("profile_ids", "profiling_answer_ids", "profiling_question_ids"):
            result = self.env["res.partner"].web_read_group(
                self.here,
                [field],
                ["__count"],
                auto_unfold=True,
                unfold_read_specification={"name": {}},
            )
            self.assertTrue(result["groups"])

    def test_search_panel_by_profile_and_category(self):
        Partner = self.env["res.partner"]
        for field, wanted in (
            ("profile_ids", {"Partnership": 2, "SaaS": 1}),
            ("category_id", {"Partnership": 2, "SaaS": 1}),
        ):
            result = Partner.search_panel_select_multi_range(
                field, enable_counters=True, search_domain=list(self.here)
            )
            found = {
                value["display_name"]: value["__count"]
                for value in result["values"]
                if value["__count"]
            }
            self.assertEqual(found, wanted, field)

    def test_search_panel_narrows(self):
        result = self.env["res.partner"].search_panel_select_multi_range(
            "category_id",
            enable_counters=True,
            search_domain=list(self.here),
            filter_domain=[("profile_ids", "in", self.saas.ids)],
        )
        found = {
            value["display_name"]: value["__count"]
            for value in result["values"]
            if value["__count"]
        }
        self.assertEqual(found, {"Partnership": 1, "SaaS": 1})

    def test_lists_of_contacts_sort_and_page(self):
        result = self.env["res.partner"].web_search_read(
            [("profile_ids", "!=", False), *self.here],
            {"name": {}, "profile_ids": {"fields": {"display_name": {}, "color": {}}}},
            order="complete_name desc",
            limit=1,
        )
        self.assertEqual(result["length"], 2)

    def test_the_catalog_of_the_widgets(self):
        self.env["crm.profiling.questionnaire"].create(
            {
                "name": "Fair",
                "question_ids": [
                    Command.set((self.ask("Staff?") + self.ask("Sector?")).ids)
                ],
            }
        )
        self.choice("Sector?", "Others").action_archive()
        self.ask("Function?").action_archive()
        catalog = self.env["crm.profiling.questionnaire"].get_catalog()
        by_name = {question["name"]: question for question in catalog["questions"]}
        self.assertEqual(len(by_name), 6)
        self.assertFalse(by_name["Function?"]["active"])
        sector = by_name["Sector?"]
        self.assertEqual((sector["mode"], sector["level"]), ("single", "company"))
        self.assertEqual(
            [(answer["name"], answer["active"]) for answer in sector["answers"]],
            [
                ("IT", True),
                ("ERP consultant", True),
                ("Services", True),
                ("Industry", True),
                ("Others", False),
            ],
        )
        (questionnaire,) = catalog["questionnaires"]
        self.assertEqual(
            questionnaire["question_ids"],
            [self.ask("Staff?").id, self.ask("Sector?").id],
        )
