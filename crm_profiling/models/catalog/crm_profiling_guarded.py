from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

# The largest id that PostgreSQL's integers hold.
_LARGEST_ID = 2**31 - 1


def is_id(value):
    """Return whether a value that somebody sent can be the id of a record."""
    return type(value) is int and 0 < value <= _LARGEST_ID


class CrmProfilingGuarded(models.AbstractModel):
    """Looks at what is said of a record, and by whom, before it is believed.

    Everything may be called by whoever may log in. Odoo checks whether they may change
    the record, not what they point it at: the name of what a many2one holds is then
    shown to whoever reads the record. And a default of the context counts as a value.

    A field declared with ``sealed=True`` follows from what happened. No call sets it,
    whoever makes it; the addon itself does so as superuser.
    """

    _name = "crm.profiling.guarded"
    _inherit = ["crm.profiling.searched"]
    _description = "Profiling Record That Is Careful With What It Is Told"

    def _valid_field_parameter(self, field, name):
        return name == "sealed" or super()._valid_field_parameter(field, name)

    @api.model
    def _sealed_fields(self):
        """Return the fields that nobody sets, by their names."""
        return {
            name: field
            for name, field in self._fields.items()
            if getattr(field, "sealed", False)
        }

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse what is not for the user to say, or not theirs to see.

        :raise UserError: for a sealed field
        :raise ValidationError: where a value points to what is not there for the user
        """
        self = self._without_forged_defaults()
        return super().create(self._guarded_vals_list(vals_list))

    def write(self, vals):
        """Refuse what is not for the user to say, or not theirs to see.

        :raise UserError: for a sealed field
        :raise ValidationError: where a value points to what is not there for the user
        """
        self._check_told(vals)
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        """Show nothing of what a form points to and the user may not see.

        :raise ValidationError: where a value points to what is not there for the user
        """
        # a new line comes with its parent as a dict, which is looked at on its own
        told = {k: v for k, v in values.items() if not isinstance(v, dict)}
        self._check_pointed_at([told])
        return super().onchange(values, field_names, fields_spec)

    @api.model
    def _check_told(self, vals):
        """Check values that somebody writes."""
        self._check_sealed(vals)
        self._check_pointed_at([vals])

    @api.model
    def _guarded_vals_list(self, vals_list):
        """Return create values with defaults, once both have been looked at."""
        own = self._own_values()
        for vals in vals_list:
            self._check_sealed(
                {k: v for k, v in vals.items() if k not in own or v != own[k]}
            )
        # a default that a user has set is a word, too
        vals_list = [{**own, **vals} for vals in vals_list]
        if not self.env.su:
            vals_list = [self._add_missing_default_values(vals) for vals in vals_list]
            self._check_pointed_at(vals_list)
        return vals_list

    @api.model
    def _own_values(self):
        """Return what sealed fields are in a new record."""
        return {
            name: field.default(self) if field.default else False
            for name, field in self._sealed_fields().items()
            if not field.compute and field.type not in ("one2many", "many2many")
        }

    @api.model
    def _without_forged_defaults(self):
        """Return self without defaults of the context for sealed fields."""
        forged = {f"default_{name}" for name in self._sealed_fields()}
        context = {k: v for k, v in self.env.context.items() if k not in forged}
        return self.with_context(context)

    @api.model
    def _check_sealed(self, vals):
        if self.env.su:
            return
        for name in sorted(self._sealed_fields().keys() & vals.keys()):
            raise UserError(
                self.env._(
                    "“%(field)s” follows from what happens: nobody sets it.",
                    field=self._fields[name]._description_string(self.env),
                )
            )

    @api.model
    def _check_pointed_at(self, vals_list):
        """Refuse values that point to what the user may not read, or is not there.

        In the same words: the one cannot be told from the other.
        """
        if self.env.su:
            return
        for name in {name for vals in vals_list for name in vals}:
            field = self._fields.get(name)
            if field is None or field.type not in ("many2one", "many2many"):
                continue
            ids = [id_ for vals in vals_list for id_ in _pointed_at(vals.get(name))]
            if not self._are_readable(field.comodel_name, ids):
                raise ValidationError(
                    self.env._(
                        "What was chosen for “%(field)s” is not there. Reload the page"
                        " and choose again.",
                        field=field._description_string(self.env),
                    )
                )

    @api.model
    def _are_readable(self, model, ids):
        """Whether the user may read what all of some ids stand for."""
        if not ids:
            return True
        if not all(map(is_id, ids)):
            return False
        Model = self.env[model].with_context(active_test=False)
        return Model.has_access("read") and len(set(ids)) == Model.search_count(
            Domain("id", "in", ids)
        )


def _pointed_at(value):
    """Return the ids that a value of a many2one or many2many points to, as they are."""
    if not value:
        return []
    if isinstance(value, models.BaseModel):
        return value.ids
    if not isinstance(value, (list, tuple)):
        return [value]
    ids = []
    for command in value:
        match command:
            case [Command.LINK, id_, *_]:
                ids.append(id_)
            case [Command.SET, _, list() | tuple() as wanted]:
                ids += wanted
            case list() | tuple():
                pass  # the other commands point to nothing new
            case _:
                ids.append(command)
    return ids
