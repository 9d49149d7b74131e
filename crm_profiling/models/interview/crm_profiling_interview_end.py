from odoo import fields, models
from odoo.fields import Command


class CrmProfilingInterview(models.Model):
    """What an interview came to, and what is to follow."""

    _inherit = "crm.profiling.interview"  # pylint: disable=consider-merging-classes-inherited

    answered_count = fields.Integer(
        string="Questions answered", copy=False, sealed=True
    )
    entered_profile_ids = fields.Many2many(
        comodel_name="crm.profiling.profile",
        relation="crm_profiling_interview_entered_rel",
        column1="interview_id",
        column2="profile_id",
        string="Profiles entered",
        context={"active_test": False},
        copy=False,
        sealed=True,
    )
    left_profile_ids = fields.Many2many(
        comodel_name="crm.profiling.profile",
        relation="crm_profiling_interview_left_rel",
        column1="interview_id",
        column2="profile_id",
        string="Profiles left",
        context={"active_test": False},
        copy=False,
        sealed=True,
    )
    summary = fields.Json(
        string="Outcome",
        copy=False,
        sealed=True,
        groups="base.group_system",
        help="What was answered and what it led to, once done: in names, which are for"
        " those who may read what they name.",
    )

    def finish(self, note="", activity=None, left_out=None, said_ago=None):
        """End the interview: sum it up, note it on the contact, plan what is next.

        Finishing it twice, as by a double click, does nothing more.

        :param note: what else the user wants to say
        :param activity: ``{activity_type_id, date_deadline, summary, user_id}``
        :param left_out: of what follows from the interview, what is not wanted; it is
            heard by what comes after
        :param said_ago: how many seconds ago, where it could not be told at once
        """
        self.ensure_one()
        self.check_access("write")
        note, plan = self._text(note), self._activity_vals(activity)
        ended = self._ago(said_ago)
        if self.state == "ongoing":
            self.partner_id.check_access("write")
            self._end(note, plan)
            if ended:
                self._ended_at(ended)
        return self.get_screen()

    def _end(self, note, plan, outcome=None):
        """Sum it up, plan what is next and note what came of the call.

        :param plan: see `_activity_vals`
        :param outcome: of the call; by default what follows from the rest
        """
        self._close(note)
        if plan:
            self._plan({**plan})
        self._post_summary()
        self._note_called()
        self._note_try(outcome or self._outcome(plan))

    def _ended_at(self, moment):
        """Have it end when the user said so, though that arrived later."""
        self.sudo().date_end = moment

    def _note_called(self):
        """Note in the call list that the prospect has been called, by who asked."""
        line = self.sudo().queue_line_id
        if line.state == "taken" and line.user_id == self.user_id:
            line._done()

    def reopen(self):
        """Go on with an interview that was finished."""
        self.ensure_one()
        self.check_access("write")
        if self.state == "done":
            reopened = {"state": "ongoing", "date_end": False, "summary": False}
            self.sudo().write(reopened)
        return self.get_screen()

    def _close(self, note=""):
        """Mark as done, with what it led to."""
        before, now = self.initial_profile_ids, self.partner_id.profile_ids
        entered, left = now - before, before.filtered("active") - now
        answered = self._answered()
        self.sudo().write(
            {
                "state": "done",
                "date_end": fields.Datetime.now(),
                "note": note or self.note,  # of before it was opened again
                "requested_question_id": False,
                "answered_count": len(answered),
                "entered_profile_ids": [Command.set(entered.ids)],
                "left_profile_ids": [Command.set(left.ids)],
                "summary": {
                    "answered": answered,
                    "declined": self.declined_question_ids.mapped("name"),
                    "entered": entered.mapped("name"),
                    "left": left.mapped("name"),
                    "offers": self._offers(),
                    "company_ids": self._named_company_ids(entered | left | now),
                },
            }
        )

    def _named_company_ids(self, profiles):
        """Return the companies whose own questions or profiles the summary names."""
        questions = self.sudo().response_ids.question_id | self.declined_question_ids
        return sorted((questions.sudo().company_id | profiles.sudo().company_id).ids)

    def _answered(self):
        """Return what was answered in this interview, in the order of the questions."""
        by_question = self.sudo().response_ids.grouped("question_id")
        return [
            {
                "question": question.name,
                "answers": [
                    one._words_with_number()
                    for one in responses.sorted(
                        lambda one: (one.answer_id.sequence, one.answer_id.id)
                    )
                ],
                # one is noted with each of several answers
                "comments": list(
                    dict.fromkeys(filter(None, responses.mapped("comment")))
                ),
            }
            for question, responses in sorted(
                by_question.items(), key=lambda item: (item[0].sequence, item[0].id)
            )
        ]

    def _offers(self):
        """Return what to propose, the narrowest profile's offer first."""
        return [
            {"profile": profile["name"], "offer": profile["offer"]}
            for profile in self.env["crm.profiling.explainer"]._explain(self.partner_id)
            if profile["offer"]
        ]
