from odoo import api, models

from ...names import word
from .plan import NAMES, LineError, Plan

# The field of the contact that a column fills, where it is called otherwise
_FIELDS = {
    "mobile": "phone", "company": "parent_id", "state": "state_id",
    "country": "country_id", "first_name": "name", "middle_name": "name",
    "last_name": "name",
}  # fmt: skip


class CrmProfilingImportPlanner(models.AbstractModel):
    """Turns the lines of a file into prospects."""

    _name = "crm.profiling.import.planner"
    _description = "Profiling Import Planner"

    @api.model
    def _plan(self, columns, lines, settings, below=None):
        """Return the `Plan` for a file.

        :param columns: list of `Column`
        :param lines: as of `Sheet`
        :param settings: `Settings`
        :param below: ``{number: text}`` of lines that are not of the table
        """
        used = [column for column in columns if column.target]
        modes = {
            _FIELDS.get(column.target, column.target): column.mode or settings.mode
            for column in used
        }
        plan = Plan.new(settings, modes)
        plan.problems.extend(self._column_problems(columns))
        self._read_lines(plan, used, lines, settings, below or {})
        for unknown in plan.unknown.values():
            for key in [key for key, one in unknown.items() if not one.lines]:
                del unknown[key]  # of lines that are left out for another reason
        self._join_companies(plan)
        self.env["crm.profiling.import.lines"]._compare(plan)
        self._check_unknown(columns, plan, settings)
        # companies first; what was said last counts, of who is there twice
        plan.prospects.sort(key=lambda prospect: prospect.line)
        plan.prospects.sort(key=plan.asked, reverse=True)
        plan.prospects.sort(key=lambda prospect: not prospect.is_company)
        return plan

    @api.model
    def _read_lines(self, plan, used, lines, settings, below):
        Cells = self.env["crm.profiling.import.cells"]
        cells = Cells._readers(used, plan)
        examples = self.env["crm.profiling.import.columns"]._example_names()
        countries = self._country_codes()
        for number, *values in lines:
            try:
                if number in below:
                    raise LineError(self._not_of_the_table(below[number]))
                row = Cells._row(used, cells, values, number)
                if word(row.get("name")) in examples:
                    raise LineError(self.env._("The example line of the template."))
                self._tell_companies(row, number, plan, settings)
                self._check_says_enough(row, used, values)
                self._clean(row, number, plan, countries, settings)
                asked = self._asked(values, number, plan, settings)
                row = self._for_all(row, settings)
                self._choose_state(row, number, plan)
                prospect = self._prospect(number, row, asked)
                if settings.user_ids:  # in turn
                    turn = len(plan.prospects) % len(settings.user_ids)
                    prospect.vals["user_id"] = settings.user_ids[turn]
                plan.prospects.append(prospect)
            except LineError as error:
                plan.errors[number] = str(error)

    @api.model
    def _join_companies(self, plan):
        """Take companies for another one of the file, where somebody said they are."""
        names = {}
        for index, prospect in enumerate(plan.prospects):
            name = names.get(-plan.company_ids.get(prospect.company_key, 0))
            if name:
                joined = plan.joined.setdefault(
                    prospect.company_key, (prospect.company, [])
                )
                joined[1].append(prospect.line)
                own = {"name": name} if prospect.is_company else {}
                plan.prospects[index] = prospect._replace(company=name, **own)
            names[prospect.line] = name or prospect.company

    @api.model
    def _not_of_the_table(self, said):
        return self.env._("Not a prospect but a text of the report: “%s”.", said[:80])

    @api.model
    def _check_says_enough(self, row, used, values):
        """Refuse a line of nothing but one word where the file asks for more."""
        if len(used) > 1 and len(row) == 1 and sum(map(bool, values)) == 1:
            [(target, said)] = row.items()
            if target in NAMES and " " not in said:
                raise LineError(
                    self.env._(
                        "Nothing but one word: “%s”. Is it a person? Write the whole"
                        " name, the company or the e-mail.",
                        said,
                    )
                )
