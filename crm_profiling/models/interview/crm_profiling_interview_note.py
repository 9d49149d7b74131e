from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Command

from ..catalog.wording import quoted


class CrmProfilingInterview(models.Model):
    """What an interview came to is noted on its contact, and on its lead."""

    _inherit = "crm.profiling.interview"  # pylint: disable=consider-merging-classes-inherited

    chatter_note_ids = fields.Many2many(
        comodel_name="mail.message",
        relation="crm_profiling_interview_chatter_note_rel",
        column1="interview_id",
        column2="message_id",
        string="Notes on the chatter",
        copy=False,
        sealed=True,
        groups="base.group_system",
        help="Of this interview, on its contact and lead; finished again, it says there"
        " what it came to in the end.",
    )

    def _post_summary(self):
        """Note on the contact, and on the lead, what was answered and what follows.

        Of an interview that was opened again the note is there: it is written anew.
        """
        notes = self.sudo().chatter_note_ids
        for record in (self.partner_id, self._leads()._filtered_access("write")):
            if not record:
                continue
            # all companies read the chatter of what is shared by all
            body = self._summary_body(is_shared=not record.company_id)
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

    def _summary_body(self, is_shared):
        """Return the note for the chatter, in the user's language.

        :param is_shared: other companies read it: what is one company's own is counted
            and not named
        """
        env, summary = self.env, self.sudo().summary
        own = self._names_of_one_company() if is_shared else set()
        answered = [one for one in summary["answered"] if one["question"] not in own]
        parts = [Markup("<p>%s</p>") % env._("Interviewed by %s", env.user.name)]
        if answered:
            lines = Markup().join(map(self._answered_line, answered))
            parts.append(Markup("<ul>%s</ul>") % lines)
        if hidden := len(summary["answered"]) - len(answered):
            said = env._("Answers to a company's own questions: %s", hidden)
            parts.append(Markup("<p>%s</p>") % said)
        offers = [one["profile"] for one in summary["offers"]]
        for title, names in (
            (env._("Now in:"), summary["entered"]),
            (env._("No longer in:"), summary["left"]),
            (env._("Not answered:"), summary["declined"]),
            (env._("To propose:"), offers),
        ):
            if names := [name for name in names if name not in own]:
                parts.append(Markup("<p>%s %s</p>") % (title, "; ".join(names)))
        if promised := self._promised_words():
            parts.append(Markup("<p>%s</p>") % promised)
        if self.note:
            parts.append(Markup("<p>%s %s</p>") % (env._("Note:"), self.note))
        return Markup().join(parts)

    @api.model
    def _answered_line(self, one):
        return Markup("<li>%s <b>%s</b> %s</li>") % (
            one["question"],
            ", ".join(one["answers"]),
            " ".join(quoted(self.env, comment) for comment in one["comments"]),
        )
