from odoo import api, models
from odoo.tools import is_html_empty

from ...evaluator import MATCHED
from .grounds import Said


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
        return self._explain_all(partner, self._grounds(partner))

    @api.model
    def _result(self, partner):
        """Return what each profile makes of a contact's answers, and which are stale.

        :rtype: dict with ``profiles`` (see `_explain`) and ``stale_answer_ids``
        """
        grounds = self._grounds(partner)
        stale = {id_ for id_, said in grounds.said.items() if said.is_stale}
        return {
            "profiles": self._explain_all(partner, grounds),
            "stale_answer_ids": sorted(
                stale & set(partner.profiling_answer_ids._origin.ids)
            ),
        }

    @api.model
    def _explain_all(self, partner, grounds):
        evaluator = grounds.evaluator
        hidden = self.env["crm.profiling.catalog"]._hidden()
        profiles = [
            profile
            for profile in grounds.profiles.values()
            if profile.is_listed
            and (
                profile.id in grounds.hands
                or (
                    evaluator.criteria(profile.id)
                    and evaluator.concerns(profile.id, partner.company_id.id)
                )
            )
        ]
        return [
            self._explain_profile(
                profile, self._judge(profile.id, grounds.known, hidden), grounds
            )
            for profile in sorted(profiles, key=lambda profile: -profile.depth)
        ]

    @api.model
    def _judge(self, profile_id, known, hidden):
        """Return what a profile makes of some answers, as far as the user may know.

        That a contact is in a profile is seen by all. Of one that it is not in, nothing
        is told that follows from answers which the user may not see.

        :param known: mask of answers
        :param hidden: mask of those, see `_hidden` of the catalog
        :rtype: `Verdict`
        """
        evaluator = self.env["crm.profiling.catalog"]._evaluator()
        verdict = evaluator.judge(profile_id, known)
        if verdict.state == MATCHED or not known & hidden:
            return verdict
        return evaluator.judge(profile_id, known & ~hidden)

    @api.model
    def _explain_profile(self, profile, verdict, grounds):
        """Return one profile's verdict as forms show it.

        :param profile: `Shown`
        :param verdict: `Verdict` of the evaluator
        :param grounds: `Grounds`
        """
        hand = grounds.hands.get(profile.id)
        inside = hand.state == "pinned" if hand else verdict.state == MATCHED
        said, note = hand or (False, "")
        if profile.id in grounds.leaving:
            inside, said = False, "barred"
            note = self.env._("Will be kept out when you save: its tag is off")
        return {
            "id": profile.id,
            "name": profile.name,
            "state": verdict.state,
            "hand": said,
            "hand_note": note,
            "tag": profile.tag,
            "color": profile.color,
            "offer": profile.offer
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
                self._explain_answer(answer_id, grounds)
                for answer_id in grounds.given[criterion.question_id]
            ],
            "found": criterion.question_id in grounds.found,
            "evidence": self._explain_evidence(criterion.question_id, grounds),
            "inherited_from": grounds.profiles[criterion.profile_id].name
            if inherited
            else "",
        }

    @api.model
    def _explain_answer(self, answer_id, grounds):
        """Return an answer as it was given; in a form it may not be saved yet."""
        said = grounds.said.get(answer_id, Said("", "", "", False))
        return {
            "answer": " · ".join(
                filter(None, (grounds.answers[answer_id], said.number))
            ),
            "user": said.user,
            "date": said.date,
            "stale": said.is_stale,
            "comment": said.comment,
        }
