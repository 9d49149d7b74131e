from odoo import api, fields, models
from odoo.tools import SQL

from ...catalog import ASKED
from .crm_profiling_applier import WRITTEN_AT_ONCE


class CrmProfilingRun(models.Model):
    """Sorts known numbers anew before it looks at contacts, where bands were moved."""

    _inherit = "crm.profiling.run"  # pylint: disable=consider-merging-classes-inherited

    sort = fields.Boolean(help="Sorts known numbers into the bands of now.")
    sorted_id = fields.Integer(help="Numbers up to this one have been sorted.")

    @api.model
    def _start_sorting(self, profiles):
        """Have the background job sort known numbers anew.

        :param profiles: those that ask for them, to be shown as stale meanwhile
        """
        total = self.env["crm.profiling.applier"].sudo()._count_contacts()
        self._ask_for(profiles, total, look=False, sort=True)
        self._wake()

    def _do_batch(self, size):
        if self.sort:
            return self._sort_batch(min(size, WRITTEN_AT_ONCE))
        return super()._do_batch(size)

    def _sort_batch(self, size):
        """Sort the next numbers, and note it in a transaction of its own."""
        catalog = self.env["crm.profiling.catalog"].sudo()
        start, version = self.sorted_id, catalog._lock()
        Response = self.env["crm.profiling.response"].sudo()
        moved = Response._sort_numbers(self._by_number().ids, size, start)
        moved._evaluate_sorted()
        last_id = moved[-1:].id
        self.env["ir.cron"]._commit_progress()
        if (self.sorted_id, catalog._lock()) == (start, version):
            self.write({"sorted_id": last_id, "sort": bool(last_id)})
        return 0  # no contacts yet

    def _skip_contact(self):
        """Leave the next number out that would be sorted, while numbers are."""
        if not self.sort:
            return super()._skip_contact()
        Response = self.env["crm.profiling.response"].sudo()
        next_one = Response._misplaced_sql(self._by_number().ids, 1, self.sorted_id)
        rows = self.env.execute_query(SQL("SELECT min(id) FROM %s moved", next_one))
        self.write(
            {
                "sorted_id": rows[0][0],
                "sort": bool(rows[0][0]),
                "failed": self.failed + 1,
            }
        )
        return 0

    @api.model
    def _by_number(self):
        """Return the questions that are asked for a number."""
        everything = self.env["crm.profiling.question"].sudo()
        everything = everything.with_context(active_test=False)
        return everything.search([("by_number", "=", True), ("origin", "=", ASKED)])
