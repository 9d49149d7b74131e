from odoo import fields, models


class CrmProfilingAnswer(models.Model):
    """How many contacts gave an answer: as likely it is taken for."""

    _inherit = "crm.profiling.answer"  # pylint: disable=consider-merging-classes-inherited

    counted_contacts = fields.Integer(
        string="Contacts counted",
        readonly=True,
        copy=False,
        sealed=True,
        help="How many contacts gave this answer when they were last counted, once a"
        " day: interviews take it for as likely.",
    )
