"""Questions, contacts and what they answer: always the same."""

import contextlib

from odoo.fields import Command

# answers of each question: the six of the manual's example, and a long questionnaire
SCHEMAS = {"q6": [2, 5, 6, 2, 3, 4], "q30": [5] * 30}
NAME = "Bench"  # what everything here is called


class Data:
    """What was generated in a database; everything is committed."""

    def __init__(self, env, schema, contacts):
        self.env, self.cr = env, env.cr
        self.schema, self.contacts = schema, contacts
        self.cr.execute("SET work_mem = '256MB'; SET maintenance_work_mem = '512MB'")
        self.answers = self.create_questions(SCHEMAS[schema])
        self.create_contacts()
        with self.without_indexes("crm_profiling_response"):
            for number in range(len(self.answers)):
                self.create_responses(number)
        self.create_states()
        self.commit("res_partner", "crm_profiling_response", "crm_profiling_state")
        self.cr.execute("RESET work_mem; RESET maintenance_work_mem")

    def commit(self, *tables):
        """End the transaction, and leave tables as autovacuum would."""
        self.env.flush_all()
        self.cr.commit()
        self.env.invalidate_all()
        self.vacuum(*tables)

    def vacuum(self, *tables):
        connection = self.cr.connection
        connection.autocommit = True
        try:
            for table in tables:
                self.cr.execute(f"VACUUM (ANALYZE) {table}")
        finally:
            connection.autocommit = False

    @property
    def ids(self):
        return range(self.first, self.first + self.contacts)

    def create_questions(self, sizes):
        questions = self.env["crm.profiling.question"].create(
            [
                {
                    "name": f"{NAME} question {number}?",
                    "answer_ids": [
                        Command.create({"name": f"Answer {answer}"})
                        for answer in range(size)
                    ],
                }
                for number, size in enumerate(sizes)
            ]
        )
        return [question.answer_ids.ids for question in questions]

    def create_contacts(self):
        """Copy one contact, so that the columns are those of this database."""
        Partner = self.env["res.partner"]
        model = Partner.create({"name": NAME, "email": "bench@example.com"})
        self.env.flush_all()
        own = {
            "id": "n",
            "commercial_partner_id": "n",
            "name": f"'{NAME} contact ' || n",
            "complete_name": f"'{NAME} contact ' || n",
        }
        columns = {
            name: own.get(name, f'"{name}"')
            for name, field in Partner._fields.items()
            if field.store and field.column_type
        }
        self.first = model.id + 1
        with self.without_indexes("res_partner"):
            self.cr.execute(
                f"""INSERT INTO res_partner ({", ".join(f'"{c}"' for c in columns)})
                    SELECT {", ".join(columns.values())}
                      FROM res_partner, generate_series(%s, %s) AS n WHERE id = %s""",
                [self.first, self.first + self.contacts - 1, model.id],
            )
        self.cr.execute(
            "SELECT setval('res_partner_id_seq', (SELECT max(id) FROM res_partner))"
        )

    @contextlib.contextmanager
    def without_indexes(self, table):
        """Let go of what makes loading slow, and bring it back afterwards.

        What others' constraints lean on stays: the primary key.
        """
        self.cr.execute(
            """SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass,
                             conname),
                      format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s',
                             conrelid::regclass, conname, pg_get_constraintdef(oid))
                 FROM pg_constraint
                WHERE conrelid = %(table)s::regclass AND contype IN ('f', 'u')
                UNION ALL
               SELECT format('DROP INDEX %%I', relname), pg_get_indexdef(oid)
                 FROM pg_index JOIN pg_class ON oid = indexrelid
                WHERE indrelid = %(table)s::regclass
                  AND NOT EXISTS (SELECT FROM pg_constraint
                                   WHERE conindid = indexrelid)""",
            {"table": table},
        )
        statements = self.cr.fetchall()
        for drop, _create in statements:
            self.cr.execute(drop)
        yield
        for _drop, create in statements:
            self.cr.execute(create)

    def create_responses(self, number):
        """Give a question to 80 % of the contacts, first answers more often."""
        answers = self.answers[number]
        self.cr.execute(
            """INSERT INTO crm_profiling_response
                           (partner_id, question_id, answer_id, date, source)
               SELECT id,
                      (SELECT question_id FROM crm_profiling_answer
                        WHERE id = (%(answers)s::int[])[1]),
                      (%(answers)s::int[])[1 + floor(
                          power(share, 1.3) * %(count)s)::int],
                      now() AT TIME ZONE 'UTC', 'import'
                 FROM (SELECT id,
                              (hashint8(id * 31 + %(n)s) & 1048575) / 1048576.0
                                  AS share,
                              (hashint8(id * 17 + 7 + %(n)s) & 1048575) %% 100
                                  AS chance
                         FROM generate_series(%(first)s::bigint, %(last)s) AS id
                      ) AS contact
                WHERE chance < 80""",
            {
                "answers": answers,
                "count": len(answers),
                "n": number,
                "first": self.first,
                "last": self.ids[-1],
            },
        )

    def create_states(self):
        """Know what everybody answered, as if it had been imported contact by contact.

        `check_states` says whether the addon sees it the same way.
        """
        self.cr.execute("SELECT max(rank) FROM crm_profiling_bit")
        words = self.cr.fetchone()[0] // 63 + 1
        asked = ", ".join(
            f"""COALESCE(bit_or(1::bigint << (bit.rank %% 63))
                             FILTER (WHERE bit.rank / 63 = {word}), 0)"""
            for word in range(words)
        )
        self.cr.execute(
            f"""INSERT INTO crm_profiling_state (id, asked)
                SELECT partner_id, ARRAY[{asked}]::bigint[]
                  FROM crm_profiling_response
                  JOIN crm_profiling_bit bit USING (answer_id)
                 WHERE partner_id >= %s GROUP BY partner_id ORDER BY partner_id""",
            [self.first],
        )

    def check_states(self, sample=1000):
        """Fail if evaluating some contacts from their answers changes anything."""
        ids = list(self.ids[:sample])
        rows = "SELECT * FROM crm_profiling_state WHERE id = ANY(%s) ORDER BY id"
        self.cr.execute(rows, [ids])
        before = self.cr.fetchall()
        self.env["crm.profiling.applier"]._apply(ids)
        self.cr.execute(rows, [ids])
        if before != self.cr.fetchall():
            raise AssertionError("The states that were generated are not the addon's")
