from odoo import api, models


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
        screen = {
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
            "summary": interview._told_summary(),
            "callback": interview._callback_entry(),
            "note": interview.note or "",
        }
        if interview.state == "done":
            screen["after"] = interview._after_entries()
        return screen

    @api.model
    def _profiles(self, partner):
        """Return what each profile makes of a contact's answers, stale ones too.

        As `ResPartner.profiling_result`, whose value Odoo would copy at each reading.
        """
        return self.env["crm.profiling.explainer"]._explain(partner)
