from odoo import api, models

# Contacts acted on in one transaction of the background job.
BATCH_SIZE = 200


class CrmProfilingEntry(models.AbstractModel):
    """Acts in the background on those who are in already."""

    _inherit = "crm.profiling.entry"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _cron_act(self):
        """Go on with those who are to be acted on, a batch a transaction."""
        IrCron = self.env["ir.cron"]
        waiting = [("to_act", "=", True)]
        Membership = self.env["crm.profiling.membership"]
        IrCron._commit_progress(remaining=Membership.search_count(waiting))
        while batch := (
            Membership.search(waiting, limit=BATCH_SIZE, order="profile_id, id")
            .try_lock_for_update()
            .filtered("to_act")
        ):
            for profile, memberships in batch.grouped("profile_id").items():
                if contacts := memberships._to_act_on():
                    self._enter(profile, contacts)
            batch.filtered("to_act")._leave_alone()  # out meanwhile
            if not IrCron._commit_progress(len(batch)):
                break
