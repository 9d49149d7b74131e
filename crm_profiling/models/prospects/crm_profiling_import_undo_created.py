from psycopg2 import IntegrityError

from odoo import api, models
from odoo.exceptions import UserError


class CrmProfilingImportUndo(models.AbstractModel):
    """Contacts that were created are deleted, unless somebody has touched them."""

    _inherit = "crm.profiling.import.undo"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _delete(self, changes):
        """Delete contacts that nobody has touched; the others stay, with the reason."""
        if not changes:
            return
        partners = self.env["res.partner"].browse(changes.mapped("res_id"))
        touched = self._touched(changes)
        for change in changes.filtered(lambda one: one.res_id in touched):
            self._note(change, touched[change.res_id])
        untouched = changes.filtered(lambda change: change.res_id not in touched)
        self._withdraw(untouched)
        try:
            with self.env.cr.savepoint():
                gone = partners.browse(untouched.mapped("res_id"))
                # who may create contacts may take back what they created just now
                gone.check_access("write")
                gone.sudo().unlink()
            self._note(untouched)
        except (UserError, IntegrityError) as error:
            if len(untouched) == 1:
                is_said = isinstance(error, UserError)
                used = self.env._("It is used: something is with it now.")
                self._note(untouched, str(error) if is_said else used)
                return
            half = len(untouched) // 2
            self._delete(untouched[:half])
            self._delete(untouched[half:])

    @api.model
    def _touched(self, changes):
        """Return ``{contact: why it stays}`` of those that are not as they were."""
        ids = changes.mapped("res_id")
        sums = changes._checksums(ids)
        reasons = {
            change.res_id: self.env._("It has been changed since.")
            for change in changes
            if sums.get(change.res_id) != change.checksum
        }
        used = self.env["crm.profiling.import.uses"]._uses(changes, set(reasons))
        return {**used, **reasons}
