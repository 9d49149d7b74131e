from collections import defaultdict
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import is_html_empty

from ...evaluator import MATCHED, Evaluator


class Grounds(NamedTuple):
    """What explaining a contact's profiles needs: names, answers, people's words."""

    evaluator: Evaluator
    answers: dict[int, str]
    questions: dict[int, str]
    profiles: dict[int, str]
    archived: set[int]  # ids of questions that are not asked any more
    given: dict[int, list]  # {question_id: [(answer_id, response or None)]}
    hands: dict[int, models.BaseModel]  # {profile_id: membership}
    leaving: set[int]  # ids of profiles whose tag is off in the form, not saved yet


class CrmProfilingExplainer(models.AbstractModel):
    """Says why a contact matches a profile, does not, or does not yet.

    All of it is read from the evaluator's verdicts.
    """

    _name = "crm.profiling.explainer"
    _description = "Profiling Explainer"

    @api.model
    def _explain(self, partner):
        """Return what each profile makes of a contact's answers, and why.

        Read from the evaluator's verdicts; the number of queries grows neither with
        profiles nor with questions. The narrowest profiles come first: their offers
        are the most to the point.

        :param partner: one contact, saved or not
        :rtype: list of dicts, see `_explain_profile`
        """
        evaluator = self.env["crm.profiling.catalog"]._evaluator()
        answers = partner.profiling_answer_ids._origin
        known = evaluator.mask(answers.ids)
        grounds = self._grounds(partner, answers)
        profiles = (
            self.env["crm.profiling.profile"]
            .search(
                [
                    ("active", "=", True),
                    ("company_id", "in", [False, *self.env.companies.ids]),
                ]
            )
            .filtered(
                lambda profile: (
                    profile.id in grounds.hands
                    or (
                        evaluator.criteria(profile.id)
                        and evaluator.concerns(profile.id, partner.company_id.id)
                    )
                )
            )
        )
        return [
            self._explain_profile(profile, evaluator.judge(profile.id, known), grounds)
            for profile in profiles.sorted(
                lambda profile: -len((profile.parent_path or "").split("/"))
            )
        ]

    @api.model
    def _reasons(self, memberships):
        """Say in a line each what decided: the answers to what the profiles ask.

        The number of queries does not grow with them.

        :return: ``{membership: text}``
        """
        evaluator = self.env["crm.profiling.catalog"]._evaluator()
        reasons = {}
        for membership in memberships:
            criteria = evaluator.criteria(membership.profile_id.id)
            asked = {criterion.question_id for criterion in criteria}
            given = membership.partner_id.profiling_answer_ids.sorted(
                lambda a: (a.question_id.sequence, a.question_id.id, a.sequence, a.id)
            ).grouped("question_id")
            parts = [
                f"{question.name} {', '.join(answers.mapped('name'))}"
                for question, answers in given.items()
                if question.id in asked
            ]
            by_hand = membership._by_a_person() and [membership._hand_note()]
            reasons[membership] = "; ".join([*(by_hand or []), *parts])
        return reasons

    @api.model
    def _grounds(self, partner, answers):
        """Return all that explaining a contact's profiles needs, each read once."""
        catalog = self.env["crm.profiling.catalog"]._get()
        Answer = self.env["crm.profiling.answer"].sudo()
        Question = self.env["crm.profiling.question"].sudo()
        Profile = self.env["crm.profiling.profile"].sudo()
        responses = {r.answer_id.id: r for r in self._responses(partner)}
        given = defaultdict(list)
        for answer in answers:
            given[catalog.questions[answer.id].id].append(
                (answer.id, responses.get(answer.id))
            )
        hands = partner.profiling_membership_ids._by_a_person()
        questions = Question.browse({q.id for q in catalog.questions.values()})
        return Grounds(
            catalog.evaluator,
            {a.id: a.name for a in Answer.browse(catalog.questions)},
            {q.id: q.name for q in questions},
            {p.id: p.name for p in Profile.browse(catalog.evaluator.rules)},
            {q.id for q in questions if not q.active},
            given,
            {hand.profile_id.id: hand for hand in hands},
            self._leaving(partner),
        )

    @api.model
    def _responses(self, partner):
        """Return what a contact and its company answered, as it is saved."""
        return self.env["crm.profiling.response"]._counting(partner)

    @api.model
    def _stale_answer_ids(self, partner):
        """Return the ids of the answers of a contact that are out of date."""
        stale = self._responses(partner).filtered(lambda r: r._is_stale()).answer_id
        return sorted(set(stale.ids) & set(partner.profiling_answer_ids._origin.ids))

    @api.model
    def _leaving(self, partner):
        """Return the profiles that saving the form will keep the contact out of.

        Taking off a tag that they gave says so: the form shows it before it is saved.
        """
        taken_off = partner._origin.category_id - partner.category_id._origin
        if not taken_off:
            return set()
        return set(partner._origin._profiling_giving(taken_off.ids).profile_id.ids)

    @api.model
    def _explain_profile(self, profile, verdict, grounds):
        """Return one profile's verdict as forms show it.

        :param verdict: `Verdict` of the evaluator
        :param grounds: `Grounds`
        """
        hand = grounds.hands.get(profile.id)
        inside = hand.state == "pinned" if hand else verdict.state == MATCHED
        said, note = (hand.state, hand._hand_note()) if hand else (False, "")
        if profile.id in grounds.leaving:
            inside, said = False, "barred"
            note = self.env._("Will be kept out when you save: its tag is off")
        category = profile.sudo().category_id
        return {
            "id": profile.id,
            "name": profile.name,
            "state": verdict.state,
            "hand": said,
            "hand_note": note,
            "tag": category.name,
            "color": category.color,
            "offer": str(profile.offer)
            if inside and not is_html_empty(profile.offer)
            else "",
            "criteria": [
                self._explain_criterion(profile, criterion, said, grounds)
                for criterion, said in verdict.criteria
            ],
        }

    @api.model
    def _explain_criterion(self, profile, criterion, said, grounds):
        """Return what a criterion wants, what was answered, by whom and when."""

        def names(mask):
            return [grounds.answers[a] for a in grounds.evaluator.answer_ids(mask)]

        inherited = criterion.profile_id != profile.id
        return {
            "question_id": criterion.question_id,
            "question": grounds.questions[criterion.question_id],
            "archived": criterion.question_id in grounds.archived,
            "verdict": said,
            "required": names(criterion.required),
            "excluded": names(criterion.excluded),
            "given": [
                {
                    "answer": grounds.answers[answer_id],
                    "user": response.user_id.name or "" if response else "",
                    "date": fields.Datetime.to_string(response.date)
                    if response
                    else "",
                    "stale": bool(response) and response._is_stale(),
                    "comment": response.comment or "" if response else "",
                }
                for answer_id, response in grounds.given[criterion.question_id]
            ],
            "inherited_from": grounds.profiles[criterion.profile_id]
            if inherited
            else "",
        }
