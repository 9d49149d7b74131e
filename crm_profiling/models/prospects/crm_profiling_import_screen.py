from odoo import api, fields, models

from ...tables import encodings

# What is shown of errors, unknown values and changes; a file has all errors.
SHOWN = 200


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
            "companies_updated": self._companies_updated(job),
            "outdated": sum(map(len, job.outdated.values())),
        }

    @api.model
    def _companies_updated(self, job):
        """Return how many companies change of which only their people's lines tell."""
        own = {p.company_key for p in job.prospects if p.is_company}
        return sum(
            key not in own and job.writes(changes)
            for key, changes in job.company_changes.items()
        )

    @api.model
    def _countries(self):
        countries = self.env["res.country"].search_fetch([], ["name"])
        return [{"id": c.id, "name": c.name} for c in countries.sorted("name")]
