from odoo import api, fields, models
from odoo.tools import SQL

from .crm_profiling_response_store import HISTORY, listed
from .holder import HELD_BY, HOLDER


class CrmProfilingResponse(models.Model):
    """Answers get another holder: by their moments, and nothing that was said is lost.

    A move ``(partner_id, level, holder_id)`` says who is to hold what a contact holds
    of the questions of a level.
    """

    _inherit = "crm.profiling.response"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _hand_over(self, partner_ids=None, question_ids=None):
        """Give companies what their contacts hold of what is asked of companies.

        So it is after somebody who answered for itself became a contact of a company,
        and after a question became one that is asked of companies.

        :param partner_ids: contacts that moved, None for all
        :param question_ids: questions that changed, None for all
        :return: ids of the contacts to evaluate
        """
        # What each contact says for itself has the right holder: a million of these
        # need not be read.
        levels = [level for level, column in HELD_BY.items() if column != "id"]
        where = [SQL("word.level = ANY(%s)", levels), SQL("%s <> contact.id", HOLDER)]
        if partner_ids is not None:
            where.append(SQL("contact.id = ANY(%s)", list(partner_ids)))
        if question_ids is not None:
            where.append(SQL("word.question_id = ANY(%s)", list(question_ids)))
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        moves = self.env.execute_query(
            SQL(
                """SELECT DISTINCT contact.id, question.level, %s
                     FROM %s word
                     JOIN crm_profiling_question question
                       ON question.id = word.question_id
                     JOIN res_partner contact ON contact.id = word.partner_id
                    WHERE %s""",
                HOLDER,
                self._words_sql(),
                SQL(" AND ").join(where),
            )
        )
        self._move(moves)
        companies = {holder_id for _partner_id, _level, holder_id in moves}
        return self._contact_ids_of(companies) if companies else []

    @api.model
    def _of_company(self, company, partners):
        """Return the ids of what these say of a company, as it will be the company's.

        :param company: who is to hold it
        :param partners: those whose words are put together
        """
        if not company:
            return set()
        moves = [(partner.id, "company", company.id) for partner in partners]
        rows = self.env.execute_query(
            SQL(
                """SELECT answer_id FROM %s ranked
                    WHERE id = latest_id AND answer_id IS NOT NULL""",
                self._ranked_sql(moves),
            )
        )
        return {answer_id for (answer_id,) in rows}

    @api.model
    def _move(self, moves):
        """Have answers held by others: of each subject what was said last.

        :param moves: list of ``(partner_id, level, holder_id)``
        """
        if not moves:
            return
        self.env.cr.execute(self._drop_outdated_sql(moves))
        moved = self._moves_sql(moves)
        for table in ("crm_profiling_response", HISTORY):
            self.env.cr.execute(
                SQL(
                    """UPDATE %(table)s said SET partner_id = move.holder_id
                         FROM %(moved)s, crm_profiling_question question
                        WHERE said.partner_id = move.partner_id
                          AND said.question_id = question.id
                          AND question.level = move.level""",
                    table=SQL.identifier(table),
                    moved=moved,
                )
            )
        self._forget()

    @api.model
    def _moves_sql(self, moves):
        return SQL(
            "unnest(%s::int[], %s::varchar[], %s::int[])"
            " AS move (partner_id, level, holder_id)",
            *map(list, zip(*moves, strict=True)),
        )

    @api.model
    def _ranked_sql(self, moves):
        """Return a subselect of words, as if moved, each with what was said last.

        At a tie what the holder has stays.
        """
        stays = {(holder_id, level, holder_id) for _id, level, holder_id in moves}
        return SQL(
            """(
            SELECT word.id, word.answer_id, move.holder_id,
                   first_value(word.id) OVER latest AS latest_id,
                   first_value(word.date) OVER latest AS latest_date
              FROM %s word
              JOIN %s ON move.partner_id = word.partner_id AND move.level = word.level
            WINDOW latest AS (
                PARTITION BY move.holder_id, word.question_id, word.choice_id
                ORDER BY word.date DESC, word.partner_id = move.holder_id DESC,
                         -- what counts was said after what it took the place of
                         word.id NULLS LAST
            ))""",
            self._words_sql(),
            self._moves_sql(sorted({*moves, *stays})),
        )

    @api.model
    def _drop_outdated_sql(self, moves):
        """Return the statement that moves into the history what was not said last."""
        names = [name for name in self._history_columns() if name != "partner_id"]
        return SQL(
            """
            WITH outdated AS (
                SELECT id, holder_id, latest_date FROM %(ranked)s ranked
                 WHERE id IS DISTINCT FROM latest_id AND id IS NOT NULL
            ), gone AS (
                DELETE FROM crm_profiling_response response
                      USING outdated
                      WHERE response.id = outdated.id
                  RETURNING outdated.holder_id, outdated.latest_date, %(values)s
            )
            INSERT INTO %(history)s (
                partner_id, date_end, %(names)s, end_reason, end_user_id,
                create_uid, create_date, write_uid, write_date
            )
            SELECT gone.*, 'merged', %(uid)s, %(uid)s, %(now)s, %(uid)s, %(now)s
              FROM gone
            """,
            ranked=self._ranked_sql(moves),
            values=listed(names, "response"),
            history=SQL.identifier(HISTORY),
            names=listed(names),
            uid=self.env.uid,
            now=fields.Datetime.now(),
        )

    @api.model
    def _spread(self, question_ids):
        """Give contacts what their companies answered; addresses are not asked.

        :return: ids of the contacts to evaluate
        """
        self.flush_model()
        self.env["res.partner"].flush_model(["commercial_partner_id", "type"])
        rows = self.env.execute_query(self._spread_sql(question_ids))
        self._forget()
        return [row[0] for row in rows]

    @api.model
    def _spread_sql(self, question_ids):
        columns = [field.name for field in self._columns() if field.copy]
        names = ["answer_id", "question_id", *columns]
        return SQL(
            """
            INSERT INTO crm_profiling_response (
                partner_id, %(names)s, create_uid, create_date, write_uid, write_date
            )
            SELECT contact.id, %(values)s, %(uid)s, %(now)s, %(uid)s, %(now)s
              FROM crm_profiling_response response
              JOIN res_partner contact
                ON contact.commercial_partner_id = response.partner_id
               AND contact.id <> response.partner_id
               AND NOT (%(is_address)s)
             WHERE response.question_id = ANY(%(questions)s)
               AND NOT EXISTS (
                   SELECT FROM crm_profiling_response own
                    WHERE own.partner_id = contact.id
                      AND own.question_id = response.question_id
               )
         RETURNING partner_id
            """,
            names=listed(names),
            values=listed(names, "response"),
            questions=list(question_ids),
            uid=self.env.uid,
            now=fields.Datetime.now(),
            is_address=self.env["res.partner"]._profiling_is_address_sql("contact"),
        )
