"""Two transactions at once, on real cursors: what is committed stays until the end."""

from contextlib import contextmanager

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.fields import Command
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name
from odoo.tools import mute_logger


class ConcurrentCase(BaseCase):
    """Two questions, a profile that asks for both Yes, and Ann, whom one may ask.

    Whoever comes second fails, and does it again with what the first one did. Odoo
    tries a request or a job again after a serialization failure: so it is enough that
    the second transaction fails instead of deciding by what it saw before.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.transaction() as env:
            cls.ids = cls.create_data(env)
        cls.addClassCleanup(cls.delete_data)

    @classmethod
    @contextmanager
    def transaction(cls):
        """Open a transaction of its own, committed at the end."""
        with db_connect(get_db_name()).cursor() as cr:
            # Rather than wait for ever for what another one here holds; committed, it
            # stays after a rollback.
            cr.execute("SET lock_timeout = '2s'")
            cr.commit()  # pylint: disable=invalid-commit
            env = api.Environment(cr, SUPERUSER_ID, {})
            yield env
            env.flush_all()
            cr.execute("RESET lock_timeout")

    @classmethod
    def create_data(cls, env):
        questions = env["crm.profiling.question"].create(
            [
                {
                    "name": f"Concurrent {name}?",
                    "answer_ids": [
                        Command.create({"name": "Yes"}),
                        Command.create({"name": "No"}),
                    ],
                }
                for name in ("first", "second")
            ]
        )
        yes = questions.answer_ids.filtered(lambda answer: answer.name == "Yes")
        tag = env["res.partner.category"].create({"name": "Concurrent"})
        profile = env["crm.profiling.profile"].create(
            {
                "name": "Concurrent",
                "category_id": tag.id,
                "required_answer_ids": [Command.set(yes.ids)],
            }
        )
        return {
            "questions": questions.ids,
            "yes": yes.ids,
            "tag": tag.id,
            "profile": profile.id,
        }

    @classmethod
    def delete_data(cls):
        with cls.transaction() as env:
            env["crm.profiling.profile"].browse(cls.ids["profile"]).unlink()
            env["crm.profiling.run"].search([("state", "!=", "done")]).unlink()
            env["crm.profiling.question"].browse(cls.ids["questions"]).unlink()
            env["res.partner.category"].browse(cls.ids["tag"]).unlink()

    def setUp(self):
        super().setUp()
        self.first, self.second = self.ids["yes"]
        with self.transaction() as env:
            self.ann = env["res.partner"].create({"name": "Ann"}).id
        self.addCleanup(self.clean, self.ann)

    def delete(self, env, *partner_ids):
        env["res.partner"].browse(partner_ids).exists().unlink()

    def clean(self, *partner_ids):
        with self.transaction() as env:
            self.delete(env, *partner_ids)

    def answer(self, env, answer_id):
        env["res.partner"].browse(self.ann).write(
            {"profiling_answer_ids": [Command.link(answer_id)]}
        )
        env.flush_all()

    def hear(self, env, *answer_ids):
        """Note answers of Ann and write nothing else of hers, as interviews do."""
        env["crm.profiling.response"].create(
            [{"partner_id": self.ann, "answer_id": answer} for answer in answer_ids]
        )
        env.flush_all()

    def snapshot(self, env):
        """Make the transaction see the database as it is now, and no later."""
        env.cr.execute("SELECT 1")

    @contextmanager
    def refused(self):
        """Expect that a transaction cannot go on, so that Odoo begins it again."""
        with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
            yield

    def overtaken(self, late, early):
        """Do `late` in a transaction that begins before `early` does it all.

        It is refused, and tried again.

        :return: what it returns then
        """
        with self.transaction() as env:
            self.snapshot(env)
            with self.transaction() as other:
                early(other)
            with self.refused():
                late(env)
                env.flush_all()
            env.cr.rollback()
            env.invalidate_all()
            return late(env)
