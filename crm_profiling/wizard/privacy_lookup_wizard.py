from odoo import api, models
from odoo.tools import SQL

# What hangs on a contact and goes with it; Odoo itself lists what would stay behind.
HELD = {
    "crm.profiling.response": SQL("TRUE"),
    # the others follow from the answers
    "crm.profiling.membership": SQL("state <> 'matched'"),
    "crm.profiling.interview": SQL("TRUE"),
    "crm.profiling.queue.line": SQL("TRUE"),
}


class PrivacyLookupWizard(models.TransientModel):
    """Finds what a person answered, and what was noted of them."""

    _inherit = "privacy.lookup.wizard"

    @api.model
    def _get_query_models_blacklist(self):
        return [*super()._get_query_models_blacklist(), *HELD]

    def _get_query(self):
        query = super()._get_query()
        for model, condition in HELD.items():
            query = SQL(
                """%s
                UNION ALL
                SELECT %s AS res_model_id, id AS res_id, TRUE AS is_active
                  FROM %s
                 WHERE partner_id IN (SELECT id FROM indirect_references) AND %s
                """,
                query,
                self.env["ir.model"]._get_id(model),
                SQL.identifier(self.env[model]._table),
                condition,
            )
        return query


class PrivacyLookupWizardLine(models.TransientModel):
    _inherit = "privacy.lookup.wizard.line"

    def action_unlink(self):
        """Do not stumble over what has gone with its contact already."""
        self.ensure_one()
        if self.res_model in HELD and not self.is_unlinked:
            if not self.env[self.res_model].sudo().browse(self.res_id).exists():
                self.is_unlinked = True
                return None
        return super().action_unlink()
