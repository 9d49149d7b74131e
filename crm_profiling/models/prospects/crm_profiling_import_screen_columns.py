from odoo import api, models

from ...cells import letter
from .chosen import CREATE, CREATE_MANY, bands_of
from .crm_profiling_import_screen import SHOWN
from .targets import ANSWER, QUESTION, kind_of, target_of

# Of a column
EXAMPLES = 3


class CrmProfilingImport(models.Model):
    """What the screen shows of the columns of a file."""

    _inherit = "crm.profiling.import"  # pylint: disable=consider-merging-classes-inherited

    def _target_choices(self):
        Columns = self.env["crm.profiling.import.columns"]
        questions = Columns._questions()
        targets = {column["target"] for column in self.sudo().columns or ()}
        return {
            "fields": [{"id": k, "name": v} for k, v in Columns._labels().items()],
            "questions": [
                {"id": target_of(QUESTION, q.id), "name": q.name} for q in questions
            ]
            + [
                {"id": one, "name": Columns._target_name(one)}
                for one in sorted(targets)
                if kind_of(one) == ANSWER
            ],
        }

    def _column_choices(self, plan):
        lines = self._lines()
        return [
            {
                "index": column.index,
                "letter": letter(column.index),
                "heading": column.heading,
                "target": column.target,
                "policy": column.policy,
                "is_last": bool(kept.get("is_last")),
                "question": kept.get("question"),
                "mode": column.mode,
                "examples": self._examples(lines, column.index),
                **self._unknown_choices(column, plan.unknown.get(column.index)),
            }
            for column, kept in zip(self._columns(), self.sudo().columns, strict=True)
        ]

    @api.model
    def _unknown_choices(self, column, unknown):
        """Return the values that a column does not know, and what they may be."""
        new = len(unknown or ())
        policies = self._policies(column.target, new)
        if not unknown:
            return {"policies": policies, "unknown": [], "options": [], "new": 0}
        Values = self.env["crm.profiling.import.values"]
        return {
            "policies": policies,
            "new": new,
            "unknown": [
                {
                    "value": one.value,
                    "choice": CREATE if one.choice == CREATE_MANY else one.choice,
                    "is_guess": one.is_guess,
                    "is_last": one.is_last,
                    "count": len(one.lines),
                    "line": one.lines[0],
                }
                for one in self._in_order(column, unknown)[:SHOWN]
            ],
            "options": [
                {"id": option.id, "name": option.display_name}
                for option in Values._options(column.target)
            ],
        }

    @api.model
    def _in_order(self, column, unknown):
        """Return what a column does not know; the bands of a new question in order."""
        order = {name: at for at, name in enumerate(bands_of(column.new))}
        return sorted(unknown.values(), key=lambda one: order.get(one.value, -1))

    @api.model
    def _examples(self, lines, index):
        found = dict.fromkeys(line[index + 1] for line in lines[:100])
        return [value[:60] for value in found if value][:EXAMPLES]
