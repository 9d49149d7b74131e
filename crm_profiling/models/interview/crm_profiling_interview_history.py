from odoo import fields, models
from odoo.tools import html2plaintext

# Shown at once: what is older is on the contact.
INTERVIEWS = 5
ANSWERS = 40
NOTES = 5
LONGEST_NOTE = 600


class CrmProfilingInterview(models.Model):
    """What was said before, one key away during the call."""

    _inherit = "crm.profiling.interview"  # pylint: disable=consider-merging-classes-inherited

    def get_history(self):
        """Return earlier interviews and answers of the contact, and notes on it.

        With the user's rights. The number of queries grows with nothing.

        :rtype: dict with ``interviews``, ``answers`` and ``notes``, newest first
        """
        self.ensure_one()
        self.check_access("read")
        return {
            "interviews": self._earlier_interviews(),
            "answers": self._earlier_answers(),
            "notes": self._earlier_notes(),
        }

    def _earlier_interviews(self):
        interviews = self.search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("id", "!=", self.id),
                ("state", "=", "done"),
            ],
            limit=INTERVIEWS,
        )
        return [
            {
                "date": fields.Datetime.to_string(one.date_end or one.date_start),
                # found with the user's rights; names of colleagues are no secret
                "user": one.sudo().user_id.name or "",
                "note": one.note or "",
                "answered": one.answered_count,
            }
            for one in interviews
        ]

    def _earlier_answers(self):
        """Return what was answered before, and has been replaced or taken back since.

        Of what was said again since it is not said that it was: that counts still.
        """
        past = self.env["crm.profiling.response"]._earlier(self.partner_id)
        past = past.filtered(lambda one: one.end_reason != "confirmed")[:ANSWERS]
        return [
            {
                "question": one.question_id.name,
                "answer": one._words_with_number(),
                "comment": one.comment or "",
                "user": one.user_id.name or "",
                "date": fields.Datetime.to_string(one.date),
                "until": fields.Datetime.to_string(one.date_end),
            }
            for one in past
        ]

    def _earlier_notes(self):
        """Return the last notes on the contact that people wrote."""
        notes = self.env["mail.message"].search(
            [
                ("model", "=", "res.partner"),
                ("res_id", "=", self.partner_id.id),
                ("message_type", "in", ("comment", "email")),
                ("body", "!=", False),
            ],
            order="date desc, id desc",
            limit=NOTES,
        )
        interview_notes = (
            self.sudo()
            .search([("partner_id", "=", self.partner_id.id)])
            .chatter_note_ids
        )
        return [
            {
                "date": fields.Datetime.to_string(note.date),
                "user": note.author_id.name or "",
                "text": html2plaintext(note.body)[:LONGEST_NOTE],
            }
            for note in (notes - interview_notes).sudo()
        ]
