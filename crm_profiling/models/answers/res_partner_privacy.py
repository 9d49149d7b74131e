from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..catalog.arguments import check_one


class ResPartner(models.Model):
    """What a person may ask for: to see what is kept of them, and to be forgotten.

    Each topic adds what it keeps to the three hooks.
    """

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def action_profiling_dossier(self):
        """Download what is kept of one contact."""
        check_one(self)
        return {
            "type": "ir.actions.act_url",
            "url": f"/crm_profiling/answers/{self.id}",
            "target": "download",
        }

    def _profiling_dossier(self):
        """Hook: return what is kept of a contact, in words and plain values.

        As far as the user may see it: what another company asked is not for this one.
        """
        self.ensure_one()
        Response = self.env["crm.profiling.response"]
        return {
            "contact": self.name,
            "company": self.commercial_partner_id._filtered_access("read").name or "",
            "email": self.email or "",
            "answers": [
                self._profiling_dossier_line(response)
                for response in Response._counting(self)
            ],
            "earlier answers": [
                {
                    **self._profiling_dossier_line(past),
                    "until": fields.Datetime.to_string(past.date_end),
                    "ended by": past.end_reason,
                }
                for past in Response._earlier(self)
            ],
        }

    def _profiling_dossier_line(self, said):
        """Return one answer, of now or of earlier, in words."""
        about = said.partner_id.with_env(self.env)._filtered_access("read")
        return {
            "question": said.question_id.name,
            "answer": said._words_with_number(),
            "about": about.name or "",
            "date": fields.Datetime.to_string(said.date),
            "noted by": said.user_id.name or "",
            "source": said.source,
            "comment": said.comment or "",
        }

    def _profiling_forget(self):
        """Hook: remove what these contacts answered, and all that came of it.

        Their answers about their company are the company's and stay, unless the
        company is among them. What other companies asked goes, too, and what others
        noted: not for everybody to see, or to delete.
        """
        self.check_access("write")
        theirs = Domain("partner_id", "in", self.ids)
        # Searched for: cached is what this user sees.
        self.env["crm.profiling.response"].sudo().search(theirs)._erase()
        self.env["crm.profiling.response.history"].sudo().search(theirs).unlink()

    @api.model
    def _profiling_privacy_models(self):
        """Hook: return what the privacy lookup finds beside what Odoo does.

        What hangs on a contact and goes with it; Odoo itself lists what would stay.

        :return: ``{model with a partner_id: SQL condition}``
        """
        return {
            "crm.profiling.response": SQL("TRUE"),
            "crm.profiling.response.history": SQL("TRUE"),
        }
