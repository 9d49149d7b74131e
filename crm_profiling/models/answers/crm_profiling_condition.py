import re
from ast import literal_eval
from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain, Field
from odoo.tools import SQL
from odoo.tools.query import Query

from ...groups import SALESMAN

# Characters of a condition: what a screen makes has a few hundred.
LONGEST = 10_000

_DATE = re.compile(r"\d+-")  # as opposed to “today -30d”

# Fields that are what they are when nothing is in them.
_NEVER_EMPTY = {"boolean", "integer", "float", "monetary", "one2many", "many2many"}


class Use(NamedTuple):
    """A field that a condition looks at."""

    path: str  # from the contact, as it is written
    fields: tuple[Field, ...]  # along the path
    operator: str
    value: object

    @property
    def values(self):
        """What the field is compared with, as a list."""
        is_list = isinstance(self.value, (list, tuple, set))
        return list(self.value) if is_list else [self.value]


class CrmProfilingCondition(models.AbstractModel):
    """What a condition on contacts means, and whether it may be one.

    A condition is a domain, as Odoo's own editor writes it: with plain values, dates
    as “today -30d”.
    """

    _name = "crm.profiling.condition"
    _description = "Profiling Condition on Contacts"

    @api.model
    def _parsed(self, text):
        """Return the `Domain` of a condition, None where there is none.

        :raise ValueError: for what is no domain
        """
        if not text:
            return None
        if len(text) > LONGEST:
            raise ValueError(text[:40])
        try:
            domain = Domain(literal_eval(text))
        except (SyntaxError, TypeError, MemoryError, RecursionError) as error:
            raise ValueError(text[:40]) from error
        return None if domain.is_true() else domain

    @api.model
    def _contacts(self):
        """Return the model of contacts as conditions see it.

        As the superuser, in no language, company or time zone of anybody's: what is
        found is the same whoever changes a contact.
        """
        env = self.env(user=1, su=True, context={})
        return env["res.partner"]

    # ------------------------------------------------------------------
    # What it looks at
    # ------------------------------------------------------------------

    @api.model
    def _uses(self, domain, model=None, prefix=()):
        """Return the `Use` of each field that a domain looks at, on its way as well.

        :raise ValueError: for a field that there is not
        """
        Model = self._contacts() if model is None else model
        return [
            use
            for condition in domain.iter_conditions()
            for use in self._uses_of(condition, Model, prefix)
        ]

    @api.model
    def _uses_of(self, condition, Model, prefix):
        names, found = condition.field_expr.split("."), list(prefix)
        # as a list until the ORM has looked at it
        below = Domain(condition.value) if "any" in condition.operator else None
        for position, name in enumerate(names):
            field = Model._fields.get(name)
            if field is None:
                raise ValueError(name)
            found.append(field)
            if not field.relational:
                break  # what follows is a property, or a part of a date
            if position < len(names) - 1 or below is not None:
                Model = Model.env[field.comodel_name]
        if below is not None and (uses := self._uses(below, Model, tuple(found))):
            return uses  # of none, whether there is one is looked at
        path = ".".join([*(f.name for f in prefix), *names])
        return [Use(path, tuple(found), condition.operator, condition.value)]

    @api.model
    def _filled_in(self, domains):
        """Return for each domain that of those on whom what it looks at is filled in.

        What one of them compares with being empty may be empty: that is what it tells.
        """
        uses = [self._uses(domain) for domain in domains]
        told = {use.path for some in uses for use in some if self._is_about_empty(use)}
        return [
            Domain.AND(
                Domain(path, "!=", False)
                for path in sorted(self._that_may_be_empty(some) - told)
            )
            for some in uses
        ]

    @api.model
    def _that_may_be_empty(self, uses):
        return {
            use.path
            for use in uses
            if not any(field.type in _NEVER_EMPTY for field in use.fields)
            and len(use.fields) == use.path.count(".") + 1
        }

    @api.model
    def _is_about_empty(self, use):
        return any(value is False or value is None for value in use.values)

    @api.model
    def _is_of_time(self, use):
        """Whether it is about a moment that moves on, as “today -30d”."""
        return use.fields[-1].type in ("date", "datetime") and any(
            isinstance(value, str) and not _DATE.match(value) for value in use.values
        )

    # ------------------------------------------------------------------
    # Whether it may be one
    # ------------------------------------------------------------------

    @api.model
    def _check(self, text):
        """Return the `Domain` of a condition that may be one.

        :raise ValidationError: saying what is wrong with it
        """
        try:
            domain = self._parsed(text)
            if domain is None:
                return None
            for use in self._uses(domain):
                self._check_use(use)
            self._sql([domain])
        except ValidationError:
            raise
        except (ValueError, UserError, AccessError) as error:
            raise ValidationError(
                self.env._(
                    "This condition cannot be told of contacts (%(why)s). Choose the"
                    " fields in the editor; dates may be like “today -30d”.",
                    why=str(error)[:200],
                )
            ) from error
        return domain

    @api.model
    def _check_use(self, use):
        """Refuse a field that does not do.

        :raise ValidationError: naming it
        """
        for position, field in enumerate(use.fields, start=1):
            if not field._description_searchable:
                self._refuse(
                    field, self.env._("it is worked out, and cannot be searched")
                )
            if field.company_dependent:
                self._refuse(field, self.env._("each company has its own"))
            if not self._is_for_salespeople(field):
                self._refuse(field, self.env._("salespeople may not read it"))
            if self._is_ours(field):
                self._refuse(field, self.env._("it follows from profiles itself"))
            if not self._is_seen_with_contact(field, position == len(use.fields)):
                self._refuse(
                    field,
                    self.env._("not everybody who sees the contact may see all of it"),
                )
        if any(field.comodel_name == "res.partner.category" for field in use.fields):
            self._check_tags(use)

    @api.model
    def _refuse(self, field, why):
        raise ValidationError(
            self.env._(
                "“%(field)s” cannot be part of a condition: %(why)s.",
                field=field._description_string(self.env) or field.name,
                why=why,
            )
        )

    @api.model
    def _is_for_salespeople(self, field):
        """Whether a salesperson may read a field, and what it points to."""
        theirs = self.env.ref(SALESMAN).sudo().all_implied_ids
        if field.groups:
            names = {group.strip() for group in field.groups.split(",")}
            ids = theirs._get_external_ids()
            if not names & {name for several in ids.values() for name in several}:
                return False
        if not field.comodel_name:
            return True
        rights = self.env["ir.model.access"].sudo()
        return bool(
            rights.search_count(
                [
                    ("model_id.model", "=", field.comodel_name),
                    ("perm_read", "=", True),
                    ("group_id", "in", [False, *theirs.ids]),
                ],
                limit=1,
            )
        )

    @api.model
    def _is_seen_with_contact(self, field, is_last):
        """Whether who reads a contact may read the records that a field points to.

        Conditions look at all of them, and answers are seen by all: what some people,
        or some companies, may not read would be told them by a profile. The company of
        a contact is read with it, and so are names.

        :param is_last: whether the condition looks no further than the name
        """
        if not field.relational or (field.type == "many2one" and is_last):
            return True
        if field.type == "many2one" and field.comodel_name == "res.partner":
            return True
        Model = self.env[field.comodel_name]
        rules = self.env["ir.rule"].sudo()
        is_ruled = rules.search_count(
            [("model_id.model", "=", Model._name), ("perm_read", "=", True)], limit=1
        )
        # a model may look at its records one by one, as that of messages
        ways = ("_search", "_check_access")
        looks = any(
            getattr(type(Model), way) != getattr(models.BaseModel, way) for way in ways
        )
        return not is_ruled and not looks

    @api.model
    def _is_ours(self, field):
        """Whether a field is one of these addons, or points to what is."""
        models_ = (field.model_name, field.comodel_name or "")
        return any(name.startswith("crm.profiling.") for name in models_) or (
            bool(field._modules)
            and all(name.startswith("crm_profiling") for name in field._modules)
        )

    @api.model
    def _check_tags(self, use):
        """Refuse tags that profiles give: who is in them would depend on itself."""
        last = use.fields[-1]
        chosen = use.operator in ("=", "!=", "in", "not in", "child_of", "parent_of")
        is_tag = last.comodel_name == "res.partner.category"
        if not is_tag or not chosen or not all(map(self._is_record, use.values)):
            self._refuse(last, self.env._("choose the tags themselves"))
        given = self._tags_given(use.values)
        if given:
            self._refuse(
                last,
                self.env._(
                    "profiles give the tag “%s”, or one above or below it",
                    given[0].display_name,
                ),
            )

    @api.model
    def _is_record(self, value):
        return isinstance(value, int) and not isinstance(value, bool)

    @api.model
    def _tags_given(self, tag_ids):
        """Return the tags that profiles give among these and those above or below."""
        Profile = self.env["crm.profiling.profile"].sudo()
        given = Profile.with_context(active_test=False).search(Domain.TRUE).category_id
        Tag = self.env["res.partner.category"].sudo().with_context(active_test=False)
        ids = list(tag_ids)
        return given & Tag.search(
            Domain("id", "child_of", ids) | Domain("id", "parent_of", ids)
        )

    # ------------------------------------------------------------------
    # SQL
    # ------------------------------------------------------------------

    @api.model
    def _sql(self, domains, query=None):
        """Return for each domain whether a contact is so, as SQL of one query.

        :param query: to add to it what has to be joined; the contact is `res_partner`
        :raise ValueError: for a field that there is not, or not any more
        """
        Partner = self._contacts()
        if query is None:  # one that is there is true once it is run
            query = Query(Partner.env, Partner._table)
        return [
            SQL(
                "(%s) IS TRUE",
                domain.optimize_full(Partner)._to_sql(Partner, Partner._table, query),
            )
            for domain in domains
        ]

    @api.model
    def _count(self, domain):
        """Return how many contacts in use are so."""
        return self._contacts().search_count(domain)
