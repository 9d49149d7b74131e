from odoo import api, models

from ...names import word
from .chosen import SKIP


class CrmProfilingImport(models.Model):
    """What was said of earlier files is known, and what is said of this one kept."""

    _inherit = "crm.profiling.import"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _as_last_time(self, headings, columns):
        """Take columns for what they were taken for the last time; return them."""
        known = self.env["crm.profiling.import.memory"]._headings(headings)
        known = {h: t for h, t in known.items() if self._is_target(t)}
        taken = {target for target in known.values() if target}
        found = []
        for heading, column in zip(headings, columns, strict=True):
            if heading in known:
                # of two columns of one heading the first
                target = known.pop(heading)
                column = {**self._column(target), "is_last": True}
            elif column["target"] in taken:
                column = self._column("")
            found.append(column)
        return found

    def _remember(self, plan):
        """Keep what a person said of this file."""
        said = {}
        for column, kept in zip(self._columns(), self.sudo().columns, strict=True):
            # of a new question its answers, once it is there
            if kept.get("said") and word(column.heading) and not column.new:
                key = "heading", "", word(column.heading)
                said[key] = column.heading, column.target
            unknown = plan.unknown.get(column.index, {})
            for key, choice in column.choices.items():
                if key in unknown and (choice == SKIP or not isinstance(choice, str)):
                    written = unknown[key].value
                    said["value", column.target, key] = written, str(choice)
        chosen = (self.sudo().settings or {}).get("companies", {})
        for key, id_ in chosen.items():
            if id_ > 0 and key in plan.companies:
                said["company", "", key] = plan.companies[key]["name"], str(id_)
        self.env["crm.profiling.import.memory"]._remember(said)
