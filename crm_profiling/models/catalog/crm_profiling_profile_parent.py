from odoo import api, models
from odoo.exceptions import UserError, ValidationError


class CrmProfilingProfile(models.Model):
    """A profile may be part of another one."""

    _inherit = "crm.profiling.profile"  # pylint: disable=consider-merging-classes-inherited

    def _ancestors(self):
        """Return what this profile is part of, from the root down."""
        self.ensure_one()
        ancestors = self.browse()
        parent = self.parent_id._origin
        while parent and parent not in ancestors:
            ancestors = parent + ancestors
            parent = parent.parent_id
        return ancestors

    def _depth(self):
        """Return of how many profiles this one is part of, each of the next one."""
        self.ensure_one()
        return max((self.parent_path or "").count("/") - 1, 0)

    def _narrowest_first(self):
        """Return these profiles in order of what to propose.

        What a narrower one proposes is meant for fewer, and fits better.
        """
        return self.sorted(lambda p: (-p._depth(), p.sequence, p.name or "", p.id))

    def _check_parent(self, parent):
        """Refuse to hang profiles below themselves."""
        for ancestor in parent._ancestors() | parent:
            if ancestor in self:
                raise ValidationError(
                    self.env._(
                        "“%(profile)s” cannot be part of “%(parent)s”, which is itself"
                        " part of it. Choose another profile, or none.",
                        profile=ancestor.name,
                        parent=parent.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_parent(self):
        parts = self.sudo().with_context(active_test=False).child_ids - self
        if parts:
            raise UserError(
                self.env._(
                    "“%(profile)s” cannot be deleted: %(parts)s are part of it. Move"
                    " or delete them first, or archive it.",
                    profile=parts[0].parent_id.name,
                    parts=", ".join(self._readable_names(parts)),
                )
            )
