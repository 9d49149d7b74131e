"""Two companies, what each of them has, and users of every kind who reach for it.

Whatever West has says so in a secret word; nobody of East may ever read it.
"""

import importlib
import json
import re
from contextlib import contextmanager
from types import SimpleNamespace
from typing import NamedTuple

from odoo import Command, api
from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests import new_test_user
from odoo.tools import mute_logger
from odoo.tools.json import json_default

from .common import ProfilingCase
from .ours import OURS

SECRET = "zyxsecret"
MISSING = 2**31 - 7  # an id that no record has

# Groups of the users, all of them of East but the last one
USERS = {
    "visitor": "base.group_public",
    "portal": "base.group_portal",
    "internal": "base.group_user,base.group_partner_manager",
    "own": "sales_team.group_sale_salesman",
    "all": "sales_team.group_sale_salesman_all_leads,base.group_partner_manager",
    "manager": "sales_team.group_sale_manager,base.group_partner_manager"
    ",base.group_allow_export",
    "stranger": "sales_team.group_sale_manager,base.group_partner_manager"
    ",base.group_allow_export",
}
SALES = ("own", "all", "manager", "stranger")
MANAGERS = ("manager", "stranger")

# What may be refused, in words: all of them are `UserError`
WORDS = UserError

# Rows of West: nobody of East changes them
WATCHED = {
    "crm_profiling_question": "id = ANY(%(question)s)",
    "crm_profiling_answer": "question_id = ANY(%(question)s)",
    "crm_profiling_questionnaire": "id = ANY(%(questionnaire)s)",
    "crm_profiling_questionnaire_line": "questionnaire_id = ANY(%(questionnaire)s)",
    "crm_profiling_profile": "id = ANY(%(profile)s)",
    "crm_profiling_profile_required_answer_rel": "profile_id = ANY(%(profile)s)"
    " OR answer_id = ANY(%(answer)s)",
    "crm_profiling_profile_excluded_answer_rel": "profile_id = ANY(%(profile)s)"
    " OR answer_id = ANY(%(answer)s)",
    "crm_profiling_response": "partner_id = ANY(%(partner)s)"
    " OR answer_id = ANY(%(answer)s)",
    "crm_profiling_membership": "partner_id = ANY(%(partner)s)"
    " OR profile_id = ANY(%(profile)s)",
    "crm_profiling_interview": "partner_id = ANY(%(partner)s)"
    " OR questionnaire_id = ANY(%(questionnaire)s)",
    "crm_profiling_queue": "id = ANY(%(queue)s)"
    " OR questionnaire_id = ANY(%(questionnaire)s)",
    "crm_profiling_queue_line": "partner_id = ANY(%(partner)s)"
    " OR queue_id = ANY(%(queue)s)",
    "crm_profiling_try": "partner_id = ANY(%(partner)s) OR queue_id = ANY(%(queue)s)",
    "crm_profiling_refusal": "partner_id = ANY(%(partner)s)",
    "crm_profiling_import": "id = ANY(%(file)s)",
    "crm_profiling_import_memory": "id = ANY(%(memory)s)",
    "res_partner": "id = ANY(%(partner)s)",
    "res_partner_res_partner_category_rel": "partner_id = ANY(%(partner)s)",
    "crm_lead": "partner_id = ANY(%(partner)s) OR id = ANY(%(lead)s)",
    "mail_message": "model = 'res.partner' AND res_id = ANY(%(partner)s)",
    "mail_activity": "res_model = 'res.partner' AND res_id = ANY(%(partner)s)",
}


def companions(env):
    """Return what addons that come with this one, and are installed, say of rights.

    Each has a module `tests.rights` with ``LINES``, as those of `test_rights_matrix`;
    and, where it has models, ``things(case, company, word, thing)``, which returns one
    of each as a dict, ``tied(case, thing)``, the same of what there is once contacts
    have answered, ``WATCHED``, their tables, and ``NOBODYS``: models without rows that
    somebody could reach for, and why.
    """
    names = env["ir.module.module"].search([("state", "=", "installed")]).mapped("name")
    return [
        importlib.import_module(f"odoo.addons.{name}.tests.rights")
        for name in sorted(names)
        if OURS.fullmatch(name) and name != "crm_profiling"
    ]


class Outcome(NamedTuple):
    """What came of a call."""

    error: Exception | None
    said: str  # what was returned, as JSON, or the words of the error

    @property
    def refused(self):
        return self.error is not None

    @property
    def in_words(self):
        return self.error is None or isinstance(self.error, WORDS)

    def without(self, ids):
        """Return kind and words, less some ids."""
        pattern = "|".join(str(id_) for id_ in sorted(ids, reverse=True))
        said = re.sub(rf"\b({pattern})\b", "#", self.said)
        # what a call creates has another number each time
        said = re.sub(r'"(\w*id)": [\d#]+|\b\d+:\d+(:\d+)?\b', r"\1", said)
        return type(self.error).__name__, said


class RightsCase(ProfilingCase):
    """A world of things that are East's, everybody's and West's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sudo = cls.env(user=api.SUPERUSER_ID, su=True)
        companies = cls.sudo["res.company"].create(
            [{"name": "East"}, {"name": "West"}, {"name": "North"}]
        )
        cls.east, cls.west, cls.north = companies
        cls.people = {name: cls._user(name, groups) for name, groups in USERS.items()}
        cls.colleague = cls._user("colleague", USERS["manager"])
        cls.enemy = cls._user("enemy", USERS["manager"], cls.west)
        cls.users = dict(cls.people)
        cls.companions = companions(cls.sudo)
        cls.watched = dict(WATCHED)
        for one in cls.companions:
            cls.watched.update(getattr(one, "WATCHED", {}))
        cls.targets = {
            "own": cls._things(cls.east, "East"),
            "shared": cls._things(cls.sudo["res.company"], "Shared"),
            "foreign": cls._things(cls.west, "Zyxsecret"),
        }
        cls.targets["missing"] = SimpleNamespace(
            **{
                kind: record.browse(MISSING)
                for kind, record in vars(cls.targets["foreign"]).items()
            }
        )
        cls._tie_up()
        cls.sudo.flush_all()
        cls.sudo.invalidate_all()

    @classmethod
    def _user(cls, name, groups, company=None):
        company = company or (cls.north if name == "stranger" else cls.east)
        return new_test_user(
            cls.sudo,
            f"rights_{name}",
            groups=groups,
            name=name.capitalize(),
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    @classmethod
    def _things(cls, company, word):
        """Return one of each thing a company has, each named by the word."""
        make = cls._maker(company.id)
        question = make("question", name=f"{word} question?", hint=f"{word} hint")
        answers = make("answer", name=f"{word} A", question_id=question.id) + make(
            "answer", name=f"{word} B", question_id=question.id, value_from=10
        )
        question.by_number = True
        questionnaire = make(
            "questionnaire", name=f"{word} list", question_ids=question.ids
        )
        profile = make(
            "profile",
            name=f"{word} profile",
            # a tag is everybody's, and so is its name
            category_id=cls.sudo["res.partner.category"]
            .create({"name": f"Tag of {company.name or 'all'}"})
            .id,
            offer=f"{word} offer",
            required_answer_ids=answers[:1].ids,
            entry_activity_summary=f"{word} summary",
            entry_priority="2",
        )
        partner = cls._contact(company, word)
        other = cls._contact(company, f"{word} other")
        lead = cls.sudo["crm.lead"].create(
            {
                "name": f"{word} lead",
                "partner_id": partner.id,
                "company_id": company.id,
                "user_id": cls.colleague.id if company != cls.west else cls.enemy.id,
                "type": "opportunity",
            }
        )
        queue = make("queue", name=f"{word} calls", questionnaire_id=questionnaire.id)
        line = make("queue.line", queue_id=queue.id, partner_id=partner.id)
        thing = SimpleNamespace(
            question=question,
            answer=answers[:1],
            answer_b=answers[1:],
            questionnaire=questionnaire,
            questionnaire_line=questionnaire.line_ids,
            profile=profile,
            tag=profile.category_id,
            partner=partner,
            other=other,
            lead=lead,
            queue=queue,
            queue_line=line,
            run=make("run"),
            file=make("import", name=f"{word} file.csv", user_id=cls.enemy.id),
            memory=cls.sudo["crm.profiling.import.memory"].create(
                {
                    "name": f"{word} heading",
                    "kind": "heading",
                    "key": f"{word} heading",
                    "choice": f"question:{question.id}",
                    "company_id": company.id or cls.east.id,
                }
            ),
        )
        for one in cls.companions:
            if hasattr(one, "things"):
                vars(thing).update(one.things(cls, company, word, thing))
        return thing

    @classmethod
    def _maker(cls, company_id):
        def make(model, **vals):
            Model = cls.sudo[f"crm.profiling.{model}"]
            if (
                "company_id" in Model._fields
                and not Model._fields["company_id"].related
            ):
                vals["company_id"] = company_id
            return Model.create(vals)

        return make

    @classmethod
    def _contact(cls, company, word):
        return cls.sudo["res.partner"].create(
            {
                "name": f"{word} contact",
                "email": f"{word.replace(' ', '')}@example.com",
                "phone": f"+32 {word}",
                "comment": f"{word} comment",
                "vat": f"{word}VAT",
                "street": f"{word} street",
                "ref": f"{word}-ref",
                "company_id": company.id,
            }
        )

    @classmethod
    def _tie_up(cls):
        """Have contacts answer, be in profiles and be interviewed."""
        for thing in (cls.targets[one] for one in ("own", "shared", "foreign")):
            boss = cls.enemy if thing is cls.targets["foreign"] else cls.colleague
            thing.partner.with_user(boss).profiling_answer_ids = [
                Command.link(thing.answer.id)
            ]
            thing.membership = thing.partner.profiling_membership_ids
            thing.response = thing.partner.profiling_response_ids
            thing.interview = cls.sudo["crm.profiling.interview"].create(
                {
                    "partner_id": thing.partner.id,
                    "questionnaire_id": thing.questionnaire.id,
                    "user_id": boss.id,
                    "note": f"{thing.partner.name} note",
                    "lead_id": thing.lead.id,
                }
            )
            # somebody changed their mind
            other = thing.other.with_user(boss)
            for answer in (thing.answer, thing.answer_b):
                other.profiling_answer_ids = [Command.link(answer.id)]
            ids = {"partner_id": thing.other.id, "profile_id": thing.profile.id}
            Stay = cls.sudo["crm.profiling.stay"]
            thing.stay = Stay.search(
                [(name, "=", id_) for name, id_ in ids.items()]
            ) or Stay.create({**ids, "state": "done"})
            thing.deed = cls.sudo["crm.profiling.stay.deed"].create(
                {
                    "stay_id": thing.stay.id,
                    "action": "crm.profiling.none",
                    "state": "done",
                    "said": thing.other.name,
                }
            )
            thing.refusal = cls.sudo["crm.profiling.refusal"].create(
                {"partner_id": thing.other.id, "reason": f"{thing.other.name} says so"}
            )
            thing.call = cls.sudo["crm.profiling.try"].create(
                {
                    "partner_id": thing.partner.id,
                    "user_id": boss.id,
                    "outcome": "busy",
                    "queue_id": thing.queue.id,
                    "number": f"{thing.partner.name} number",
                }
            )
            thing.call_report = cls.sudo["crm.profiling.call.report"].browse(
                thing.call.id
            )
            thing.history = cls.sudo["crm.profiling.response.history"].search(
                [("partner_id", "=", other.id)]
            )
        for one in cls.companions:
            if hasattr(one, "tied"):
                cls.sudo.flush_all()
                for target in ("own", "shared", "foreign"):
                    thing = cls.targets[target]
                    vars(thing).update(one.tied(cls, thing))
        foreign, missing = cls.targets["foreign"], cls.targets["missing"]
        # what West knows of a contact that is everybody's
        shared = cls.targets["shared"].partner
        shared.with_user(cls.enemy).profiling_answer_ids = [
            Command.link(foreign.answer.id)
        ]
        for kind in vars(foreign).keys() - vars(missing).keys():
            setattr(missing, kind, getattr(foreign, kind).browse(MISSING))

    # ------------------------------------------------------------------
    # Reach
    # ------------------------------------------------------------------

    @classmethod
    def snapshot(cls):
        """Return a checksum of each table's rows that are West's."""
        cls.sudo.flush_all()
        ids = {
            kind: record.ids
            for kind, record in vars(cls.targets["foreign"]).items()
            if record.ids
        }
        ids["answer"] += ids["answer_b"]
        ids["partner"] += ids["other"]
        union = " UNION ALL ".join(
            f"SELECT '{table}', count(*), md5(string_agg(t::text, '' ORDER BY t::text))"
            f" FROM {table} t WHERE {where}"
            for table, where in cls.watched.items()
        )
        cls.env.cr.execute(union, ids)
        return {row[0]: row[1:] for row in cls.env.cr.fetchall()}

    @contextmanager
    def undone(self):
        """Whatever happens here is undone: it is as if nobody had called."""
        savepoint = self.env.cr.savepoint(flush=False)
        try:
            with mute_logger(
                "odoo.sql_db",
                "odoo.addons.base.models.ir_rule",
                "odoo.addons.base.models.ir_model",
            ):
                yield
        finally:
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.transaction.clear()

    def call(self, user, model, method, *args, **kwargs):
        """Call a method as somebody does over RPC; return the `Outcome`."""
        # as in a request: nothing has been read before
        self.sudo.flush_all()
        self.env.transaction.clear()
        env = api.Environment(self.env.cr, user.id, {})
        try:
            result = call_kw(env[model], method, list(args), kwargs)
            said = json.dumps(result, default=json_default)
            env.flush_all()
            return Outcome(None, said)
        except Exception as error:
            env.transaction.clear()
            return Outcome(error, str(error))

    def assertNothingForeign(self, outcome, before):
        """Check that nothing of West's was said, and, unless refused, changed."""
        self.assertNotIn(SECRET, outcome.said.lower())
        if before and not outcome.refused:
            self.assertEqual(self.snapshot(), before)
