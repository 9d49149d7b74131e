from odoo import models


class CrmProfilingAnswer(models.Model):
    """Contacts who gave an answer use it."""

    _inherit = "crm.profiling.answer"  # pylint: disable=consider-merging-classes-inherited

    def _uses(self):
        """Contacts who gave it use an answer, too."""
        uses = super()._uses()
        Response = self.env["crm.profiling.response"].sudo()
        for answer, count in self._count_by_answer(Response):
            uses[answer].append(self.env._("%s contacts who gave it", count))
        # what was said before is kept, and so is what it meant
        History = self.env["crm.profiling.response.history"].sudo()
        for answer, count in self._count_by_answer(History):
            uses[answer].append(self.env._("%s answers given before", count))
        return uses

    def _count_by_answer(self, Model):
        said = [("answer_id", "in", self.ids)]
        return Model._read_group(said, ["answer_id"], ["__count"])
