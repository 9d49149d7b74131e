from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

# An interview in which nothing was said is closed after so many days.
FORGOTTEN_DAYS = 3
# One that was begun and left is closed after so many; what was answered is stored.
LEFT_DAYS = 30


class CrmProfilingInterview(models.Model):
    """Somebody asks a contact questions, one after the other.

    Every answer is stored at once, as a response like any other: an interview only
    remembers what is no answer - what was skipped, declined or asked on request, in
    which order to go on, and how things stood before it began.

    The public methods are what the interview's screen calls. Each of them returns the
    whole state of the interview, see `crm.profiling.interview.snapshot`.
    """

    _name = "crm.profiling.interview"
    _description = "Profiling Interview"
    _order = "date_start desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Contact",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="partner_id.company_id")
    lead_id = fields.Many2one(
        comodel_name="crm.lead",
        string="Lead or opportunity",
        index="btree_not_null",
        ondelete="set null",
    )
    questionnaire_id = fields.Many2one(
        comodel_name="crm.profiling.questionnaire",
        index="btree_not_null",
        ondelete="set null",
    )
    queue_line_id = fields.Many2one(
        comodel_name="crm.profiling.queue.line",
        string="Place in a call list",
        index="btree_not_null",
        ondelete="set null",
    )
    queue_id = fields.Many2one(related="queue_line_id.queue_id", string="Call list")
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Asked by",
        default=lambda self: self.env.user,
        index=True,
        ondelete="set null",
    )
    state = fields.Selection(
        selection=[("ongoing", "Ongoing"), ("done", "Done")],
        required=True,
        default="ongoing",
    )
    ask_order = fields.Selection(
        selection=[
            ("best", "Best next question"),
            ("questionnaire", "As in the questionnaire"),
        ],
        string="Order of questions",
        required=True,
        default="best",
    )
    date_start = fields.Datetime(
        string="Begun", required=True, default=fields.Datetime.now
    )
    date_end = fields.Datetime(string="Finished")
    duration = fields.Float(
        string="Minutes",
        compute="_compute_duration",
        store=True,
        aggregator="avg",
    )
    note = fields.Text()

    # What the contact did not answer
    skipped_question_ids = fields.Many2many(
        comodel_name="crm.profiling.question",
        relation="crm_profiling_interview_skipped_rel",
        column1="interview_id",
        column2="question_id",
        string="Skipped",
        context={"active_test": False},
    )
    declined_question_ids = fields.Many2many(
        comodel_name="crm.profiling.question",
        relation="crm_profiling_interview_declined_rel",
        column1="interview_id",
        column2="question_id",
        string="Declined",
        context={"active_test": False},
        help="Not asked of this contact again, until answered or asked on request.",
    )
    requested_question_id = fields.Many2one(
        comodel_name="crm.profiling.question",
        ondelete="set null",
        help="Asked next, because the user wants to.",
    )

    # What it led to
    response_ids = fields.One2many(
        comodel_name="crm.profiling.response",
        inverse_name="interview_id",
        string="Answers",
    )
    answered_count = fields.Integer(string="Questions answered")
    initial_profile_ids = fields.Many2many(
        comodel_name="crm.profiling.profile",
        relation="crm_profiling_interview_initial_rel",
        column1="interview_id",
        column2="profile_id",
        string="Profiles before",
        context={"active_test": False},
    )
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

    _ongoing_uniq = models.UniqueIndex(
        "(user_id, partner_id) WHERE state = 'ongoing'",
        "You are interviewing this contact already, in another window. Reload the page"
        " to go on.",
    )

    @api.depends("date_start", "date_end")
    def _compute_duration(self):
        for interview in self:
            end = interview.date_end
            seconds = end and (end - interview.date_start).total_seconds()
            interview.duration = (seconds or 0) / 60

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse to interview contacts that the user may not change."""
        interviews = super().create(vals_list)
        interviews.partner_id.check_access("write")
        interviews.filtered("date_end").partner_id._profiling_update_last_interview()
        return interviews

    def write(self, vals):
        """Keep up when its contact was last interviewed."""
        if vals.get("partner_id"):
            self.env["res.partner"].browse(vals["partner_id"]).check_access("write")
        result = super().write(vals)
        if {"state", "date_end"} & vals.keys():
            self.partner_id._profiling_update_last_interview()
        return result

    def unlink(self):
        partners = self.partner_id
        result = super().unlink()
        partners._profiling_update_last_interview()
        return result

    # ------------------------------------------------------------------
    # Begin
    # ------------------------------------------------------------------

    @api.model
    def begin(
        self, partner_id=False, lead_id=False, questionnaire_id=False, queue_id=False
    ):
        """Begin to interview a contact, or go on with the user's ongoing interview.

        :param int queue_id: without a contact, the next prospect of this call list
        :return: the snapshot; ``{"queue": ..., "finished": True}`` when nobody of the
            call list is left
        """
        self.check_access("create")
        Queue = self.env["crm.profiling.queue"]
        queue = self._existing(Queue, queue_id) if queue_id else Queue
        line = self.env["crm.profiling.queue.line"]
        if queue and partner_id:
            line = queue._take_contact(self.env["res.partner"].browse(partner_id))
        elif queue:
            line = queue._take_next()
            if not line:
                return {"queue": queue._finished_entry(), "finished": True}
        # a colleague's lead does not keep anybody from calling the contact
        lead = line.lead_id._filtered_access("read")
        lead = lead or self._existing(self.env["crm.lead"], lead_id)
        partner = line.partner_id or self._partner_to_ask(partner_id, lead)
        vals = {
            "lead_id": lead.id,
            "queue_line_id": line.id,
            "questionnaire_id": self._existing(
                self.env["crm.profiling.questionnaire"],
                questionnaire_id or queue.questionnaire_id.id,
            ).id,
            "ask_order": queue.ask_order,
        }
        return self._begin(partner, {k: v for k, v in vals.items() if v}).get_snapshot()

    @api.model
    def _existing(self, Model, id_):
        """Return a record that the user may read, or none for no id.

        :raise UserError: where it is gone
        """
        record = Model.browse(id_ if isinstance(id_, int) and id_ else ()).exists()
        if id_ and not record:
            raise UserError(
                self.env._(
                    "What you want to ask about has been deleted meanwhile"
                    " (%(what)s). Go back and choose again.",
                    what=Model._description,
                )
            )
        record.check_access("read")
        return record

    @api.model
    def _partner_to_ask(self, partner_id, lead):
        """Return the contact to interview: for a lead its own, new if need be."""
        partner = self._existing(self.env["res.partner"], partner_id)
        partner = partner or lead._profiling_partner()
        if partner.type not in ("contact", False):
            partner = partner.parent_id  # addresses are not profiled
        if not partner:
            raise UserError(
                self.env._("Choose a contact, a lead or a call list to interview.")
            )
        return partner

    @api.model
    def _begin(self, partner, vals):
        """Return the user's ongoing interview of a contact, a new one if need be."""
        ongoing = self.search(
            [
                ("partner_id", "=", partner.id),
                ("user_id", "=", self.env.uid),
                ("state", "=", "ongoing"),
            ],
            limit=1,
        )
        if ongoing:
            changed = {
                name: id_
                for name, id_ in vals.items()
                # the user may have chosen another order
                if name != "ask_order" and ongoing[name].id != id_
            }
            if changed:
                ongoing.write(changed)
            return ongoing
        return self.create(
            {
                **vals,
                "partner_id": partner.id,
                "initial_profile_ids": [Command.set(partner.profile_ids.ids)],
            }
        )

    def action_open(self):
        """Open the interview's screen."""
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "crm_profiling.interview",
            "name": self.env._("Interview"),
            "params": {"interview_id": self.id},
            "context": {"interview_id": self.id},
        }

    # ------------------------------------------------------------------
    # Go on
    # ------------------------------------------------------------------

    def get_snapshot(self):
        """Return how the interview stands."""
        self.ensure_one()
        self.check_access("read")
        return self.env["crm.profiling.interview.snapshot"]._build(self)

    def answer(self, question_id, answer_ids, comment="", seen_answer_ids=None):
        """Store what the contact answers to a question.

        :param answer_ids: the whole answer as it is now; none takes it back
        :param seen_answer_ids: what the screen showed as given before. Of a question
            with several answers only these are taken back: one that a colleague noted
            meanwhile stays.
        """
        self._check_ongoing()
        question = self._question_to_ask(question_id)
        answers = self._answers_to(question, answer_ids)
        answers_of_question = set(
            question.with_context(active_test=False).answer_ids.ids
        )
        take = answers_of_question - set(answers.ids)
        if seen_answer_ids is not None and question.selection_mode == "multiple":
            take &= set(seen_answer_ids)
        vals = {
            "source": "interview",
            "interview_id": self.id,
            "comment": comment or False,
        }
        self.env["crm.profiling.response"]._record(
            {self.partner_id.id: (set(answers.ids), take)}, vals
        )._profiling_apply()
        self._no_longer_refused(question)
        return self.get_snapshot()

    def skip(self, question_id):
        """Leave a question for later."""
        self._check_ongoing()
        question = self._question_to_ask(question_id)
        self._set_aside(question, skipped_question_ids=[Command.link(question.id)])
        return self.get_snapshot()

    def decline(self, question_id):
        """Note that the contact does not want to answer a question."""
        self._check_ongoing()
        question = self._question_to_ask(question_id)
        self._set_aside(
            question,
            skipped_question_ids=[Command.unlink(question.id)],
            declined_question_ids=[Command.link(question.id)],
        )
        return self.get_snapshot()

    def ask(self, question_id):
        """Ask a question next, though it was put aside or decides nothing."""
        self._check_ongoing()
        question = self._question_to_ask(question_id)
        self._no_longer_refused(question)
        self.requested_question_id = question
        return self.get_snapshot()

    def set_order(self, ask_order, questionnaire_id=False):
        """Choose what is asked, and in which order."""
        self._check_ongoing()
        questionnaire = self._existing(
            self.env["crm.profiling.questionnaire"], questionnaire_id
        )
        self.write({"ask_order": ask_order, "questionnaire_id": questionnaire.id})
        return self.get_snapshot()

    def _check_ongoing(self):
        """Refuse to change an interview that is another's, or over.

        Or whose contact is no longer the user's to change: the answers are stored past
        the rules of contacts.
        """
        self.ensure_one()
        if not self.exists():
            raise UserError(
                self.env._(
                    "This interview has been deleted meanwhile. Start it again: the"
                    " answers that were given are kept."
                )
            )
        self.check_access("write")
        self.partner_id.check_access("write")
        if self.state == "done":
            raise UserError(
                self.env._(
                    "The interview of %(contact)s is finished. Open it again to go on"
                    " asking.",
                    contact=self.partner_id.display_name,
                )
            )

    def _question_to_ask(self, question_id):
        """Return a question that can be asked now.

        :raise ValidationError: where it was deleted or archived meanwhile
        """
        known = question_id if isinstance(question_id, int) else ()
        question = self.env["crm.profiling.question"].browse(known).exists()
        if not question:
            raise ValidationError(
                self.env._(
                    "This question has been deleted meanwhile. The answers given so"
                    " far are kept: go on with the next question."
                )
            )
        question.check_access("read")
        if not question.active:
            raise ValidationError(
                self.env._(
                    "The question “%(question)s” has been archived meanwhile and is"
                    " asked no more. Go on with the next question.",
                    question=question.name,
                )
            )
        return question

    def _answers_to(self, question, answer_ids):
        """Return answers that can be given to a question.

        :raise ValidationError: where one was deleted or archived meanwhile
        """
        wanted = set(answer_ids or ())
        possible = question.with_context(active_test=False).answer_ids
        answers = possible.filtered(lambda answer: answer.id in wanted)
        if len(answers) != len(wanted):
            raise ValidationError(
                self.env._(
                    "An answer to “%(question)s” has been deleted meanwhile. Choose"
                    " one of those that are left.",
                    question=question.name,
                )
            )
        given = self.partner_id.profiling_answer_ids
        for answer in answers.filtered(lambda a: not a.active) - given:
            raise ValidationError(
                self.env._(
                    "The answer “%(answer)s” to “%(question)s” has been archived"
                    " meanwhile. Choose another one.",
                    answer=answer.name,
                    question=question.name,
                )
            )
        return answers

    def _set_aside(self, question, **vals):
        if self.requested_question_id == question:
            vals["requested_question_id"] = False
        self.write(vals)

    def _no_longer_refused(self, question):
        """Forget that a question was skipped, or declined in any interview."""
        vals = {}
        if question in self.skipped_question_ids:
            vals["skipped_question_ids"] = [Command.unlink(question.id)]
        if self.requested_question_id == question:
            vals["requested_question_id"] = False
        if vals:
            self.write(vals)
        # colleagues' interviews, too: whoever heard the no, it is taken back
        declining = self.sudo().search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("declined_question_ids", "in", question.ids),
            ]
        )
        if declining:
            declining.declined_question_ids = [Command.unlink(question.id)]

    # ------------------------------------------------------------------
    # End
    # ------------------------------------------------------------------

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
