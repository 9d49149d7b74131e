from odoo import api, models
from odoo.exceptions import UserError

from ..catalog.arguments import check_values
from .res_partner_tags import commanded


class ResPartnerCategory(models.Model):
    """Tags that profiles give are heard of from the tag's side, too."""

    _inherit = "res.partner.category"

    def write(self, vals):
        """Hear what is said of contacts from the tag's side as from the contact's."""
        check_values(self.env, vals)
        if "partner_ids" not in vals:
            return super().write(vals)
        tags = self.sudo().with_context(active_test=False)
        linked, unlinked = commanded(vals["partner_ids"])
        Partner = self.env["res.partner"].sudo()
        (tags.partner_ids | Partner.browse(linked))._profiling_catch_up()
        before = tags.partner_ids
        # a person speaks for the contacts that are theirs to change
        theirs = self.env["res.partner"].browse(linked).exists()
        theirs = theirs._filtered_access("write")
        theirs._profiling_tags_put_on(self.ids)
        result = super().write(vals)
        tags.invalidate_recordset(["partner_ids"])
        after = tags.partner_ids
        # archived contacts keep it: Odoo does not look at them here
        gone = Partner.browse(unlinked) & (before - after)
        gone = gone.with_env(self.env)._filtered_access("write")
        gone._profiling_tags_taken_off(self.ids)
        (before | after)._profiling_apply()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_given(self):
        profiles = self.env["crm.profiling.profile"].sudo()
        profiles = profiles.with_context(active_test=False).search(
            [("category_id", "in", self.ids)]
        )
        guarded = self.env["crm.profiling.guarded"]
        for profile in profiles:
            raise UserError(
                self.env._(
                    "The tag “%(tag)s” cannot be deleted: the profile “%(profile)s”"
                    " gives it. Choose another tag there first.",
                    tag=profile.category_id.name,
                    profile=guarded._readable_names(profile)[0],
                )
            )
