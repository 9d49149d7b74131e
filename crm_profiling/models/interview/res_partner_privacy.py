from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class ResPartner(models.Model):
    """Interviews are kept of a person, too, and places in call lists."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def _profiling_dossier(self):
        interviews = self.env["crm.profiling.interview"].search(
            [("partner_id", "=", self.id)]
        )
        return {
            **super()._profiling_dossier(),
            "interviews": [
                {
                    "by": interview.user_id.name or "",
                    "date": fields.Datetime.to_string(interview.date_start),
                    "note": interview.note or "",
                }
                # found with the user's rights; names of colleagues are no secret
                for interview in interviews.sudo()
            ],
        }

    def _profiling_forget(self):
        """The notes of interviews repeat the answers: they go, from leads as well."""
        result = super()._profiling_forget()
        theirs = Domain("partner_id", "in", self.ids)
        interviews = self.env["crm.profiling.interview"].sudo().search(theirs)
        interviews.chatter_note_ids.unlink()
        interviews.unlink()
        self.env["crm.profiling.queue.line"].sudo().search(theirs).unlink()
        return result

    @api.model
    def _profiling_privacy_models(self):
        return {
            **super()._profiling_privacy_models(),
            "crm.profiling.interview": SQL("TRUE"),
            "crm.profiling.queue.line": SQL("TRUE"),
        }
