from odoo import api, models
from odoo.tools import SQL

# What grows by an import, by a row for each contact at least, and how many times as
# large it is than PostgreSQL believes once that is told.
_GROWING = (
    "res_partner",
    "res_partner_res_partner_category_rel",
    "crm_profiling_response",
    "crm_profiling_state",
    "crm_profiling_membership",
)
_GROWN = 2


class CrmProfilingImportWriter(models.AbstractModel):
    """Keeps writing as quick as it began, however much the tables grow."""

    _inherit = "crm.profiling.import.writer"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _follow_growth(self, count):
        """Have PostgreSQL look at tables that have become much larger.

        By their size, or by the rows: where many were deleted they take its place.

        Each row that is written is looked for by what refers to it: in a way that is
        chosen by how large a table was, and kept by the connection. One that goes
        through a small table from end to end takes longer with each batch. What keeps
        the statistics in the background comes by once a minute.

        :param int count: of contacts that were created so far
        """
        grown = self.env.execute_query(
            SQL(
                """SELECT relname FROM pg_class
                    WHERE oid = ANY(%s::regclass[])
                      AND (%s > %s * GREATEST(reltuples, 0)
                           OR pg_relation_size(oid)
                              > %s * relpages::bigint
                                * current_setting('block_size')::int)""",
                [*_GROWING],
                count,
                _GROWN,
                _GROWN,
            )
        )
        if grown:
            names = SQL(", ").join(SQL.identifier(name) for (name,) in grown)
            self.env.cr.execute(SQL("ANALYZE (SKIP_LOCKED) %s", names))
