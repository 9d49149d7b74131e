from odoo import api, models
from odoo.fields import Domain

# States of imports that nobody has to go on with
_ENDED = ("done", "undone")


class CrmProfilingImport(models.Model):
    """What the screen offers before there is a file."""

    _inherit = "crm.profiling.import"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def get_start(self):
        """Return what the screen shows before there is a file."""
        self._check_rights()
        mine = Domain("user_id", "=", self.env.uid)
        unfinished = self.search(mine & Domain("state", "not in", _ENDED), limit=5)
        lately = self.search(mine & Domain("state", "=", "done"), limit=5)
        return {
            "unfinished": [one._entry() for one in unfinished],
            "lately": [one._entry() for one in lately if one._can_undo()],
        }

    @api.model
    def action_template(self):
        """Download a file to fill in."""
        self._check_rights()
        return self.env["crm.profiling.export"]._offer_template()

    def _entry(self):
        """Return what is shown of an import among others."""
        return {
            "id": self.id,
            "name": self.name,
            "state": self.state,
            **self._progress(),
        }
