from odoo import api, models, tools
from odoo.exceptions import UserError, ValidationError


def check_values(env, *values):
    """Refuse what are no values of fields.

    :raise ValidationError: for anything but dicts of field names
    """
    for vals in values:
        if not isinstance(vals, dict) or not all(isinstance(one, str) for one in vals):
            raise ValidationError(
                env._("A record is written by the names of its fields, with values.")
            )


def list_of(env, vals_list):
    """Return create values, or refuse what is no list of them.

    :raise ValidationError: for anything but a list of dicts
    """
    if not isinstance(vals_list, (list, tuple)):
        check_values(env, vals_list)
        return [vals_list]
    check_values(env, *vals_list)
    return vals_list


def check_one(records):
    """Refuse to do to none, or to several records, what is for one.

    :raise UserError: saying so; `ensure_one` is for mistakes in the code
    """
    if len(records) != 1:
        raise UserError(records.env._("This is for one record at a time. Choose one."))


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


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "crm.profiling.sealed"]

    @api.model_create_multi
    def create(self, vals_list):
        for vals in list_of(self.env, vals_list):
            self._check_sealed(vals)
        return super(ResPartner, self._without_forged_defaults()).create(vals_list)

    def write(self, vals):
        self._check_sealed(self._changing(vals))
        return super().write(vals)
