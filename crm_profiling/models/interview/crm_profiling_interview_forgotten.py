from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

# An interview in which nothing was said is closed after so many days.
FORGOTTEN_DAYS = 3
# One that was begun and left is closed after so many; what was answered is stored.
LEFT_DAYS = 30


class CrmProfilingInterview(models.Model):
    """Interviews that somebody left are closed, or deleted where nothing was said."""

    _inherit = "crm.profiling.interview"  # pylint: disable=consider-merging-classes-inherited

    @api.autovacuum
    def _gc_forgotten(self):
        """Delete forgotten interviews in which nothing was said, close the others."""
        now = fields.Datetime.now()
        ongoing = Domain("state", "=", "ongoing")
        forgotten = now - timedelta(days=FORGOTTEN_DAYS)
        self.search(
            ongoing
            & Domain("write_date", "<", forgotten)
            & Domain("response_ids", "=", False)
            & Domain("skipped_question_ids", "=", False)
            & Domain("declined_question_ids", "=", False)
        ).unlink()
        left = now - timedelta(days=LEFT_DAYS)
        for interview in self.search(
            ongoing
            & Domain("write_date", "<", left)
            & ~Domain("response_ids", "any", [("date", ">=", left)])
        ):
            interview._close()
