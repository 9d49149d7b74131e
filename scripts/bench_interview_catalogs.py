"""Catalogs to ask by, in plain Python: the worked example, and generated ones.

No database, no Odoo: the example is read from the demo data, and the plain files of the
addon are loaded without it.
"""

import importlib.util
import random
import re
import sys
from pathlib import Path
from types import ModuleType

from lxml import etree

ADDON = Path(__file__).parent.parent / "crm_profiling"
ANSWER = re.compile(r"\bcrm_profiling_answer_demo_\w+")


def load():
    """Return the addon's plain Python modules, without importing Odoo's."""
    package = ModuleType("addon")
    package.__path__ = [str(ADDON)]
    sys.modules["addon"] = package
    modules = []
    for name in ("evaluator", "outcomes", "chooser"):
        spec = importlib.util.spec_from_file_location(
            f"addon.{name}", ADDON / f"{name}.py"
        )
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
        modules.append(module)
    return modules


evaluator, outcomes, chooser = load()


class Catalog:
    """Questions and profiles in plain sets; an answer is ``(question, number)``.

    :param sizes: ``{question: number of answers}``, in the questionnaire's order
    :param profiles: ``{profile: (parent or None, required, excluded)}``
    """

    def __init__(self, sizes, profiles):
        self.sizes, self.profiles = sizes, profiles
        answers = [(q, n) for q, size in sizes.items() for n in range(size)]
        self.bits = {answer: 1 << rank for rank, answer in enumerate(answers)}
        rules = [self._rule(*item) for item in profiles.items()]
        topics = [
            outcomes.Topic(q, True, {self.bits[q, n]: 1 / size for n in range(size)})
            for q, size in sizes.items()
        ]
        ids = {rank + 1: bit for rank, bit in enumerate(self.bits.values())}
        self.chooser = chooser.Chooser(evaluator.Evaluator(rules, ids), topics)

    def _rule(self, profile, definition):
        parent, required, excluded = definition
        criteria = tuple(
            evaluator.Criterion(
                q,
                profile,
                sum(self.bits[q, n] for n in range(self.sizes[q])),
                sum(self.bits[answer] for answer in required if answer[0] == q),
                sum(self.bits[answer] for answer in excluded if answer[0] == q),
            )
            for q in sorted({q for q, _number in required | excluded})
        )
        return evaluator.Rule(profile, parent or 0, True, 0, profile, criteria)

    def allowed(self, profile):
        """Return ``{question: numbers of the answers that satisfy a profile}``."""
        wanted = {}
        while profile:
            profile, required, excluded = self.profiles[profile]
            for q in {q for q, _number in required | excluded}:
                numbers = {n for n in range(self.sizes[q]) if (q, n) not in excluded}
                if stated := {n for other, n in required if other == q}:
                    numbers &= stated
                wanted[q] = wanted.get(q, numbers) & numbers
        return wanted


def generated(seed, questions, profiles=None, below=2 / 3):
    """Return a random catalog: as many profiles as questions, of 1-3 criteria each.

    :param below: share of profiles that are part of another one
    """
    pick = random.Random(seed)
    sizes = {q: pick.randint(2, 6) for q in range(1, questions + 1)}
    made = {}
    for profile in range(1, (profiles or questions) + 1):
        parent = pick.choice(list(made)) if made and pick.random() < below else None
        required, excluded = set(), set()
        for q in pick.sample(list(sizes), pick.randint(1, 3)):
            numbers = pick.sample(range(sizes[q]), pick.randint(1, sizes[q] - 1))
            kind = required if pick.random() < 0.75 else excluded
            kind |= {(q, number) for number in numbers}
        made[profile] = (parent, required, excluded)
    return Catalog(sizes, made)


def example():
    """Return the catalog of the worked example, as the demo data has it.

    Of what is asked: without questions whose answers are found, and their profiles.
    """
    sizes, answers = {}, {}
    for question in records("question"):
        given = question.findall("field[@name='answer_ids']/record")
        if given and question.find("field[@name='origin']") is None:
            sizes[len(sizes) + 1] = len(given)
            for number, answer in enumerate(given):
                answers[answer.get("id")] = len(sizes), number
    numbers, profiles = {}, {}
    for record in records("profile"):
        value = {field.get("name"): field for field in record}
        required, excluded = (
            set(ANSWER.findall(value[kind].get("eval"))) if kind in value else set()
            for kind in ("required_answer_ids", "excluded_answer_ids")
        )
        if required | excluded <= answers.keys():
            number = numbers[record.get("id")] = len(numbers) + 1
            parent = value["parent_id"].get("ref") if "parent_id" in value else None
            profiles[number] = (
                numbers.get(parent),
                {answers[name] for name in required},
                {answers[name] for name in excluded},
            )
    return Catalog(sizes, profiles)


def records(name):
    """Return the demo data's records of `question` or `profile`."""
    tree = etree.parse(ADDON / "demo" / f"crm_profiling_{name}_demo.xml")
    return tree.findall(f"record[@model='crm.profiling.{name}']")
