"""The decision tree: its shape on the worked example, and who is on its branches."""

import time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, tagged, users

from ...models.insight.crm_profiling_tree import MOST
from ...models.insight.tree_nodes import Grower
from ...models.insight.tree_words import Labels
from ...outcomes import Branch, Condition
from ..common import ProfilingCase
from ..interview.test_plain_chooser import Random


@tagged("post_install", "-at_install")
class TestTree(ProfilingCase):
    def setUp(self):
        super().setUp()
        self.tree = self.env["crm.profiling.tree"]

    def draw(self, **kwargs):
        return self.tree.get_tree(**kwargs)

    def nodes(self, node):
        """Return a node and all below it."""
        return [node, *(n for child in node["children"] for n in self.nodes(child))]

    def follow(self, node, *labels):
        """Return where branches of these labels lead to."""
        for label in labels:
            children = {child["label"]: child for child in node["children"]}
            self.assertIn(label, list(children))
            node = children[label]
        return node

    def names(self, node):
        return [profile["name"] for profile in node["profiles"]]

    def found(self, node, **kwargs):
        action = self.tree.get_contacts_action(node["path"], **kwargs)
        return self.env[action["res_model"]].search(action["domain"])

    # Shape

    def test_the_worked_example(self):
        root = self.draw(limit=400)
        self.assertEqual(root["question"]["name"], "Sector?")
        self.assertEqual(
            [child["label"] for child in root["children"]],
            ["IT, ERP consultant", "Services", "Industry, Others"],
        )
        leaf = self.follow(root, "IT, ERP consultant", "21-50")
        self.assertFalse(leaf["question"])
        self.assertEqual(self.names(leaf), ["SaaS", "Partnership"])
        leaf = self.follow(root, "Industry, Others", "51-100, 101-500, 500+")
        self.assertEqual((self.names(leaf), leaf["open"]), ([], 0))
        journalist = self.follow(root, "IT, ERP consultant", "1, 2-20")
        self.assertEqual(journalist["question"]["name"], "Journalist?")
        self.assertEqual(
            self.names(self.follow(journalist, "No")),
            ["Training", "SaaS", "Partnership"],
        )

    def test_an_answer_with_a_comma_is_told_from_two(self):
        self.ask("Sector?").answer_ids[0].name = "IT, ERP"
        labels = [child["label"] for child in self.draw()["children"]]
        self.assertIn("“IT, ERP”, ERP consultant", labels)

    def test_of_profiles_and_what_they_are_part_of_the_narrowest_are_shown(self):
        self.saas.parent_id = self.partnership
        leaf = self.follow(self.draw(), "IT, ERP consultant", "21-50")
        self.assertEqual(self.names(leaf), ["SaaS"])
        leaf = self.follow(self.draw(), "IT, ERP consultant", "51-100, 101-500, 500+")
        self.assertEqual(self.names(leaf), ["Partnership"])

    def test_the_narrowest_of_several_stand_first(self):
        self.profile("IT part", {"Staff?": "21-50"}, parent_id=self.partnership.id)
        leaf = self.follow(self.draw(limit=400), "IT, ERP consultant", "21-50")
        self.assertEqual(self.names(leaf), ["IT part", "SaaS"])

    def test_each_question_is_what_an_interview_asks(self):
        chooser = self.env["crm.profiling.chooser"]
        evaluator = self.env["crm.profiling.catalog"]._evaluator()
        everything, asked = self.env["crm.profiling.question"].search([]).ids, 0
        for node in self.nodes(self.draw(limit=400)):
            known = evaluator.mask(a for _q, ids in node["path"] for a in ids)
            choice = chooser._choose(known, everything)
            self.assertEqual(
                node["question"] and node["question"]["id"],
                choice and choice.question_id or False,
            )
            asked += bool(choice)
        self.assertGreater(asked, 3)

    def test_every_answer_has_one_branch(self):
        asking = [n for n in self.nodes(self.draw(limit=400)) if n["question"]]
        for node in self.some(asking):
            answers = [
                a for child in node["children"] for a in child["label"].split(", ")
            ]
            question = self.ask(node["question"]["name"])
            self.assertEqual(
                sorted(answers), sorted(question.answer_ids.mapped("name"))
            )

    def test_it_is_unfolded_part_by_part(self):
        whole, part = self.draw(limit=400), self.draw(limit=6)
        folded = [node for node in self.nodes(part) if node["folded"]]
        self.assertLessEqual(len(self.nodes(part)), 6)
        self.assertTrue(folded)
        for node in folded:
            rest = self.draw(path=node["path"], limit=400)
            same = next(n for n in self.nodes(whole) if n["path"] == node["path"])
            self.assertEqual(rest["children"], same["children"])

    def test_the_questions_of_a_questionnaire(self):
        questionnaire = self.env["crm.profiling.questionnaire"].create(
            {"name": "Short", "question_ids": [Command.set(self.ask("Sector?").ids)]}
        )
        root = self.draw(questionnaire_id=questionnaire.id)
        self.assertEqual(root["question"]["name"], "Sector?")
        leaf = self.follow(root, "Services")
        self.assertFalse(leaf["question"] or leaf["folded"])
        self.assertEqual(leaf["open"], 3)

    def test_several_answers_are_told_apart_by_what_they_do(self):
        self._forget_catalog()
        self.question("Needs?", ["A", "B", "C", "D"], selection_mode="multiple")
        self.profile("AB", {"Needs?": ["A", "B"]})
        self.profile("Not C", {}, {"Needs?": "C"})
        root = self.draw()
        self.assertEqual(
            {child["label"]: self.names(child) for child in root["children"]},
            {
                "one of: A, B; none of: C": ["AB", "Not C"],
                "none of: A, B; one of: C": [],
                "none of: A, B; none of: C": ["Not C"],
                "one of: A, B; one of: C": ["AB"],
            },
        )

    def test_what_stands_beside_it(self):
        """The questionnaires of the user's company, and what the user may do."""
        east, west = self.companies("East", "West")
        Questionnaire = self.env["crm.profiling.questionnaire"]
        for company in (east.browse(), east, west):
            Questionnaire.create({"name": f"Q{company.name}", "company_id": company.id})
        everything = self.env["crm.profiling.profile"].search_count([])
        tree = self.tree.with_context(allowed_company_ids=(east | west).ids)
        header = tree.get_header()
        names = [one["name"] for one in header["questionnaires"]]
        self.assertCountEqual(names, ["QFalse", "QEast"])
        self.assertEqual((header["manager"], header["profiles"]), (True, everything))
        header = self.tree.with_user(self.salesman).get_header()
        self.assertFalse(header["manager"])

    def test_nothing_to_draw(self):
        self._forget_catalog()
        root = self.draw()
        self.assertFalse(root["question"] or root["children"] or root["profiles"])
        self.assertEqual(self.tree.get_header()["profiles"], 0)

    # Contacts

    def populate(self):
        """Create contacts with all sorts of answers, from none to all."""
        questions = self.env["crm.profiling.question"].search([])
        company = self.prospect("ACME", {"Staff?": "1"}, is_company=True)
        contacts = self.prospect("Nobody") | company
        contacts |= self.prospect("Child", {"Sector?": "IT"}, parent_id=company.id)
        for number in range(60):
            answers = {
                question.name: question.answer_ids[
                    (number * 7 + rank * number // 3) % len(question.answer_ids)
                ].name
                for rank, question in enumerate(questions)
                if (number + rank) % 5
            }
            contacts |= self.prospect(f"P{number}", answers)
        contacts[-1].active = False
        self.prospect("Address", parent_id=company.id, type="delivery")
        return contacts

    def assertCounts(self, root):
        """Check counts against what each contact's own answers say."""
        contacts = self.env["res.partner"].search(
            [("profiling_answer_ids", "!=", False), ("type", "=", "contact")]
        )
        for node in self.nodes(root):
            here = contacts
            for question_id, answer_ids in node["path"]:
                labels = self.labels(root, question_id, answer_ids, node["path"])
                here = here.filtered(
                    lambda c, q=question_id, names=labels: (
                        c.profiling_answer_ids.filtered(
                            lambda a: a.question_id.id == q and a.name in names
                        )
                    )
                )
            self.assertEqual(node["contacts"], len(here), node["path"])
            self.assertEqual(self.found(node), here)
            if node["question"]:
                asked = node["question"]["id"]
                not_asked = here.filtered(
                    lambda c, q=asked: q not in c.profiling_answer_ids.question_id.ids
                )
                self.assertEqual(node["not_asked"], len(not_asked))
                self.assertEqual(self.found(node, waiting=asked), not_asked)

    def labels(self, root, question_id, answer_ids, path):
        """Return the answers on the branch that a step of a path takes."""
        at = next(i for i, (q, _ids) in enumerate(path) if q == question_id) + 1
        nodes = {str(node["path"]): node for node in self.nodes(root)}
        return nodes[str(tuple(path[:at]))]["label"].split(", ")

    def test_contacts_on_each_branch(self):
        self.populate()
        root = self.draw(limit=400)
        self.assertEqual(root["contacts"], 61)
        self.assertCounts(root)

    def test_who_gave_an_archived_answer_goes_with_those_it_is_treated_like(self):
        ann = self.prospect("Ann", {"Sector?": "Others"})
        self.choice("Sector?", "Others").active = False
        branch = self.follow(self.draw(), "Industry")
        self.assertEqual((branch["contacts"], self.found(branch)), (1, ann))

    def test_contacts_who_gave_several_answers(self):
        self._forget_catalog()
        self.question("Needs?", ["A", "B", "C", "D"], selection_mode="multiple")
        self.profile("AB", {"Needs?": ["A", "B"]}, {"Needs?": "C"})
        self.profile("D", {"Needs?": "D"})
        everybody = [
            self.prospect(str(number), {"Needs?": [*letters]})
            for number, letters in enumerate(["A", "AB", "ABC", "CD", "D", "AD", "C"])
        ]
        for node in self.draw()["children"]:
            here = [p for p in everybody if p in self.found(node)]
            self.assertEqual(node["contacts"], len(here))
            for partner in here:
                self.assertEqual(
                    set(partner.profile_ids.mapped("name")), set(self.names(node))
                )
            everybody = [p for p in everybody if p not in here]
        self.assertFalse(everybody)

    def test_contacts_of_other_companies_are_not_counted(self):
        other = self.env["res.company"].sudo().create({"name": "Other"})
        self.prospect("Mine", {"Sector?": "Services"})
        theirs = self.prospect("Theirs", {"Sector?": "Services"})
        theirs.sudo().company_id = other
        self.assertEqual(self.follow(self.draw(), "Services")["contacts"], 1)

    def test_who_was_asked_nothing_is_neither_counted_nor_listed(self):
        """Though their data say enough: below a question that is found, and above."""
        self._forget_catalog()
        belgium = self.env.ref("base.be")
        conditions = {"Belgium": [("country_id", "=", belgium.id)], "Elsewhere": False}
        self.env["crm.profiling.question"].create(
            {
                "name": "Country?",
                "origin": "contact",
                "answer_ids": [
                    Command.create({"name": name, "domain": domain and repr(domain)})
                    for name, domain in conditions.items()
                ],
            }
        )
        self.question("Mood?", ["Good", "Bad"])
        self.profile("Belgians", {"Country?": "Belgium"})
        self.profile("Happy Belgians", {"Country?": "Belgium", "Mood?": "Good"})
        ann = self.prospect("Ann", {"Mood?": "Good"}, country_id=belgium.id)
        bob = self.prospect("Bob", country_id=belgium.id)
        self.assertProfiles(bob, "Belgians")
        nodes = self.some(self.nodes(self.draw()))
        self.assertEqual({node["contacts"] for node in nodes}, {0, 1})
        for node in nodes:
            here = self.found(node)
            self.assertEqual(here, ann if node["contacts"] else ann.browse())

    def test_a_branch_that_is_no_more(self):
        node = self.follow(self.draw(), "Services")
        self.env["crm.profiling.profile"].search([]).active = False
        with self.assertRefused(UserError, "changed"):
            self.found(node)

    # Cost and rights

    def test_queries_do_not_grow_with_the_tree(self):
        self.populate()
        self.draw(limit=400)
        few = self.count_queries(self.draw, limit=400)
        for number in range(6):
            self.question(f"Q{number}?", ["Yes", "No"])
            required = {f"Q{number}?": "Yes", "Sector?": "Services"}
            self.profile(f"P{number}", required)
        self.draw(limit=400)
        many = self.count_queries(self.draw, limit=400)
        self.assertGreater(len(self.nodes(self.draw(limit=400))), 150)
        self.assertEqual(many, few)

    @users("profiling_salesman")
    def test_salespeople_may_look_at_it(self):
        self.assertTrue(self.tree.with_env(self.env).get_tree()["children"])
        self.assertFalse(self.tree.with_env(self.env).get_header()["manager"])

    @users("profiling_outsider")
    def test_others_may_not(self):
        tree = self.tree.with_env(self.env)
        for method in (tree.get_tree, tree.get_header, tree.get_contacts_action):
            with self.assertRaises(AccessError):
                method()

    # What is no branch

    @users("profiling_salesman")
    def test_what_is_no_number_or_no_path_is_refused_in_words(self):
        tree = self.tree.with_env(self.env)
        for value in ("1", [1], {1: 2}, 1.5, True, "x" * 100_000):
            for name in ("limit", "questionnaire_id"):
                with self.subTest(name), self.assertRefused(UserError, "numbers"):
                    tree.get_tree(**{name: value})
            with self.assertRefused(UserError, "numbers"):
                tree.get_contacts_action([], value)
        step = [self.ask("Sector?").id, self.choice("Sector?", "IT").ids]
        for path in (
            "abc",
            5,
            {1: 2},
            [1],
            [[1]],
            [[1, 2]],
            [["1", [2]]],
            [[1, ["2"]]],
        ):
            for method in (tree.get_tree, tree.get_contacts_action):
                with self.subTest(path), self.assertRefused(UserError, "no branch"):
                    method(path=path)
        for path in ([step, step], [step] * 5_000, [[step[0], []]], [[-1, [1]]]):
            for method in (tree.get_tree, tree.get_contacts_action):
                with self.assertRefused(UserError, "changed"):
                    method(path=path)
        with self.assertRefused(UserError, "changed"):
            tree.get_contacts_action([step], step[0])
        with self.assertRefused(UserError, "deleted"):
            tree.get_tree(questionnaire_id=1_000_000_000)

    @users("profiling_salesman")
    def test_however_many_branches_are_asked_for(self):
        tree = self.tree.with_env(self.env)
        whole = self.nodes(tree.get_tree(limit=1_000_000_000))
        self.assertEqual(len(whole), len(self.nodes(tree.get_tree(limit=MOST))))
        few = tree.get_tree(limit=-5)
        self.assertTrue(few["children"])
        self.assertLess(len(self.nodes(few)), len(whole))


class Answers:
    """Three answers to one question, by the bits 1, 2 and 4 of a mask."""

    names = {1: "A", 2: "B", 3: "C"}

    def answer_ids(self, mask):
        return [id_ for id_ in self.names if mask & 1 << id_ - 1]

    def answers(self, _question_id):
        return 7


@tagged("post_install", "-at_install")
class TestLabels(ProfilingCase):
    """What branches are called, whatever is told apart there."""

    def label(self, *conditions, answers=0, **names):
        told = Answers()
        told.names = {id_: names.get(name, name) for id_, name in told.names.items()}
        labels = Labels(self.env, told, told, told.names)
        return labels.of(1, Branch(0, answers, conditions))

    def test_answers_are_listed(self):
        self.assertEqual(self.label(answers=1), "A")
        self.assertEqual(self.label(answers=6), "B, C")

    def test_what_looks_like_a_list_is_quoted(self):
        for name, shown in (
            ("A, B", "“A, B”"),
            ("A; B", "“A; B”"),
            ("A: B", "A: B"),
            ("A.", "A."),
        ):
            self.assertEqual(self.label(answers=3, A=name), f"{shown}, B")

    def test_conditions(self):
        """Wanted, refused, and whether that is so."""
        for condition, words in (
            ((3, 0, True), "one of: A, B"),
            ((3, 0, False), "none of: A, B"),
            ((7, 4, True), "none of: C"),
            ((7, 4, False), "one of: C"),
            ((3, 4, True), "one of: A, B, none of: C"),
            ((3, 4, False), "none of: A, B, or one of: C"),
        ):
            self.assertEqual(self.label(Condition(*condition)), words, condition)

    def test_several_conditions_each_once(self):
        one, other = Condition(1, 0, True), Condition(7, 1, True)
        self.assertEqual(self.label(one, other, one), "one of: A; none of: A")


@tagged("post_install", "-at_install")
class TestLargeTree(BaseCase):
    """300 profiles and 100 questions, of which a sixth take several answers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.catalog = Random(19, 100, 300, multiple=1 / 6, answers=6)
        cls.chooser = cls.catalog.chooser

    def grow(self, steps, limit):
        """Return a node unfolded, and the seconds that took this process."""
        begun = time.process_time()
        grower = Grower(self.catalog.evaluator, self.chooser, 1)
        node = grower.node(steps)
        grower.unfold(node, limit)
        return node, time.process_time() - begun

    def test_it_opens_and_unfolds_at_once(self):
        root, seconds = self.grow([], 40)
        self.assertGreater(len(list(root.walk())), 30)
        # ten times what is wanted, here and below: machines may be busy
        self.assertLess(seconds, 10)
        grower = Grower(self.catalog.evaluator, self.chooser, 1)
        for child in root.children:
            node, seconds = self.grow(grower.steps(child.path), 12)
            self.assertGreater(len(node.children), 1)
            self.assertLess(seconds, 3)

    def test_as_many_branches_as_there_may_be(self):
        root, seconds = self.grow([], MOST)
        self.assertGreater(len(list(root.walk())), MOST - 100)
        self.assertLess(seconds, 20)
