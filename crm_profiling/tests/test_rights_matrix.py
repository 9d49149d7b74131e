"""Whatever may be called is called by everybody, on what is theirs and what is not.

Nothing of another company is returned, changed, or told apart from what is not there.
A public method that is new has no line here, and the tests fail until it has one.
"""

import base64
import json
from typing import NamedTuple
from urllib.parse import unquote

from odoo import Command
from odoo.tests import HttpCase, tagged

from .ours import (
    OURS,
    extended_models,
    our_fields,
    our_models,
    our_routes,
    public_methods,
)
from .rights import MANAGERS, MISSING, SALES, RightsCase

EXPORTERS = MANAGERS
EVERYBODY = None


class Line(NamedTuple):
    """A method, who may call it on what is theirs, and how it is called."""

    who: tuple | None
    args: object = None  # (target, me) -> arguments
    guesses: tuple = ()  # the same, where only arguments are the target's
    beyond: tuple = ()  # of what it may change what is another company's, and why
    names: str = ""  # what of a target it may name, and why


def to(*args, **kwargs):
    return args, kwargs


def named(record):
    """Return the name of a record, any other one of one that is not there."""
    return "Nobody here" if record.id == MISSING else record.name


def records(kind):
    """Return the arguments of a method that takes none but the records themselves."""
    return lambda t, me: to(getattr(t, kind).ids)


def draft(required):
    """Return what a profile's form holds."""
    return lambda t, me: {
        "id": 0,
        "parent_id": False,
        "active": True,
        "company_id": False,
        "required_answer_ids": required(t),
        "excluded_answer_ids": [],
    }


def preview(**vals):
    def args(t, me):
        values = draft(lambda t: me.own.answer.ids)(t, me)
        return to(values | {k: value(t) for k, value in vals.items()}, "matching")

    return args


def mine(*get):
    """Return the arguments of a method of my interview, with others of the target."""
    return lambda t, me: to(me.interview(), *(one(t) for one in get))


SEGMENT = {
    f"action_segment_{what}": who
    for what, who in {
        "email": SALES,
        "call": SALES,
        "schedule": SALES,
        "opportunities": SALES,
        "export": SALES,
        "print": SALES,
    }.items()
}

# what reading and changing by the ORM is called; see `TestORM`
ORM = {"default_get", "create", "write", "unlink", "name_search", "copy_data",
       "copy_translations", "onchange", "search_panel_select_multi_range", "web_read",
       # what Odoo calls of its own within a request
       "session_info"}  # fmt: skip

LINES = {
    "crm.lead": {
        "action_profiling_interview": Line(EVERYBODY, records("lead")),
        "action_profiling_call_list": Line(
            ("all", "manager", "stranger"), records("lead")
        ),
    },
    "crm.profiling.board": {
        "get_board": Line(SALES, lambda t, me: to()),
        "action_view_contacts": Line(SALES, lambda t, me: to(True)),
        "action_view_entered": Line(
            SALES,
            lambda t, me: to(t.profile.id),
            (lambda t, me: to(t.profile.id),),
        ),
        "action_view_won": Line(
            SALES,
            lambda t, me: to(t.profile.id),
            (lambda t, me: to(t.profile.id),),
        ),
    },
    "crm.profiling.call.list": {
        name: Line(
            SALES,
            lambda t, me: to(
                me.wizard("call.list", name="Calls", partner_ids=t.partner.ids)
            ),
        )
        for name in ("action_start", "action_create_list")
    },
    "crm.profiling.entry.wizard": {
        "action_act": Line(
            MANAGERS,
            lambda t, me: to(me.wizard("entry.wizard", profile_id=t.profile.id)),
        ),
    },
    "crm.profiling.export": {
        "action_export": Line(
            EXPORTERS,
            lambda t, me: to(me.wizard("export", partner_ids=t.partner.ids)),
        ),
    },
    "crm.profiling.finding": {
        "action_check": Line(MANAGERS, lambda t, me: to()),
        "action_open_record": Line(
            MANAGERS,
            lambda t, me: to(
                me.wizard(
                    "finding", kind="empty", severity="1", profile_id=t.profile.id
                )
            ),
        ),
    },
    "crm.profiling.forget": {
        "action_forget": Line(
            MANAGERS,
            lambda t, me: to(me.wizard("forget", partner_ids=t.partner.ids)),
            # who asks to be forgotten is forgotten by everybody
            beyond=("shared",),
        ),
    },
    "crm.profiling.import": {
        "action_contacts": Line(SALES, lambda t, me: to(me.file(t))),
        "action_call": Line((), lambda t, me: to(me.file(t))),  # nobody is there yet
        "action_email": Line((), lambda t, me: to(me.file(t))),
        "action_profile": Line(
            SALES,
            lambda t, me: to(me.file(t), me.own.profile.id),
            (lambda t, me: to(me.file(me.own), t.profile.id),),
        ),
        "action_rejected": Line(SALES, lambda t, me: to(me.file(t))),
        "action_warnings": Line(SALES, lambda t, me: to(me.file(t))),
        "action_template": Line(SALES, lambda t, me: to()),
        "begin": Line(SALES, lambda t, me: to(me.file(t))),
        "discard": Line(SALES, lambda t, me: to(me.file(t))),
        "get_preview": Line(SALES, lambda t, me: to(me.file(t))),
        "get_start": Line(SALES, lambda t, me: to()),
        "run_batch": Line(SALES, lambda t, me: to(me.file(t))),
        "set_column": Line(SALES, lambda t, me: to(me.file(t), 0, "name")),
        "set_new_question": Line((), lambda t, me: to(me.file(t), 0, "Why?")),
        "set_options": Line(SALES, lambda t, me: to(me.file(t), {})),
        "set_value": Line(SALES, lambda t, me: to(me.file(t), 0, "Ann", "skip")),
        "undo": Line((), lambda t, me: to(me.file(t))),  # nothing was done yet
        "run_undo_batch": Line(SALES, lambda t, me: to(me.file(t))),
        "accept_guesses": Line(SALES, lambda t, me: to(me.file(t), 0)),
        "set_company": Line(SALES, lambda t, me: to(me.file(t), None, False)),
        "set_overwrite": Line(SALES, lambda t, me: to(me.file(t), 1, "name", True)),
        "upload": Line(SALES, lambda t, me: to("a.csv", me.csv())),
    },
    "crm.profiling.interview": {
        "action_open": Line(EVERYBODY, lambda t, me: to(me.interview(t))),
        "allow_calls": Line(SALES, lambda t, me: to(me.interview(t))),
        "create_contact": Line(
            SALES,
            lambda t, me: to({"name": "Carl", "email": "carl@example.com"}),
            (
                lambda t, me: to({"name": named(t.partner)}),
                lambda t, me: to({"name": "Carl", "company": named(t.other)}),
            ),
        ),
        "find_contacts": Line(
            SALES,
            lambda t, me: to(named(t.partner)),
            (lambda t, me: to(named(t.partner)),),
        ),
        "get_ahead": Line(
            SALES,
            lambda t, me: to(me.interview(t), t.question.id, [t.answer.ids, "skip"]),
            (
                mine(lambda t: t.question.id, lambda t: [t.answer.ids, "decline"]),
                lambda t, me: to(me.interview(), me.own.question.id, [t.answer.ids]),
                lambda t, me: to(
                    me.interview(),
                    me.own.question.id,
                    ["skip"],
                    [[t.question.id, t.answer.ids]],
                ),
            ),
        ),
        "get_history": Line(SALES, lambda t, me: to(me.interview(t))),
        "refuse_calls": Line(SALES, lambda t, me: to(me.interview(t), "Asked us to")),
        "write_contact": Line(
            SALES,
            lambda t, me: to(me.interview(t), {"function": "Buyer"}),
        ),
        "answer": Line(
            SALES,
            lambda t, me: to(me.interview(t), t.question.id, t.answer.ids),
            (
                mine(lambda t: t.question.id, lambda t: t.answer.ids),
                lambda t, me: to(me.interview(), me.own.question.id, t.answer.ids),
                lambda t, me: to(me.interview(), t.question.id, me.own.answer.ids),
            ),
        ),
        "ask": Line(
            SALES,
            lambda t, me: to(me.interview(t), t.question.id),
            (mine(lambda t: t.question.id),),
        ),
        "begin": Line(
            SALES,
            lambda t, me: to(t.partner.id),
            (
                lambda t, me: to(t.partner.id),
                lambda t, me: to(False, t.lead.id),
                lambda t, me: to(me.own.partner.id, t.lead.id),
                lambda t, me: to(me.own.partner.id, False, t.questionnaire.id),
                lambda t, me: to(me.own.partner.id, False, False, t.queue.id),
                lambda t, me: to(t.partner.id, False, False, me.own.queue.id),
                lambda t, me: to(False, False, False, t.queue.id),
            ),
        ),
        "decline": Line(
            SALES,
            lambda t, me: to(me.interview(t), t.question.id),
            (mine(lambda t: t.question.id),),
        ),
        "finish": Line(
            SALES,
            lambda t, me: to(me.interview(t), "Well", None),
            # what a profile of another company does for a contact of all waited for it
            beyond=("shared",),
        ),
        "do_after_call": Line(
            SALES,
            lambda t, me: to(
                me.interview(t, state="done"), "crm.profiling.interview.after.meeting"
            ),
        ),
        "get_follow_up": Line(SALES, lambda t, me: to(me.interview(t))),
        "get_screen": Line(SALES, lambda t, me: to(me.interview(t))),
        "reopen": Line(SALES, lambda t, me: to(me.interview(t))),
        "set_order": Line(
            SALES,
            lambda t, me: to(me.interview(t), "best", t.questionnaire.id),
            (mine(lambda t: "best", lambda t: t.questionnaire.id),),
        ),
        "skip": Line(
            SALES,
            lambda t, me: to(me.interview(t), t.question.id),
            (mine(lambda t: t.question.id),),
        ),
        "skip_prospect": Line(
            SALES, lambda t, me: to(me.interview(t, queue=True), "not_reached")
        ),
        "begin_next": Line(SALES, lambda t, me: to()),
        "get_whom": Line(SALES, lambda t, me: to()),
    },
    "crm.profiling.opportunity": {
        "action_create": Line(
            SALES,
            lambda t, me: to(
                me.wizard(
                    "opportunity",
                    name="Proposal",
                    profile_id=t.profile.id,
                    partner_ids=t.other.ids,
                )
            ),
        ),
    },
    "crm.profiling.profile": {
        "action_act_on_members": Line(EVERYBODY, records("profile")),
        "action_pause_run": Line(MANAGERS, records("profile")),
        "action_resume_run": Line(MANAGERS, records("profile")),
        "action_stop_acting": Line(MANAGERS, records("profile")),
        "action_view_members": Line(SALES, records("profile")),
        "action_preview": Line(
            MANAGERS,
            preview(required_answer_ids=lambda t: t.answer.ids),
            (
                preview(required_answer_ids=lambda t: t.answer.ids),
                preview(excluded_answer_ids=lambda t: t.answer.ids),
                preview(parent_id=lambda t: t.profile.id),
                preview(id=lambda t: t.profile.id),
            ),
        ),
        **{name: Line(who, records("profile")) for name, who in SEGMENT.items()},
    },
    "crm.profiling.question": {
        "action_look_now": Line(MANAGERS, records("question")),
        "action_view_contacts": Line(SALES, records("question")),
        "read_number": Line(SALES, lambda t, me: to(t.question.ids, "37")),
    },
    "crm.profiling.questionnaire": {
        "action_view_tree": Line(EVERYBODY, records("questionnaire")),
        "get_catalog": Line(SALES, lambda t, me: to()),
    },
    "crm.profiling.queue": {"action_start": Line(SALES, records("queue"))},
    "crm.profiling.queue.line": {
        "action_call": Line(SALES, records("queue_line")),
        "action_release": Line(SALES, records("queue_line")),
    },
    "crm.profiling.run": {
        "action_pause": Line(MANAGERS, records("run")),
        "action_resume": Line(MANAGERS, records("run")),
    },
    "crm.profiling.segment": {name: Line((), lambda t, me: to([])) for name in SEGMENT},
    "crm.profiling.tree": {
        "get_contacts_action": Line(
            SALES,
            lambda t, me: to(),
            (
                lambda t, me: to([[t.question.id, t.answer.ids]]),
                lambda t, me: to([[me.own.question.id, t.answer.ids]]),
                lambda t, me: to((), t.question.id),
            ),
        ),
        "get_header": Line(SALES, lambda t, me: to()),
        "get_tree": Line(
            SALES,
            lambda t, me: to(t.questionnaire.id),
            (
                lambda t, me: to(t.questionnaire.id),
                lambda t, me: to(False, [[t.question.id, t.answer.ids]]),
                lambda t, me: to(False, [[me.own.question.id, t.answer.ids]]),
            ),
        ),
    },
    "privacy.lookup.wizard.line": {
        "action_unlink": Line((), lambda t, me: to([MISSING])),
    },
    "res.partner": {
        "action_profiling_call_list": Line(
            SALES,
            records("partner"),
            (
                records("partner"),
                lambda t, me: to(me.own.partner.ids + t.partner.ids),
            ),
        ),
        "action_profiling_contacts": Line(
            EVERYBODY,
            lambda t, me: to(
                "profiling_membership_ids", [("profile_id", "=", t.profile.id)]
            ),
        ),
        "profiling_refuse_calls": Line(
            SALES, lambda t, me: to(t.partner.ids, "Asked us to")
        ),
        "profiling_allow_calls": Line(SALES, records("partner")),
        "action_profiling_dossier": Line(EVERYBODY, records("partner")),
        "action_profiling_interview": Line(EVERYBODY, records("partner")),
        "action_profiling_tries": Line(EVERYBODY, records("partner")),
        "action_profiling_list": Line(
            EVERYBODY, lambda t, me: to([("id", "=", t.partner.id)])
        ),
        "profiling_set_hand": Line(
            SALES,
            lambda t, me: to(t.partner.ids, t.profile.id, "pinned"),
            (
                lambda t, me: to(me.own.partner.ids, t.profile.id, "pinned"),
                lambda t, me: to(me.own.partner.ids, t.profile.id, "barred"),
                lambda t, me: to(me.own.partner.ids, t.profile.id, False),
            ),
        ),
        **{name: Line(EVERYBODY, records("partner")) for name in SEGMENT},
    },
    "res.partner.category": {
        **{name: Line(EVERYBODY, records("tag")) for name in SEGMENT},
        # tags are everybody's, and stand on the contacts that have them
        "action_segment_call": Line(EVERYBODY, records("tag"), names="tag"),
    },
}


def all_lines(case):
    """Return ``LINES``, with those of the addons that are installed beside."""
    lines = {model: dict(methods) for model, methods in LINES.items()}
    for companion in case.companions:
        for model, methods in companion.LINES.items():
            lines.setdefault(model, {}).update(methods)
    return lines


class Me:
    """Who calls, and what they have of their own."""

    def __init__(self, case, name):
        self.case, self.user = case, case.users[name]
        self.own = case.targets["shared" if name == "stranger" else "own"]

    def wizard(self, model, **vals):
        """Return the id of a wizard of mine, whatever it points to."""
        vals = {
            name: [Command.set(value)] if isinstance(value, list) else value
            for name, value in vals.items()
        }
        Wizard = self.case.env[f"crm.profiling.{model}"].with_user(self.user).sudo()
        return Wizard.create(vals).ids

    def interview(self, target=None, queue=False, **vals):
        """Return my interview of my contact, or the one that is not mine."""
        if target is not None and target is not self.own:
            return target.interview.ids
        Interview = self.case.env["crm.profiling.interview"].with_user(self.user)
        vals["partner_id"] = self.own.partner.id
        if queue:
            vals["queue_line_id"] = self.own.queue_line.id
        return Interview.sudo().create(vals).ids

    def csv(self):
        question, answer = self.own.question.name, self.own.answer.name
        text = f"Name;{question}\nAnn;{answer}\n"
        return base64.b64encode(text.encode()).decode()

    def file(self, target):
        """Return the file that I am about to import, or the one that is not mine."""
        if target is not self.own:
            return target.file.ids
        outcome = self.case.call(
            self.user, "crm.profiling.import", "upload", "a.csv", self.csv()
        )
        if outcome.refused:
            return target.file.ids
        return [json.loads(outcome.said)["id"]]


@tagged("post_install", "-at_install")
class TestRightsMatrix(RightsCase):
    def test_every_public_method_has_a_line(self):
        """Say who may call a new one, or begin its name with an underscore."""
        there = {
            (model, method)
            for model, method in public_methods(self.env(su=True))
            if method not in ORM
        }
        lines = {(model, method) for model, method, _line in self.lines()}
        self.assertEqual(there - lines, set())
        self.assertEqual(lines - there, set())

    def lines(self):
        for model, methods in all_lines(self).items():
            for method, line in methods.items():
                yield model, method, line

    def test_everybody_calls_everything(self):
        before = self.snapshot()
        for model, method, line in self.some(self.lines()):
            for name, user in self.users.items():
                for target in ("own", "shared", "foreign"):
                    with (
                        self.subTest(call=f"{model}.{method}", by=name, of=target),
                        self.undone(),
                    ):
                        me = Me(self, name)
                        args, kwargs = line.args(self.targets[target], me)
                        outcome = self.call(user, model, method, *args, **kwargs)
                        self.assertTrue(outcome.in_words, repr(outcome.error))
                        if line.names:
                            known = getattr(self.targets[target], line.names).name
                            said = outcome.said.replace(known, "")
                            outcome = outcome._replace(said=said)
                        changes = target in line.beyond
                        self.assertNothingForeign(outcome, None if changes else before)
                        self._check_who(line, name, target, outcome)

    def _check_who(self, line, name, target, outcome):
        """Check that those may who may on what is theirs, and nobody else."""
        if line.who is EVERYBODY:
            return
        theirs = "shared" if name == "stranger" else "own"
        if name in line.who and target == theirs:
            self.assertFalse(outcome.refused, outcome.said)
        elif name not in line.who:
            self.assertTrue(outcome.refused, outcome.said)

    def test_what_is_hidden_is_as_if_it_were_not_there(self):
        """Nobody finds out by guessing what another company has."""
        foreign, missing = self.targets["foreign"], self.targets["missing"]
        ids = {record.id for record in vars(foreign).values() if len(record) == 1}
        ids |= {*foreign.questionnaire_line.ids, MISSING}
        before = self.snapshot()
        for model, method, line in self.some(self.lines()):
            for number, guess in enumerate(line.guesses):
                for name in ("own", "manager"):
                    said = []
                    for target in (foreign, missing):
                        with self.undone():
                            args, kwargs = guess(target, Me(self, name))
                            outcome = self.call(
                                self.users[name], model, method, *args, **kwargs
                            )
                            said.append(outcome)
                    with self.subTest(f"{model}.{method} {number}", by=name):
                        one, other = (outcome.without(ids) for outcome in said)
                        self.assertEqual(one, other)
                        for outcome in said:
                            self.assertTrue(outcome.in_words, repr(outcome.error))
                            self.assertNothingForeign(outcome, before)


# Methods of the ORM, and what they are called with: fields, and a record
READING = {
    "read": lambda one, names: (one.ids, names),
    "web_read": lambda one, names: (one.ids, {name: {} for name in names}),
    "search_read": lambda one, names: ([("id", "in", one.ids)], names),
    "web_search_read": lambda one, names: (
        [("id", "in", one.ids)],
        {
            name: {"fields": {"display_name": {}}}
            if one._fields[name].relational
            else {}
            for name in names
        },
    ),
    "export_data": lambda one, names: (one.ids, names),
    "copy": lambda one, names: (one.ids,),
    "copy_data": lambda one, names: (one.ids,),
    "get_metadata": lambda one, names: (one.ids,),
    "name_search": lambda one, names: ("Zyx",),
    "web_name_search": lambda one, names: ("Zyx", {"display_name": {}}),
    "onchange": lambda one, names: (
        [],
        {
            name: [Command.link(MISSING)] if one._fields[name].type != "many2one"
            else MISSING
            for name in names
            if one._fields[name].relational
        },
        [],
        {
            name: {"fields": {"display_name": {}}}
            for name in names
            if one._fields[name].relational
        },
    ),
    "default_get": lambda one, names: (names,),
    "fields_get": lambda one, names: (),
}  # fmt: skip
FINDING = {
    "search": lambda one, names: ([("id", "in", one.ids)],),
    "search_count": lambda one, names: ([("id", "in", one.ids)],),
    "formatted_read_group": lambda one, names: (
        [("id", "in", one.ids)],
        [],
        ["__count"],
    ),
}
CHANGING = {
    "write": lambda one, vals: (one.ids, vals),
    "web_save": lambda one, vals: (one.ids, vals, {"display_name": {}}),
    "unlink": lambda one, vals: (one.ids,),
    "action_archive": lambda one, vals: (one.ids,),
    "action_unarchive": lambda one, vals: (one.ids,),
    "update_field_translations": lambda one, vals: (
        one.ids,
        "name",
        {"en_US": "Ours now"},
    ),
}


@tagged("post_install", "-at_install")
class TestORM(RightsCase):
    """What Odoo lets everybody call of any model, on ours, and on fields of ours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        foreign = cls.targets["foreign"]
        cls.kinds = {}
        for kind, record in vars(foreign).items():
            if record._name in our_models(cls.sudo) and record._name not in (
                "crm.profiling.run",
            ):
                cls.kinds[record._name] = kind

    def of(self, user, record):
        """Return the fields of a model that a user may name."""
        return sorted(record.with_user(user).fields_get(attributes=["type"]))

    def test_every_model_of_companies_has_a_record_here(self):
        stored = {
            name
            for name, model in our_models(self.sudo).items()
            if not (model._abstract or model._transient)
        }
        # what no user writes: counted once a month, shared by all, for the system
        stored -= {
            "crm.profiling.snapshot",
            "crm.profiling.run",
            "crm.profiling.state",
            "crm.profiling.bit",
            "crm.profiling.turn",
            "crm.profiling.import.change",
        }
        for companion in self.companions:
            stored -= getattr(companion, "NOBODYS", {}).keys()
        self.assertEqual(stored - self.kinds.keys(), set())

    def test_nothing_foreign_is_read(self):
        before = self.snapshot()
        for model, kind in self.some(self.kinds.items()):
            foreign = getattr(self.targets["foreign"], kind)
            for name in ("portal", "internal", "all", "manager"):
                user = self.users[name]
                names = self.of(user, foreign)
                for method, args in (READING | FINDING).items():
                    with self.subTest(f"{model}.{method}", by=name), self.undone():
                        outcome = self.call(user, model, method, *args(foreign, names))
                        self.assertNothingForeign(outcome, before)
                        if method in FINDING and not outcome.refused:
                            found = json.loads(outcome.said)
                            count = (
                                found and found[0].get("__count")
                                if (method == "formatted_read_group")
                                else found
                            )
                            self.assertFalse(count)
                        if name not in SALES and method not in (
                            "default_get",
                            "fields_get",
                            "onchange",
                            "get_metadata",
                            "copy_data",
                        ):
                            self.assertTrue(outcome.refused, outcome.said)

    def test_nothing_foreign_is_changed(self):
        before = self.snapshot()
        for model, kind in self.some(self.kinds.items()):
            foreign = getattr(self.targets["foreign"], kind)
            vals = {foreign._rec_name: self._value(foreign)}
            for name in ("portal", "internal", "own", "manager", "stranger"):
                user = self.users[name]
                for method, args in CHANGING.items():
                    if method == "update_field_translations" and "name" not in vals:
                        continue
                    if "archive" in method and "active" not in foreign._fields:
                        continue
                    with self.subTest(f"{model}.{method}", by=name), self.undone():
                        outcome = self.call(user, model, method, *args(foreign, vals))
                        self.assertTrue(outcome.refused)
                        self.assertNothingForeign(outcome, before)

    def _value(self, record):
        field = record._fields[record._rec_name]
        if field.type == "many2one":
            own = vars(self.targets["own"]).values()
            return next(one.id for one in own if one._name == field.comodel_name)
        return "Ours now"

    def test_what_one_has_is_not_pointed_at_what_is_hidden(self):
        """In a many2one its name would be shown to whoever reads the record."""
        foreign, missing = self.targets["foreign"], self.targets["missing"]
        before = self.snapshot()
        for model, kind in self.some(self.kinds.items()):
            own = getattr(self.targets["own"], kind)
            for field_name, field in own._fields.items():
                pointed = [
                    (getattr(foreign, one), getattr(missing, one))
                    for one, record in vars(foreign).items()
                    if record._name == field.comodel_name and len(record) == 1
                    if one not in ("tag", "run")  # they are nobody's
                ]
                if field.type not in ("many2one", "many2many") or not pointed:
                    continue
                if not any(map(OURS.fullmatch, field._modules)):
                    continue  # followers, say, which Odoo looks at
                said = []
                for hidden in pointed[0]:
                    value = hidden.id
                    if field.type == "many2many":
                        value = [Command.link(value)]
                    with self.undone():
                        said.append(
                            self.call(
                                self.people["manager"],
                                model,
                                "write",
                                own[:1].ids,
                                {field_name: value},
                            )
                        )
                with self.subTest(f"{model}.{field_name}"):
                    self.assertEqual(*(one.without({hidden.id}) for one in said))
                    for outcome in said:
                        if not field.compute or field.store or field.inverse:
                            self.assertTrue(outcome.refused)
                        self.assertNothingForeign(outcome, before)

    def test_fields_of_ours_on_models_of_others(self):
        """On what is foreign nobody reads them; on one's own only those in sales."""
        before = self.snapshot()
        for model in self.some(extended_models(self.sudo)):
            names = our_fields(self.sudo[model])
            kinds = {
                record._name: kind
                for kind, record in vars(self.targets["foreign"]).items()
                if kind != "other"
            }
            kind = kinds.get(model)
            if not names or not kind or model == "res.partner.category":
                continue
            for target in ("own", "shared", "foreign"):
                record = getattr(self.targets[target], kind)
                for name in ("portal", "internal", "own", "manager"):
                    user = self.users[name]
                    for method, args in READING.items():
                        if method in ("copy", "copy_data", "default_get"):
                            continue
                        with (
                            self.subTest(f"{model}.{method}", by=name, of=target),
                            self.undone(),
                        ):
                            outcome = self.call(
                                user, model, method, *args(record, names)
                            )
                            self.assertNothingForeign(outcome, before)
                            if name not in SALES and method in (
                                "read",
                                "web_read",
                                "search_read",
                                "export_data",
                            ):
                                self.assertTrue(outcome.refused, outcome.said)

    def test_searching_by_what_is_hidden(self):
        """It finds what searching by something that is not there finds."""
        foreign, missing = self.targets["foreign"], self.targets["missing"]
        for model in ("res.partner", "crm.lead"):
            fields = self.sudo[model]._fields
            for field_name in our_fields(self.sudo[model]):
                field = fields[field_name]
                for kind, record in vars(foreign).items():
                    if record._name != field.comodel_name or len(record) != 1:
                        continue
                    name = record.display_name
                    for operator, wrap in (
                        ("in", lambda one: one.ids),
                        ("not in", lambda one: one.ids),
                        ("any", lambda one: [("id", "=", one.id)]),
                        ("=", lambda one: one.id),
                        ("!=", lambda one: one.id),
                        (
                            "in",
                            lambda one, name=name: [
                                name if one.id != MISSING else "None"
                            ],
                        ),
                    ):
                        said = []
                        for one in (record, getattr(missing, kind)):
                            value = wrap(one)
                            with self.undone():
                                said.append(
                                    self.call(
                                        self.people["manager"],
                                        model,
                                        "search",
                                        [(field_name, operator, value)],
                                    )
                                )
                        with self.subTest(f"{model}.{field_name} {operator} {kind}"):
                            self.assertEqual(said[0].said, said[1].said)


@tagged("post_install", "-at_install")
class TestRoutes(RightsCase, HttpCase):
    def test_every_route_has_a_test(self):
        self.assertEqual(
            set(our_routes(self.env(su=True))),
            {"/crm_profiling/answers/<model('res.partner'):partner>"},
        )

    def test_answers_of_a_contact(self):
        for name, user in self.users.items():
            self.authenticate(None, None)
            if name != "visitor":
                user.sudo().password = f"{user.login} password"
                self.authenticate(user.login, f"{user.login} password")
            for target, things in self.targets.items():
                with self.subTest(by=name, of=target):
                    answer = self.url_open(
                        f"/crm_profiling/answers/{things.partner.id}",
                        allow_redirects=False,
                    )
                    self.assertNotIn("zyx", answer.text.lower())
                    may = name in SALES and (
                        target == "shared" or (target == "own" and name != "stranger")
                    )
                    self.assertEqual(answer.status_code == 200, may)
                    self.assertLess(answer.status_code, 500)

    def log_in(self, user):
        user.sudo().password = f"{user.login} password"
        self.authenticate(user.login, f"{user.login} password")

    def test_addresses_that_nobody_offers(self):
        self.log_in(self.people["all"])
        for path in ("0", "99999999999999999999", "abc", "1,2", "", "1/x"):
            with self.subTest(path):
                answer = self.url_open(f"/crm_profiling/answers/{path}")
                self.assertIn(answer.status_code, (403, 404))
        path = f"/crm_profiling/answers/{self.targets['own'].partner.id}"
        answer = self.url_open(path, data={"partner": "1"})  # a form posts it
        self.assertIn(answer.status_code, (400, 404, 405))

    def test_files_of_others(self):
        """An export is for who made it, and the bytes of an import for nobody."""
        manager, partner = self.people["manager"], self.targets["own"].partner
        export = self.sudo["crm.profiling.export"].with_user(manager)
        export = export.create({"format": "csv", "partner_ids": partner.ids})
        export.action_export()
        shown = self.sudo["crm.profiling.import"].with_user(manager)
        shown = shown.upload("a.csv", Me(self, "manager").csv())
        mine = f"/web/content/crm.profiling.export/{export.id}/file"
        paths = [mine, f"/web/content/crm.profiling.import/{shown['id']}/file"]
        for user in (manager, self.colleague, self.people["all"], self.enemy):
            self.log_in(user)
            for path in paths:
                with self.subTest(path, by=user.name):
                    answer = self.url_open(path, allow_redirects=False)
                    may = user == manager and path == mine
                    self.assertEqual(answer.status_code == 200, may)
                    self.assertLess(answer.status_code, 500)

    def test_names_of_files(self):
        """Whatever is in a name, the file arrives, and under it."""
        manager = self.people["manager"]
        self.log_in(manager)
        Export = self.env["crm.profiling.export"].with_user(manager)
        for name in ("Fair 10/2026", "list #2", "what?", "100 % ä", "a&b=c+d", "a;b"):
            action = Export._offer(name, ["Name"], [["Ann"]])
            self.env.flush_all()
            answer = self.url_open(action["url"])
            with self.subTest(name):
                self.assertEqual(answer.status_code, 200)
                self.assertTrue(answer.content.startswith(b"PK"))
                said = unquote(answer.headers["Content-Disposition"]).strip('"')
                self.assertIn("attachment", said)
                self.assertTrue(said.endswith(f"{name}.xlsx"), said)
