"""The one rule, in plain Python.

A contact matches a profile when every question the profile mentions has been
answered, with one of the required answers if any are listed and with none of
the excluded ones - and when it matches the profile's parent.

Answers are bits of a Python integer, so a criterion is a few integer tests
whatever the number of answers.  Nothing here knows Odoo: what reads the rules
from the database and what writes the results live in the models.
"""

from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

MATCHED = "matched"
OPEN = "open"
RULED_OUT = "ruled_out"

# Combinations of answers whose profiles an evaluator remembers; some 300 bytes each.
REMEMBERED = 65_536

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


class Question(NamedTuple):
    """What must be known of a question to store an answer to it."""

    id: int
    single: bool  # one answer at a time
    of_company: bool  # the commercial entity holds the answer
    company_id: int  # 0: asked in every company


class Catalog(NamedTuple):
    """Questions, answers and profiles, as they stand in the database."""

    version: str  # another after every change
    questions: dict[int, Question]  # by the id of each of their answers
    evaluator: "Evaluator"


class Evaluator:
    """Decides which profiles a set of answers matches.

    Built once per change of the catalog and then shared: it is immutable.

    :param rules: iterable of `Rule`, in any order, parents included
    :param answer_bits: ``{answer_id: mask with one bit set}``
    """

    def __init__(self, rules, answer_bits):
        self.answer_bits = answer_bits
        self._answer_of = {bit: answer_id for answer_id, bit in answer_bits.items()}
        self.rules = {rule.profile_id: rule for rule in rules}
        self._chains = {
            profile_id: self._chain(profile_id) for profile_id in self.rules
        }
        self._walk = self._compile()
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
        """Return the ids of the answers in a mask, lowest first."""
        ids = []
        while mask:
            bit = mask & -mask
            ids.append(self._answer_of[bit])
            mask ^= bit
        return ids

    def judge(self, profile_id, known):
        """Return the `Verdict` on one profile for a mask of known answers."""
        return judge(self._chains[profile_id], known)

    def _compile(self):
        """Return the function that finds the profiles which a mask of answers matches.

        What `judge` says of each of them, but as a Python function with the masks
        written into it: walking down the tree of a hundred profiles in a loop takes
        more than twice as long (7 us against 3), which is what a million contacts who
        answered thirty questions, hardly two of them alike, would wait for.  Below a
        profile that does not match nothing does.

        Nothing but numbers is put into the source.
        """
        parts = defaultdict(list)
        for rule in self.rules.values():
            parts[rule.parent_id].append(rule)
        source = [
            line
            for parent_id, rules in parts.items()
            for line in (
                f"def below_{parent_id}(known, company_id, found):",
                *(line for rule in rules for line in self._lines(rule, parts)),
            )
        ]
        functions = {"below_0": lambda known, company_id, found: None}
        exec("\n".join(source), functions)  # pylint: disable=exec-used
        return functions["below_0"]

    def _lines(self, rule, parts):
        """Return the lines of source that try one profile, and then those below."""
        excluded = 0
        for criterion in rule.criteria:
            excluded |= criterion.excluded
        tests = [f"known & {c.required or c.answers}" for c in rule.criteria]
        tests += [f"not known & {excluded}"] if excluded else []
        yield f" if {' and '.join(tests) or True}:"
        if rule.active and self._chains[rule.profile_id]:
            own = rule.company_id
            concerned = f"if company_id in (0, {own}): " if own else ""
            yield f"  {concerned}found.append({rule.profile_id})"
        yield (
            f"  below_{rule.profile_id}(known, company_id, found)"
            if rule.profile_id in parts
            else "  pass"
        )

    def _matched(self, known, company_id=0):
        """Return the ids of the active profiles matched by a mask of answers, sorted.

        Called as `matched`, which remembers.

        :param company_id: the contact's company, 0 when it is shared by all
        """
        found = []
        self._walk(known, company_id, found)
        return tuple(sorted(found))

    def concerns(self, profile_id, company_id):
        """Whether a profile may hold a contact of that company."""
        own = self.rules[profile_id].company_id
        return not own or not company_id or own == company_id
