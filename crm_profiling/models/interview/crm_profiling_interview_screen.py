from odoo import api, fields, models

from ...chooser import Choice
from ...evaluator import OPEN

# Orders in which a question keeps its place, whatever has been answered.
FIXED = ("questionnaire", "form")


class CrmProfilingInterviewScreen(models.AbstractModel):
    """Arranges all that the interview's screen shows.

    It is sent anew after each answer, so the number of queries grows neither with
    profiles nor with questions.
    """

    _name = "crm.profiling.interview.screen"
    _description = "Screen of an Interview"

    @api.model
    def _build(self, interview):
        """Return how an interview stands, as a dict that JSON can hold."""
        standing = self._standing(interview)
        profiles = self._profiles(interview.partner_id)
        questions = self._question_entries(standing)
        questions += self._found_entries(interview.partner_id, standing)
        choice = self._choice(interview, standing)
        queue = interview.queue_line_id.queue_id
        return {
            "id": interview.id,
            "state": interview.state,
            "basis": self._basis(interview, standing),
            "ask_order": interview.ask_order,
            "questionnaires": self._questionnaire_entries(),
            "questionnaire_id": interview.questionnaire_id.id,
            "partner": self._partner_entry(interview.partner_id),
            "lead": self._lead_entry(interview),
            "questions": questions,
            "next": self._next_entry(interview, standing, choice),
            "profiles": profiles,
            "progress": self._progress_entry(standing, choice, profiles),
            "queue": queue._progress_entry() if queue else False,
            "call": interview._call_entry(),
            "others": self._other_entries(interview, standing),
            "activity_types": self._activity_type_entries(interview),
            "summary": self._summary_entry(interview),
            "callback": interview._callback_entry(),
            "note": interview.note or "",
        }

    @api.model
    def _profiles(self, partner):
        """Return what each profile makes of a contact's answers, stale ones too.

        As `ResPartner.profiling_result`, whose value Odoo would copy at each reading.
        """
        return self.env["crm.profiling.explainer"]._explain(partner)

    # ------------------------------------------------------------------
    # Questions
    # ------------------------------------------------------------------

    @api.model
    def _question_entries(self, standing):
        return [
            {
                **question._catalog_entry(),
                "given": [
                    self._given_entry(response)
                    for response in standing.given.get(question.id, ())
                ],
                "status": standing.status(question.id),
                "is_own": bool(question.company_id),
            }
            for question in standing.questions
        ]

    @api.model
    def _found_entries(self, partner, standing):
        """Return the questions that are not asked, with what is known of them."""
        catalog = self.env["crm.profiling.catalog"]._get()
        if not catalog.found:
            return []
        visible = self.env["crm.profiling.catalog"]._visible_answers()
        evidence = self.env["crm.profiling.explainer"]._evidence(partner, catalog)
        questions = self.env["crm.profiling.question"].browse(
            {catalog.questions[answer_id].id for answer_id in visible}
            & {question.id for question in catalog.found}
        )
        known = visible & set(catalog.evaluator.answer_ids(standing.known))
        entries = []
        for question in questions.sorted(lambda one: (one.sequence, one.id)):
            given = [id_ for id_ in question.answer_ids.ids if id_ in known]
            entries.append(
                {
                    **question._catalog_entry(),
                    "given": [{"answer_id": id_, "stale": False} for id_ in given],
                    "status": "found" if given else "not_found",
                    "evidence": evidence[question.id].text
                    if question.id in evidence
                    else "",
                }
            )
        return entries

    @api.model
    def _given_entry(self, response):
        return {
            "answer_id": response.answer_id.id,
            "user": response.user_id.name or "",
            "date": fields.Datetime.to_string(response.date),
            "source": response.source,
            "comment": response.comment or "",
            "number": response.number or "",
            "stale": response._is_stale(),
            "by_me": response.user_id == self.env.user,
        }

    # ------------------------------------------------------------------
    # What comes next
    # ------------------------------------------------------------------

    @api.model
    def _choice(self, interview, standing):
        """Return the chooser's `Choice` of what to ask next, or None."""
        askable = [
            question.id
            for question in standing.questions
            if question.active
            and standing.status(question.id) in ("to_ask", "stale")
            and question.id in standing.relevant
        ]
        # in a fixed order the chooser says what the first of them is good for
        Chooser = self.env["crm.profiling.chooser"]
        what = (
            standing.known,
            askable[:1] if interview.ask_order in FIXED else askable,
            standing.company_id,
        )
        choice = Chooser._choose(*what, standing.declined) or Chooser._choose(*what)
        if interview.ask_order == "form" and askable:
            choice = choice or Choice(askable[0], 0, 0, 0)
            return choice._replace(expected=len(askable))
        return choice

    @api.model
    def _next_entry(self, interview, standing, choice):
        """Return the question to ask now: the one asked for, else the chosen one."""
        if interview.state == "done":
            return False
        requested = standing.questions.filtered(
            lambda question: question.id == standing.requested_id
        )
        if requested.active:
            return {
                "question_id": requested.id,
                "reason": self.env._("Asked because you chose it."),
                "decides": 0,
                "open": choice.open if choice else 0,
            }
        if not choice:
            return False
        return {
            "question_id": choice.question_id,
            "reason": choice.decides
            and self.env._(
                "It helps to decide %(decides)s of %(open)s open profiles.",
                decides=choice.decides,
                open=choice.open,
            )
            or "",
            "decides": choice.decides,
            "open": choice.open,
        }

    @api.model
    def _progress_entry(self, standing, choice, profiles):
        """Return how far the interview has come.

        Profiles may stay open when nothing is left to ask: for what was skipped or
        declined, or is not in the questionnaire.
        """
        Explainer = self.env["crm.profiling.explainer"]
        hidden = self.env["crm.profiling.catalog"]._hidden()
        open_profiles = sum(
            not profile["hand"]
            and Explainer._judge(profile["id"], standing.known, hidden).state == OPEN
            for profile in profiles
        )
        counts = self._counts(standing.statuses(), choice)
        return {**counts, "open_profiles": open_profiles}

    @api.model
    def _counts(self, statuses, choice):
        """Return how many questions were answered, and are to be asked."""
        answered = sum(one == "answered" for one in statuses.values())
        left = sum(one in ("to_ask", "stale") for one in statuses.values())
        return {
            "answered": answered,
            "asked_total": answered + left,
            "expected_left": choice.expected if choice else 0,
        }
