"""What the answers to a question do to all profiles at once, in plain Python.

Profiles are bits of an integer, as answers are: those of the evaluator, whose criteria
and verdicts this builds on. So what an answer does to all profiles is one ``&``.
"""

from collections import defaultdict
from itertools import combinations
from math import prod
from typing import NamedTuple

from .evaluator import RULED_OUT, SATISFIED

# Of a question with several answers all combinations are weighed while its profiles
# tell no more than so many kinds of answers apart, then pairs at the most, and each
# answer by itself where there were more than some two hundred pairs.
KINDS = 6
PAIRED = 20

# Answers that every question is taken to have got already, evenly spread: a few
# contacts do not make an answer unlikely.
PRIOR = 20


class Topic(NamedTuple):
    """A question that may be asked, and what is likely to be answered."""

    question_id: int
    single: bool  # one answer at a time
    shares: dict[int, float]  # {mask of one answer: how likely it is given}


class Condition(NamedTuple):
    """Something that the answers to a question are, or are not."""

    wanted: int  # one of these ...
    refused: int  # ... and none of those
    holds: bool

    def met(self, known):
        """Whether a mask of answers is as the condition wants it."""
        return bool(known & self.wanted and not known & self.refused) == self.holds


class Branch(NamedTuple):
    """Answers to a question that all lead to the same."""

    given: int  # mask of one way to answer so
    answers: int  # mask of all answers meant, archived ones apart; 0: of several
    conditions: tuple[Condition, ...]  # all of them are met by whoever answered so

    def met(self, known):
        """Whether somebody who answered the question with these belongs here."""
        return all(condition.met(known) for condition in self.conditions)


def shares(counts, contacts, single):
    """Return how likely each answer of a question is, evenly while little is known.

    :param counts: how many contacts gave each of the answers
    :param contacts: how many contacts answered the question
    :param single: otherwise people are taken to give one or two answers
    """
    if not counts:
        return []
    even = 1 / len(counts) if single else min(0.5, 1.5 / len(counts))
    asked = sum(counts) if single else max(contacts, *counts)
    return [(count + PRIOR * even) / (asked + PRIOR) for count in counts]


def bits(mask):
    """Yield the bits of a mask, lowest first."""
    while mask:
        bit = mask & -mask
        yield bit
        mask ^= bit


class Outcomes:
    """What may be answered to each question, how likely, and what comes of it.

    Immutable, as the evaluator of a state of the catalog is.

    :param evaluator: `Evaluator`
    :param topics: the questions that may be asked, as `Topic`, in their usual order
    """

    def __init__(self, evaluator, topics):
        self._topics = {topic.question_id: topic for topic in topics}
        self._answers = {}  # {question_id: mask of all its answers}
        self._mentions = defaultdict(int)
        groups = defaultdict(lambda: defaultdict(int))
        for profile_id, bit in evaluator.bits.items():
            for criterion in evaluator.criteria(profile_id):
                # one of those that want the same stands for all of them
                same = criterion._replace(profile_id=0)
                groups[criterion.question_id][same] |= bit
                self._mentions[criterion.question_id] |= bit
                self._answers[criterion.question_id] = criterion.answers
        self._groups = {q: tuple(group.items()) for q, group in groups.items()}
        self._order = [q for q in self._topics if q in self._groups]
        self._order += [q for q in self._groups if q not in self._topics]
        self._impossible = {q: self._find_impossible(q) for q in self._groups}
        self._outcomes = {
            q: tuple(self._find_outcomes(q)) for q in self._order if q in self._topics
        }
        self._risks = {
            q: self._find_risks(found) for q, found in self._outcomes.items()
        }
        self._losses = {q: self._find_losses(q) for q in self._outcomes}

    def ruled_out(self, question_id, given):
        """Return the mask of the profiles that an answer to a question rules out."""
        out = 0
        for criterion, profiles in self._groups.get(question_id, ()):
            if criterion.verdict(given) == RULED_OUT:
                out |= profiles
        return out

    def _find_impossible(self, question_id):
        """Return the mask of the profiles that no answer to a question satisfies."""
        topic = self._topics.get(question_id)
        if not topic:
            return self._mentions[question_id]
        wanted = defaultdict(list)
        for criterion, profiles in self._groups[question_id]:
            for profile in bits(profiles):
                wanted[profile].append(criterion)
        return sum(
            profile
            for profile, criteria in wanted.items()
            if not any(
                all(c.verdict(given) == SATISFIED for c in criteria)
                for given in self._best_answers(topic, criteria)
            )
        )

    def _best_answers(self, topic, criteria):
        """Return answers of which one satisfies all criteria if any does."""
        if topic.single:
            return list(topic.shares)
        excluded = 0
        for criterion in criteria:
            excluded |= criterion.excluded
        return [sum(topic.shares) & ~excluded]

    def _find_outcomes(self, question_id):
        """Return ``(likelihood, profiles ruled out)`` for all that may be answered."""
        likely = defaultdict(float)
        for share, given in self._ways_to_answer(self._topics[question_id]):
            likely[self.ruled_out(question_id, given)] += share
        total = sum(likely.values())
        return [(share / total, out) for out, share in likely.items()]

    def _find_risks(self, outcomes):
        """Return ``{profile: how likely an answer rules it out}``."""
        risks = defaultdict(float)
        for share, out in outcomes:
            for profile in bits(out):
                risks[profile] += share
        return dict(risks)

    def _find_losses(self, question_id):
        """Return ``(likelihood, profiles)``: what an answer rules out on average.

        The outcomes themselves, or profiles by how likely they are ruled out,
        whichever is shorter: several answers have many outcomes.
        """
        alike = defaultdict(int)
        for profile, risk in self._risks[question_id].items():
            alike[risk] |= profile
        outcomes = [(share, out) for share, out in self._outcomes[question_id] if out]
        return tuple(min(outcomes, list(alike.items()), key=len))

    def _ways_to_answer(self, topic):
        """Yield ``(weight, mask of answers)``."""
        if topic.single:
            for answer, share in topic.shares.items():
                yield share, answer
            return
        kinds = self._kinds(topic)
        most = len(kinds) if len(kinds) <= KINDS else 2 if len(kinds) <= PAIRED else 1
        for size in range(1, most + 1):
            for some in combinations(kinds, size):
                given = [answer for _share, answer in some]
                weight = prod(
                    share if answer in given else 1 - share for share, answer in kinds
                )
                yield weight, sum(given)

    def _kinds(self, topic):
        """Return ``(likelihood, an answer)`` for answers that mean different things.

        Answers that all profiles treat alike are one: the likelihood is that of any
        of them to be given.
        """
        alike = defaultdict(list)
        for answer in topic.shares:
            meaning = tuple(
                (answer & criterion.required > 0, answer & criterion.excluded > 0)
                for criterion, _profiles in self._groups[topic.question_id]
            )
            alike[meaning].append(answer)
        return [
            (1 - prod(1 - topic.shares[a] for a in answers), answers[0])
            for answers in alike.values()
        ]

    def answers(self, question_id):
        """Return the mask of all answers to a question, archived ones too."""
        return self._answers[question_id]

    def branches(self, question_id, live):
        """Return the `Branch` for each thing that an answer can do to some profiles.

        :param live: mask of the profiles, see `Situation`
        """
        if self._topics[question_id].single:
            return self._branches_of_one(question_id, live)
        return self._branches_of_several(question_id, live)

    def branch(self, question_id, live, given):
        """Return the `Branch` that an answer belongs to, None if there is none."""
        for branch in self.branches(question_id, live):
            if branch.met(given):
                return branch
        return None

    def _branches_of_one(self, question_id, live):
        alike = defaultdict(list)
        active = self._topics[question_id].shares
        archived = bits(self._answers[question_id] & ~sum(active))
        for answer in (*active, *archived):
            alike[self.ruled_out(question_id, answer) & live].append(answer)
        return [
            Branch(
                answers[0],
                sum(answer for answer in answers if answer in active),
                (Condition(sum(answers), 0, True),),
            )
            for answers in alike.values()
            if answers[0] in active
        ]

    def _branches_of_several(self, question_id, live):
        criteria = [c for c, profiles in self._groups[question_id] if profiles & live]
        ways = {}
        for _share, given in self._ways_to_answer(self._topics[question_id]):
            conditions = tuple(
                Condition(
                    criterion.required or criterion.answers,
                    criterion.excluded,
                    criterion.verdict(given) == SATISFIED,
                )
                for criterion in criteria
            )
            ways.setdefault(conditions, given)
        return [Branch(given, 0, conditions) for conditions, given in ways.items()]
