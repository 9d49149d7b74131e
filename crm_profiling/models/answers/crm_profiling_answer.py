from odoo import models


class CrmProfilingAnswer(models.Model):
    _inherit = "crm.profiling.answer"

    def _uses(self):
        """Contacts who gave it use an answer, too."""
        uses = super()._uses()
        counts = (
            self.env["crm.profiling.response"]
            .sudo()
            ._read_group([("answer_id", "in", self.ids)], ["answer_id"], ["__count"])
        )
        for answer, count in counts:
            uses[answer].append(self.env._("%s contacts who gave it", count))
        return uses
