"""Writes what the applier found to differ, in one statement."""

from odoo import api, fields, models
from odoo.tools import SQL

from .masks import words_of
from .pg import pg_array, unnest

# Writes the differences of a batch, a part for each kind of them. A kind that there is
# nothing of is left out: where statistics are out of date the planner takes the largest
# of tables for one row, and reads all of it to find nothing. Tags go in ordered by
# contact: unordered, the foreign key checks alone take twice as long (measured on
# 600,000 rows).
PARTS = {
    "left": """gone AS (
    DELETE FROM crm_profiling_membership membership
          USING %(left)s AS gone(partner_id, profile_id)
          WHERE membership.partner_id = gone.partner_id
            AND membership.profile_id = gone.profile_id
)""",
    "owned": """kept AS (
    INSERT INTO crm_profiling_membership
                (partner_id, profile_id, category_id, state, date)
    SELECT partner_id, profile_id, NULLIF(category_id, 0), 'matched',
           %(now)s
      FROM %(owned)s AS owned(partner_id, profile_id, category_id)
        ON CONFLICT (partner_id, profile_id)
        DO UPDATE SET category_id = EXCLUDED.category_id
)""",
    "untagged": """untagged AS (
    DELETE FROM %(rel)s tag
          USING %(untagged)s AS gone(partner_id, category_id)
          WHERE tag.partner_id = gone.partner_id
            AND tag.category_id = gone.category_id
)""",
    "states": """states AS (
    INSERT INTO crm_profiling_state
                (id, company_id, archived, asked, found, matched)
    SELECT id, company_id, archived, asked::bigint[], found::bigint[], matched::int[]
      FROM %(states)s AS state(id, company_id, archived, asked, found, matched)
        ON CONFLICT (id) DO UPDATE
       SET company_id = EXCLUDED.company_id, archived = EXCLUDED.archived,
           asked = EXCLUDED.asked, found = EXCLUDED.found, matched = EXCLUDED.matched
)""",
}
TAGGED = """
INSERT INTO %(rel)s (partner_id, category_id)
SELECT partner_id, category_id
  FROM %(tagged)s AS new(partner_id, category_id)
 ORDER BY partner_id, category_id
    ON CONFLICT DO NOTHING
"""

# Columns of the rows that are written, by what becomes of them
_TYPES = {
    "left": ("int", "int"),
    "owned": ("int", "int", "int"),
    "untagged": ("int", "int"),
    "tagged": ("int", "int"),
    "states": ("int", "int", "bool", "text", "text", "text"),
}


class CrmProfilingApplier(models.AbstractModel):
    """Writes differences for the applier."""

    _inherit = "crm.profiling.applier"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _write_differences(self, changes):
        """Write the differences of a batch, then tell those who want to know.

        :param changes: ``{partner_id: (Difference, State)}``
        """
        self.env.cr.execute(self._write_sql(changes))
        differences = {
            partner_id: change for partner_id, (change, _state) in changes.items()
        }
        Partner = self.env["res.partner"]
        self.env["crm.profiling.membership"].invalidate_model(flush=False)
        Partner.invalidate_model(
            [
                "profiling_membership_ids",
                "profile_ids",
                "profiling_found_answer_ids",
                "profiling_result",
            ],
            flush=False,
        )
        retagged = Partner.browse(
            partner_id
            for partner_id, change in differences.items()
            if change.tagged or change.untagged
        )
        if retagged:
            retagged.invalidate_recordset(["category_id"], flush=False)
            retagged.modified(["category_id"])
        self._tell(differences)

    @api.model
    def _write_sql(self, changes):
        """Return the one statement that writes all differences.

        Where anything differs, the state does.
        """
        rows = self._rows(sorted(changes.items()))
        values = {name: unnest(rows[name], *_TYPES[name]) for name in rows}
        values |= {"rel": self._tags_table(), "now": fields.Datetime.now()}
        parts = [SQL(part, **values) for name, part in PARTS.items() if rows[name]]
        return SQL("WITH %s %s", SQL(", ").join(parts), SQL(TAGGED, **values))

    @api.model
    def _rows(self, changes):
        """Return the rows that change, by the names of `_TYPES`.

        :param changes: list of ``(partner_id, (Difference, State))``, in order
        """
        pairs = {
            name: [
                (partner_id, value)
                for partner_id, (change, _state) in changes
                for value in sorted(getattr(change, name))
            ]
            for name in ("left", "untagged", "tagged")
        }
        owned = [
            (partner_id, profile_id, tag)
            for partner_id, (change, _state) in changes
            for profile_id, tag in sorted(change.owned.items())
        ]
        states = [
            (
                partner_id,
                state.company_id,
                state.archived,
                f'"{pg_array(words_of(state.asked))}"',
                f'"{pg_array(words_of(state.found))}"',
                f'"{pg_array(state.matched)}"',
            )
            for partner_id, (_change, state) in changes
        ]
        return {**pairs, "owned": owned, "states": states}

    @api.model
    def _tags_table(self):
        return SQL.identifier(self.env["res.partner"]._fields["category_id"].relation)
