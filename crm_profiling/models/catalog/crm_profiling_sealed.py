from odoo import api, models, tools
from odoo.exceptions import UserError

from .arguments import check_values


class CrmProfilingSealed(models.AbstractModel):
    """Has fields that follow from what happened, declared with ``sealed=True``.

    No call sets them, whoever makes it; the addon itself does so as superuser.
    """

    _name = "crm.profiling.sealed"
    _description = "Record With Fields That Nobody Sets"

    def _valid_field_parameter(self, field, name):
        return name == "sealed" or super()._valid_field_parameter(field, name)

    @api.model
    @tools.ormcache("self._name")
    def _sealed_names(self):
        """Return the names of the fields that nobody sets."""
        return frozenset(
            name
            for name, field in self._fields.items()
            if getattr(field, "sealed", False)
        )

    @api.model
    def _check_sealed(self, vals):
        """Refuse values of sealed fields.

        :raise UserError: naming the field
        """
        check_values(self.env, vals)
        if self.env.su:
            return
        for name in sorted(self._sealed_names() & vals.keys()):
            raise UserError(
                self.env._(
                    "“%(field)s” follows from what happens: nobody sets it.",
                    field=self._fields[name]._description_string(self.env),
                )
            )

    def _changing(self, vals):
        """Return the values less those of sealed fields that are what they were.

        Odoo writes them all when it merges contacts.
        """
        return {
            name: value
            for name, value in vals.items()
            if name not in self._sealed_names()
            or not all(record._is_now(name, value) for record in self.sudo())
        }

    def _is_now(self, name, value):
        """Whether a field has a value already; what is no value it has not."""
        field = self._fields[name]
        try:
            told = field.convert_to_cache(value, self)
        except (AttributeError, LookupError, TypeError, ValueError):
            return False
        return told == field.convert_to_cache(self[name], self)

    @api.model
    def default_get(self, fields):
        """Return defaults; of sealed fields the ones they were declared with.

        Anybody may set defaults of their own, which count for what is created in their
        name, be it as superuser.
        """
        sealed = self._sealed_names().intersection(fields)
        if not sealed:
            return super().default_get(fields)
        self = self._without_forged_defaults()
        defaults = super().default_get([f for f in fields if f not in sealed])
        for name in sealed:
            field = self._fields[name]
            if field.default:
                value = field.convert_to_cache(
                    field.default(self), self, validate=False
                )
                value = field.convert_to_record(value, self)
                defaults[name] = field.convert_to_write(value, self)
        return defaults

    @api.model
    def _without_forged_defaults(self):
        """Return self without defaults of the context for sealed fields."""
        forged = {f"default_{name}" for name in self._sealed_names()}
        context = self.env.context
        if forged.isdisjoint(context):
            return self
        kept = {k: v for k, v in context.items() if k not in forged}
        return self.with_env(self.env(context=kept))

    def _hand_over_sealed(self, target):
        """Leave what sealed fields say to another record, where it has nothing.

        Odoo takes it over as the user, who may not say it.
        """
        for name in self._sealed_names():
            if self._fields[name].store:
                for record in self.filtered(name):
                    target[name] = target[name] or record[name]
                    record[name] = False
