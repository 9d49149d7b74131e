from odoo import api, models
from odoo.tools import html2plaintext

from .crm_profiling_import_changes import BELOW
from .targets import ANSWER

# Letters of a value before and after
_LETTERS = 200


class CrmProfilingImport(models.Model):
    """What the screen shows of contacts who are there: before and after."""

    _inherit = "crm.profiling.import"  # pylint: disable=consider-merging-classes-inherited

    def _updates(self, plan, outcome, job):
        """Return what becomes of each contact who is there and is said more of."""
        updated = set(outcome.updated)
        updates = []
        for prospect in job.prospects:
            partner = job.matches.partners[prospect.line]
            changes = [*job.changes.get(prospect.line, ())]
            if prospect.is_company:
                changes += job.company_changes.get(prospect.company_key, ())
            if not partner or not (prospect.line in updated or changes):
                continue
            tags = job.tags.get(prospect.line)
            answers = job.answers.get(prospect.line)
            updates.append(
                self._update(plan, prospect.line, partner, changes, tags, answers)
            )
        return updates + self._company_updates(plan, job)

    @api.model
    def _company_updates(self, plan, job):
        """Return what becomes of companies that lines say something of in passing."""
        lines, of_their_own = {}, set()
        for prospect in job.prospects:
            lines.setdefault(prospect.company_key, prospect.line)
            if prospect.is_company:
                of_their_own.add(prospect.company_key)
        return [
            self._update(plan, lines[key], job.matches.companies[key], changes)
            for key, changes in job.company_changes.items()
            if changes and key not in of_their_own
        ]

    @api.model
    def _update(self, plan, line, partner, changes, tags=(), answers=()):
        return {
            "line": line,
            "id": partner.id,
            "name": partner.display_name,
            "changes": [
                {
                    **self._shown(partner, change),
                    "is_ticked": (line, change.field) in plan.overwrite,
                }
                for change in changes
            ],
            "tags": self._names_of("tags", tags),
            "answers": self._names_of(ANSWER, answers),
        }

    @api.model
    def _names_of(self, target, ids):
        if not ids:
            return []
        records = self.env["crm.profiling.import.values"]._records(target, [*ids])
        if target == ANSWER:
            records = records.with_context(crm_profiling_hide_question=False)
        return records.mapped("display_name")

    @api.model
    def _shown(self, partner, change):
        field = partner._fields[change.field]
        label = field._description_string(self.env)
        before, after = (
            self._said(field, value) for value in (change.before, change.after)
        )
        if change.kind == BELOW:
            after = f"{before}\n{after}"
        return {
            "field": change.field,
            "label": label,
            "before": before[:_LETTERS],
            "after": after[:_LETTERS],
            "kind": change.kind,
        }

    @api.model
    def _said(self, field, value):
        if not value:
            return ""
        if field.type == "many2one" and isinstance(value, int):
            return self.env[field.comodel_name].browse(value).display_name
        return html2plaintext(value).strip() if field.type == "html" else str(value)
