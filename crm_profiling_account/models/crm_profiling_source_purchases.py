from odoo import api, models


class CrmProfilingSourcePurchases(models.AbstractModel):
    """The same of what was bought from somebody."""

    _name = "crm.profiling.source.purchases"
    _inherit = ["crm.profiling.source.turnover"]
    _description = "Profiling Answers Found in Bills"

    _origin = "purchases"

    @api.model
    def _evidence_text(self, amount, months):
        if not months:
            return self.env._("Purchases: %s", amount)
        return self.env._(
            "Purchases of the last %(months)s months: %(amount)s",
            months=months,
            amount=amount,
        )
