from functools import reduce
from operator import or_
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from ...catalog import Stated
from ...evaluator import MATCHED, Criterion, concerns, judge
from .masks import known_word_sql, mask_of, words_of

# Contacts listed at the most when a manager opens what would change.
LISTED = 10_000


class Draft(NamedTuple):
    """A profile as a manager is about to save it."""

    profile_id: int  # 0 for a new one
    active: bool
    company_id: int  # 0: for every company
    criteria: tuple[Criterion, ...]  # inherited ones too

    def takes(self, company_id, known):
        """Whether it would hold a contact of a company with these answers."""
        return (
            self.active
            and concerns(self.company_id, company_id)
            and judge(self.criteria, known).state == MATCHED
        )


class CrmProfilingPreview(models.AbstractModel):
    """Says what saving a profile would change, before it is saved.

    The database only cuts each contact's answers down to those the draft mentions and
    counts what is equal: a handful of combinations even among a million contacts.
    The evaluator judges each of them once.
    """

    _name = "crm.profiling.preview"
    _description = "Profile Preview"

    @api.model
    def _make_draft(
        self, profile_id, parent_id, active, company_id, required_ids, excluded_ids
    ):
        """Return the `Draft` of a profile's values in a form."""
        catalog = self.env["crm.profiling.catalog"]._get()
        evaluator = catalog.evaluator
        inherited = evaluator.criteria(parent_id) if parent_id else ()
        stated = Stated(catalog.questions, evaluator.answer_bits)
        own = stated.criteria(profile_id, required_ids, excluded_ids)
        return Draft(profile_id, active, company_id, (*inherited, *own))

    @api.model
    def _is_hidden(self, draft):
        """Whether it asks for what the user may not see: nor how many say so, or who.

        Who would be in a draft tells who gives an answer, one contact at a time.
        """
        hidden = self.env["crm.profiling.catalog"]._hidden()
        return any(criterion.answers & hidden for criterion in draft.criteria)

    @api.model
    def _preview(self, draft, states=None):
        """Return how many contacts match, and how many would enter and leave.

        Counts neither archived contacts nor those of companies the user is not in.
        Those whom a person pinned or keeps out do neither enter nor leave.

        :param SQL states: what is known of contacts, by default what is kept
        :rtype: dict with ``matching``, ``added`` and ``removed``
        """
        counts = {"matching": 0, "added": 0, "removed": 0}
        for *combination, count in self._combinations(draft, states=states):
            for kind in self._kinds(draft, *combination):
                counts[kind] += count
        return counts

    @api.model
    def _kinds(self, draft, company_id, known, inside, hand):
        """Return what saving would mean for contacts of one combination."""
        if hand:
            return ["matching"] if hand == "pinned" else []
        takes = draft.takes(company_id, known)
        kinds = ["matching"] if takes else []
        if takes != inside:
            kinds.append("added" if takes else "removed")
        return kinds

    @api.model
    def _combinations(self, draft, aggregate="count(*)", states=None):
        """Return the distinct combinations of what the draft looks at.

        :rtype: list of ``(company_id, known, inside, hand, aggregate)``: ``known`` is
            cut down to the answers mentioned, ``inside`` says whether the rule has the
            contacts in the profile now, ``hand`` is what a person said of them, if any
        """
        words = words_of(reduce(or_, (c.answers for c in draft.criteria), 0))
        mentioned = [
            SQL("%s & %s", known_word_sql(rank), word)
            for rank, word in enumerate(words, start=1)
        ]
        rows = self.env.execute_query(
            SQL(
                """SELECT company_id,
                          ARRAY[%(mentioned)s]::bigint[],
                          %(profile)s = ANY(matched),
                          membership.state,
                          %(aggregate)s
                     FROM %(states)s state
                LEFT JOIN crm_profiling_membership membership
                       ON membership.partner_id = state.id
                      AND membership.profile_id = %(profile)s
                      AND %(by_hand)s
                    WHERE NOT archived AND company_id = ANY(%(companies)s)
                    GROUP BY 1, 2, 3, 4""",
                mentioned=SQL(", ").join(mentioned),
                states=states or self._states_sql(draft),
                profile=draft.profile_id,
                companies=[0, *self.env.companies.ids],
                aggregate=SQL(aggregate),
                by_hand=self.env["crm.profiling.membership"]._hand_sql(),
            )
        )
        return [(row[0], mask_of(row[1]), *row[2:]) for row in rows]

    @api.model
    def _contact_ids(self, draft, kind):
        """Return the ids of the contacts who would enter, leave, or match.

        :param kind: ``"added"``, ``"removed"`` or ``"matching"``
        """
        if kind not in ("added", "removed", "matching"):
            raise KeyError(kind)
        found = []
        for *combination, ids in self._combinations(draft, "array_agg(state.id)"):
            if kind in self._kinds(draft, *combination):
                found += ids
        return found[:LISTED]
