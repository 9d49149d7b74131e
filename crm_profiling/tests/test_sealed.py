"""Fields that follow from what happened: nobody says them, whichever way they come."""

import json

from odoo import Command
from odoo.tests import tagged

from .ours import extended_models, our_models
from .rights import RightsCase

FUTURE = {"datetime": "2099-01-01 00:00:00", "date": "2099-01-01"}
FORGED = {
    "char": "Forged",
    "text": "Forged",
    "html": "Forged",
    "json": {"forged": 1},
    "integer": 999,
    "float": 999.5,
    **FUTURE,
}

# What a record of ours has to be told when it is created, of what is one's own
NEW = {
    "crm.lead": lambda own: {"name": "New"},
    "crm.profiling.answer": lambda own: {"name": "New", "question_id": own.another.id},
    "crm.profiling.interview": lambda own: {"partner_id": own.other.id},
    "crm.profiling.membership": lambda own: {
        "partner_id": own.lonely.id,
        "profile_id": own.profile.id,
    },
    "crm.profiling.profile": lambda own: {"name": "New", "category_id": own.tag.id},
    "crm.profiling.question": lambda own: {"name": "New"},
    "crm.profiling.questionnaire.line": lambda own: {
        "questionnaire_id": own.questionnaire.id,
        "question_id": own.another.id,
    },
    "crm.profiling.queue": lambda own: {"name": "New"},
    "crm.profiling.queue.line": lambda own: {
        "queue_id": own.queue.id,
        "partner_id": own.lonely.id,
    },
    "crm.profiling.refusal": lambda own: {"partner_id": own.lonely.id, "reason": "New"},
    "crm.profiling.response": lambda own: {
        "partner_id": own.lonely.id,
        "answer_id": own.answer.id,
    },
    "res.partner": lambda own: {"name": "New"},
}
# What nobody creates: it is made by what happens
MADE = {"crm.profiling.try", "crm.profiling.stay", "crm.profiling.run"}


@tagged("post_install", "-at_install")
class TestSealed(RightsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        admin = "sales_team.group_sale_manager,base.group_partner_manager"
        cls.users["admin"] = cls._user("admin", f"{admin},base.group_system")
        cls.new = dict(NEW)
        for companion in cls.companions:
            cls.new.update(getattr(companion, "NEW", {}))
        cls.own = cls.targets["own"]
        cls.own.lonely = cls._contact(cls.east, "Lonely")
        cls.own.another = cls._maker(cls.east.id)("question", name="Another?")
        cls.sudo.flush_all()

    def kinds(self):
        """Return ``(record of mine, names of its sealed fields)`` of each model."""
        by_model = {record._name: record for record in vars(self.own).values()}
        by_model["res.partner"] = self.own.other
        for models in (our_models(self.sudo), extended_models(self.sudo)):
            for name, model in models.items():
                sealed = [
                    one for one, f in model._fields.items() if getattr(f, "sealed", 0)
                ]
                if sealed and not (model._abstract or model._transient):
                    self.assertIn(name, by_model, "no record of it in rights.py")
                    yield by_model[name][:1].with_env(self.sudo), sorted(sealed)

    def forged(self, record, name):
        """Return a value that a field does not have."""
        field = record._fields[name]
        if field.type in FORGED:
            return FORGED[field.type]
        if field.type == "boolean":
            return not record[name]
        if field.type == "selection":
            values = [v for v, _label in field._description_selection(self.sudo)]
            return next(value for value in values if value != record[name])
        if field.type == "reference":
            return f"res.partner,{self.own.lonely.id}"
        others = [
            one
            for one in (self.colleague, self.own.lonely, *vars(self.own).values())
            if one._name == field.comodel_name
        ] or [self.sudo[field.comodel_name].search([], limit=1)]
        other = next((one for one in others if one and one[:1] not in record[name]), 0)
        id_ = other[:1].id if other else 1
        return id_ if field.type == "many2one" else [Command.link(id_)]

    def assertSealed(self, outcome, name):
        self.assertTrue(outcome.refused, outcome.said)
        self.assertTrue(outcome.in_words, repr(outcome.error))
        if name in ("all", "manager", "admin"):
            said = type(outcome.error).__name__, outcome.said
            self.assertTrue(
                "nobody sets it" in said[1] or said[0] == "AccessError", said
            )

    def test_by_writing(self):
        for record, names in self.some(self.kinds()):
            for field in names:
                vals = {field: self.forged(record, field)}
                for name, user in self.users.items():
                    with (
                        self.subTest(f"{record._name}.{field}", by=name),
                        self.undone(),
                    ):
                        outcome = self.call(
                            user, record._name, "write", record.ids, vals
                        )
                        self.assertSealed(outcome, name)

    def test_by_creating(self):
        for record, names in self.some(self.kinds()):
            model = record._name
            if model in MADE:
                continue
            for name in ("internal", "own", "manager", "admin"):
                user, new = self.users[name], self.new[model](self.own)
                if name == "admin":
                    with self.subTest(model), self.undone():
                        outcome = self.call(user, model, "create", [new])
                        self.assertFalse(outcome.refused, outcome.said)
                for field in names:
                    vals = {**new, field: self.forged(record, field)}
                    with self.subTest(f"{model}.{field}", by=name), self.undone():
                        outcome = self.call(user, model, "create", [vals])
                        self.assertTrue(outcome.in_words, repr(outcome.error))
                        self.assertTrue(outcome.refused, outcome.said)

    def test_what_it_would_be_anyway_may_be_told_back(self):
        """A form tells what it was shown of a new record, which says nothing."""
        told = set()
        said = {"crm.profiling.response"}  # says itself what may be told
        for record, names in self.kinds():
            model, user = record._name, self.users["admin"]
            if model in MADE | said or not hasattr(record, "_guarded_vals_list"):
                continue
            own = record.with_user(user)._own_values()
            for field in names:
                if field not in own or record._fields[field].type in FUTURE:
                    continue
                vals = {**self.new[model](self.own), field: own[field]}
                with self.subTest(f"{model}.{field}"), self.undone():
                    outcome = self.call(user, model, "create", [vals])
                    self.assertFalse(outcome.refused, outcome.said)
                    told.add(model)
        self.assertIn("crm.profiling.queue.line", told)

    def test_by_a_default(self):
        """Of the context, or one that somebody set for themselves."""
        for record, names in self.some(self.kinds()):
            model = record._name
            if model in MADE:
                continue
            user, new = self.users["admin"], self.new[model](self.own)
            for field in names:
                if not record._fields[field].store:
                    continue
                value = self.forged(record, field)
                with self.subTest(f"{model}.{field}"), self.undone():
                    context = {f"default_{field}": value}
                    self.assertUntouched(user, model, [new], field, value, context)
                with self.subTest(f"{model}.{field} of one's own"), self.undone():
                    Default = self.env["ir.default"].with_user(user)
                    Default.set(model, field, value, user_id=True)
                    self.assertUntouched(user, model, [new], field, value, {})

    def assertUntouched(self, user, model, new, field, value, context):
        outcome = self.call(user, model, "create", new, context=context)
        self.assertTrue(outcome.in_words, repr(outcome.error))
        if outcome.refused:
            return
        told = self.sudo[model].browse(json.loads(outcome.said))[field]
        if isinstance(value, list):
            value = self.sudo[told._name].browse(value[0][1])
            self.assertFalse(told & value)
        else:
            told = told.id if hasattr(told, "ids") else told
            self.assertNotEqual(told, value)
            self.assertNotEqual(str(told), value)  # a moment

    def test_as_lines_of_something_else(self):
        for record, names in self.some(self.kinds()):
            for parent, line in self.parents(record):
                for field in names:
                    vals = {field: self.forged(record, field)}
                    for name in ("own", "manager", "admin"):
                        with (
                            self.subTest(f"{parent._name}.{line}: {field}", by=name),
                            self.undone(),
                        ):
                            outcome = self.call(
                                self.users[name],
                                parent._name,
                                "write",
                                parent.ids,
                                {line: [Command.update(record.id, vals)]},
                            )
                            self.assertSealed(outcome, name)

    def parents(self, record):
        """Return ``(record, field)`` of what a record is a line of."""
        for field in self.sudo["ir.model.fields"].search(
            [
                ("relation", "=", record._name),
                ("ttype", "=", "one2many"),
                ("relation_field", "!=", False),
                ("model", "not like", "ir."),
            ]
        ):
            inverse = record._fields.get(field.relation_field)
            if inverse and inverse.type == "many2one" and record[inverse.name]:
                model = self.sudo[field.model]
                if field.name in model._fields and not model._abstract:
                    yield record[inverse.name], field.name
