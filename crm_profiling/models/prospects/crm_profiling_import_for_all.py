from odoo import api, models
from odoo.fields import Domain

from ...cells import parts
from ...groups import SALESMAN
from ..catalog.wording import quoted
from .arguments import check

# Letters of the tags for all of a file, and tags
_LETTERS = 500
_TAGS = 20


class CrmProfilingImport(models.Model):
    """What all contacts of a file get, whatever their lines say."""

    _inherit = "crm.profiling.import"  # pylint: disable=consider-merging-classes-inherited

    # ------------------------------------------------------------------
    # What may be chosen
    # ------------------------------------------------------------------

    def _set_tags(self, value):
        check(self.env, isinstance(value, str) and len(value) <= _LETTERS)
        return parts(value, ";,")[:_TAGS]

    def _set_salesperson(self, value):
        """Return whose the contacts become: ``user:ID``, ``team:ID`` in turn, or ""."""
        check(self.env, isinstance(value, str))
        check(self.env, value in ("", *(one["id"] for one in self._salespeople())))
        return value

    def _set_are_companies(self, value):
        check(self.env, isinstance(value, bool))
        return value

    def _set_contact_country_id(self, value):
        return self._set_country_id(value)

    @api.model
    def _salespeople(self):
        """Return the teams and salespeople that contacts may be given to."""
        teams = self.env["crm.team"].search(Domain("member_ids", "!=", False))
        group = self.env.ref(SALESMAN)
        users = self.env["res.users"].search(
            Domain("all_group_ids", "in", group.ids) & Domain("share", "=", False)
        )
        return [
            {"id": f"team:{team.id}", "name": self.env._("%s, in turn", team.name)}
            for team in teams
        ] + [{"id": f"user:{user.id}", "name": user.name} for user in users]

    # ------------------------------------------------------------------
    # What it means
    # ------------------------------------------------------------------

    def _settings(self):
        kept = self.sudo().settings or {}
        found, _new = self._tags_for_all()
        return (
            super()
            ._settings()
            ._replace(
                tag_ids=tuple(found),
                user_ids=tuple(self._users_in_turn(kept.get("salesperson") or "")),
                are_companies=bool(kept.get("are_companies")),
                contact_country_id=kept.get("contact_country_id") or 0,
            )
        )

    @api.model
    def _users_in_turn(self, salesperson):
        kind, _colon, id_ = salesperson.partition(":")
        if kind == "user":
            return self.env["res.users"].browse(int(id_)).exists().ids
        if kind == "team":
            return self.env["crm.team"].browse(int(id_)).exists().member_ids.ids
        return []

    def _tags_for_all(self):
        """Return the ids of the tags for all contacts, and the names of new ones."""
        names = (self.sudo().settings or {}).get("tags")
        if not names:
            return [], []
        words = self.env["crm.profiling.import.values"]._values("tags")
        found = {name: words.find(name) for name in names}
        return (
            [min(ids) for ids in found.values() if ids],
            [name for name, ids in found.items() if not ids],
        )

    def _problems(self, plan, similar):
        problems = super()._problems(plan, similar)
        _found, new = self._tags_for_all()
        if new and not self.env["res.partner.category"].has_access("create"):
            problems.append(
                self.env._(
                    "There are no tags %s, and you may not create any.",
                    ", ".join(quoted(self.env, name) for name in new),
                )
            )
        return problems

    def _create_unknown(self, plan):
        _found, new = self._tags_for_all()
        tags = self.env["res.partner.category"].create([{"name": n} for n in new])
        created = super()._create_unknown(plan)
        if tags:
            made = self.sudo().made
            self.sudo().made = {**made, "tags": made["tags"] + tags.ids}
        return created or bool(tags)

    def _screen_plan(self):
        shown = super()._screen_plan()
        kept = self.sudo().settings or {}
        shown["settings"].update(
            tags="; ".join(kept.get("tags", ())),
            salesperson=kept.get("salesperson") or "",
            are_companies=bool(kept.get("are_companies")),
            contact_country_id=kept.get("contact_country_id") or 0,
        )
        shown["salespeople"] = self._salespeople()
        return shown
