from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

# An interview in which nothing was said is closed after so many days.
FORGOTTEN_DAYS = 3
# One that was begun and left is closed after so many; what was answered is stored.
LEFT_DAYS = 30


class CrmProfilingInterview(models.Model):
    """What an interview came to, and what is to follow."""

    _inherit = "crm.profiling.interview"

    answered_count = fields.Integer(string="Questions answered")
    entered_profile_ids = fields.Many2many(
        comodel_name="crm.profiling.profile",
        relation="crm_profiling_interview_entered_rel",
        column1="interview_id",
        column2="profile_id",
        string="Profiles entered",
        context={"active_test": False},
    )
    left_profile_ids = fields.Many2many(
        comodel_name="crm.profiling.profile",
        relation="crm_profiling_interview_left_rel",
        column1="interview_id",
        column2="profile_id",
        string="Profiles left",
        context={"active_test": False},
    )
    chatter_note_ids = fields.Many2many(
        comodel_name="mail.message",
        relation="crm_profiling_interview_chatter_note_rel",
        column1="interview_id",
        column2="message_id",
        string="Notes on the chatter",
        copy=False,
        groups="base.group_system",
        help="Of this interview, on its contact and lead; finished again, it says there"
        " what it came to in the end.",
    )
    summary = fields.Json(
        string="Outcome", help="What was answered and what it led to, once done."
    )

    def finish(self, note="", activity=None):
        """End the interview: sum it up, note it on the contact, plan what is next.

        Finishing it twice, as by a double click, does nothing more.

        :param note: what else the user wants to say
        :param activity: ``{activity_type_id, date_deadline, summary, user_id}``
        """
        self.ensure_one()
        self.check_access("write")
        if self.state == "ongoing":
            self._close(note)
            self._post_summary()
            if activity:
                self._plan(activity)
            self.queue_line_id._done()
        return self.get_snapshot()

    def reopen(self):
        """Go on with an interview that was finished."""
        self.ensure_one()
        self.check_access("write")
        if self.state == "done":
            self.write({"state": "ongoing", "date_end": False, "summary": False})
        return self.get_snapshot()

    def skip_prospect(self, reason="not_reached"):
        """Leave this prospect of a call list and go to the next one.

        :param reason: see `crm.profiling.queue.line._skip`
        :return: as `begin` does for the call list
        """
        self.ensure_one()
        self.check_access("write")
        line = self.queue_line_id
        if not line:
            raise UserError(
                self.env._("This interview is not part of a call list: finish it.")
            )
        if self.response_ids or self.declined_question_ids:
            self.finish()
        elif self.state == "ongoing":
            self.sudo().unlink()  # nobody was asked anything
        if line.state != "taken" or line.user_id == self.env.user:
            line._skip(reason)  # else it was a colleague's already
        return self.browse().begin(queue_id=line.queue_id.id)

    def _close(self, note=""):
        """Mark as done, with what it led to."""
        before, now = self.initial_profile_ids, self.partner_id.profile_ids
        entered, left = now - before, before.filtered("active") - now
        answered = self._answered()
        self.write(
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
                },
            }
        )

    def _answered(self):
        """Return what was answered in this interview, in the order of the questions."""
        by_question = self.sudo().response_ids.grouped("question_id")
        return [
            {
                "question": question.name,
                "answers": responses.answer_id.sorted("sequence").mapped("name"),
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

    def _post_summary(self):
        """Note on the contact, and on the lead, what was answered and what follows.

        Of an interview that was opened again the note is there: it is written anew.
        """
        body = self._summary_body()
        notes = self.sudo().chatter_note_ids
        for record in (self.partner_id, self.lead_id._filtered_access("write")):
            if not record:
                continue
            note = notes.filtered(
                lambda one, record=record: (
                    one.model == record._name and one.res_id == record.id
                )
            )[:1]
            if note:
                record._message_update_content(note, body=body, strict=False)
            else:
                note = record.message_post(body=body, subtype_xmlid="mail.mt_note")
                self.sudo().chatter_note_ids = [Command.link(note.id)]

    def _summary_body(self):
        """Return the note for the chatter, in the user's language."""
        env, summary = self.env, self.summary
        parts = [Markup("<p>%s</p>") % env._("Interviewed by %s", env.user.name)]
        lines = [
            Markup("<li>%s <b>%s</b> %s</li>")
            % (
                one["question"],
                ", ".join(one["answers"]),
                " ".join(f"“{comment}”" for comment in one["comments"]),
            )
            for one in summary["answered"]
        ]
        if lines:
            parts.append(Markup("<ul>%s</ul>") % Markup().join(lines))
        offers = [one["profile"] for one in summary["offers"]]
        for title, names in (
            (env._("Now in:"), summary["entered"]),
            (env._("No longer in:"), summary["left"]),
            (env._("Not answered:"), summary["declined"]),
            (env._("To propose:"), offers),
            (env._("Note:"), self.note and [self.note]),
        ):
            if names:
                parts.append(Markup("<p>%s %s</p>") % (title, "; ".join(names)))
        return Markup().join(parts)

    def _plan(self, activity):
        """Schedule the next activity, on the lead if there is one."""
        record = self.lead_id._filtered_access("write") or self.partner_id
        kind = self._existing(
            self.env["mail.activity.type"], activity.get("activity_type_id")
        )
        record.activity_schedule(
            activity_type_id=kind.id,
            date_deadline=fields.Date.to_date(activity.get("date_deadline")),
            summary=activity.get("summary") or "",
            user_id=activity.get("user_id") or self.env.uid,
            automated=False,
        )

    @api.autovacuum
    def _gc_forgotten(self):
        """Delete forgotten interviews in which nothing was said, close the others."""
        now = fields.Datetime.now()
        ongoing = Domain("state", "=", "ongoing")
        forgotten = now - timedelta(days=FORGOTTEN_DAYS)
        self.search(
            ongoing
            & Domain("write_date", "<", forgotten)
            & Domain("response_ids", "=", False)
            & Domain("skipped_question_ids", "=", False)
            & Domain("declined_question_ids", "=", False)
        ).unlink()
        left = now - timedelta(days=LEFT_DAYS)
        for interview in self.search(
            ongoing
            & Domain("write_date", "<", left)
            & ~Domain("response_ids", "any", [("date", ">=", left)])
        ):
            interview._close()
