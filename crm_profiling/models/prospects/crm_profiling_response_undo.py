from odoo import api, models
from odoo.tools import SQL


class CrmProfilingResponse(models.Model):
    """What an import recorded counts no longer once the import is taken back."""

    _inherit = "crm.profiling.response"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _take_back_import(self, changes):
        """Have answers that an import recorded count no longer, where they still do.

        What was said before comes back as it was, from the history.  Past `_record`,
        for taking back is no word here: as if the import had not been.

        :param changes: of the import, with the answers it recorded
        """
        rows = [
            (change.res_id, answer_id, date)
            for change in changes.sudo()
            for answer_id, date in change._did("answers")
        ]
        if not rows:
            return
        self.flush_model()
        found = self.env.execute_query(self._still_of_import_sql(rows))
        concerned = self.sudo().browse([row[0] for row in found])._concerned_ids()
        back = {id_: past for id_, past in found if past}
        self.env.cr.execute(self._bring_back_sql(back))
        gone = [id_ for id_, past in found if not past]
        self.env.cr.execute(
            SQL("DELETE FROM crm_profiling_response WHERE id = ANY(%s)", gone)
        )
        self.env.cr.execute(
            SQL(
                "DELETE FROM crm_profiling_response_history WHERE id = ANY(%s)",
                [*back.values()],
            )
        )
        self._forget()
        self.env["res.partner"].browse(set(concerned))._profiling_apply()

    @api.model
    def _still_of_import_sql(self, rows):
        """Return the responses that are still an import's, and what each ended."""
        return SQL(
            """
            SELECT response.id,
                   (SELECT max(past.id)
                      FROM crm_profiling_response_history past
                     WHERE past.partner_id = response.partner_id
                       AND past.question_id = response.question_id
                       AND past.date_end = response.date
                       AND past.end_reason IN ('replaced', 'confirmed')
                       AND (question.selection_mode = 'single'
                            OR past.answer_id = response.answer_id))
              FROM unnest(%s::int[], %s::int[], %s::timestamp[])
                   AS row (partner_id, answer_id, date)
              JOIN crm_profiling_response response
                ON response.partner_id = row.partner_id
               AND response.answer_id = row.answer_id
               AND response.date = row.date
               AND response.source = 'import'
              JOIN crm_profiling_question question
                ON question.id = response.question_id
            """,
            *map(list, zip(*rows, strict=True)),
        )

    @api.model
    def _bring_back_sql(self, back):
        """Return the statement that makes what was said before count again.

        :param back: ``{id of the response: id in the history}``
        """
        names = [name for name in self._history_columns() if name != "partner_id"]
        return SQL(
            """
            UPDATE crm_profiling_response response SET %s
              FROM unnest(%s::int[], %s::int[]) AS row (id, past_id)
              JOIN crm_profiling_response_history past ON past.id = row.past_id
             WHERE response.id = row.id
            """,
            SQL(", ").join(
                SQL("%(name)s = past.%(name)s", name=SQL.identifier(name))
                for name in names
            ),
            [*back],
            [*back.values()],
        )
