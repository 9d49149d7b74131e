from odoo import api, models

from .tree_words import Labels


class CrmProfilingTree(models.AbstractModel):
    """What is drawn of a tree: its branches, and names for what stands there."""

    _inherit = "crm.profiling.tree"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _names(self, root):
        """Return the names of all that is drawn, in one query a model."""
        catalog = self.env["crm.profiling.catalog"]._get()
        evaluator = catalog.evaluator
        nodes, company_id = list(root.walk()), self.env.company.id
        matched = {n.path: evaluator.matched(n.known, company_id) for n in nodes}
        questions = {node.question_id for node in nodes} - {0}
        asked = questions | {question_id for question_id, _answer_ids in root.path}
        answers = [a for a, q in catalog.questions.items() if q.id in asked]
        chooser = self._chooser()
        names = self._names_of("answer", answers)
        return {
            "questions": self._names_of("question", questions),
            "labels": Labels(self.env, evaluator, chooser, names),
            "profiles": self._profile_entries(set().union(*matched.values())),
            "matched": matched,
        }

    @api.model
    def _names_of(self, kind, ids):
        records = self.env[f"crm.profiling.{kind}"].sudo().browse(ids)
        return {record.id: record.name for record in records}

    @api.model
    def _profile_entries(self, ids):
        return {
            profile.id: {
                "id": profile.id,
                "name": profile.name,
                "tag": profile.category_id.name,
                "color": profile.category_id.color,
                "depth": profile._depth(),
            }
            for profile in self.env["crm.profiling.profile"].sudo().browse(ids)
        }

    @api.model
    def _render(self, node, counts, names):
        """Return a node as the client draws it.

        ``folded`` says that there is something below which has not been drawn.
        """
        contacts, not_asked = counts[node.path]
        question_id = node.question_id
        return {
            "path": node.path,
            "label": names["labels"].of(node.path[-1][0], node.branch)
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
        matched = names["matched"][node.path]
        wider = {evaluator.rules[profile_id].parent_id for profile_id in matched}
        return sorted(
            (names["profiles"][id_] for id_ in matched if id_ not in wider),
            key=lambda profile: -profile["depth"],
        )
