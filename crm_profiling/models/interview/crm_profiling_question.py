from odoo import fields, models


class CrmProfilingQuestion(models.Model):
    """How many contacts answered a question: which is asked next goes by it."""

    _inherit = "crm.profiling.question"  # pylint: disable=consider-merging-classes-inherited

    counted_contacts = fields.Integer(
        string="Contacts counted",
        readonly=True,
        copy=False,
        sealed=True,
        help="How many contacts answered this question when they were last counted,"
        " once a day.",
    )
