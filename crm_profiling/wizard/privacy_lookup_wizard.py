from odoo import api, models
from odoo.tools import SQL


class PrivacyLookupWizard(models.TransientModel):
    """Finds what a person answered, and what was noted of them."""

    _inherit = "privacy.lookup.wizard"

    @api.model
    def _get_query_models_blacklist(self):
        held = self.env["res.partner"]._profiling_privacy_models()
        return [*super()._get_query_models_blacklist(), *held]

    def _get_query(self):
        query = super()._get_query()
        held = self.env["res.partner"]._profiling_privacy_models()
        for model, condition in held.items():
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
