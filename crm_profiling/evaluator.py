"""The one rule, in plain Python.

A contact matches a profile when every question the profile mentions has been
answered, with one of the required answers if any are listed and with none of
the excluded ones - and when it matches the profile's parent.

Answers are bits of a Python integer, so a criterion is a few integer tests
whatever the number of answers.  Nothing here knows Odoo: what reads the rules
from the database and what writes the results live in the models.
"""

from collections import defaultdict
from functools import lru_cache, reduce
from operator import or_
from typing import NamedTuple

MATCHED = "matched"
OPEN = "open"
RULED_OUT = "ruled_out"

# Combinations of answers whose profiles an evaluator remembers; some 300 bytes each.
REMEMBERED = 65_536

# Ways to answer of which a table remembers what they leave: bounds its memory where
# questions take several answers, twenty of which make a million ways.
WAYS = 4_096

# Questions share a table while there are no more ways than this to give each of them
# one answer or none: of thirty with five answers three do, which takes half the time
# of a table each. Well below `WAYS`, for some are answered in several ways at once.
TOGETHER = 256

# what a single criterion says of a contact
SATISFIED = "satisfied"
TO_ASK = "open"


class Criterion(NamedTuple):
    """What one profile asks of one question; the masks are sets of answers."""

    question_id: int
    profile_id: int  # the profile that states it: itself or an ancestor
    answers: int  # every answer of the question, archived ones too
    required: int  # 0: any answer will do, provided that none is excluded
    excluded: int

    def verdict(self, known):
        """Return SATISFIED, RULED_OUT or TO_ASK for a mask of known answers."""
        given = known & self.answers
        if not given:
            return TO_ASK
        if given & self.excluded or (self.required and not given & self.required):
            return RULED_OUT
        return SATISFIED


def judge(criteria, known):
    """Return the `Verdict` of criteria, a profile's and its ancestors', on answers.

    A profile that mentions nothing matches nobody.

    :param known: mask of the answers a contact gave
    """
    said = tuple((criterion, criterion.verdict(known)) for criterion in criteria)
    verdicts = {verdict for _criterion, verdict in said}
    if not criteria or RULED_OUT in verdicts:
        state = RULED_OUT
    elif TO_ASK in verdicts:
        state = OPEN
    else:
        state = MATCHED
    return Verdict(state, said)


class Rule(NamedTuple):
    """One profile: its own criteria, and where it hangs in the tree."""

    profile_id: int
    parent_id: int  # 0 for a root
    active: bool
    company_id: int  # 0: for every company
    category_id: int
    criteria: tuple[Criterion, ...]  # its own only


def concerns(own, company_id):
    """Whether what is of a company concerns those of a company: its own, or nobody's.

    :param own: id of the company that a profile or a question is of, 0: of every one
    :param company_id: of the contact, 0 when it is shared by all
    """
    return not own or not company_id or own == company_id


class Verdict(NamedTuple):
    """What is known of one contact and one profile."""

    state: str  # MATCHED, OPEN or RULED_OUT
    criteria: tuple[tuple[Criterion, str], ...]  # ancestors first, with verdicts

    @property
    def missing(self):
        """Questions still to ask, without repetition, ancestors' first."""
        return list(
            dict.fromkeys(c.question_id for c, said in self.criteria if said == TO_ASK)
        )


class Table(dict):
    """What each way to answer some questions leaves: ``{mask of answers: profiles}``.

    Profiles are a mask, too.  Filled on first use, by the one judge of a criterion.

    :param criteria: ``[(criterion, mask of the profiles that state it)]``
    :param everybody: mask of all profiles
    """

    __slots__ = ("_criteria", "_everybody")

    def __init__(self, criteria, everybody):
        super().__init__()
        self._criteria = criteria
        self._everybody = everybody

    def __missing__(self, given):
        left = self._everybody
        for criterion, profiles in self._criteria:
            if criterion.verdict(given) != SATISFIED:
                left &= ~profiles
        if len(self) >= WAYS:
            self.clear()
        self[given] = left
        return left


class Evaluator:
    """Decides which profiles a set of answers matches.

    Built once per change of the catalog and then shared: it is immutable, apart from
    what it remembers.  What a million contacts wait for is a look into a few tables:
    a contact's profiles are those that all its answers leave.

    :param rules: iterable of `Rule`, in any order, parents included
    :param answer_bits: ``{answer_id: mask with one bit set}``
    :param found: mask of the answers that are found: their questions share no table
        with those that are asked, see `left`
    """

    def __init__(self, rules, answer_bits, found=0):
        self.answer_bits = answer_bits
        self._answer_of = {bit: answer_id for answer_id, bit in answer_bits.items()}
        self.rules = {rule.profile_id: rule for rule in rules}
        self._chains = {
            profile_id: self._chain(profile_id) for profile_id in self.rules
        }
        # in order of their ids: reading out a mask, lowest bit first, sorts them
        self._ranked = sorted(
            profile_id
            for profile_id, chain in self._chains.items()
            if chain and self.rules[profile_id].active
        )
        # questions that some active profile mentions, or what it is part of does
        self.mentioned = frozenset(
            criterion.question_id
            for profile_id in self._ranked
            for criterion in self._chains[profile_id]
        )
        # the bit of each of these in masks of profiles
        self.bits = {
            profile_id: 1 << rank for rank, profile_id in enumerate(self._ranked)
        }
        self._everybody = (1 << len(self._ranked)) - 1
        self._tables = [*self._tabulate(found), *self._tabulate(~found)]
        self._tables_by_source = {
            is_found: [one for one in self._tables if bool(one[0] & found) == is_found]
            for is_found in (True, False)
        }
        self._concerned = {}
        # Few questions make few combinations of answers: a million contacts who
        # answered six have given some 40,000. It is bounded for those with many.
        self.matched = lru_cache(REMEMBERED)(self._matched)

    def _chain(self, profile_id):
        """Criteria that count for a profile: its ancestors' first, then its own."""
        chain = []
        while profile_id:
            rule = self.rules[profile_id]
            chain.insert(0, rule.criteria)
            profile_id = rule.parent_id
        return tuple(criterion for criteria in chain for criterion in criteria)

    def _tabulate(self, within):
        """Return ``[(mask of some questions' answers, their `Table`)]``.

        :param within: mask of answers; of the questions that have one of them
        """
        by_question = defaultdict(lambda: defaultdict(int))
        for profile_id, bit in self.bits.items():
            for criterion in self._chains[profile_id]:
                if not criterion.answers & within:
                    continue
                # one of those that want the same stands for all of them
                same = criterion._replace(profile_id=0)
                by_question[criterion.question_id][same] |= bit
        return [
            (
                reduce(or_, (criterion.answers for criterion, _profiles in criteria)),
                Table(criteria, self._everybody),
            )
            for criteria in self._share_tables(by_question)
        ]

    def _share_tables(self, by_question):
        """Yield the criteria of questions that share a table, see `TOGETHER`.

        :param by_question: ``{question_id: {criterion: profiles}}``
        """
        together, ways = [], 1
        for criteria in by_question.values():
            answers = next(iter(criteria)).answers.bit_count() + 1  # or none
            if together and ways * answers > TOGETHER:
                yield tuple(together)
                together, ways = [], 1
            together += criteria.items()
            ways *= answers
        if together:
            yield tuple(together)

    def criteria(self, profile_id):
        """Return the criteria of a profile, inherited ones first."""
        return self._chains[profile_id]

    def mask(self, answer_ids):
        """Return the mask of the given answers; unknown ids count for nothing."""
        known = 0
        for answer_id in answer_ids:
            known |= self.answer_bits.get(answer_id, 0)
        return known

    def answer_ids(self, mask):
        """Return the ids of the answers in a mask, lowest bit first.

        Bits of answers that are gone count for nothing.
        """
        ids = []
        while mask:
            bit = mask & -mask
            if bit in self._answer_of:
                ids.append(self._answer_of[bit])
            mask ^= bit
        return ids

    def judge(self, profile_id, known):
        """Return the `Verdict` on one profile for a mask of known answers."""
        return judge(self._chains[profile_id], known)

    def _matched(self, known, company_id=0):
        """Return the ids of the active profiles matched by a mask of answers, sorted.

        Called as `matched`, which remembers.

        :param company_id: the contact's company, 0 when it is shared by all
        """
        left = self.concerned(company_id)
        for answers, table in self._tables:
            left &= table[known & answers]
            if not left:
                return ()
        return self.profile_ids(left)

    def left(self, known, found):
        """Return the mask of the active profiles that answers of one kind leave.

        What a contact was asked and what is found of it are given by few combinations
        each, and together by many. Matched is who both leave, and who is `concerned`.

        :param known: mask of answers that were asked, or of those that are found
        :param bool found: which of them
        """
        left = self._everybody
        for answers, table in self._tables_by_source[found]:
            left &= table[known & answers]
        return left

    def profile_ids(self, left):
        """Return the ids of the profiles in a mask of `left`, sorted."""
        found = []
        while left:
            bit = left & -left
            found.append(self._ranked[bit.bit_length() - 1])
            left ^= bit
        return tuple(found)

    def concerned(self, company_id):
        """Return the mask of the profiles that may hold a contact of a company."""
        if company_id not in self._concerned:
            self._concerned[company_id] = self._all_concerned(company_id)
        return self._concerned[company_id]

    def _all_concerned(self, company_id):
        return sum(
            bit
            for profile_id, bit in self.bits.items()
            if self.concerns(profile_id, company_id)
        )

    def concerns(self, profile_id, company_id):
        """Whether a profile may hold a contact of that company."""
        return concerns(self.rules[profile_id].company_id, company_id)
