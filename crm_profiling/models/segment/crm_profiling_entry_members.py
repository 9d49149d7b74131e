import logging

from odoo import api, models
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

_logger = logging.getLogger(__name__)

# Contacts acted on in one transaction of the background job.
BATCH_SIZE = 200


class CrmProfilingEntry(models.AbstractModel):
    """Acts in the background on those who are in already."""

    _inherit = "crm.profiling.entry"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _cron_act(self):
        """Go on with those who are to be acted on, a batch a transaction."""
        IrCron = self.env["ir.cron"]
        waiting = Domain("to_act", "=", True)
        Membership = self.env["crm.profiling.membership"]
        IrCron._commit_progress(remaining=Membership.search_count(waiting))
        while batch := (
            Membership.search(waiting, limit=BATCH_SIZE, order="profile_id, id")
            .try_lock_for_update()
            .filtered("to_act")
        ):
            failed = self._act_on_batch(batch)
            # others are not to wait for that: it is tried again in an hour
            waiting &= Domain("profile_id", "not in", failed.ids)
            # out meanwhile
            batch.filtered(
                lambda one, failed=failed: one.to_act and one.profile_id not in failed
            )._leave_alone()
            if not IrCron._commit_progress(len(batch)):
                break

    @api.model
    def _act_on_batch(self, memberships):
        """Act on contacts because they are in; return the profiles that cannot."""
        failed = memberships.profile_id.browse()
        for profile, theirs in memberships.grouped("profile_id").items():
            try:
                with self.env.cr.savepoint():
                    if contacts := theirs._to_act_on():
                        self._enter(profile, contacts)
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                raise
            except Exception:
                _logger.exception("Profiling: %s does not act", profile)
                failed |= profile
        return failed
