from odoo import fields, models
from odoo.fields import Command
from odoo.tools import html_sanitize


class CrmProfilingInterview(models.Model):
    """Sums up what was answered, and what it led to."""

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

    def _summed_up(self):
        """Return the values that say what it led to."""
        before, now = self.initial_profile_ids, self.partner_id.profile_ids
        entered, left = now - before, before.filtered("active") - now
        answered, named = self._answered(), self._named(entered | left)
        return {
            "answered_count": len(answered),
            "entered_profile_ids": [Command.set(entered.ids)],
            "left_profile_ids": [Command.set(left.ids)],
            "summary": {
                "answered": answered,
                "declined": self.declined_question_ids.mapped("name"),
                "entered": entered.mapped("name"),
                "left": left.mapped("name"),
                "offers": self._offers(),
                "company_ids": sorted({one.company_id.id for one in named} - {False}),
            },
        }

    def _named(self, changed):
        """Return the questions and profiles that the summary names, as superuser.

        :param changed: profiles that were entered or left
        """
        questions = self.sudo().response_ids.question_id | self.declined_question_ids
        profiles = changed | self.partner_id.profile_ids
        return [*questions.sudo(), *profiles.sudo()]

    def _names_of_one_company(self):
        """Return the names of questions and profiles here that are not everybody's."""
        interview = self.sudo()
        changed = interview.entered_profile_ids | interview.left_profile_ids
        return {one.name for one in interview._named(changed) if one.company_id}

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

    def _told_summary(self):
        """Return what it led to, to whom may know all it names; ``False`` to others.

        The offers are shown as HTML, and may have been written by anybody once.
        """
        summary = self.sudo().summary
        if not isinstance(summary, dict):
            return False
        named = set(summary.get("company_ids") or ())
        if not named <= set(self.env.companies.ids):
            return False
        lists = {
            part: summary[part] if isinstance(summary.get(part), list) else []
            for part in ("answered", "declined", "entered", "left", "offers")
        }
        lists["offers"] = [
            {**one, "offer": html_sanitize(one.get("offer") or "")}
            for one in lists["offers"]
            if isinstance(one, dict)
        ]
        return lists
