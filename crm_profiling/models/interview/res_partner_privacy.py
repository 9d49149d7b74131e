from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class ResPartner(models.Model):
    """Calls and interviews are kept of a person, too, and places in call lists."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def _profiling_dossier(self):
        return {
            **super()._profiling_dossier(),
            "calls": self._profiling_calls_held(),
            "not_to_be_called": self.profiling_refusal_note or "",
            "interviews": self._profiling_interviews_held(),
        }

    def _profiling_calls_held(self):
        tries = self.profiling_try_ids
        outcomes = dict(tries._outcomes())
        return [
            {
                "by": one.user_id.name or "",
                "date": fields.Datetime.to_string(one.date),
                "number": one.number or "",
                "outcome": outcomes[one.outcome],
            }
            # found with the user's rights; names of colleagues are no secret
            for one in tries.sudo()
        ]

    def _profiling_interviews_held(self):
        interviews = self.env["crm.profiling.interview"].search(
            [("partner_id", "=", self.id)]
        )
        return [
            {
                "by": interview.user_id.name or "",
                "date": fields.Datetime.to_string(interview.date_start),
                "note": interview.note or "",
            }
            # found with the user's rights; names of colleagues are no secret
            for interview in interviews.sudo()
        ]

    def _profiling_forget(self):
        """The notes of interviews repeat the answers: they go, from leads as well."""
        result = super()._profiling_forget()
        theirs = Domain("partner_id", "in", self.ids)
        self.env["crm.profiling.try"].sudo().search(theirs).unlink()
        interviews = self.env["crm.profiling.interview"].sudo().search(theirs)
        interviews.chatter_note_ids.unlink()
        interviews.unlink()
        self.env["crm.profiling.queue.line"].sudo().search(theirs).unlink()
        return result

    @api.model
    def _profiling_privacy_models(self):
        return {
            **super()._profiling_privacy_models(),
            "crm.profiling.try": SQL("TRUE"),
            "crm.profiling.refusal": SQL("TRUE"),
            "crm.profiling.interview": SQL("TRUE"),
            "crm.profiling.queue.line": SQL("TRUE"),
        }
