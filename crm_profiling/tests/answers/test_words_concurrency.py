"""Words that come in at once: the newest still counts, and each is kept once."""

from odoo.fields import Command
from odoo.tests import tagged

from ..concurrency import ConcurrentCase


@tagged("post_install", "-at_install")
class TestWordsConcurrency(ConcurrentCase):
    def file(self, env):
        """Tell what Ann said in January."""
        Response = env["crm.profiling.response"]
        vals = {"date": "2026-01-01 12:00:00", "source": "import"}
        Response._record({self.ann: ({self.first}, set())}, vals)._profiling_apply()
        env.flush_all()

    def take_back(self, env, answer_id):
        commands = [Command.unlink(answer_id)]
        env["res.partner"].browse(self.ann).profiling_answer_ids = commands
        env.flush_all()

    def held(self):
        """Return what counts, and what was said before."""
        with self.transaction() as env:
            ann = [("partner_id", "=", self.ann)]
            past = env["crm.profiling.response.history"].search(ann, order="id")
            return (
                env["crm.profiling.response"].search(ann).answer_id.ids,
                [(line.answer_id.id, line.end_reason) for line in past],
            )

    def test_taken_back_while_an_older_file_is_imported(self):
        """Given and taken back out of the file's sight: there is no row to meet on."""

        def give_and_take_back(env):
            self.answer(env, self.first)
            self.take_back(env, self.first)

        self.overtaken(self.file, give_and_take_back)
        self.assertEqual(self.held(), ([], [(self.first, "taken_back")]))

    def test_answered_while_an_older_file_is_imported(self):
        with self.transaction() as env:
            question = env["crm.profiling.question"].browse(self.ids["questions"][0])
            [no] = set(question.answer_ids.ids) - {self.first}
        self.overtaken(self.file, lambda early: self.answer(early, no))
        self.assertEqual(self.held(), ([no], []))

    def test_two_users_change_one_answer(self):
        with self.transaction() as env:
            self.answer(env, self.first)
            question = env["crm.profiling.question"].browse(self.ids["questions"][0])
            [no] = set(question.answer_ids.ids) - {self.first}
        self.overtaken(
            lambda late: self.answer(late, no),
            lambda early: self.take_back(early, self.first),
        )
        self.assertEqual(self.held(), ([no], [(self.first, "taken_back")]))
