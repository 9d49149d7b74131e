from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain

from .arguments import check_one, check_values, is_id, list_of


class CrmProfilingGuarded(models.AbstractModel):
    """Looks at what is said of a record, and by whom, before it is believed.

    Everything may be called by whoever may log in. Odoo checks whether they may change
    the record, not what they point it at: the name of what a many2one holds is then
    shown to whoever reads the record. And a default of the context counts as a value.
    """

    _name = "crm.profiling.guarded"
    _inherit = ["crm.profiling.searched", "crm.profiling.sealed"]
    _description = "Profiling Record That Is Careful With What It Is Told"

    # What one must be able to do with a record after a change of one's own.
    _right_after_write = "write"

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse what is not for the user to say, or not theirs to see.

        :raise UserError: for a sealed field
        :raise ValidationError: where a value points to what is not there for the user
        """
        self.browse().check_access("create")
        self = self._without_forged_defaults()
        return super().create(self._guarded_vals_list(vals_list))

    def write(self, vals):
        """Refuse what is not for the user to say, or not theirs to see.

        :raise UserError: for a sealed field
        :raise ValidationError: where a value points to what is not there for the user
        """
        self.check_access("write")
        self._check_told(vals)
        result = super().write(vals)
        self.check_access(self._right_after_write)
        return result

    def ensure_one(self):
        """Say it in words where somebody calls what is for one record.

        :raise UserError: for none, or for several
        """
        check_one(self)
        return super().ensure_one()

    def onchange(self, values, field_names, fields_spec):
        """Show nothing of what a form points to and the user may not see.

        :raise ValidationError: where a value points to what is not there for the user
        """
        check_values(self.env, values)
        # a new line comes with its parent as a dict: `web_read` looks at that
        told = {k: v for k, v in values.items() if not isinstance(v, dict)}
        self._check_pointed_at([told])
        return super().onchange(values, field_names, fields_spec)

    def web_read(self, specification):
        """Show nothing of what a record on a form points to and the user may not see.

        Whatever form it is a line of, and whoever said it: the form, or a default.

        :raise ValidationError: where a value points to what is not there for the user
        """
        if specification and not self.env.su:
            for record in self:
                if not record.id:  # what is stored has been looked at
                    self._check_pointed_at([record._pointing(specification)])
        return super().web_read(specification)

    def _pointing(self, specification):
        """Return what of a record on a form points elsewhere than what is stored.

        What is shown of it may be computed from what is not shown.
        """
        me = self.sudo()
        return {
            name: (me[name]._origin - me._origin[name]).ids
            for name, field in self._fields.items()
            if field.type in ("many2one", "many2many")
            if name in specification or (field.store and not field.compute)
        }

    @api.model
    def _check_told(self, vals):
        """Check values that somebody writes."""
        self._check_sealed(vals)
        self._check_pointed_at([vals])

    @api.model
    def _guarded_vals_list(self, vals_list):
        """Return create values with defaults, once both have been looked at."""
        vals_list = list_of(self.env, vals_list)
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
            name: field.convert_to_write(field.default(self), self)
            if field.default
            else False
            for name, field in self._fields.items()
            if name in self._sealed_names() and self._has_field_access(field, "write")
            if not field.compute and field.type not in ("one2many", "many2many")
        }

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
