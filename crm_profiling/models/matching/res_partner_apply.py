from odoo import models


class ResPartner(models.Model):
    """Profiles and tags follow what contacts answer."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def _profiling_apply(self):
        """Bring profiles and tags of these contacts in line with their answers."""
        if self:
            # The rule decides here, not the user's rights: they were checked on the
            # change that leads to it.
            self.env["crm.profiling.applier"].sudo()._apply(self.ids)
        return super()._profiling_apply()

    def _profiling_meet(self):
        self.env["crm.profiling.state"]._meet(self.ids)
        return super()._profiling_meet()

    def _profiling_profiles_changed(self, entered, left):
        """Hook: these contacts entered or left profiles because of their answers.

        Called after the change is written, once for each batch of contacts, as
        superuser; once more, quietly, for those who enter because a profile changed
        and not what they answered. Override it, call super, and keep it set-based: a
        run over the database comes by here with thousands of contacts.

        :param dict entered: ``{profile: contacts}``
        :param dict left: ``{profile: contacts}``
        """
