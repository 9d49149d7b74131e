from odoo import api, fields, models
from odoo.exceptions import ValidationError

# Types of fields that hold a number, or a date that has an age.
NUMBERS = ("integer", "float", "monetary", "date", "datetime")


class CrmProfilingQuestion(models.Model):
    """A question is answered by the number in a field of the contact."""

    _inherit = "crm.profiling.question"  # pylint: disable=consider-merging-classes-inherited

    number_field = fields.Selection(
        selection="_number_fields",
        string="Number",
        help="The field whose number gives the answer. Of a date, it is the days that"
        " have gone by since.",
    )

    @api.onchange("number_field")
    def _onchange_number_field(self):
        """The number of a date is its age."""
        field = self.env["res.partner"]._fields.get(self.number_field or "")
        if field is not None and field.type in ("date", "datetime"):
            self.number_unit = self.number_unit or self.env._("days")

    def _check_number_field(self):
        """Refuse a question that takes a number, and does not say where it is."""
        if self.number_field not in dict(self._number_fields()):
            raise ValidationError(
                self.env._(
                    "“%(question)s” is answered by a number in the contact's data."
                    " Choose which.",
                    question=self.name,
                )
            )

    @api.model
    def _number_fields(self):
        """Return the fields of contacts that hold a number or a date, with labels."""
        Condition = self.env["crm.profiling.condition"]
        found = [
            (name, field._description_string(self.env) or name)
            for name, field in self.env["res.partner"]._fields.items()
            if field.type in NUMBERS
            and field.store
            and not field.company_dependent
            and not field.groups
            and name not in ("id", "color", "write_date")
            and not Condition._is_ours(field)
        ]
        return sorted(found, key=lambda one: one[1])
