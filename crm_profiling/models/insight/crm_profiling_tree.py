from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import UserError

from ...chooser import Branch

# Branches drawn at once at the most, whatever a client asks for.
MOST = 400


class Node(NamedTuple):
    """Where a way through the questions leads to."""

    path: tuple  # ((question_id, (answer_id, ...)), ...)
    known: int  # mask of the answers on the way
    branch: Branch | None  # that the last of them belongs to
    question_id: int  # asked here, 0 when nothing is left to ask
    open: int  # profiles that are open here
    children: list  # of `Node`, empty while they are folded


class CrmProfilingTree(models.AbstractModel):
    """Draws what the profiles ask, and where the answers lead, as a tree.

    Every question is the one that an interview asks there.  Answers that leave the
    same to be settled share a branch.  It may be large, growing with each question:
    so it is made part by part, the rest when somebody unfolds it.

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
        :param limit: how many nodes to return, nearest ones first
        :rtype: dict, see `_render`
        """
        self.env["crm.profiling.profile"].check_access("read")
        question_ids = self._question_ids(questionnaire_id)
        root = self._node(path, question_ids)
        self._unfold(root, question_ids, min(limit, MOST))
        return self._render(root, self._count(root), self._names())

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
    def get_contacts_action(self, path=(), waiting=False):
        """Return the action that opens the contacts of a branch.

        :param waiting: only those who have not been asked the question there
        """
        self.env["crm.profiling.profile"].check_access("read")
        names, steps = self._names(), self._steps(path)
        title = " › ".join(
            self._label(question_id, branch, names)
            for question_id, branch, _live in steps
        )
        return {
            "type": "ir.actions.act_window",
            "name": title or self.env._("Contacts with answers"),
            "res_model": "res.partner",
            "views": [[False, "list"], [False, "kanban"], [False, "form"]],
            "domain": list(self._domain(steps, waiting)),
        }

    # ------------------------------------------------------------------
    # Structure
    # ------------------------------------------------------------------

    @api.model
    def _question_ids(self, questionnaire_id):
        """Return what may be asked, None for everything."""
        if not questionnaire_id:
            return None
        questionnaire = self.env["crm.profiling.questionnaire"].browse(questionnaire_id)
        return frozenset(questionnaire.question_ids.ids)

    @api.model
    def _node(self, path, question_ids, branch=None):
        """Return the `Node` that a path leads to, still folded."""
        chooser = self.env["crm.profiling.chooser"]._chooser()
        evaluator = self.env["crm.profiling.catalog"]._evaluator()
        path = tuple((q, tuple(answer_ids)) for q, answer_ids in path)
        known = evaluator.mask(a for _q, answer_ids in path for a in answer_ids)
        company_id = self.env.company.id
        choice = chooser.choose(known, question_ids, company_id=company_id)
        now = chooser.situation(known, company_id=company_id)
        return Node(
            path,
            known,
            branch,
            choice.question_id if choice else 0,
            now.open.bit_count(),
            [],
        )

    @api.model
    def _unfold(self, root, question_ids, limit):
        """Unfold nodes, nearest ones first, until there are so many."""
        chooser = self.env["crm.profiling.chooser"]._chooser()
        evaluator = self.env["crm.profiling.catalog"]._evaluator()
        waiting, count = [root], 1
        while waiting:
            node = waiting.pop(0)
            if not node.question_id:
                continue
            live = chooser.situation(node.known, company_id=self.env.company.id).live
            branches = chooser.branches(node.question_id, live)
            if node is not root and count + len(branches) > limit:
                break
            for branch in branches:
                step = (node.question_id, tuple(evaluator.answer_ids(branch.given)))
                child = self._node((*node.path, step), question_ids, branch)
                node.children.append(child)
            count += len(branches)
            waiting += node.children

    @api.model
    def _steps(self, path):
        """Return ``[(question_id, branch, live)]`` along a path.

        :raise UserError: when questions or profiles have changed since it was drawn
        """
        chooser = self.env["crm.profiling.chooser"]._chooser()
        evaluator = self.env["crm.profiling.catalog"]._evaluator()
        known, steps = 0, []
        for question_id, answer_ids in path:
            now = chooser.situation(known, company_id=self.env.company.id)
            given = evaluator.mask(answer_ids)
            if question_id not in now.topics or not (
                branch := chooser.branch(question_id, now.live, given)
            ):
                raise UserError(
                    self.env._(
                        "Questions or profiles have changed since this tree was drawn."
                        " Draw it again."
                    )
                )
            steps.append((question_id, branch, now.live))
            known |= given
        return steps

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    @api.model
    def _names(self):
        """Return the names of everything, in one query a model."""
        catalog = self.env["crm.profiling.catalog"]._get()
        evaluator = catalog.evaluator
        questions = {question.id for question in catalog.questions.values()}
        Profile = self.env["crm.profiling.profile"].sudo()
        profiles = Profile.browse(evaluator.rules)
        return {
            "questions": self._names_of("question", questions),
            "answers": self._names_of("answer", catalog.questions),
            "profiles": {
                profile.id: {
                    "id": profile.id,
                    "name": profile.name,
                    "tag": profile.category_id.name,
                    "color": profile.category_id.color,
                    "depth": (profile.parent_path or "").count("/"),
                }
                for profile in profiles
            },
        }

    @api.model
    def _names_of(self, kind, ids):
        records = self.env[f"crm.profiling.{kind}"].sudo().browse(ids)
        return {record.id: record.name for record in records}

    @api.model
    def _render(self, node, counts, names):
        """Return a node as the client draws it.

        ``folded`` says that there is something below which has not been drawn.
        """
        contacts, not_asked = counts[node.path]
        question_id = node.question_id
        return {
            "path": node.path,
            "label": self._label(node.path[-1][0], node.branch, names)
            if node.branch
            else "",
            "question": {"id": question_id, "name": names["questions"][question_id]}
            if question_id
            else False,
            "profiles": self._matched(node, names),
            "open": node.open,
            "contacts": contacts,
            "not_asked": not_asked,
            "folded": bool(question_id and not node.children),
            "children": [self._render(n, counts, names) for n in node.children],
        }

    @api.model
    def _matched(self, node, names):
        """Return the profiles matched there, narrowest first.

        What they are part of is matched as well, and not repeated at every branch.
        """
        evaluator = self.env["crm.profiling.catalog"]._evaluator()
        matched = evaluator.matched(node.known, self.env.company.id)
        wider = {evaluator.rules[profile_id].parent_id for profile_id in matched}
        return sorted(
            (names["profiles"][id_] for id_ in matched if id_ not in wider),
            key=lambda profile: -profile["depth"],
        )

    @api.model
    def _label(self, question_id, branch, names):
        """Return in words what was answered on a branch."""
        evaluator = self.env["crm.profiling.catalog"]._evaluator()

        def listed(mask):
            answers = [names["answers"][a] for a in evaluator.answer_ids(mask)]
            return ", ".join(map(self._quoted, answers))

        if branch.answers:
            return listed(branch.answers)
        chooser = self.env["crm.profiling.chooser"]._chooser()
        every = chooser.answers(question_id)
        parts = [
            self._condition_text(condition, every, listed)
            for condition in branch.conditions
        ]
        return "; ".join(dict.fromkeys(parts))

    @api.model
    def _quoted(self, answer):
        """Return an answer as it stands among others: one with a comma is still one."""
        if "," in answer or ";" in answer:
            return f"“{answer}”"
        return answer

    @api.model
    def _condition_text(self, condition, every, listed):
        """Return in words one condition on a question with several answers."""
        wanted, refused, holds = condition
        if not refused:
            if holds:
                return self.env._("one of: %s", listed(wanted))
            return self.env._("none of: %s", listed(wanted))
        if wanted == every:
            if holds:
                return self.env._("none of: %s", listed(refused))
            return self.env._("one of: %s", listed(refused))
        words = {"wanted": listed(wanted), "refused": listed(refused)}
        if holds:
            return self.env._("one of: %(wanted)s, none of: %(refused)s", **words)
        return self.env._("none of: %(wanted)s, or one of: %(refused)s", **words)
