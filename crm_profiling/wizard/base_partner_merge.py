from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Merge what contacts answered, and what came of it.

    Left to itself the merge would lose answers: where one of them is on both
    contacts it deletes all those of the contact that goes.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        quiet = src_partners.sudo()._profiling_quietly()  # no answer is new
        quiet._profiling_merge_into(dst_partner.with_env(quiet.env))
        self.env.flush_all()
        return super()._update_foreign_keys(src_partners, dst_partner)

    @api.model
    def _update_values(self, src_partners, dst_partner):
        src_partners.sudo()._hand_over_sealed(dst_partner.sudo())
        result = super()._update_values(src_partners, dst_partner)
        self.env.invalidate_all()
        dst_partner.sudo()._profiling_quietly()._profiling_merged()
        return result
