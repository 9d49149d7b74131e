from odoo import api, fields, models
from odoo.tools import SQL

# What each row has of its own.
KEY = ("partner_id", "answer_id", "question_id")

# Who noted an answer, when and how: all of it is of the latest time.
CIRCUMSTANCES = {"date", "user_id", "source"}

HISTORY = "crm_profiling_response_history"

# Parts of the statement that writes what was said
_SAID = "said AS MATERIALIZED (SELECT * FROM %(rows)s AS said (id, %(names)s))"
_GONE = "gone AS (DELETE FROM crm_profiling_response WHERE id = ANY(%(ended)s))"
_CHANGED = """changed AS (
    UPDATE crm_profiling_response response
       SET %(changes)s, write_uid = %(uid)s, write_date = %(now)s
      FROM said
     WHERE response.id = said.id AND response.id = ANY(%(replaced)s)
 RETURNING response.id, response.partner_id, response.answer_id
)"""
_NEW = """new AS (
    INSERT INTO crm_profiling_response (
        %(names)s, create_uid, create_date, write_uid, write_date
    )
    SELECT %(names)s, %(uid)s, %(now)s, %(uid)s, %(now)s
      FROM said
     WHERE id IS NULL
        -- the same was given at this very moment: begin again
        ON CONFLICT (partner_id, answer_id) DO NOTHING
 RETURNING id, partner_id, answer_id
)"""


def listed(names, alias=None):
    """Return columns as SQL."""
    path = (alias,) if alias else ()
    return SQL(", ").join(SQL.identifier(*path, name) for name in names)


class CrmProfilingResponse(models.Model):
    """Writes what was said, and what it ends, in one statement.

    Past the ORM, which inserts 100 rows at a time and looks for attachments, activities
    and the like of every row it deletes: responses have none.
    """

    _inherit = "crm.profiling.response"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _columns(self):
        """Return the fields that have a column to fill, those of other addons too.

        All but what each row has of its own.
        """
        return [
            field
            for field in self._fields.values()
            if field.store
            and field.column_type
            and not field.compute
            and field.name not in ("id", *KEY, *models.LOG_ACCESS_COLUMNS)
        ]

    @api.model
    def _history_columns(self):
        """Return the names of the columns that the history has as well."""
        history = self.env["crm.profiling.response.history"]._fields
        return [*KEY, *(f.name for f in self._columns() if f.name in history)]

    @api.model
    def _circumstances(self):
        """Hook: return the fields that say who noted an answer, when and how."""
        return CIRCUMSTANCES

    @api.model
    def _store(self, given, facts, ended=(), moment=None, instead=None):
        """Write what was said, and what counts no longer because of it.

        :param given: ``{(holder_id, answer_id): create values}``; of what the holder
            said already, they are what changes: it is said again
        :param facts: the `Facts` of the holders before
        :param ended: ids of responses taken back
        :param moment: when they were; by default just now
        :param instead: ``{holder_id: id of the response it takes the place of}``, by
            default the answer to a single-choice question given before
        :return: ``{(holder_id, answer_id): response_id}`` of all that was given
        """
        if not given and not ended:
            return {}
        questions = self.env["crm.profiling.catalog"]._get().questions
        rows, values = [], {}
        for (holder_id, answer_id), vals in given.items():
            held = facts.held[holder_id]
            replaced_id = (
                held.get(answer_id)
                or (instead or {}).get(holder_id)
                or self._replaced_id(held, questions[answer_id], questions)
            )
            if id(vals) not in values:  # the same for thousands, mostly
                values[id(vals)] = self._values(vals)
            key = holder_id, answer_id, questions[answer_id].id
            rows.append((replaced_id, *key, *values[id(vals)]))
        said = set().union(*given.values())
        sql = self._store_sql(rows, said, list(ended), moment)
        stored = self.env.execute_query(sql)
        self._forget()
        ids = {(holder_id, answer_id): id_ for id_, holder_id, answer_id in stored}
        self._recompute_of_others(ids.values())
        return ids

    @api.model
    def _replaced_id(self, held, question, questions):
        """Return the id of the response that a new answer replaces, or None."""
        if question.single:
            for other_id, response_id in held.items():
                if questions[other_id].id == question.id:
                    return response_id
        return None

    @api.model
    def _values(self, vals):
        """Return the values of `_columns`, defaults filled in."""
        values = []
        for field in self._columns():
            value = vals.get(field.name)
            if field.name not in vals and field.default:
                value = field.default(self)
            if value is not None:
                # as the ORM does: raises for what is no value of the field
                value = field.convert_to_cache(value, self)
                value = field.convert_to_record(value, self)
                value = field.convert_to_write(value, self)
                value = field.convert_to_column_insert(value, self, vals)
            values.append(value)
        return values

    @api.model
    def _store_sql(self, rows, said, ended, moment):
        """Return the statement that writes rows, and ends what they take the place of.

        Where nothing is replaced or ended, it looks for nothing: with statistics out of
        date it would go through all answers there are, for each batch of new ones.

        :param rows: id of the response to replace or None, `KEY`, and `_values`
        """
        names = [*KEY, *(field.name for field in self._columns())]
        replaced = [row[0] for row in rows if row[0]]
        values = {
            "rows": self._rows_sql(rows),
            "names": listed(names),
            "replaced": replaced,
            "ended": ended,
            "changes": self._changes_sql(names, said),
            "uid": self.env.uid,
            "now": fields.Datetime.now(),
        }
        if not replaced and not ended:
            new = (SQL(part, **values) for part in (_SAID, _NEW))
            return SQL("WITH %s SELECT * FROM new", SQL(", ").join(new))
        said, *others = (SQL(part, **values) for part in (_SAID, _GONE, _CHANGED, _NEW))
        over = SQL("over AS (%s)", self._over_sql([*replaced, *ended], moment))
        return SQL(
            "WITH %s SELECT * FROM changed UNION ALL SELECT * FROM new",
            SQL(", ").join([said, over, *others]),
        )

    @api.model
    def _rows_sql(self, rows):
        """Return the rows of `_store_sql` as a table, a column each."""
        types = ["int4"] * (1 + len(KEY))
        types += [field.column_type[0] for field in self._columns()]
        columns = zip(*rows, strict=True) if rows else [()] * len(types)
        return SQL(
            "unnest(%s)",
            SQL(", ").join(
                SQL("%s::%s[]", list(column), SQL(type_))
                for column, type_ in zip(columns, types, strict=True)
            ),
        )

    @api.model
    def _changes_sql(self, names, said):
        """Return what becomes of the columns of a response that is there already.

        Given again, an answer keeps what nobody said anew.
        """
        always = self._circumstances() | said | set(KEY)
        return SQL(", ").join(
            SQL(
                "%(column)s = said.%(column)s"
                if name in always
                else "%(column)s = CASE WHEN response.answer_id = said.answer_id"
                " THEN response.%(column)s ELSE said.%(column)s END",
                column=SQL.identifier(name),
            )
            for name in names
        )

    @api.model
    def _over_sql(self, ids, moment=None):
        """Return the statement that notes responses which are about to count no longer.

        Those that are not in the relation `said` are taken back.

        :param moment: when; by default just now
        """
        names = self._history_columns()
        return SQL(
            """
                INSERT INTO %(history)s (
                    %(names)s, date_end, end_reason, end_user_id,
                    create_uid, create_date, write_uid, write_date
                )
                SELECT %(values)s,
                       COALESCE(said.date, %(moment)s),
                       CASE WHEN said.id IS NULL THEN 'taken_back'
                            WHEN said.answer_id = response.answer_id THEN 'confirmed'
                            ELSE 'replaced' END,
                       %(uid)s, %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM crm_profiling_response response
             LEFT JOIN said ON said.id = response.id
                 WHERE response.id = ANY(%(ids)s)
            """,
            history=SQL.identifier(HISTORY),
            names=listed(names),
            values=listed(names, "response"),
            ids=ids,
            moment=moment or fields.Datetime.now(),
            uid=self.env.uid,
            now=fields.Datetime.now(),
        )

    def _note_taken_back(self):
        """Note what these say in the history, before they are deleted."""
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """WITH said AS (
                       SELECT 0 AS id, 0 AS answer_id, NULL::timestamp AS date)
                   %s""",
                self._over_sql(self.ids),
            )
        )

    @api.model
    def _recompute_of_others(self, ids):
        """Have stored fields of other addons worked out that follow from others."""
        for field in self._fields.values():
            if field.store and field.compute and field.name not in KEY:
                self.env.add_to_compute(field, self.browse(ids))

    @api.model
    def _forget(self):
        """Forget what is cached of responses, and of what follows from them."""
        self.invalidate_model(flush=False)
        self.env["crm.profiling.response.history"].invalidate_model(flush=False)
        self.env["res.partner"]._profiling_refresh()
