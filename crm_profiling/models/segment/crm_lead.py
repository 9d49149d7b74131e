from odoo import fields, models

from ...groups import SALESMAN


class CrmLead(models.Model):
    _inherit = "crm.lead"  # pylint: disable=consider-merging-classes-inherited

    profiling_profile_id = fields.Many2one(
        comodel_name="crm.profiling.profile",
        string="Created for the profile",
        index="btree_not_null",
        ondelete="set null",
        groups=SALESMAN,
        help="The profile whose contacts opportunities were created for, this among"
        " them.",
    )
