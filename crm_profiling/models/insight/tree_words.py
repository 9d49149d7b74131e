"""What the branches of a decision tree are called."""

from ..catalog.wording import quoted


class Labels:
    """Says in words what was answered on a branch.

    :param env: in the language of the reader
    :param evaluator: `Evaluator`
    :param chooser: `Chooser` of the same catalog
    :param names: ``{answer_id: name}``
    """

    def __init__(self, env, evaluator, chooser, names):
        self.env, self._names = env, names
        self._evaluator, self._chooser = evaluator, chooser

    def of(self, question_id, branch):
        """Return in words what was answered to a question on a branch."""
        if branch.answers:
            return self._listed(branch.answers)
        every = self._chooser.answers(question_id)
        parts = [self._condition(condition, every) for condition in branch.conditions]
        return "; ".join(dict.fromkeys(parts))

    def _listed(self, mask):
        answers = (self._names[a] for a in self._evaluator.answer_ids(mask))
        return ", ".join(map(self._quoted, answers))

    def _quoted(self, answer):
        """Return an answer as it stands among others: one with a comma is still one."""
        is_list = "," in answer or ";" in answer
        return quoted(self.env, answer) if is_list else answer

    def _condition(self, condition, every):
        """Return in words one condition on a question with several answers."""
        wanted, refused, holds = condition
        if not refused or wanted == every:
            one_of = self._listed(refused or wanted)
            if holds != bool(refused):
                return self.env._("one of: %s", one_of)
            return self.env._("none of: %s", one_of)
        words = {"wanted": self._listed(wanted), "refused": self._listed(refused)}
        if holds:
            return self.env._("one of: %(wanted)s, none of: %(refused)s", **words)
        return self.env._("none of: %(wanted)s, or one of: %(refused)s", **words)
