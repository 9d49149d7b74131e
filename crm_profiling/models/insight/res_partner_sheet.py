from odoo import fields, models
from odoo.tools import html_sanitize
from odoo.tools.misc import format_date


class ResPartner(models.Model):
    """What a printed profile sheet says of a contact."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def _profiling_sheet(self):
        """Return what the contact answered, what it is in, and what is still to ask.

        :return: dict of ``answers``, ``inside`` and ``open``, lists of dicts
        """
        self.ensure_one()
        inside, still_open = [], []
        for profile in self.profiling_result["profiles"]:
            state = {"pinned": "matched", "barred": "ruled_out"}.get(
                profile["hand"], profile["state"]
            )
            if state == "matched":
                inside.append(self._profiling_sheet_profile(profile))
            elif state == "open":
                still_open.append(self._profiling_sheet_open(profile))
        return {
            "answers": self._profiling_sheet_answers(),
            "inside": inside,
            "open": still_open,
        }

    def _profiling_sheet_profile(self, profile):
        why = {
            criterion["question"]: [one["answer"] for one in criterion["given"]]
            for criterion in profile["criteria"]
        }
        return {
            **profile,
            "offer": html_sanitize(profile["offer"]),
            "why": "; ".join(f"{q} {', '.join(given)}" for q, given in why.items()),
        }

    def _profiling_sheet_open(self, profile):
        questions = {
            criterion["question"]: True
            for criterion in profile["criteria"]
            if criterion["verdict"] == "open"
        }
        return {**profile, "to_ask": " ".join(questions)}

    def _profiling_sheet_answers(self):
        """Return the answers by question, with who noted them and when."""
        responses = self._profiling_responses()
        return [
            {
                "question": question.name,
                "answers": ", ".join(one._as_told() for one in given),
                "noted": self._profiling_noted(given[:1]),
            }
            for question, given in responses.grouped("question_id").items()
        ]

    def _profiling_noted(self, response):
        date = format_date(self.env, fields.Date.context_today(self, response.date))
        return f"{response.user_id.name}, {date}" if response.user_id else date

    def _profiling_responses(self):
        """Return the responses that count for the contact, in order of questions."""
        responses = self.env["crm.profiling.response"]._counting(self)
        return responses.sorted(
            lambda r: (r.question_id.sequence, r.question_id.id, r.id)
        )
