from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class ResPartner(models.Model):
    """Profiles, and what people said of them, are kept of a person, too."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def _profiling_dossier(self):
        memberships = self.env["crm.profiling.membership"].search(
            [("partner_id", "=", self.id)]
        )
        return {
            **super()._profiling_dossier(),
            "found": [
                {"question": answer.question_id.name, "answer": answer.name}
                for answer in self.profiling_found_answer_ids
            ],
            "profiles": [
                {
                    "profile": membership.profile_id.name,
                    "state": membership.state,
                    "tag": membership.category_id.name or "",
                    "since": fields.Datetime.to_string(membership.date),
                }
                for membership in memberships
            ],
        }

    def _profiling_forget(self):
        """Tags that profiles gave go with the profiles."""
        result = super()._profiling_forget()
        Membership = self.env["crm.profiling.membership"].sudo()
        hands = Domain("partner_id", "in", self.ids) & Membership._hand_domain()
        Membership.search(hands).unlink()
        return result

    @api.model
    def _profiling_privacy_models(self):
        return {
            **super()._profiling_privacy_models(),
            # the others follow from the answers
            "crm.profiling.membership": SQL("state <> 'matched'"),
        }
