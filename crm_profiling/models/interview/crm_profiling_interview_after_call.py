from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..catalog.arguments import is_id
from .crm_profiling_interview_after import INTERVIEW


class CrmProfilingInterview(models.Model):
    """What is done right after the call."""

    _inherit = "crm.profiling.interview"  # pylint: disable=consider-merging-classes-inherited

    def do_after_call(self, name):
        """Do something that follows the call, or show what was made of it before.

        :param str name: see `crm.profiling.interview.after`
        :return: the action by which the user does it or sees it; False where it is done
        :raise UserError: where it is not possible, saying why
        """
        self.ensure_one()
        self.check_access("write")
        After = self.env["crm.profiling.interview.after"]
        one = next((one for one in After._all() if one._name == name), None)
        if one is None or self.state != "done":
            raise UserError(
                self.env._("Finish the interview first, then choose what follows.")
            )
        self._one_at_a_time()
        if one._made(self):
            return one._show(self)
        if why_not := one._why_not(self):
            raise UserError(why_not)
        return one._do(self)

    def _one_at_a_time(self):
        """Have two who do the same at once do it one after the other.

        The second one fails, is tried again by Odoo, and finds what the first made.
        """
        self.env.cr.execute(
            SQL(
                "UPDATE crm_profiling_interview SET state = state WHERE id = %s",
                self.id,
            )
        )

    @api.model
    def _of_context(self):
        """Return the user's own interview after which something is being made."""
        interview_id = self.env.context.get(INTERVIEW)
        if not is_id(interview_id):
            return self.browse()
        interview = self.search([("id", "=", interview_id), ("state", "=", "done")])
        return interview._filtered_access("write")

    def _after_entries(self):
        """Return what can be done after the call, by whoever led it."""
        if not self._filtered_access("write"):
            return []
        return [
            one._entry(self) for one in self.env["crm.profiling.interview.after"]._all()
        ]
