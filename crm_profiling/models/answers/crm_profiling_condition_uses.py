import re
from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain, Field

# Names of a path: SQL for one of 300 takes 15 s.
FURTHEST = 6

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
    """What a condition looks at."""

    _inherit = "crm.profiling.condition"  # pylint: disable=consider-merging-classes-inherited

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
        if len(found) + len(names) > FURTHEST:
            raise ValueError(condition.field_expr[:40])
        # as a list until the ORM has looked at it
        below = None
        if "any" in condition.operator:
            try:
                below = Domain(condition.value)
            except TypeError as error:
                raise ValueError(condition.operator) from error
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
