from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date

from ..catalog.wording import moment_words
from .crm_profiling_source import Evidence
from .holder import holder_of


def _is_nothing(value):
    """Whether nothing is filled in: 0 is something, and False, which equals it, not."""
    return not value and (value is False or value != 0)


class CrmProfilingSourceContact(models.AbstractModel):
    """Says in words of what in a contact's data an answer is found."""

    _inherit = "crm.profiling.source.contact"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _evidence(self, partner, questions):
        evidence = {}
        Question = self.env["crm.profiling.question"].sudo()
        records = Question.browse(one.id for one in questions)
        records.answer_ids.mapped("domain")  # of all of them at once
        for question in records:
            holder = holder_of(partner, question.level)
            if holder._origin and holder.has_access("read"):
                evidence[question.id] = self._evidence_of(question, holder)
        return evidence

    @api.model
    def _evidence_of(self, question, holder):
        """Return the `Evidence` on one who holds an answer, for the user's eyes."""
        values, missing = [], []
        for path in question._paths():
            label, value = self._value(holder, path.split("."))
            if value:
                values.append(f"{label}: {value}")
            elif label:
                missing.append(label)
        where = (holder._name, holder._origin.id)
        if missing:
            text = self.env._("%s is not filled in", ", ".join(missing))
            return Evidence("; ".join([*values, text]), not values, *where)
        return Evidence("; ".join(values), False, *where)

    @api.model
    def _value(self, record, names):
        """Return the label of a field, and what it holds, in words.

        Nothing of what the user may not read.
        """
        label = ""
        for name in names:
            field = record._fields.get(name)
            if field is None or not record._has_field_access(field, "read"):
                return label, ""
            label = field._description_string(self.env) or name
            if field.type == "properties":
                return self._property(record, field, names[-1]) or (label, "")
            try:
                value = record[name]
                shown = self._shown(value, field)
            except (AccessError, UserError):
                return label, ""
            if not field.relational:
                break
            record = value
        return label, shown

    @api.model
    def _property(self, record, field, name):
        """Return the label of a property, and what it holds; None where it has gone."""
        [values] = record.read([field.name])
        for one in values[field.name]:
            if one["name"] == name:
                return one["string"], self._shown_property(one)
        return None

    @api.model
    def _shown_property(self, one):
        """Return what a property holds, as it is read.

        :param dict one: its definition and value, as Odoo reads them
        """
        value, type_ = one.get("value"), one["type"]
        if type_ == "boolean":
            return self.env._("Yes") if value else self.env._("No")
        if _is_nothing(value):
            return ""
        if type_ in ("selection", "tags"):
            labels = {key: label for key, label, *_color in one.get(type_) or ()}
            keys = value if type_ == "tags" else [value]
            return ", ".join(labels.get(key, str(key)) for key in keys)
        if type_ == "many2one":
            return value[1] or ""
        if type_ == "many2many":
            return ", ".join(name for _id, name in value if name)
        return str(value)

    @api.model
    def _shown(self, value, field):
        """Return what a field holds, as it is read."""
        if field.relational:
            return ", ".join(value.mapped("display_name"))
        if field.type == "boolean":
            return self.env._("Yes") if value else self.env._("No")
        if _is_nothing(value):
            return ""
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, str(value))
        if field.type == "date":
            return format_date(self.env, value)
        if field.type == "datetime":
            return moment_words(self.env, value)
        return str(value)
