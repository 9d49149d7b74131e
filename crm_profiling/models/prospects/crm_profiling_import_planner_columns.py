from collections import defaultdict

from odoo import api, models

from .chosen import CREATE, CREATE_MANY, STOP
from .plan import MANY_ANSWERS, MAX_ANSWERS, NAMES, SEVERAL
from .targets import NEW, QUESTION, kind_of


class CrmProfilingImportPlanner(models.AbstractModel):
    """What keeps an import from starting: columns, and what is unknown in them."""

    _inherit = "crm.profiling.import.planner"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _column_problems(self, columns):
        """Return what is wrong with the choice of columns."""
        by_target = defaultdict(list)
        for column in columns:
            by_target[column.target].append(column)
        used = by_target.keys() - {""}
        problems = []
        if not used & {*NAMES, "company", "email", "id"}:
            problems.append(
                self.env._(
                    "No column says who the prospects are. Choose which column is the"
                    " name, the company or the e-mail."
                )
            )
        Columns = self.env["crm.profiling.import.columns"]
        for target in by_target:
            if target in SEVERAL:
                continue
            if target and len(twins := by_target[target]) > 1:
                problems.append(
                    self.env._(
                        "%(columns)s are all taken for “%(target)s”. Choose something"
                        " else for all but one of them.",
                        columns=", ".join(
                            Columns._place(c.index, c.heading) for c in twins
                        ),
                        target=Columns._target_name(target),
                    )
                )
        return problems

    @api.model
    def _check_unknown(self, columns, plan, settings):
        """Ask what to do with values that do not exist, before anything is done."""
        Cells = self.env["crm.profiling.import.cells"]
        for column in columns:
            unknown = plan.unknown.get(column.index, {}).values()
            name = Cells._column_name(column) if unknown else ""
            if any(one.choice == STOP for one in unknown):
                plan.problems.append(
                    self.env._(
                        "“%(column)s” has values that are not known. Choose what to do"
                        " with them.",
                        column=name,
                    )
                )
            elif any(one.is_guess for one in unknown):
                plan.problems.append(
                    self.env._(
                        "“%(column)s” has values that are taken for what is written"
                        " nearly the same. Look at them, and say that they are right.",
                        column=name,
                    )
                )
            if problem := self._too_many(column, unknown, name):
                plan.problems.append(problem)

    @api.model
    def _too_many(self, column, unknown, name):
        """Return what is wrong with the number of answers to create, or ""."""
        if kind_of(column.target) not in (QUESTION, NEW):
            return ""
        new = sum(one.choice in (CREATE, CREATE_MANY) for one in unknown)
        if new > MAX_ANSWERS:
            return self.env._(
                "“%(column)s” has %(count)s different values that are not known. So"
                " many are no answers to choose from: a question can get %(most)s new"
                " ones from a file. Ignore the column, or take it for the notes.",
                column=name,
                count=new,
                most=MAX_ANSWERS,
            )
        if new > MANY_ANSWERS and column.policy != CREATE_MANY:
            return self.env._(
                "“%(column)s” has %(count)s different values that are not known: is"
                " this a question with free text? Ignore the column, take it for the"
                " notes, or choose to create all the answers all the same.",
                column=name,
                count=new,
            )
        return ""
