"""Which question to ask next, in plain Python.

A profile is settled once the answers match it, or rule it out, or cannot do either any
more.  Asked first is the question after which the fewest profiles are left to settle,
on average over its possible answers, looking one question further ahead; how likely an
answer is was counted from what contacts answered.  A question that no unsettled profile
mentions cannot change anything and is not asked.

What an answer does to all profiles, which this builds on, is in `outcomes`.
"""

from functools import lru_cache
from typing import NamedTuple

from .outcomes import Outcomes, bits

# Questions that are compared by looking one question further ahead.
AHEAD = 8

# Situations whose next question is remembered, some 2 kB each with 100 questions: a
# tree that is unfolded, and interviews, come by the same ones again and again.
REMEMBERED = 2_000


class Choice(NamedTuple):
    """The question to ask next, and why."""

    question_id: int
    decides: int  # open profiles that it takes part in
    open: int  # profiles that are open
    expected: float  # questions until all is settled, this one included


class Situation(NamedTuple):
    """What the answers known so far leave to be settled; masks of profiles."""

    open: int  # neither matched nor ruled out
    live: int  # of those, the ones that can still be matched
    topics: tuple[int, ...]  # questions worth asking, in order


def first_of(ranking):
    """Return what is best in a ranking, of equals the first."""
    best = min(score for score, _question_id in ranking)
    return next(q for score, q in ranking if score <= best + 1e-9)


class Chooser(Outcomes):
    """Chooses questions for one state of the catalog; immutable, as its evaluator is.

    :param evaluator: `Evaluator`
    :param topics: the questions that may be asked, as `Topic`, in their usual order:
        of two questions as good as each other the first is asked
    :param found: ids of questions that are never asked, for their answers are found:
        one that is not known yet keeps nobody from asking the others
    """

    def __init__(self, evaluator, topics, found=frozenset()):
        super().__init__(evaluator, topics)
        self._evaluator = evaluator
        self._found = found
        self.first = lru_cache(REMEMBERED)(self._first)

    # ------------------------------------------------------------------
    # What is left to settle
    # ------------------------------------------------------------------

    def situation(self, known, question_ids=None, declined_ids=(), company_id=0):
        """Return the `Situation` of a contact.

        :param known: mask of the answers that count as known
        :param question_ids: questions that may be asked now, none: all there are;
            what the others might bring is left open
        :param declined_ids: questions that will not be answered: profiles that need
            them cannot be matched, so nothing is asked on their account
        """
        open_, unanswered = self._evaluator.concerned(company_id), []
        pending = blocked = 0
        for question_id in self._order:
            if given := known & self._answers[question_id]:
                open_ &= ~self.ruled_out(question_id, given)
                continue
            pending |= self._mentions[question_id]
            if question_id in declined_ids:
                blocked |= self._mentions[question_id]
            elif question_id not in self._found:
                blocked |= self._impossible[question_id]
                unanswered.append(question_id)
        live = open_ & pending & ~blocked
        return Situation(
            open_ & pending,
            live,
            tuple(
                q
                for q in unanswered
                if self._mentions[q] & live
                and q in self._topics
                and (question_ids is None or q in question_ids)
            ),
        )

    def relevant(self, known, question_ids=None, declined_ids=(), company_id=0):
        """Return the questions whose answers can still change a profile."""
        return frozenset(
            self.situation(known, question_ids, declined_ids, company_id).topics
        )

    # ------------------------------------------------------------------
    # Choose
    # ------------------------------------------------------------------

    def choose(
        self, known, question_ids=None, declined_ids=(), company_id=0, ahead=AHEAD
    ):
        """Return the `Choice` of the next question, None if no question matters.

        :param ahead: how many questions to compare by looking one further ahead
        """
        now = self.situation(known, question_ids, declined_ids, company_id)
        if not (question_id := self.first(now.live, now.topics, ahead)):
            return None
        return Choice(
            question_id,
            (now.live & self._mentions[question_id]).bit_count(),
            now.open.bit_count(),
            self._expected(now.live, self._ranking(now.live, now.topics)),
        )

    def _first(self, live, topics, ahead=AHEAD):
        """Return the question to ask next, 0 if there is none.

        Called as `first`, which remembers.

        :param live: mask of the profiles that can still be matched
        :param topics: the questions worth asking, see `Situation`
        :param ahead: how many questions to compare by looking one further ahead
        """
        ranking = self._ranking(live, topics)
        if not ranking:
            return 0
        return first_of(self._look_ahead(live, topics, ranking, ahead) or ranking)

    def _look_ahead(self, live, topics, ranking, ahead):
        """Return the first of a ranking, ranked by what is left a question later."""
        best = sorted(ranking)[:ahead]
        if len(best) < 2:
            return best
        chosen = {question_id for _score, question_id in best}
        once = self._mentioning_once(live, topics)
        # those that can settle most come first, see `_least_left`
        sized = sorted(
            ((-(self._mentions[q] & live).bit_count(), q) for q in topics),
        )
        return [
            (self._left_later(question_id, live, once, sized), question_id)
            for question_id in topics
            if question_id in chosen
        ]

    def _left_later(self, question_id, live, once, sized):
        """Return how many profiles a question and the best one after it leave.

        That second question counts as one more profile left: it has to be asked.
        """
        live &= ~(once & self._mentions[question_id])
        others = [item for item in sized if item[1] != question_id]
        once = self._mentioning_once(live, [q for _size, q in others])
        return sum(
            share * self._least_left(left, once, others)
            for share, out in self._outcomes[question_id]
            if (left := live & ~out)
        )

    def _least_left(self, live, once, sized):
        """Return how many profiles the best of some questions leaves, it included.

        The least of a `_ranking`, but most questions need not be ranked for it: one
        leaves at least those that do not mention it.

        :param once: mask of the profiles of which one of the questions is left
        :param sized: ``[(minus how many mention it at most, question)]``, sorted
        """
        size = live.bit_count()
        least, can_settle = size, False
        for most, question_id in sized:
            if size + most >= least and can_settle:
                break
            mentioning = self._mentions[question_id] & live
            can_settle = can_settle or bool(mentioning)
            if size - mentioning.bit_count() < least:
                left = self._left(question_id, live & ~(once & mentioning))
                least = min(least, left)
        # profiles may be left that none of the questions at hand decides
        return least + can_settle

    def _mentioning_once(self, live, topics):
        """Return the mask of the profiles of which one question is left."""
        once = twice = 0
        for question_id in topics:
            mentioning = self._mentions[question_id] & live
            twice |= once & mentioning
            once |= mentioning
        return once & ~twice

    def _ranking(self, live, topics):
        """Return ``[(profiles left to settle on average, question)]``."""
        once = self._mentioning_once(live, topics)
        return [
            (self._left(question_id, live & ~(once & mentioning)), question_id)
            for question_id in topics
            if (mentioning := self._mentions[question_id] & live)
        ]

    def _left(self, question_id, live):
        """Return how many profiles an answer leaves to settle on average.

        :param live: without those that the question settles whatever is answered
        """
        left = live.bit_count()
        for likelihood, profiles in self._losses[question_id]:
            left -= likelihood * (live & profiles).bit_count()
        return left

    def _expected(self, live, ranking):
        """Return about how many questions there are still to be asked.

        As if they were asked in the order of the ranking and profiles had nothing to
        do with each other.
        """
        alive = dict.fromkeys(bits(live), 1.0)
        expected = 0.0
        for _score, question_id in sorted(ranking):
            risks = self._risks[question_id]
            settled = 1.0  # how likely all profiles that it is asked for are by then
            for profile in bits(self._mentions[question_id] & live):
                settled *= 1 - alive[profile]
                alive[profile] *= 1 - risks.get(profile, 0)
            expected += 1 - settled
        return expected
