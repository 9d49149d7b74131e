from odoo import api, models
from odoo.exceptions import UserError

from .tree_nodes import Changed, Grower

# Branches drawn at once at the most, whatever a client asks for: each takes the
# chooser a millisecond with 300 profiles and 100 questions.
MOST = 400


class CrmProfilingTree(models.AbstractModel):
    """Draws what the profiles ask, and where the answers lead, as a tree.

    Every question is the one that an interview asks there; what is found comes before
    all that is asked.  Answers that leave the same to be settled share a branch.  It
    may be large, growing with each question: so it is made part by part, the rest when
    somebody unfolds it.

    It is drawn for the user's current company.
    """

    _name = "crm.profiling.tree"
    _description = "Decision Tree"

    @api.model
    @api.readonly
    def get_tree(self, questionnaire_id=False, path=(), limit=40):
        """Return a node of the tree and what is below, as the client draws it.

        The number of queries does not grow with the tree.

        :param questionnaire_id: ask its questions alone
        :param path: the way to the node, as ``path`` of a node returned before
        :param int limit: how many nodes to return, nearest ones first
        :rtype: dict, see `_render`
        :raise UserError: for a path that is none, or leads nowhere any more
        """
        self.env["crm.profiling.profile"].check_access("read")
        limit = max(1, min(self._checked(limit), MOST))
        grower = self._grower(self._question_ids(questionnaire_id))
        steps = self._steps(grower, path)
        root = grower.node(steps)
        grower.unfold(root, limit)
        return self._render(root, self._count(root, steps), self._names(root))

    @api.model
    def get_header(self):
        """Return what the screen needs beside the tree: the questionnaires."""
        self.env["crm.profiling.profile"].check_access("read")
        questionnaires = self.env["crm.profiling.questionnaire"].search(
            [("company_id", "in", [False, self.env.company.id])]
        )
        return {
            "questionnaires": [{"id": q.id, "name": q.name} for q in questionnaires],
            "manager": self.env["crm.profiling.profile"].has_access("write"),
            "profiles": self.env["crm.profiling.profile"].search_count([]),
        }

    @api.model
    def _checked(self, number):
        """Return a number that a client sent.

        :raise UserError: where it is none
        """
        if isinstance(number, bool) or not isinstance(number, int):
            raise UserError(
                self.env._(
                    "The decision tree is drawn by numbers: “%s” is none.",
                    str(number)[:40],
                )
            )
        return number

    @api.model
    def _question_ids(self, questionnaire_id):
        """Return what may be asked, None for everything.

        :raise UserError: where the questionnaire is gone
        """
        if not questionnaire_id:
            return None
        questionnaire = self.env["crm.profiling.guarded"]._the(
            "crm.profiling.questionnaire", self._checked(questionnaire_id)
        )
        return frozenset(questionnaire.question_ids.ids)

    @api.model
    def _grower(self, question_ids=None):
        return Grower(
            self.env["crm.profiling.catalog"]._evaluator(),
            self._chooser(),
            self.env.company.id,
            question_ids,
            {q.id for q in self.env["crm.profiling.catalog"]._get().found},
        )

    @api.model
    def _chooser(self):
        """Return the `Chooser` of all that decides, asked or found."""
        version = self.env["crm.profiling.catalog"]._version()
        return self.env["crm.profiling.chooser"]._load_whole(version)

    @api.model
    def _steps(self, grower, path):
        """Return the steps along a path, see `Grower.steps`.

        :raise UserError: where it is none, or leads nowhere any more
        """
        match path:
            case list() | tuple() if all(map(self._is_step, path)):
                try:
                    return grower.steps([(q, tuple(ids)) for q, ids in path])
                except Changed:
                    self._raise_changed()
        raise UserError(
            self.env._("This is no branch of the decision tree. Draw it again.")
        )

    @api.model
    def _is_step(self, step):
        match step:
            case [int(), [*answer_ids]]:
                return all(isinstance(answer_id, int) for answer_id in answer_ids)
        return False

    @api.model
    def _raise_changed(self):
        raise UserError(
            self.env._(
                "Questions or profiles have changed since this tree was drawn."
                " Draw it again."
            )
        )
