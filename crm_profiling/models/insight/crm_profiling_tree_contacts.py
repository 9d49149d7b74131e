from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..matching.masks import any_known_sql


class CrmProfilingTree(models.AbstractModel):
    """How many contacts are on each branch of the tree, and who."""

    _inherit = "crm.profiling.tree"

    @api.model
    def _count(self, root, steps):
        """Return how many contacts are on each branch, in one query.

        Each contact walks down the tree as far as its answers lead: the tree is one
        ``CASE`` over what is kept of its answers, and says where it stops.

        :rtype: ``{node: (contacts, of those: not asked the question there)}``, nodes
            by their paths
        """
        nodes = []
        where = self._place_sql(root, nodes, self._chooser(), self._seen())
        within = [self._branch_sql(step.branch, self._seen()) for step in steps]
        rows = self.env.execute_query(
            SQL(
                """SELECT %(where)s AS place, count(*)
                     FROM crm_profiling_state
                    WHERE NOT archived AND asked <> '{}'
                      AND company_id = ANY(%(companies)s) AND %(within)s
                    GROUP BY place""",
                where=where,
                companies=[0, self.env.company.id],
                within=SQL(" AND ").join([SQL("TRUE"), *within]),
            )
        )
        stopped = dict(rows)
        counts = {}
        for rank in reversed(range(len(nodes))):  # children come after their parents
            node = nodes[rank]
            not_asked = stopped.get(2 * rank, 0)
            counts[node.path] = (
                not_asked
                + stopped.get(2 * rank + 1, 0)
                + sum(counts[child.path][0] for child in node.children),
                not_asked,
            )
        return counts

    @api.model
    def _seen(self):
        """Return the mask of the answers that the user may see, found ones too."""
        catalog = self.env["crm.profiling.catalog"]
        every = catalog._evaluator().mask(catalog._get().questions)
        return every & ~catalog._hidden()

    @api.model
    def _place_sql(self, node, nodes, chooser, seen):
        """Return the number of the place where a contact stops, below a node.

        :param seen: mask of the answers that are looked at: the others nobody gave
        :param nodes: gets all nodes; the one of rank n has the places 2n for those
            not asked its question, 2n + 1 for those who go no further
        """
        rank = len(nodes)
        nodes.append(node)
        if not node.question_id:
            return SQL("%s", 2 * rank + 1)
        asked = any_known_sql(chooser.answers(node.question_id) & seen)
        branches = [
            SQL(
                "WHEN %s THEN %s",
                self._branch_sql(child.branch, seen),
                self._place_sql(child, nodes, chooser, seen),
            )
            for child in node.children
        ]
        return SQL(
            "CASE WHEN NOT %s THEN %s %s ELSE %s END",
            asked,
            2 * rank,
            SQL(" ").join(branches),
            2 * rank + 1,
        )

    @api.model
    def _branch_sql(self, branch, seen):
        return SQL(
            "(%s)",
            SQL(" AND ").join(
                SQL(
                    "(%s AND NOT %s) = %s",
                    any_known_sql(condition.wanted & seen),
                    any_known_sql(condition.refused & seen),
                    condition.holds,
                )
                for condition in branch.conditions
            ),
        )

    @api.model
    def _domain(self, steps, waiting):
        """Return the contacts whom `_count` counts, as a domain."""
        evaluator = self.env["crm.profiling.catalog"]._evaluator()
        chooser = self._chooser()

        def given(mask):
            ids = evaluator.answer_ids(mask)
            asked = Domain("profiling_answer_ids", "in", ids)
            return asked | Domain("profiling_found_answer_ids", "in", ids)

        domain = Domain("company_id", "in", [False, self.env.company.id])
        domain &= self.env["res.partner"]._profiling_answering_domain()
        if not steps or self.env["crm.profiling.catalog"]._get().found:
            domain &= Domain("profiling_answer_ids", "!=", False)
        for step in steps:
            domain &= given(chooser.answers(step.question_id))
            for condition in step.branch.conditions:
                said = given(condition.wanted)
                if condition.refused:
                    said &= ~given(condition.refused)
                domain &= said if condition.holds else ~said
        if waiting:
            domain &= ~given(chooser.answers(waiting))
        return domain

    @api.model
    def get_contacts_action(self, path=(), waiting=False):
        """Return the action that opens the contacts of a branch.

        :param waiting: id of the question there: only those who were not asked it
        :raise UserError: for a path that is none, or leads nowhere any more
        """
        self.env["crm.profiling.profile"].check_access("read")
        grower = self._grower()
        steps = self._steps(grower, path)
        if waiting and not grower.can_ask(self._checked(waiting), steps):
            self._raise_changed()
        labels = self._names(grower.node(steps))["labels"]
        title = " › ".join(labels.of(step.question_id, step.branch) for step in steps)
        return {
            "type": "ir.actions.act_window",
            "name": title or self.env._("Contacts with answers"),
            "res_model": "res.partner",
            "views": [[False, "list"], [False, "kanban"], [False, "form"]],
            "domain": list(self._domain(steps, waiting)),
        }
