from odoo import api, fields, models
from odoo.tools import SQL


class ResPartner(models.Model):
    """What profiles did with a person is told, and forgotten, with the rest."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def _profiling_dossier(self):
        stays = self.env["crm.profiling.stay"].search([("partner_id", "=", self.id)])
        return {
            **super()._profiling_dossier(),
            "priority": self.profiling_priority or "0",
            "campaigns": self.profiling_campaign_ids.mapped("title"),
            "done by profiles": [
                {
                    "profile": deed.stay_id.profile_id.name,
                    "what": deed.said,
                    "date": fields.Datetime.to_string(deed.date),
                    "by": deed.user_id.name or "",
                }
                # found with the user's rights; names of colleagues are no secret
                for deed in stays.sudo().deed_ids
            ],
        }

    def _profiling_forget(self):
        """Withdraw what profiles did, and do nothing because they leave."""
        self.check_access("write")
        Stay = self.env["crm.profiling.stay"].sudo()
        stays = Stay.search([("partner_id", "in", self.ids)])
        over = stays.filtered(lambda stay: stay.state == "left")
        self.env["crm.profiling.entry"].sudo()._alone()._withdraw(stays - over)
        stays.unlink()
        quiet = self._profiling_quietly()
        result = super(ResPartner, quiet)._profiling_forget()
        self.write({"profiling_priority": "0", "profiling_campaign_ids": False})
        return result

    @api.model
    def _profiling_privacy_models(self):
        return {
            **super()._profiling_privacy_models(),
            "crm.profiling.stay": SQL("TRUE"),
        }
