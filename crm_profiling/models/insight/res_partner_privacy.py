from odoo import fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    """What a person may ask for: to see what is kept of them, and to be forgotten."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def action_profiling_dossier(self):
        """Download what is kept of one contact."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/crm_profiling/answers/{self.id}",
            "target": "download",
        }

    def _profiling_dossier(self):
        """Return what is kept of a contact, in words and plain values."""
        self.ensure_one()
        return {
            "contact": self.name,
            "company": self.commercial_partner_id.name,
            "email": self.email or "",
            "answers": [
                {
                    "question": response.question_id.name,
                    "answer": response.answer_id.name,
                    "about": response.partner_id.name,
                    "date": fields.Datetime.to_string(response.date),
                    "noted by": response.user_id.name or "",
                    "source": response.source,
                    "comment": response.comment or "",
                }
                for response in self._profiling_responses()
            ],
            "profiles": [
                {
                    "profile": membership.profile_id.name,
                    "state": membership.state,
                    "tag": membership.category_id.name or "",
                    "since": fields.Datetime.to_string(membership.date),
                }
                for membership in self.profiling_membership_ids
            ],
            "interviews": [
                {
                    "by": interview.user_id.name or "",
                    "date": fields.Datetime.to_string(interview.date_start),
                    "note": interview.note or "",
                }
                for interview in self.profiling_interview_ids
            ],
            "priority": self.profiling_priority or "0",
            "campaigns": self.profiling_campaign_ids.mapped("title"),
        }

    def _profiling_forget(self):
        """Remove what these contacts answered, and all that came of it.

        Their answers about their company are the company's and stay, unless the
        company is among them. Tags that profiles gave go with the profiles. The notes
        of their interviews repeat the answers: they go, too, from leads as well.
        """
        self.check_access("write")
        theirs = Domain("partner_id", "in", self.ids)
        interviews = self.env["crm.profiling.interview"].sudo().search(theirs)
        interviews.chatter_note_ids.unlink()
        for model, which in {
            "crm.profiling.response": theirs,
            "crm.profiling.membership": theirs & Domain("state", "!=", "matched"),
            "crm.profiling.interview": theirs,
            "crm.profiling.queue.line": theirs,
        }.items():
            # What other companies asked, too, and what others noted: not for everybody
            # to see, or to delete. Searched for: cached is what this user sees.
            self.env[model].sudo().search(which).unlink()
        self.write({"profiling_priority": "0", "profiling_campaign_ids": False})
