from odoo import api, fields, models


class CrmProfilingStayDeed(models.Model):
    """One thing that a profile did, or that somebody wanted left out."""

    _name = "crm.profiling.stay.deed"
    _description = "Something a Profile Did"
    _log_access = False
    _order = "id"
    _rec_name = "said"

    stay_id = fields.Many2one(
        comodel_name="crm.profiling.stay",
        required=True,
        index=True,
        ondelete="cascade",
    )
    action = fields.Char(required=True, help="The model that did it.")
    state = fields.Selection(
        selection=[
            ("done", "Done"),
            ("nothing", "There was nothing to do"),
            ("left_out", "Left out"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
    )
    said = fields.Char(string="As told on the chatter")
    # what it made, to be withdrawn
    res_model = fields.Char(string="Model")
    res_id = fields.Many2oneReference(string="Record", model_field="res_model")
    interview_id = fields.Many2one(
        comodel_name="crm.profiling.interview",
        index="btree_not_null",
        ondelete="set null",
        help="At whose end it was done.",
    )
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="By",
        default=lambda self: self.env.user,
        ondelete="set null",
    )

    @api.model
    def _row(self, stay, action, outcome):
        """Return the values of what was done in a stay."""
        return {
            "stay_id": stay.id,
            "action": action,
            "state": "done" if outcome.is_done else "nothing",
            "said": outcome.said,
            "res_model": outcome.record._name if outcome.record else False,
            "res_id": outcome.record.id if outcome.record else False,
        }

    def _records(self):
        """Return ``{deed: what it made}`` of what is still there."""
        records = {}
        for model, deeds in self.filtered("res_model").grouped("res_model").items():
            there = self.env[model].browse(deeds.mapped("res_id")).exists()
            by_id = {record.id: record for record in there}
            records |= {d: by_id[d.res_id] for d in deeds if d.res_id in by_id}
        return records

    def _records_of(self, model):
        """Return the records of a model that were made and are still there."""
        made = self.filtered(lambda deed: deed.res_model == model)
        return self.env[model].browse(made.mapped("res_id")).exists()

    def _unsent(self):
        """Return why e-mails could not be sent, in words: ``{deed: why}``."""
        return {
            deed: mail._profiling_reason(mail.failure_type, mail.failure_reason)
            for deed, mail in self._records().items()
            if mail._name == "mail.mail" and mail.state == "exception"
        }

    def _withdrawn(self, said):
        """Note that it was undone, and what to tell of it."""
        now = fields.Datetime.now()
        self.write({"state": "withdrawn", "said": said, "date": now})
