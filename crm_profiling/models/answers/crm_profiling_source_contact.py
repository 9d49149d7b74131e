import logging

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.query import Query

from .crm_profiling_condition import IMPOSSIBLE
from .holder import HELD_BY
from .res_partner_follow import FOLLOWED

_logger = logging.getLogger(__name__)


class CrmProfilingSourceContact(models.AbstractModel):
    """What a contact's own data say: each answer has a condition."""

    _name = "crm.profiling.source.contact"
    _inherit = ["crm.profiling.source"]
    _description = "Profiling Answers Found in the Contact's Data"

    _origin = "contact"

    @api.model
    def _told_sql(self, holder_ids, question_ids):
        return self._told_of_sql(self._told(question_ids), holder_ids)

    @api.model
    def _counted_of_draft_sql(self, question):
        told = self._told_of_sql([question._told_now()])
        column = HELD_BY[question.level]
        return SQL("(%s)", self._for_contacts_sql(column, told))

    @api.model
    def _told_of_sql(self, some, holder_ids=None):
        """Return what `_told_sql` does, of some `Told`."""
        Partner = self.env["crm.profiling.condition"]._contacts()
        query = Query(Partner.env, Partner._table)
        rows = []
        for told in some:
            try:
                rows += self._rows_sql(told, query)
            except IMPOSSIBLE:
                # the health check says so, and the night archives it
                _logger.info("Profiling: question %s cannot be told", told.question_id)
        if not rows:
            return SQL(
                "(SELECT 0 AS partner_id, 0 AS question_id, 0 AS answer_id LIMIT 0)"
            )
        return SQL(
            """(SELECT res_partner.id AS partner_id, told.question_id, told.answer_id
                  FROM %s
            CROSS JOIN LATERAL (VALUES %s) AS told(question_id, answer_id)
                 WHERE told.answer_id IS NOT NULL AND %s)""",
            query.from_clause,
            SQL(", ").join(rows),
            SQL("res_partner.id = ANY(%s)", holder_ids) if holder_ids else SQL("TRUE"),
        )

    @api.model
    def _rows_sql(self, told, query):
        """Return ``(question_id, answer_id)`` of a question, as rows of SQL.

        :param query: to add to it what has to be joined
        :raise ValueError: for a field that there is not any more
        """
        Condition = self.env["crm.profiling.condition"]
        [known] = Condition._sql([told.known], query)
        if told.number:
            answers = [self._band_sql(told, query)]
            return self._known_rows_sql(told, known, answers)
        some = [(id_, domain) for id_, domain in told.answers if domain is not None]
        if not some:
            return []
        holds = Condition._sql([domain for _id, domain in some], query)
        whens = [(id_, sql) for (id_, _domain), sql in zip(some, holds, strict=True)]
        rest = [id_ for id_, domain in told.answers if domain is None][:1]
        if told.single:
            filled_in = Condition._sql(told.filled_in, query) if told.filled_in else ()
            answers = [self._first_sql(whens, filled_in, rest)]
        else:
            whens += [(id_, SQL("NOT (%s)", SQL(" OR ").join(holds))) for id_ in rest]
            answers = [SQL("CASE WHEN %s THEN %s::int END", sql, i) for i, sql in whens]
        return self._known_rows_sql(told, known, answers)

    @api.model
    def _first_sql(self, whens, filled_in, rest):
        """Return the first answer whose condition holds, NULL where it cannot be told.

        So it is as soon as a condition comes first of which something is not filled in.

        :param whens: ``[(answer_id, whether it holds, as SQL)]``, in order
        :param filled_in: for each whether its fields are, as SQL; or nothing
        :param rest: ids of the answer that stands for all others, if there is one
        """
        parts = []
        for position, (id_, holds) in enumerate(whens):
            if filled_in:
                parts.append(SQL("WHEN NOT (%s) THEN NULL", filled_in[position]))
            parts.append(SQL("WHEN %s THEN %s::int", holds, id_))
        parts += [SQL("ELSE %s::int", id_) for id_ in rest]
        return SQL("CASE %s END", SQL(" ").join(parts))

    @api.model
    def _known_rows_sql(self, told, known, answers):
        return [
            SQL("(%s, CASE WHEN %s THEN %s END)", told.question_id, known, answer)
            for answer in answers
        ]

    @api.model
    def _band_sql(self, told, query):
        """Return the answer that the number in a field belongs to, NULL for none.

        The same as `bands.Bands.find`, as one expression: a contact has one number.

        :raise ValueError: for a field that there is not any more
        """
        Partner = self.env["crm.profiling.condition"]._contacts()
        field = Partner._fields.get(told.number)
        if field is None:
            raise ValueError(told.number)
        number = Partner._field_to_sql(Partner._table, field.name, query)
        if field.type in ("date", "datetime"):
            today = fields.Date.context_today(Partner)
            number = SQL("(%s::date - %s::date)", today, number)
        whens = [
            SQL("WHEN %s >= %s THEN %s::int", number, lower, answer_id)
            for answer_id, lower in reversed(told.bands)
        ]
        return SQL("CASE %s END", SQL(" ").join(whens))

    @api.model
    def _watched(self):
        return {"res.partner": list(FOLLOWED)}

    @api.model
    def _tonight_sql(self, question_ids):
        questions = self.env["crm.profiling.question"].sudo().browse(question_ids)
        if not any(question._is_nightly() for question in questions):
            return None
        return SQL("(SELECT id AS partner_id FROM res_partner)")
