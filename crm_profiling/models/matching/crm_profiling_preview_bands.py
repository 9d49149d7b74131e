from odoo import api, models
from odoo.tools import SQL

from ..catalog.crm_profiling_answer_numbers import in_band_sql
from .masks import word_of_bits_sql, words_of


class CrmProfilingPreview(models.AbstractModel):
    """What profiles would find if known numbers were in other bands."""

    _inherit = "crm.profiling.preview"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _sorted_sql(self, question_id, bands):
        """Return a table like that of states, with numbers in other bands.

        :param bands: list of ``(answer_id, lower, upper)``
        """
        catalog = self.env["crm.profiling.catalog"]._get()
        count = len(words_of(catalog.evaluator.mask(catalog.questions)))
        ranks = range(1, count + 1)
        return SQL(
            """(SELECT state.id, state.company_id, state.archived,
                       ARRAY[%(asked)s]::bigint[] AS asked, state.found, state.matched
                  FROM crm_profiling_state state
             LEFT JOIN (SELECT partner_id, %(bits)s
                          FROM %(moved)s moved
                          JOIN crm_profiling_bit gone ON gone.answer_id = old_id
                     LEFT JOIN crm_profiling_bit come ON come.answer_id = new_id
                         WHERE new_id <> old_id
                         GROUP BY partner_id) moved ON moved.partner_id = state.id)""",
            asked=SQL(", ").join(
                SQL(
                    "(COALESCE(asked[%s], 0) & ~COALESCE(%s, 0)) | COALESCE(%s, 0)",
                    rank,
                    SQL.identifier("moved", f"gone_{rank}"),
                    SQL.identifier("moved", f"come_{rank}"),
                )
                for rank in ranks
            ),
            bits=SQL(", ").join(
                SQL(
                    "%s AS %s",
                    word_of_bits_sql(SQL.identifier(table, "rank"), rank),
                    SQL.identifier(f"{table}_{rank}"),
                )
                for table in ("gone", "come")
                for rank in ranks
            ),
            moved=self._moved_sql(question_id, bands),
        )

    @api.model
    def _moved_sql(self, question_id, bands):
        """Return ``(partner_id, old_id, new_id)`` of the numbers known."""
        Response = self.env["crm.profiling.response"]
        Response.flush_model()
        columns = [list(column) for column in zip(*bands, strict=True)] or [[], [], []]
        return Response._counting_sql(
            SQL("response.answer_id AS old_id"),
            SQL(
                """(SELECT answer_id
                      FROM unnest(%s::int[], %s::float8[], %s::float8[])
                        AS band (answer_id, lower, upper)
                     WHERE %s) AS new_id""",
                *columns,
                in_band_sql(SQL("response.value")),
            ),
            where=SQL(
                "response.question_id = %s AND response.value IS NOT NULL", question_id
            ),
        )
