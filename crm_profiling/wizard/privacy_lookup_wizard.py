from odoo import api, models
from odoo.tools import SQL

from ..models.catalog.arguments import check_one
from ..models.catalog.ours import OURS


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


class PrivacyLookupWizardLine(models.TransientModel):
    _inherit = "privacy.lookup.wizard.line"

    def action_unlink(self):
        """Do not stumble over what has gone with its contact already."""
        check_one(self)
        held = self.env["res.partner"]._profiling_privacy_models()
        if self.res_model in held and not self.is_unlinked:
            if not self.env[self.res_model].sudo().browse(self.res_id).exists():
                self.is_unlinked = True
                return None
        # for good: what was answered does not go into the history
        erasing = self.with_context(crm_profiling_erase=OURS)
        return super(PrivacyLookupWizardLine, erasing).action_unlink()
