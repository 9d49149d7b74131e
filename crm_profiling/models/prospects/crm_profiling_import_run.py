from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .packing import packed_parts, parts_of, unpacked
from .plan import Plan

# Lines written in one transaction: a second or two, so that progress shows.
BATCH_SIZE = 500


class CrmProfilingImport(models.Model):
    """Writes what a file says, batch by batch."""

    _inherit = "crm.profiling.import"  # pylint: disable=consider-merging-classes-inherited

    def begin(self):
        """Decide on the plan that the batches follow; return the progress."""
        self._check_mine("draft")
        plan = self._plan()
        if problems := self._problems(plan, self._similar(plan)):
            raise UserError("\n".join(problems))
        self.env["crm.profiling.turn"].sudo()._take("import")
        self._remember(plan)
        if self._create_unknown(plan):
            plan = self._plan()
        self.sudo().write(
            {
                "state": "running",
                "plan": packed_parts(plan.to_parts(BATCH_SIZE)),
                "total": len(plan.prospects) + len(plan.errors),
                "rejected": sorted(plan.errors.items()),
                "rejected_count": len(plan.errors),
                "warnings": sorted(plan.warnings.items()),
            }
        )
        return self._finish_if_done(len(plan.prospects))

    def run_batch(self):
        """Write the next prospects; return the progress.

        Where another tab or another import is at it at the moment, nothing is done.
        """
        self._check_mine()
        me = self.sudo()
        if self.state != "running" or not me.try_lock_for_update():
            return self._progress()
        # who creates contacts at the same moment does not see ours, nor we theirs
        if not self.env["crm.profiling.turn"].sudo()._take("import", wait=False):
            return self._progress()
        plan, count = self._next_part()
        plan = plan._replace(handled=self._handled())
        batch = plan.prospects
        Change = self.env["crm.profiling.import.change"].sudo()
        marks = Change._marks()
        outcome = self._writer()._write_prospects(plan, batch)
        Change._keep(me, outcome.log, marks)
        me.write(
            {
                "position": me.position + len(batch),
                "created_count": me.created_count + len(outcome.created),
                "updated_count": me.updated_count + len(outcome.updated),
                "unchanged_count": me.unchanged_count + len(outcome.unchanged),
                "company_count": me.company_count + len(outcome.companies),
                "rejected_count": me.rejected_count + len(outcome.errors),
                "rejected": sorted(
                    [*map(tuple, me.rejected or []), *outcome.errors.items()]
                ),
                "warnings": [
                    one for one in me.warnings or [] if one[0] not in outcome.errors
                ],
            }
        )
        self._note_contacts(outcome.partners + outcome.companies)
        self._writer()._follow_growth(me.created_count + me.company_count)
        return self._finish_if_done(count)

    def _next_part(self):
        """Return the plan with the next prospects alone, and how many there are."""
        me = self.sudo()
        head, *parts = parts_of(me.plan)
        head = unpacked(head)
        part, done = divmod(me.position, head["size"])
        prospects = unpacked(parts[part])[done:]
        return Plan.from_part(head, prospects), head["count"]

    def _writer(self):
        # as Odoo's own import does unless told otherwise
        quiet = self.with_context(tracking_disable=True)
        return quiet.env["crm.profiling.import.writer"]

    def _handled(self):
        """Return the contacts that the batches before are about."""
        if not self.sudo().position:
            return frozenset()
        rows = self.env.execute_query(
            SQL(
                """SELECT partner_id FROM crm_profiling_import_partner_rel
                    WHERE import_id = %s""",
                self.id,
            )
        )
        return frozenset(id_ for (id_,) in rows)

    def _note_contacts(self, partner_ids):
        """Past the ORM, which would read all that were noted before."""
        self.env.cr.execute(
            SQL(
                """INSERT INTO crm_profiling_import_partner_rel (import_id, partner_id)
                   SELECT %s, unnest(%s::int[]) ON CONFLICT DO NOTHING""",
                self.id,
                partner_ids,
            )
        )
        self.invalidate_recordset(["partner_ids"])

    def _finish_if_done(self, count):
        if self.sudo().position >= count:
            self.sudo().write(
                {"state": "done", "date_end": fields.Datetime.now(), "plan": False}
            )
        return self._progress()
