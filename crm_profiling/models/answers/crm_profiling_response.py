from collections import defaultdict
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL
from odoo.tools.date_utils import relativedelta

# Columns that `_store` writes.
_COLUMNS = {
    "partner_id",
    "answer_id",
    "question_id",
    "date",
    "user_id",
    "source",
    "comment",
    "interview_id",
}


class Facts(NamedTuple):
    """What contacts, and the companies that answer for them, have answered."""

    commercial: dict[int, int]  # {partner_id: id of its commercial entity}
    held: dict[int, dict[int, int]]  # {holder_id: {answer_id: response_id}}

    def holder(self, partner_id, question):
        """Return who holds an answer of a contact: itself, or its company."""
        return self.commercial[partner_id] if question.of_company else partner_id

    def known(self, partner_id, questions):
        """Return ``{answer_id: response_id}`` of all that counts for a contact.

        The same as `CrmProfilingResponse._known_sql`, for contacts read already.

        :param questions: those of the `Catalog`
        """
        return {
            answer_id: response_id
            for holder_id in {partner_id, self.commercial[partner_id]}
            for answer_id, response_id in self.held.get(holder_id, {}).items()
            if self.holder(partner_id, questions[answer_id]) == holder_id
        }


class CrmProfilingResponse(models.Model):
    """The fact that a contact gave an answer: when, to whom, and how.

    Facts about a company are held by the commercial entity, whichever contact they
    were asked from (see `_known_sql` for who counts as having answered what).
    """

    _name = "crm.profiling.response"
    _inherit = ["crm.profiling.searched"]
    _description = "Profiling Response"
    _order = "question_id, date desc, id"
    _rec_name = "answer_id"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Contact",
        required=True,
        index=True,
        ondelete="cascade",
    )
    answer_id = fields.Many2one(
        comodel_name="crm.profiling.answer",
        required=True,
        index=True,
        ondelete="restrict",
    )
    question_id = fields.Many2one(
        related="answer_id.question_id", store=True, index=True
    )
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Asked by",
        default=lambda self: self.env.user,
        ondelete="set null",
    )
    source = fields.Selection(
        selection=[
            ("form", "Contact form"),
            ("interview", "Interview"),
            ("import", "Import"),
        ],
        required=True,
        default=lambda self: self._default_source(),
    )
    comment = fields.Char()
    # to report by
    partner_user_id = fields.Many2one(
        related="partner_id.user_id", string="Contact's salesperson"
    )
    country_id = fields.Many2one(related="partner_id.country_id")
    interview_id = fields.Many2one(
        comodel_name="crm.profiling.interview",
        index="btree_not_null",
        ondelete="set null",
    )

    _partner_answer_uniq = models.Constraint(
        "UNIQUE(partner_id, answer_id)",
        "This contact gave this answer already.",
    )

    @api.model
    def _default_source(self):
        return "import" if self.env.context.get("import_file") else "form"

    # ------------------------------------------------------------------
    # Who counts as having answered what
    # ------------------------------------------------------------------

    @api.model
    def _known_sql(self):
        """Return a subselect of ``(partner_id, question_id, answer_id)``.

        A contact knows its own answers to contact questions, and those its
        commercial entity gave to company questions.  The one place that says so in
        SQL; `Facts.known` says it of what has been read.
        """
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        self.env["crm.profiling.question"].flush_model(["level"])
        self.flush_model(["partner_id", "answer_id", "question_id"])
        return SQL(
            """(
            SELECT response.partner_id, response.question_id, response.answer_id
              FROM crm_profiling_response response
              JOIN crm_profiling_question question
                ON question.id = response.question_id AND question.level = 'contact'
             UNION ALL
            SELECT contact.id, response.question_id, response.answer_id
              FROM crm_profiling_response response
              JOIN crm_profiling_question question
                ON question.id = response.question_id AND question.level = 'company'
              JOIN res_partner contact
                ON contact.commercial_partner_id = response.partner_id
            )"""
        )

    @api.model
    def _stale_sql(self):
        """Return a subselect of the contacts for whom some answer is out of date.

        The same as `_is_stale` says of responses that have been read.
        """
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        self.env["crm.profiling.question"].flush_model(
            ["active", "level", "validity_months"]
        )
        self.flush_model(["partner_id", "question_id", "date"])
        return SQL(
            """(
            WITH stale AS (
                SELECT response.partner_id, question.level
                  FROM crm_profiling_response response
                  JOIN crm_profiling_question question
                    ON question.id = response.question_id
                   AND question.active
                   AND question.validity_months > 0
                 WHERE response.date
                       < %s - question.validity_months * INTERVAL '1 month'
            )
            SELECT partner_id FROM stale WHERE level = 'contact'
             UNION ALL
            SELECT contact.id
              FROM stale
              JOIN res_partner contact
                ON contact.commercial_partner_id = stale.partner_id
             WHERE stale.level = 'company'
            )""",
            fields.Datetime.now(),
        )

    # ------------------------------------------------------------------
    # Changes, each followed by a new evaluation of the contacts concerned
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):  # pylint: disable=method-required-super
        """Record answers; a new one replaces the old one of a single-choice question.

        An answer the contact gave already stays as it was and is returned.

        :raise ValidationError: for two answers to one single-choice question
        """
        self.check_access("create")
        facts = self._read_facts([vals.get("partner_id") for vals in vals_list])
        given = {}
        for vals in vals_list:
            for name in _COLUMNS & vals.keys():
                # raises for what is no value of the field, as the ORM does
                self._fields[name].convert_to_cache(vals[name], self)
            holder_id = self._holder_of(vals, facts)
            given[holder_id, vals["answer_id"]] = dict(vals, partner_id=holder_id)
        self._check_one_each(given)
        self._check_holders({holder_id for holder_id, _answer_id in given})
        ids = self.sudo()._store(given, facts)
        self.browse(ids.values()).check_access("create")  # companies, too
        for pair, vals in given.items():
            # what other addons added to responses
            if more := {k: v for k, v in vals.items() if k not in _COLUMNS}:
                super(CrmProfilingResponse, self.browse(ids[pair])).write(more)
        self._contacts_changed(self.browse(ids.values()).sudo()._concerned_ids())
        return self.browse(
            ids[self._holder_of(vals, facts), vals["answer_id"]] for vals in vals_list
        )

    def write(self, vals):
        self._check_holders(self.partner_id.ids)
        if not {"partner_id", "answer_id"} & vals.keys():
            return super().write(vals)
        concerned = self._concerned_ids()
        super().write(vals)
        for response in self.filtered(lambda r: r.question_id.level == "company"):
            company = response.partner_id.commercial_partner_id
            if company != response.partner_id:
                super(CrmProfilingResponse, response).write({"partner_id": company.id})
        self._check_holders(self.partner_id.ids)
        self._check_one_each(
            (partner_id, answer_id)
            for partner_id, held in self._read_facts(self.partner_id.ids).held.items()
            for answer_id in held
        )
        self._contacts_changed(concerned + self._concerned_ids())
        return True

    def unlink(self):
        self._check_holders(self.partner_id.ids)
        concerned = self._concerned_ids()
        super().unlink()
        self._contacts_changed(concerned)
        return True

    @api.model
    def _record(self, wanted, vals=None):
        """Change what contacts answered; the caller has checked their rights.

        :param wanted: ``{partner_id: (answer_ids to give, answer_ids to take)}``, both
            sets; None to take means all that are not given
        :param vals: other create values of what is given. With them it is said anew:
            an answer the contact gave already gets them, and the date of now
        :return: the contacts to evaluate: the caller does
        :raise ValidationError: for two answers to one single-choice question
        """
        Catalog = self.env["crm.profiling.catalog"]
        questions, visible = Catalog._get().questions, Catalog._visible_answers()
        facts = self._read_facts(wanted)
        given, dropped, concerned = {}, {}, set()
        for partner_id, (give, take) in wanted.items():
            self._check_one_each((partner_id, answer_id) for answer_id in give)
            known = facts.known(partner_id, questions)
            asked = {questions[a].id for a in give if questions[a].single}
            for answer_id in give if vals else give - known.keys():
                holder_id = facts.holder(partner_id, questions[answer_id])
                given[holder_id, answer_id] = dict(vals or {}, anew=bool(vals))
                concerned.add(partner_id)
            for answer_id in (known.keys() & visible) - give:
                holder_id = facts.holder(partner_id, questions[answer_id])
                # Replacing all answers of a contact leaves those of its company; the
                # old answer to a question asked again is replaced, not dropped.
                taken = holder_id == partner_id if take is None else answer_id in take
                if taken and questions[answer_id].id not in asked:
                    dropped[known[answer_id]] = holder_id, questions[answer_id]
                    concerned.add(partner_id)
        # two contacts of one company may contradict each other
        self._check_one_each(given)
        if not given and not dropped:
            return self.env["res.partner"]
        self._check_holders(
            ({holder_id for holder_id, _answer_id in given} - wanted.keys())
            | ({holder_id for holder_id, _q in dropped.values()} - wanted.keys())
        )
        self.sudo()._store(given, facts, dropped)
        companies = {h for h, answer_id in given if questions[answer_id].of_company}
        companies |= {h for h, question in dropped.values() if question.of_company}
        if companies:
            concerned.update(self._contact_ids_of(companies))
        return self.env["res.partner"].browse(concerned)

    @api.model
    def _contacts_changed(self, partner_ids):
        """Evaluate contacts whose answers changed."""
        self.env["res.partner"]._profiling_refresh()
        self.env["res.partner"].browse(set(partner_ids))._profiling_apply()

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    @api.model
    def _holder_of(self, vals, facts):
        """Return who holds the answer of create values: the contact or its company."""
        questions = self.env["crm.profiling.catalog"]._get().questions
        question = questions.get(vals.get("answer_id"))
        if not question or vals.get("partner_id") not in facts.commercial:
            raise ValidationError(
                self.env._(
                    "A response needs a contact and an answer that exist. Reload the"
                    " page: one of them may have been deleted."
                )
            )
        return facts.holder(vals["partner_id"], question)

    @api.model
    def _check_holders(self, partner_ids):
        """Refuse answers about contacts that the user may not change."""
        self.env["res.partner"].browse(partner_ids).check_access("write")

    @api.model
    def _check_one_each(self, pairs):
        """Refuse two answers of one contact to one single-choice question.

        :param pairs: iterable of ``(partner_id, answer_id)``
        """
        questions = self.env["crm.profiling.catalog"]._get().questions
        seen = {}
        for partner_id, answer_id in pairs:
            question = questions[answer_id]
            other_id = seen.setdefault((partner_id, question.id), answer_id)
            if question.single and other_id != answer_id:
                self._raise_two_answers(other_id, answer_id)

    @api.model
    def _raise_two_answers(self, one_id, other_id):
        one, other = self.env["crm.profiling.answer"].sudo().browse([one_id, other_id])
        raise ValidationError(
            self.env._(
                "“%(question)s” takes one answer, and got two: “%(one)s” and"
                " “%(other)s”. Choose one of them.",
                question=one.question_id.name,
                one=one.name,
                other=other.name,
            )
        )

    # ------------------------------------------------------------------
    # Read and store in bulk
    # ------------------------------------------------------------------

    @api.model
    def _read_facts(self, partner_ids):
        """Return the `Facts` of contacts, in one query."""
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT partner.id, partner.commercial_partner_id,
                          response.partner_id, response.answer_id, response.id
                     FROM res_partner partner
                LEFT JOIN crm_profiling_response response
                       ON response.partner_id
                          IN (partner.id, partner.commercial_partner_id)
                    WHERE partner.id = ANY(%s)""",
                [partner_id for partner_id in partner_ids if partner_id],
            )
        )
        facts = Facts({}, defaultdict(dict))
        for partner_id, commercial_id, holder_id, answer_id, response_id in rows:
            facts.commercial[partner_id] = commercial_id or partner_id
            if response_id:
                facts.held[holder_id][answer_id] = response_id
        return facts

    @api.model
    def _store(self, given, facts, dropped=()):
        """Write answers given and taken in one statement.

        Past the ORM, which inserts 100 rows at a time and looks for attachments,
        activities and the like of every row it deletes: responses have none.

        :param given: ``{(holder_id, answer_id): other create values}``; with ``anew``
            a response there is already gets them
        :param facts: the `Facts` of the holders before
        :param dropped: ids of responses to delete
        :return: ``{(holder_id, answer_id): response_id}`` of all that was given
        """
        ids, changed, new = {}, [], []
        for (holder_id, answer_id), vals in given.items():
            held = facts.held[holder_id]
            if answer_id in held and not vals.get("anew"):
                ids[holder_id, answer_id] = held[answer_id]
                continue
            replaced_id = held.get(answer_id) or self._replaced_id(held, answer_id)
            row = self._row(replaced_id, holder_id, answer_id, vals)
            (changed if replaced_id else new).append(row)
        rows = self.env.execute_query(self._store_sql(changed, new, list(dropped)))
        ids.update({(holder_id, answer_id): id_ for id_, holder_id, answer_id in rows})
        self._forget()
        return ids

    @api.model
    def _replaced_id(self, held, answer_id):
        """Return the id of the response that a new answer replaces, or None."""
        questions = self.env["crm.profiling.catalog"]._get().questions
        question = questions[answer_id]
        if question.single:
            for other_id, response_id in held.items():
                if questions[other_id].id == question.id:
                    return response_id
        return None

    @api.model
    def _row(self, response_id, holder_id, answer_id, vals):
        """Return the columns that `_store_sql` takes, defaults filled in."""
        questions = self.env["crm.profiling.catalog"]._get().questions
        return (
            response_id,
            holder_id,
            answer_id,
            questions[answer_id].id,
            fields.Datetime.to_datetime(vals.get("date")) or fields.Datetime.now(),
            vals.get("user_id", self.env.uid) or None,
            vals.get("source") or self._default_source(),
            vals.get("comment") or None,
            vals.get("interview_id") or None,
        )

    @api.model
    def _store_sql(self, changed, new, dropped):
        def rows(values):
            columns = zip(*values, strict=True) if values else [()] * 9
            return SQL(
                "unnest(%s::int[], %s::int[], %s::int[], %s::int[], %s::timestamp[],"
                " %s::int[], %s::varchar[], %s::varchar[], %s::int[]) AS row"
                " (id, partner_id, answer_id, question_id, date, user_id, source,"
                " comment, interview_id)",
                *map(list, columns),
            )

        return SQL(
            """
            WITH gone AS (
                DELETE FROM crm_profiling_response WHERE id = ANY(%(dropped)s)
            ), changed AS (
                UPDATE crm_profiling_response response
                   SET answer_id = row.answer_id, question_id = row.question_id,
                       date = row.date, user_id = row.user_id, source = row.source,
                       comment = row.comment, interview_id = row.interview_id,
                       write_uid = %(uid)s, write_date = %(now)s
                  FROM %(changed)s
                 WHERE response.id = row.id
             RETURNING response.id, response.partner_id, response.answer_id
            ), new AS (
                INSERT INTO crm_profiling_response (
                    partner_id, answer_id, question_id, date, user_id, source, comment,
                    interview_id, create_uid, create_date, write_uid, write_date
                )
                SELECT partner_id, answer_id, question_id, date, user_id, source,
                       comment, interview_id, %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM %(new)s
                    -- given by somebody else at this very moment: begin again, do not
                    -- refuse what is no contradiction
                    ON CONFLICT (partner_id, answer_id) DO NOTHING
             RETURNING id, partner_id, answer_id
            )
            SELECT * FROM changed UNION ALL SELECT * FROM new
            """,
            dropped=dropped,
            changed=rows(changed),
            new=rows(new),
            uid=self.env.uid,
            now=fields.Datetime.now(),
        )

    def _is_stale(self):
        """Whether this answer is older than its question says answers are valid.

        Not where the question is archived: nobody can answer it anew.
        """
        question = self.question_id
        months = question.active and question.validity_months
        return bool(months) and self.date < fields.Datetime.now() - relativedelta(
            months=months
        )

    # ------------------------------------------------------------------
    # Answers change hands
    # ------------------------------------------------------------------

    # Company answers that are held by somebody who is not the company (any more).
    _STRAYS = SQL(
        """   FROM crm_profiling_response response
              JOIN crm_profiling_question question
                ON question.id = response.question_id AND question.level = 'company'
              JOIN res_partner contact
                ON contact.id = response.partner_id
               AND contact.commercial_partner_id <> contact.id"""
    )

    @api.model
    def _hand_over(self, partner_ids=None, question_ids=None):
        """Give companies what their contacts hold of what is asked of companies.

        So it is after somebody who answered for itself became a contact of a company,
        and after a question became one that is asked of companies.  Of a
        single-choice question the newest answer stays; of the others all do.

        :param partner_ids: contacts that moved, None for all
        :param question_ids: questions that changed, None for all
        :return: ids of the contacts to evaluate
        """
        self.flush_model()
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        self.env["crm.profiling.question"].flush_model(["level", "selection_mode"])
        where = [SQL("TRUE")]
        if partner_ids is not None:
            where.append(SQL("contact.id = ANY(%s)", list(partner_ids)))
        if question_ids is not None:
            where.append(SQL("question.id = ANY(%s)", list(question_ids)))
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT contact.commercial_partner_id %s WHERE %s",
                self._STRAYS,
                SQL(" AND ").join(where),
            )
        )
        companies = [row[0] for row in rows]
        if not companies:
            return []
        self._drop_outdated(companies)
        self.env.cr.execute(
            SQL(
                """UPDATE crm_profiling_response
                      SET partner_id = stray.company_id
                     FROM (SELECT response.id,
                                  contact.commercial_partner_id AS company_id %s
                            WHERE contact.commercial_partner_id = ANY(%s)) AS stray
                    WHERE crm_profiling_response.id = stray.id""",
                self._STRAYS,
                companies,
            )
        )
        return self._changed_hands(companies)

    @api.model
    def _of_company(self, holders):
        """Return the ids of what these said of the company, as it will be theirs.

        Of a single-choice question that is the newest answer, as in `_hand_over`.
        """
        questions = self.env["crm.profiling.catalog"]._get().questions
        newest_first = self.sudo().search(
            [("partner_id", "in", holders.ids), ("question_id.level", "=", "company")],
            order="date desc, id desc",
        )
        found = {}
        for answer_id in newest_first.answer_id.ids:
            question = questions[answer_id]
            key = question.id if question.single else (answer_id,)
            found.setdefault(key, answer_id)
        return set(found.values())

    @api.model
    def _drop_outdated(self, company_ids):
        """Of what companies and their contacts hold of the company, keep the newest."""
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM crm_profiling_response USING (
                    SELECT response.id, row_number() OVER (
                               PARTITION BY contact.commercial_partner_id, question.id,
                                            CASE question.selection_mode
                                            WHEN 'multiple' THEN response.answer_id END
                               ORDER BY response.date DESC, response.id DESC
                           ) AS rank
                      FROM crm_profiling_response response
                      JOIN crm_profiling_question question
                        ON question.id = response.question_id
                       AND question.level = 'company'
                      JOIN res_partner contact ON contact.id = response.partner_id
                     WHERE contact.commercial_partner_id = ANY(%s)
                ) AS ranked
                 WHERE crm_profiling_response.id = ranked.id AND ranked.rank > 1
                """,
                company_ids,
            )
        )

    @api.model
    def _spread(self, question_ids):
        """Give contacts what their companies answered, now that each is asked.

        Nothing changes for them until they say otherwise. Addresses are not asked.

        :return: ids of the contacts to evaluate
        """
        self.flush_model()
        self.env["res.partner"].flush_model(["commercial_partner_id", "type"])
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_profiling_response (
                    partner_id, answer_id, question_id, date, user_id, source, comment,
                    create_uid, create_date, write_uid, write_date
                )
                SELECT contact.id, response.answer_id, response.question_id,
                       response.date, response.user_id, response.source,
                       response.comment, %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM crm_profiling_response response
                  JOIN res_partner contact
                    ON contact.commercial_partner_id = response.partner_id
                   AND contact.id <> response.partner_id
                   AND COALESCE(contact.type, 'contact') = 'contact'
                 WHERE response.question_id = ANY(%(questions)s)
                   AND NOT EXISTS (
                       SELECT FROM crm_profiling_response own
                        WHERE own.partner_id = contact.id
                          AND own.question_id = response.question_id
                   )
             RETURNING partner_id
                """,
                questions=list(question_ids),
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        self._forget()
        return [row[0] for row in rows]

    @api.model
    def _changed_hands(self, company_ids):
        self._forget()
        return self._contact_ids_of(company_ids)

    @api.model
    def _forget(self):
        """Forget what is cached of responses, and of what follows from them."""
        self.invalidate_model(flush=False)
        self.env["res.partner"]._profiling_refresh()

    def _concerned_ids(self):
        """Return the ids of the contacts for whom these responses count."""
        company = self.filtered(lambda r: r.question_id.level == "company")
        ids = (self - company).partner_id.ids
        if company:
            ids += self._contact_ids_of(company.partner_id.ids)
        return ids

    @api.model
    def _contact_ids_of(self, commercial_ids):
        """Return the ids of companies and of their contacts."""
        Partner = self.env["res.partner"].sudo().with_context(active_test=False)
        return Partner.search(
            [("commercial_partner_id", "in", list(commercial_ids))]
        ).ids
