from odoo import api, fields, models
from odoo.tools import SQL

from .crm_profiling_question import ORIGINS

# Where a transaction keeps whom it has asked, until it ends.
ASKED_NOW = "crm.profiling.invoiced: asked"


class CrmProfilingInvoiced(models.Model):
    """Whose turnover may have changed: looked at within the minute.

    Posting is never in the way of posting: rows are added and nothing else, without a
    key that two would wait for; the job takes them away.
    """

    _name = "crm.profiling.invoiced"
    _description = "Customer Invoiced Since"
    _log_access = False
    _rec_name = "partner_id"

    # A number, not a link: the database would lock the customer to check it
    partner_id = fields.Integer(string="Customer", required=True)

    @api.model
    def _note(self, partner_ids):
        """Remember whose invoices are others than before, by one insertion."""
        if partner_ids:
            self.env.cr.execute(
                SQL(
                    """INSERT INTO crm_profiling_invoiced (partner_id)
                       SELECT unnest(%s::int[])""",
                    list(partner_ids),
                )
            )

    @api.model
    def _note_asked(self, partner_ids):
        """Remember who may be known, or be known no more, to have bought nothing.

        Nothing, where no profile asks for it. Each company once, when the transaction
        ends: an import has thousands of answers.
        """
        found = self.env["crm.profiling.catalog"]._get().found
        if partner_ids and any(question.origin in ORIGINS for question in found):
            precommit = self.env.cr.precommit
            if ASKED_NOW not in precommit.data:
                precommit.data[ASKED_NOW] = set()
                precommit.add(self.sudo()._note_companies)
            precommit.data[ASKED_NOW].update(partner_ids)

    @api.model
    def _note_companies(self):
        """Remember the companies of those who were asked in this transaction."""
        partner_ids = self.env.cr.precommit.data.pop(ASKED_NOW, ())
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        self.env.cr.execute(
            SQL(
                """INSERT INTO crm_profiling_invoiced (partner_id)
                   SELECT DISTINCT commercial_partner_id FROM res_partner
                    WHERE id = ANY(%s) AND commercial_partner_id IS NOT NULL""",
                list(partner_ids),
            )
        )
