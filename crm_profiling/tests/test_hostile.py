"""Whatever is sent, the answer is in words: never a traceback, nothing of another's.

`make test` makes the same few hundred calls each time; `make fuzz` makes others for as
long as one likes.
"""

import inspect
import linecache
import logging
import os
import random
import time
from collections import Counter
from unittest import skipUnless

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.service.model import get_public_method
from odoo.tests import tagged

from .ours import OURS, extended_models, our_fields, our_models, public_methods
from .rights import MISSING, RightsCase
from .test_rights_matrix import CHANGING, FINDING, READING, Me, all_lines

_logger = logging.getLogger(__name__)

# Calls of the usual run, and how long it may take, whatever the machine.
CALLS, SECONDS = 400, 20
# No call may keep a worker longer; on a quiet machine, not a fifth of it.
PATIENCE = 30

OPERATORS = ("=", "!=", "in", "not in", "any", "not any", "ilike", "=like", "<",
             "child_of", "nonsense")  # fmt: skip

# Deleted, a contact takes along all that is known of it.
GOING = ("res.partner", "unlink")

PLAIN = [
    None, True, False, 0, 1, -1, 99, 2**31 - 1, 2**31, 2**63, -(2**40), 1.5,
    float("nan"), "", " ", "x", "1", "a,b;c", "é€😀", "x" * 20_000, ":" * 3000, "%",
    "\\", "'\"", "\n", "\0", "a\0b", "\ud800",
    "<img src=x onerror=alert(1)>", "2026-13-45", "2026-01-01", "ä" * 300,
    [], [0], [None], ["x"], [[]], [[4]], [[4, "x"]], [[6, 0, "x"]], [[6, 0, [None]]],
    [[0, 0, {}]], [[3, 1]], [[9, 9, 9]], [{}], list(range(1, 2000)),
    {}, {"id": 1}, {"id": "x", "name": []}, {"": None}, {"a": {"b": [1]}},
    [["id", "=", 1]], [["name", "ilike", "x"]], ["|"], [["nonsense", "=", 1]],
]  # fmt: skip


class Hostile:
    """Makes up one call after the other, each from a number alone."""

    def __init__(self, case, seed):
        self.case, self.random = case, random.Random(seed)
        things = case.targets
        self.ids = [MISSING] + [
            record.id
            for target in ("own", "shared", "foreign")
            for record in vars(things[target]).values()
            if len(record) == 1
        ]
        self.name = self.random.choice(list(case.users))
        self.user = case.users[self.name]

    def value(self):
        """Return something that nobody expects."""
        kind = self.random.random()
        if kind < 0.55:
            return self.random.choice(PLAIN)
        if kind < 0.75:
            return self.random.choice(self.ids)
        if kind < 0.85:
            return [self.random.choice(self.ids) for _n in range(3)]
        if kind < 0.92:
            return [[self.random.choice((3, 4)), self.random.choice(self.ids)]]
        return {"id": self.random.choice(self.ids), "x": self.random.choice(PLAIN)}

    def spoil(self, value):
        """Return a value with something in it that does not belong there."""
        if isinstance(value, dict) and value and self.random.random() < 0.8:
            key = self.random.choice(list(value))
            if self.random.random() < 0.2:
                return {k: v for k, v in value.items() if k != key}
            return {**value, key: self.spoil(value[key])}
        if isinstance(value, (list, tuple)) and value and self.random.random() < 0.6:
            at = self.random.randrange(len(value))
            return [*value[:at], self.spoil(value[at]), *value[at + 1 :]]
        return self.value()

    def call(self, calls):
        """Return ``(model, method, args, kwargs)``, one of many."""
        model, method, args, kwargs = self.choose(calls)
        if self.random.random() < 0.15:
            kwargs = {**kwargs, "context": self.context()}
        return model, method, args, kwargs

    def context(self):
        """Return a context as no client of Odoo's sends it."""
        key = self.random.choice(
            (
                "active_test", "active_ids", "active_model", "lang", "tz",
                "allowed_company_ids", "import_file", "profiling_quiet",
                "crm_profiling_question_checks", "crm_profiling_erase",
                "profiling_profile_id", "default_user_id", "default_partner_id",
                "default_state", "default_company_id", "default_partner_ids",
            )
        )  # fmt: skip
        companies = [self.case.west.id], [self.case.east.id, self.case.west.id]
        if key in ("lang", "tz"):  # Odoo itself takes nothing but a text there
            return {key: self.random.choice(("xx_XX", "nonsense", "", "de_DE"))}
        if key == "allowed_company_ids":
            return {key: self.random.choice(companies)}
        return {key: self.value()}

    def choose(self, calls):
        model, method = self.random.choice(calls)
        line = self.case.lines.get(model, {}).get(method)
        if line and self.random.random() < 0.7:
            return model, method, *self.almost(line, model, method)
        if method in {**READING, **CHANGING, **FINDING}:
            return model, method, self.of_the_orm(model, method), {}
        return model, method, self.anything(model, method), {}

    def almost(self, line, model, method):
        """Return the arguments of a call as it should be, but for something."""
        target = self.random.choice(("own", "shared", "foreign"))
        variants = [line.args, *line.guesses]
        args, kwargs = self.random.choice(variants)(
            self.case.targets[target], Me(self.case, self.name)
        )
        args = list(args)
        is_model = self.is_model(model, method)
        if len(args) > (not is_model):
            at = self.random.randrange(not is_model, len(args))
            args[at] = self.spoil(args[at])
        elif not is_model:
            args[0] = self.records(model)
        return args, kwargs

    def is_model(self, model, method):
        function = get_public_method(self.case.env[model], method)
        return getattr(function, "_api_model", False)

    def records(self, model):
        """Return ids of a model: some there are, some not, none, many."""
        ids = [
            record.ids
            for target in self.case.targets.values()
            for record in vars(target).values()
            if record._name == model
        ]
        ids += [[], [MISSING], [1, 2]]
        if len(ids) > 4:
            ids.append([*ids[0], *ids[1]])
        return self.random.choice(ids)

    def anything(self, model, method):
        """Return the right number of arguments, of any kind."""
        function = get_public_method(self.case.env[model], method)
        args = [] if self.is_model(model, method) else [self.records(model)]
        parameters = list(inspect.signature(function).parameters.values())[1:]
        for parameter in parameters:
            if parameter.kind is inspect.Parameter.VAR_KEYWORD:
                continue
            if parameter.default is parameter.empty or self.random.random() < 0.7:
                args.append(self.value())
            else:
                break
        return args

    def of_the_orm(self, model, method):
        """Return arguments of a method of the ORM on fields of ours."""
        Model = self.case.env[model]
        names = sorted(
            Model._fields if model in our_models(self.case.sudo) else our_fields(Model)
        )
        # a model of others that we give no fields takes its own
        names = names or sorted(Model._fields)
        chosen = [self.random.choice(names) for _n in range(3)]
        record = Model.browse(self.records(model))
        if method in CHANGING:
            return list(
                CHANGING[method](record, {name: self.value() for name in chosen})
            )
        if method == "onchange":
            values = {name: self.value() for name in chosen}
            return [[], values, chosen, {name: {} for name in chosen}]
        return list({**READING, **FINDING}[method](record, chosen))


def whose(error):
    """Return where a call failed: in a line of ours, or None where Odoo itself did.

    What a method of ours hands to Odoo's own is for that to refuse.
    """
    last, trace = None, error.__traceback__
    while trace:
        frame = trace.tb_frame
        module = frame.f_globals.get("__name__", "").split(".")
        if module[:2] == ["odoo", "addons"] and OURS.fullmatch(module[2]):
            if "tests" not in module:
                last = frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    if last is None or "super(" in linecache.getline(*last):
        return None
    return f"{os.path.basename(last[0])}:{last[1]}"


@tagged("post_install", "-at_install")
class TestHostile(RightsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        calls = set(public_methods(cls.sudo))
        for model in our_models(cls.sudo):
            if not cls.sudo[model]._abstract:
                calls |= {(model, method) for method in (*CHANGING, *READING)}
        calls |= {("res.partner", method) for method in ("write", "read", "onchange")}
        # not what only Odoo answers for
        cls.calls = sorted(
            (model, method)
            for model, method in calls
            if hasattr(cls.sudo[model], method) and method != "copy_translations"
        )
        cls.lines = all_lines(cls)
        cls.before = cls.snapshot()
        cls.odoos = Counter()

    def call_one(self, seed):
        """Make the call of a number; return what is wrong with what came of it."""
        with self.undone():
            hostile = Hostile(self, seed)
            model, method, args, kwargs = hostile.call(self.calls)
            begun = time.monotonic()
            outcome = self.call(hostile.user, model, method, *args, **kwargs)
            seconds = time.monotonic() - begun
            said = f"SEED={seed}: {hostile.name} calls {model}.{method}"
            said += f"({', '.join(repr(arg)[:200] for arg in args)})"
            error = outcome.error
            if not outcome.in_words and not isinstance(error, IntegrityError):
                if where := whose(error):
                    return f"{said}\n    {where}: {error!r}"[:1200]
                self.odoos[f"{model}.{method}: {type(error).__name__}"] += 1
                return None
            if seconds > PATIENCE:
                return f"{said}\n    takes {seconds:.1f} s"
            line = self.lines.get(model, {}).get(method)
            # with a contact that is everybody's goes what West knows of it
            allowed = (line and line.beyond) or (model, method) == GOING
            try:
                self.assertNothingForeign(outcome, None if allowed else self.before)
            except AssertionError as wrong:
                return f"{said}\n    {wrong}"[:1200]
            return None

    def report(self, wrong):
        for what, count in sorted(self.odoos.items()):
            _logger.info("Odoo's own: %s (%s)", what, count)
        self.assertFalse(wrong, f"\n{len(wrong)} of them:\n" + "\n".join(wrong))

    def test_a_few_calls(self):
        end, wrong = time.monotonic() + SECONDS, []
        for seed in range(CALLS):
            wrong.append(self.call_one(seed))
            if time.monotonic() > end:
                break
        self.report(list(filter(None, wrong)))

    def test_none_or_several_where_one_is_meant(self):
        """Odoo's own `ensure_one` would answer with a traceback."""
        hostile, wrong = Hostile(self, 0), []
        calls = [
            (model, method)
            for model, method in self.calls
            if model in our_models(self.sudo) and method not in (*READING, *CHANGING)
        ]
        for model, method in calls:
            function = get_public_method(self.env[model], method)
            if hostile.is_model(model, method):
                continue
            parameters = list(inspect.signature(function).parameters.values())[1:]
            args = [None for one in parameters if one.default is one.empty]
            Model = self.sudo[model]
            two = [] if Model._abstract else Model.search([], limit=2).ids
            for ids in ([], two):
                with self.undone():
                    user = self.users["manager"]
                    outcome = self.call(user, model, method, ids, *args)
                if "singleton" in str(outcome.error) and whose(outcome.error):
                    wrong.append(f"{model}.{method} of {len(ids)}: {outcome.error}")
        self.report(wrong)

    def test_searching_by_anything(self):
        """By fields of ours that are not simply stored."""
        values = [*PLAIN, *([one] for one in PLAIN)]
        wrong, dice = [], random.Random(1)
        for name, model in self.searched().items():
            for field in our_fields(model):
                if not model._fields[field].search:
                    continue
                for operator in OPERATORS:
                    for value in dice.sample(values, 4):
                        if where := self.search_one(name, (field, operator, value)):
                            wrong.append(where)
        self.report(wrong)

    def test_forms_opened_on_anything(self):
        """A wizard is of what its context says: that is the caller's, too."""
        wrong = []
        for name, model in our_models(self.sudo).items():
            for odd in PLAIN if not model._abstract else ():
                for active in ("res.partner", "crm.lead", "crm.profiling.profile"):
                    where = self.open_one(name, active_model=active, active_ids=odd)
                    wrong.append(where)
        self.report(list(filter(None, wrong)))

    def test_commands_that_are_none(self):
        """Of lists that follow from what happens, whatever is sent for commands."""
        own, user = self.targets["own"], self.users["manager"]
        sealed = [
            name
            for name, field in self.sudo["res.partner"]._fields.items()
            if getattr(field, "sealed", False) and field.type.endswith("2many")
        ]
        self.assertTrue(sealed)
        wrong = []
        for name in sealed:
            for odd in ([[4]], [[6, 0]], [[6]], [[]], [4], [[0]], [[1]], [[2]], [[9]]):
                with self.undone():
                    vals = {name: odd}
                    outcome = self.call(
                        user, "res.partner", "write", own.other.ids, vals
                    )
                if not outcome.in_words:
                    wrong.append(f"{vals}: {outcome.error!r}")
        self.report(wrong)

    def open_one(self, name, **context):
        """Return what is wrong with what comes of opening a new form."""
        with self.undone():
            model = self.sudo[name].with_user(self.users["manager"])
            model = model.with_context(active_id=context["active_ids"], **context)
            try:
                model.new(model.default_get(list(model._fields)))
            except UserError:
                return None
            except Exception as error:
                return whose(error) and f"{name} {context}\n    {error!r}"
            return None

    def search_one(self, name, condition):
        """Return what is wrong with what comes of a search."""
        with self.undone():
            user = self.users["manager"]
            outcome = self.call(user, name, "search", [condition], limit=1)
            if not outcome.in_words and (where := whose(outcome.error)):
                return f"{name} {condition!r:.200}\n    {where}: {outcome.error!r}"
            return None

    def searched(self):
        models = our_models(self.sudo), extended_models(self.sudo)
        return {
            name: model
            for some in models
            for name, model in some.items()
            if not (model._abstract or model._transient)
        }

    @skipUnless(os.environ.get("FUZZ_MINUTES"), "make fuzz makes more calls")
    def test_many_calls(self):
        seed = int(os.environ.get("FUZZ_SEED") or time.time())
        end = time.monotonic() + 60 * float(os.environ["FUZZ_MINUTES"])
        wrong, count = [], 0
        while time.monotonic() < end:
            if found := self.call_one(seed + count):
                wrong.append(found)
            count += 1
        _logger.info("%s calls", count)
        self.report(wrong)
