"""The nodes of a decision tree, grown from what a `Chooser` would ask."""

from collections import deque
from typing import NamedTuple

from ...outcomes import Branch


class Step(NamedTuple):
    """A question on the way, and the answers that were given to it."""

    question_id: int
    branch: Branch
    answer_ids: tuple


class Node(NamedTuple):
    """Where a way through the questions leads to."""

    path: tuple  # ((question_id, (answer_id, ...)), ...)
    known: int  # mask of the answers on the way
    branch: Branch | None  # that the last of them belongs to
    question_id: int  # asked here, 0 when nothing is left to ask
    live: int  # mask of the profiles that can still be matched here
    open: int  # profiles that are open here
    children: list  # of `Node`, empty while they are folded

    def walk(self):
        """Yield this node and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


class Changed(Exception):
    """A path leads nowhere: questions or profiles have changed since it was drawn."""


class Grower:
    """Grows the tree that interviews walk down.

    :param evaluator: `Evaluator`
    :param chooser: `Chooser` of the same catalog
    :param company_id: for whose contacts
    :param question_ids: questions that may be asked, None for all
    :param found: ids of questions that are known before anybody asks
    """

    def __init__(self, evaluator, chooser, company_id, question_ids=None, found=()):
        self._evaluator, self._chooser = evaluator, chooser
        self._company_id, self._question_ids = company_id, question_ids
        self._found = found

    def steps(self, path):
        """Return the `Step` for each question on a path.

        :param path: ``[(question_id, (answer_id, ...)), ...]``
        :raise Changed: where a question cannot be asked there, or not answered so
        """
        known, steps = 0, []
        for question_id, answer_ids in path:
            now = self._chooser.situation(known, company_id=self._company_id)
            if question_id not in now.topics:
                raise Changed
            given = self._evaluator.mask(answer_ids)
            given &= self._chooser.answers(question_id)
            branch = given and self._chooser.branch(question_id, now.live, given)
            if not branch:
                raise Changed
            steps.append(Step(question_id, branch, answer_ids))
            known |= given
        return steps

    def can_ask(self, question_id, steps):
        """Whether a question can be asked where steps lead to."""
        known = self._known(steps)
        now = self._chooser.situation(known, company_id=self._company_id)
        return question_id in now.topics

    def _known(self, steps):
        return self._evaluator.mask(a for step in steps for a in step.answer_ids)

    def node(self, steps):
        """Return the `Node` that steps lead to, still folded."""
        path = tuple((step.question_id, step.answer_ids) for step in steps)
        branch = steps[-1].branch if steps else None
        return self._node(path, self._known(steps), branch)

    def _node(self, path, known, branch):
        now = self._chooser.situation(known, company_id=self._company_id)
        topics = now.topics
        if self._question_ids is not None:
            may_be = self._question_ids.union(self._found)
            topics = tuple(q for q in topics if q in may_be)
        topics = tuple(q for q in topics if q in self._found) or topics
        return Node(
            path,
            known,
            branch,
            self._chooser.first(now.live, topics),
            now.live,
            now.open.bit_count(),
            [],
        )

    def unfold(self, root, limit):
        """Unfold nodes, nearest ones first, until there are so many.

        What is below the root is unfolded anyway, as far as `limit` goes.
        """
        waiting, count = deque([root]), 1
        while waiting:
            node = waiting.popleft()
            if not node.question_id:
                continue
            branches = self._chooser.branches(node.question_id, node.live)
            if node is not root and count + len(branches) > limit:
                break
            node.children.extend(self._child(node, one) for one in branches[:limit])
            count += len(node.children)
            waiting += node.children

    def _child(self, node, branch):
        step = (node.question_id, tuple(self._evaluator.answer_ids(branch.given)))
        return self._node((*node.path, step), node.known | branch.given, branch)
