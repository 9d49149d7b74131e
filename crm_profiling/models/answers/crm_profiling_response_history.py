from odoo import api, fields, models


class CrmProfilingResponseHistory(models.Model):
    """An answer that counts no longer: what was said before.

    Written by the same statement as the responses, see `CrmProfilingResponse._store`,
    and of what comes too late to count: nobody has the right to create, change or
    delete one.  When it ended is when the word that ended it was *said*, so that the
    two tables together tell the latest word on everything.
    """

    _name = "crm.profiling.response.history"
    _inherit = ["crm.profiling.searched", "crm.profiling.numbered"]
    _description = "Earlier Profiling Answer"
    _order = "date_end desc, id desc"
    _rec_name = "answer_id"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Contact",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    answer_id = fields.Many2one(
        comodel_name="crm.profiling.answer",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    question_id = fields.Many2one(
        related="answer_id.question_id", store=True, index=True
    )
    value = fields.Float(readonly=True, digits=False, aggregator="avg")
    comment = fields.Char(readonly=True)
    date = fields.Datetime(string="Said on", required=True, readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Noted by",
        readonly=True,
        ondelete="set null",
    )
    source = fields.Selection(selection="_selection_source", readonly=True)
    date_end = fields.Datetime(
        string="Until",
        required=True,
        readonly=True,
        help="When what ended it was said.",
    )
    end_reason = fields.Selection(
        selection=[
            ("replaced", "Another answer"),
            ("confirmed", "The same answer again"),
            ("taken_back", "Taken back"),
            # of a contact merged into another, or of what became the company's
            ("merged", "Put together with others"),
        ],
        string="Ended by",
        required=True,
        readonly=True,
    )
    end_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Ended by whom",
        readonly=True,
        ondelete="set null",
    )

    @api.model
    def _selection_source(self):
        """Return the ways in which responses come, those of other rooms too."""
        return (
            self.env["crm.profiling.response"]
            ._fields["source"]
            ._description_selection(self.env)
        )
