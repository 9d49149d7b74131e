from odoo import api, fields, models
from odoo.tools import html2plaintext

from ...prospects import bare, letter
from ...tables import encodings
from .crm_profiling_import_changes import BELOW
from .plan import CREATE, CREATE_MANY, bands_of

# What is shown of errors, unknown values, changes and examples; a file has all errors.
SHOWN = 200
EXAMPLES = 3

# Letters of a value before and after
_LETTERS = 200


class CrmProfilingImport(models.Model):
    """What the screen shows of an import."""

    _inherit = "crm.profiling.import"  # pylint: disable=consider-merging-classes-inherited

    def _progress(self):
        me = self.sudo()
        return {
            "state": me.state,
            "total": me.total,
            "done": me.created_count
            + me.updated_count
            + me.unchanged_count
            + me.rejected_count,
            "created": me.created_count,
            "updated": me.updated_count,
            "unchanged": me.unchanged_count,
            "companies": me.company_count,
            "rejected": me.rejected_count,
            "warnings": len(me.warnings or []),
        }

    def _screen(self):
        """Return all that the screen shows of an import."""
        me = self.sudo()
        shown = {
            "id": self.id,
            "name": self.name,
            "state": self.state,
            "options": me.options,
            "sheets": me.sheets,
            "encodings": [*encodings.OTHERS] if (me.options or {})["encoding"] else [],
            "targets": self._target_choices(),
            "may_ask": self._may_create_questions(),
            "columns": [],
            "problems": [],
            "notes": [],
            "updates": [],
            "similar": [],
            "errors": (me.rejected or [])[:SHOWN],
            "warnings": (me.warnings or [])[:SHOWN],
            "progress": self._progress(),
        }
        if self.state == "draft":
            shown.update(self._screen_plan())
        return shown

    def _previewed(self):
        """Return the plan, and what writing it would do."""
        plan = self._plan()
        return plan, *self._writer()._preview(plan, plan.prospects)

    def _screen_plan(self):
        plan, outcome, job = self._previewed()
        errors, warnings = self._plan_remarks(plan, outcome, job)
        settings, about = self._settings(), self.sudo().about
        similar = self._similar(plan, job)
        return {
            "columns": self._column_choices(plan),
            "problems": self._problems(plan, similar),
            "similar": self._similar_choices(plan, similar)[:SHOWN],
            "similar_count": len(similar),
            "notes": self._notes(),
            "updates": self._updates(plan, outcome, job)[:SHOWN],
            "readings": [] if (self.sudo().chosen or {}).get("encoding")
            else about["readings"],
            "top": about["top"],
            "settings": {
                "asked_on": fields.Datetime.to_string(settings.asked_on),
                "asked_column": settings.asked_column,
                "mode": settings.mode,
                "country_id": settings.country_id,
            },
            "when": [
                {"index": index, "heading": self.sudo().headings[index]}
                for index in about["when"]
            ],
            "countries": self._countries(),
            "errors": errors[:SHOWN],
            "warnings": warnings[:SHOWN],
            "progress": {
                **self._progress_of_plan(plan, outcome, job),
                "rejected": len(errors),
                "warnings": len(warnings),
            },
        }  # fmt: skip

    def _progress_of_plan(self, plan, outcome, job):
        """Return what importing would come to, as `_progress` tells it."""
        return {
            "state": self.state,
            "total": len(plan.prospects) + len(plan.errors),
            "done": 0,
            "created": len(outcome.created),
            "updated": len(outcome.updated),
            "unchanged": len(outcome.unchanged),
            "companies": len(outcome.companies),
            "outdated": sum(map(len, job.outdated.values())),
        }

    def _problems(self, plan, similar):
        """Return what keeps the import from starting."""
        problems = list(plan.problems)
        me = self.sudo()
        if me.about["readings"] and not (me.chosen or {}).get("encoding"):
            problems.append(
                self.env._("Some letters are not certain. Choose how they are read.")
            )
        problems += self._question_problems(plan)
        if problem := self._similar_problem(plan, similar):
            problems.append(problem)
        return problems

    @api.model
    def _countries(self):
        countries = self.env["res.country"].search_fetch([], ["name"])
        return [{"id": c.id, "name": c.name} for c in countries.sorted("name")]

    # ------------------------------------------------------------------
    # What was found in the file
    # ------------------------------------------------------------------

    def _notes(self):
        """Return what there is to know of the file, beside what is in it."""
        about, heading = self.sudo().about, self.sudo().options["heading"]
        notes = []
        if about["above"]:
            notes.append(
                self.env._(
                    "The headings are in line %(line)s; what is above them is left"
                    " out.",
                    line=heading,
                )
            )
        if about["hidden_sheets"]:
            notes.append(
                self.env._("Hidden sheets: %s", ", ".join(about["hidden_sheets"][:20]))
            )
        if about["hidden_rows"]:
            notes.append(
                self.env._(
                    "These lines are hidden in the file, and imported all the same: %s",
                    self._some(about["hidden_rows"]),
                )
            )
        if about["uncalculated"]:
            notes.append(
                self.env._(
                    "These lines have formulas without a result: open the file in a"
                    " spreadsheet and save it. Lines: %s",
                    self._some(about["uncalculated"]),
                )
            )
        return notes

    @api.model
    def _some(self, numbers):
        shown = ", ".join(map(str, numbers[:20]))
        return f"{shown}…" if len(numbers) > 20 else shown

    # ------------------------------------------------------------------
    # Before and after
    # ------------------------------------------------------------------

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
            updates.append(
                {
                    "line": prospect.line,
                    "id": partner.id,
                    "name": partner.display_name,
                    "changes": [self._shown(partner, change) for change in changes],
                    "tags": self._names_of("tags", job.tags.get(prospect.line)),
                    "answers": self._names_of(
                        "answer:", job.answers.get(prospect.line)
                    ),
                }
            )
        return updates

    @api.model
    def _names_of(self, target, ids):
        if not ids:
            return []
        records = self.env["crm.profiling.import.values"]._records(target, [*ids])
        if target == "answer:":
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

    # ------------------------------------------------------------------
    # Columns
    # ------------------------------------------------------------------

    def _target_choices(self):
        Columns = self.env["crm.profiling.import.columns"]
        questions = Columns._questions()
        targets = {column["target"] for column in self.sudo().columns or ()}
        planner = self.env["crm.profiling.import.planner"]
        return {
            "fields": [{"id": k, "name": v} for k, v in Columns._labels().items()],
            "questions": [{"id": f"question:{q.id}", "name": q.name} for q in questions]
            + [
                {"id": target, "name": planner._target_name(target)}
                for target in sorted(targets)
                if target.startswith("answer:")
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
        return [value[:60] for value in found if bare(value) or value][:EXAMPLES]
