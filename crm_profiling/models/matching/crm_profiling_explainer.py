from collections import defaultdict
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL, is_html_empty

from ...evaluator import MATCHED, Evaluator
from ..answers.crm_profiling_source import Evidence
from .crm_profiling_state import mask_of


class Shown(NamedTuple):
    """What is shown of a profile."""

    id: int
    name: str
    depth: int
    color: int
    tag: str
    offer: str
    is_listed: bool  # in use, and the user's to see


class Hand(NamedTuple):
    """What a person said of a contact and a profile."""

    state: str
    note: str


class Said(NamedTuple):
    """Who noted an answer, and when."""

    user: str
    date: str
    comment: str
    is_stale: bool


class Grounds(NamedTuple):
    """What an explanation stands on: names, answers, people's words."""

    evaluator: Evaluator
    answers: dict[int, str]
    questions: dict[int, str]
    profiles: dict[int, Shown]  # in the order of their list
    archived: set[int]  # ids of questions that are not asked any more
    given: dict[int, list]  # {question_id: ids of answers}, found ones too
    known: int  # mask of all that is known, that the user may not see as well
    found: set[int]  # ids of questions that are not asked: their answers are found
    evidence: dict[int, Evidence]  # {question_id: what its answer was found from}
    said: dict[int, Said]  # {answer_id: said}, of those that are saved
    hands: dict[int, Hand]  # {profile_id: hand}
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
                profile, evaluator.judge(profile.id, grounds.known), grounds
            )
            for profile in sorted(profiles, key=lambda profile: -profile.depth)
        ]

    @api.model
    def _reasons(self, memberships):
        """Say in a line each what decided: the answers to what the profiles ask.

        The number of queries does not grow with them.

        :return: ``{membership: text}``
        """
        evaluator = self.env["crm.profiling.catalog"]._evaluator()
        found = self._found_answers(memberships.partner_id)
        reasons = {}
        for membership in memberships:
            criteria = evaluator.criteria(membership.profile_id.id)
            asked = {criterion.question_id for criterion in criteria}
            answers = membership.partner_id.profiling_answer_ids
            answers |= found.get(membership.partner_id.id, answers.browse())
            given = answers.sorted(
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
    def _grounds(self, partner):
        """Return the `Grounds` to explain a contact's profiles.

        In one query, whatever there is: asking model after model for names would cost
        who only opens a contact more than the contact itself.
        """
        catalog = self.env["crm.profiling.catalog"]._get()
        self._flush_grounds()
        rows = self.env.execute_query(self._grounds_sql(partner))[0]
        answers, questions, profiles, said, hands, found = (part or () for part in rows)
        told = partner.profiling_answer_ids._origin.ids
        found = mask_of(found)
        return Grounds(
            catalog.evaluator,
            dict(answers),
            {id_: name for id_, name, _active in questions},
            {row[0]: Shown(*row) for row in profiles},
            {id_ for id_, _name, active in questions if not active},
            self._given([*told, *self._seen(found)], catalog),
            catalog.evaluator.mask(told) | found,
            {question.id for question in catalog.found},
            self._evidence(partner, catalog),
            {answer_id: Said(*how) for answer_id, *how in said},
            {profile_id: self._hand(*how) for profile_id, *how in hands},
            self._leaving(partner),
        )

    @api.model
    def _given(self, answer_ids, catalog):
        """Return ``{question_id: ids of its answers among these}``."""
        given = defaultdict(list)
        for answer_id in answer_ids:
            given[catalog.questions[answer_id].id].append(answer_id)
        return given

    @api.model
    def _hand(self, state, user_name, date):
        """Return the `Hand` of a row of `_grounds_sql`."""
        words = self.env["crm.profiling.membership"]._hand_words
        return Hand(state, words(state, user_name, fields.Datetime.to_datetime(date)))

    @api.model
    def _grounds_sql(self, partner):
        """Return the query of `_grounds`: a list for each table, as JSON."""
        return SQL(
            """
            SELECT (SELECT json_agg(json_build_array(
                               id, COALESCE(name->>%(lang)s, name->>'en_US')))
                      FROM crm_profiling_answer),
                   (SELECT json_agg(json_build_array(
                               id, COALESCE(name->>%(lang)s, name->>'en_US'), active))
                      FROM crm_profiling_question),
                   (SELECT json_agg(shown.row ORDER BY sequence, name, id)
                      FROM (%(profiles)s) shown),
                   (SELECT json_agg(json_build_array(
                               said.answer_id, COALESCE(person.name, ''),
                               to_char(said.date, 'YYYY-MM-DD HH24:MI:SS'),
                               COALESCE(said.comment, ''), said.is_stale))
                      FROM (%(said)s) said
                 LEFT JOIN res_users users ON users.id = said.user_id
                 LEFT JOIN res_partner person ON person.id = users.partner_id),
                   (SELECT json_agg(json_build_array(
                               membership.profile_id, membership.state, person.name,
                               to_char(membership.date, 'YYYY-MM-DD HH24:MI:SS')))
                      FROM crm_profiling_membership membership
                 LEFT JOIN res_users users ON users.id = membership.user_id
                 LEFT JOIN res_partner person ON person.id = users.partner_id
                     WHERE membership.partner_id = %(partner)s AND %(by_hand)s),
                   (SELECT found FROM crm_profiling_state WHERE id = %(partner)s)
            """,
            lang=self.env.lang or "en_US",
            profiles=self._profiles_sql(),
            said=self._said_sql(partner),
            partner=partner._origin.id or 0,
            by_hand=self.env["crm.profiling.membership"]._hand_sql(),
        )

    @api.model
    def _said_sql(self, partner):
        """Return a select of what `Said` holds, with the answer."""
        Response = self.env["crm.profiling.response"]
        return Response._counting_for_sql(
            partner,
            SQL("response.answer_id"),
            SQL("response.user_id"),
            SQL("response.date"),
            SQL("response.comment"),
            SQL("%s AS is_stale", Response._stale_sql()),
        )

    @api.model
    def _flush_grounds(self):
        """Have in the database what `_grounds_sql` reads there."""
        for model, names in (
            ("crm.profiling.answer", ["name"]),
            ("crm.profiling.question", ["name", "active", "level", "validity_months"]),
            ("crm.profiling.response", None),
            ("crm.profiling.profile", None),
            ("crm.profiling.membership", None),
            ("res.partner.category", ["name", "color"]),
            ("res.partner", ["name"]),
            ("res.users", ["partner_id"]),
        ):
            self.env[model].flush_model(names)

    @api.model
    def _profiles_sql(self):
        """Return a select of what `Shown` holds of each profile, and its order."""
        lang = self.env.lang or "en_US"
        listed = self.env["crm.profiling.profile"]._search(
            [
                ("active", "=", True),
                ("company_id", "in", [False, *self.env.companies.ids]),
            ]
        )
        return SQL(
            """SELECT profile.id, profile.sequence,
                      COALESCE(profile.name->>%(lang)s, profile.name->>'en_US') AS name,
                      json_build_array(
                          profile.id,
                          COALESCE(profile.name->>%(lang)s, profile.name->>'en_US'),
                          array_length(
                              string_to_array(profile.parent_path, '/'), 1),
                          COALESCE(tag.color, 0),
                          COALESCE(tag.name->>%(lang)s, tag.name->>'en_US'),
                          COALESCE(profile.offer->>%(lang)s,
                                   profile.offer->>'en_US', ''),
                          profile.id IN %(listed)s
                      ) AS row
                 FROM crm_profiling_profile profile
            LEFT JOIN res_partner_category tag ON tag.id = profile.category_id""",
            lang=lang,
            listed=listed.subselect(),
        )

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
            "answer": grounds.answers[answer_id],
            "user": said.user,
            "date": said.date,
            "stale": said.is_stale,
            "comment": said.comment,
        }
