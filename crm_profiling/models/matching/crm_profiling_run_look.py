from odoo import api, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from ..catalog.ours import OURS


class CrmProfilingRun(models.Model):
    """Looks, each night, at what time has changed, and what was not heard of."""

    _inherit = "crm.profiling.run"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _cron_look(self):
        """Bring those in line of whom something else is found than last night.

        A few at once; where many have to be looked at, the background job does it,
        batch by batch.
        """
        self.env["crm.profiling.question"]._archive_broken()
        questions = self.env["crm.profiling.question"]._in_use_found()
        contact_ids = self._tonight()
        if not contact_ids:
            questions._note_looked_at()
            return
        applier = self.env["crm.profiling.applier"].sudo()
        if len(contact_ids) <= self._batch_size():
            try:
                applier.with_context(profiling_in_time=OURS)._look(contact_ids)
                questions._note_looked_at()
                return
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                self.env.cr.rollback()
        nobodys = self.env["crm.profiling.profile"]
        total = applier._count_contacts(look=True)
        self._ask_for(nobodys, total, look=True, in_time=True)
        self._wake()

    @api.model
    def _tonight(self):
        """Return the ids of the contacts to look at, in one query."""
        found = self.env["crm.profiling.catalog"]._get().found
        parts = []
        for source in self.env["crm.profiling.source"]._all():
            ids = [
                question.id for question in found if question.origin == source._origin
            ]
            sql = source._tonight_sql(tuple(sorted(ids))) if ids else None
            if sql is not None:
                parts.append(SQL("SELECT partner_id FROM %s tonight", sql))
        if not parts:
            return []
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        rows = self.env.execute_query(
            SQL(
                """WITH holder AS MATERIALIZED (%s)
                   SELECT id FROM res_partner
                    WHERE id IN (SELECT partner_id FROM holder)
                       OR commercial_partner_id IN (SELECT partner_id FROM holder)""",
                SQL(" UNION ").join(parts),
            )
        )
        return [id_ for (id_,) in rows]
