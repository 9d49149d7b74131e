from odoo import api, models

from ..catalog.wording import quoted
from .arguments import check, is_id

# Companies named in a message
_NAMED = 5


class CrmProfilingImport(models.Model):
    """Which company is meant, where one is similar to others: a person says it."""

    _inherit = "crm.profiling.import"  # pylint: disable=consider-merging-classes-inherited

    def set_company(self, key, company_id=None):
        """Choose which company is meant by a name in the file; return the preview.

        :param key: of the name, as the preview gives it; None for all that are open
        :param company_id: id of the company, False for a new one, None for what is
            likeliest
        """
        self._check_mine("draft")
        check(
            self.env,
            key is None or isinstance(key, str),
            company_id is None
            or company_id is False
            or is_id(company_id)
            or (type(company_id) is int and is_id(-company_id)),
            company_id is None or company_id is False or key is not None,
        )
        plan, _outcome, job = self._previewed()
        similar = self._similar(plan, job)
        check(self.env, key is None or key in similar)
        settings = dict(self.sudo().settings or {})
        chosen = dict(settings.get("companies", {}))
        for one in [similar[key]] if key is not None else similar.values():
            if key is None and self._choice(one, chosen) is not None:
                continue
            id_ = next(iter(one.candidates)) if company_id is None else company_id
            check(self.env, not id_ or id_ in one.candidates)
            chosen[one.key] = id_ or 0
        settings["companies"] = chosen
        self.sudo().settings = settings
        return self.get_preview()

    @api.model
    def _choice(self, similar, chosen):
        """Return the id of what was chosen, 0 for a new one, None for nothing yet."""
        choice = chosen.get(similar.key)
        return choice if choice == 0 or choice in similar.candidates else None

    def _similar(self, plan, job=None):
        """Return ``{company_key: Similar}`` of companies that would be created.

        Or would have been, had nobody said which one is meant.

        :param job: of the whole plan, where it is known already
        """
        found = self.env["crm.profiling.import.similar"]._similar(plan)
        if not found:
            return {}
        if job is None:
            _outcome, job = self._writer()._preview(plan, plan.prospects)
        needed = job.new_companies() | {k for k, id_ in plan.company_ids.items() if id_}
        return {key: one for key, one in found.items() if key in needed}

    def _similar_choices(self, plan, similar):
        """Return what the screen asks, those first that nobody has decided."""
        ids = {id_ for one in similar.values() for id_ in one.candidates if id_ > 0}
        companies = self.env["res.partner"].browse(ids)
        companies.fetch(["name", "city"])
        names = {c.id: ", ".join(filter(None, (c.name, c.city))) for c in companies}
        lines = plan.company_lines()
        names |= {-of[0]: plan.company_name(key) for key, of in lines.items()}
        shown = [
            {
                "key": key,
                "name": plan.company_name(key),
                "line": lines[key][0],
                "count": len(lines[key]),
                "choice": self._choice(one, plan.company_ids),
                "is_last": key not in (self.sudo().settings or {}).get("companies", {}),
                "candidates": [
                    {"id": id_, "name": names[id_], "why": why}
                    for id_, why in one.candidates.items()
                ],
            }
            for key, one in similar.items()
        ]
        return sorted(shown, key=lambda one: (one["choice"] is not None, one["line"]))

    def _similar_problem(self, plan, similar):
        """Return what keeps the import from starting, or ""."""
        names = [
            quoted(self.env, plan.company_name(key))
            for key, one in similar.items()
            if self._choice(one, plan.company_ids) is None
        ]
        if not names:
            return ""
        return self.env._(
            "Similar to companies that exist, or to others in the file: %s. Choose"
            " whether they are the same.",
            ", ".join(names[:_NAMED]) + ("…" if len(names) > _NAMED else ""),
        )
