from odoo import api, fields, models


class CrmProfilingAboutLead(models.AbstractModel):
    """May be about a lead, which not everybody who reads the record may see.

    So the lead itself is for administrators, and beside it stands what the user sees.
    """

    _name = "crm.profiling.about.lead"
    _description = "Profiling Record That May Be About a Lead"

    lead_id = fields.Many2one(
        comodel_name="crm.lead",
        string="Its lead or opportunity",
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_system",
        help="Others who read the record may not see the lead.",
    )
    visible_lead_id = fields.Many2one(
        comodel_name="crm.lead",
        string="Lead or opportunity",
        compute="_compute_visible_lead_id",
        help="The lead, where you may see it.",
    )

    @api.depends("lead_id")
    def _compute_visible_lead_id(self):
        readable = self._leads()._filtered_access("read")
        for record in self:
            record.visible_lead_id = record._leads() & readable

    def _leads(self):
        """Return the leads of these records, whether the user may read them or not.

        Their names are not shown unless they may.
        """
        return self.sudo().lead_id.with_env(self.env)
