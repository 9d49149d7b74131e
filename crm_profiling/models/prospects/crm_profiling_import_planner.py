import re

from odoo import api, models
from odoo.tools import html2plaintext
from odoo.tools.mail import plaintext2html

from ...prospects import word
from .plan import COMPANY, NAMES, PERSON, LineError, Plan, Prospect

# A note as Odoo and others keep it: a document, no text
_MARKED_UP = re.compile(
    r"\s*<(p|div|span|ul|ol|b|i|br|h\d|strong|em|table)\b[^>]*>.*>\s*", re.I | re.S
)

_PLAIN = (
    "email", "phone", "function", "street", "street2", "zip", "city", "website", "ref",
)  # fmt: skip

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

    # ------------------------------------------------------------------
    # Prospects
    # ------------------------------------------------------------------

    @api.model
    def _tell_companies(self, row, number, plan, settings):
        """Take a line for a company where the file says that it is one."""
        [kind] = row.pop("is_company", None) or [None]
        if not row.get("name"):
            return
        if kind == COMPANY:
            above = row.pop("company", row["name"])
            row["company"] = row.pop("name")
            if above != row["company"]:
                plan.warn(
                    number,
                    self.env._("Without the company that it belongs to: %s", above),
                )
        elif settings.are_companies and "company" not in row and kind != PERSON:
            row["company"] = row.pop("name")

    @api.model
    def _for_all(self, row, settings):
        """Return what a line says, with what is chosen for the whole file."""
        if settings.tag_ids:
            row["tags"] = [*dict.fromkeys([*row.get("tags", ()), *settings.tag_ids])]
        if settings.contact_country_id and "country" not in row:
            row["country"] = [settings.contact_country_id]
        return row

    @api.model
    def _prospect(self, number, row, asked=""):
        """Return a line as a `Prospect`."""
        halves = (row.get(f"{part}_name", "") for part in ("first", "middle", "last"))
        name = row.get("name") or " ".join(halves)
        name, company = (" ".join(n.split()) for n in (name, row.get("company", "")))
        if word(name) == word(company):
            name = ""  # the company itself, written twice
        id_ = row.get("id", "")
        if id_ and not (id_.isdecimal() and id_.isascii() and len(id_) < 10):
            raise LineError(
                self.env._(
                    "“%s” is no contact ID. Leave it empty if in doubt.", id_[:40]
                )
            )
        if not (name or company or id_ or row.get("email")):
            raise LineError(
                self.env._("There is no name. Write at least a name or a company.")
            )
        return Prospect(
            number,
            int(id_ or 0),
            name or company,
            company,
            bool(company and not name),
            row.get("email_compared", ""),
            row.get("e164", ""),
            self._vals(row),
            row.get("tags", []),
            self._answer_ids(row),
            asked,
            self._by_answer(row, "number:"),
            self._by_answer(row, "words:"),
        )

    @api.model
    def _by_answer(self, row, prefix):
        """Return ``[[answer_id, what is said]]`` of what a line says to answers."""
        return [
            [int(target.removeprefix(prefix)), said]
            for target, said in row.items()
            if target.startswith(prefix)
        ]

    @api.model
    def _answer_ids(self, row):
        return [
            answer_id
            for target, ids in row.items()
            if target.startswith(("question:", "answer:"))
            for answer_id in ids
        ]

    @api.model
    def _vals(self, row):
        """Return the values of the fields that a line says anything of."""
        vals = {field: row[field] for field in _PLAIN if field in row}
        if "lang" in row:
            vals["lang"] = row["lang"][0]
        if "country" in row:
            vals["country_id"] = row["country"][0]
        if row.get("state"):
            vals["state_id"] = row["state"][0]
        if note := self._note(row.get("comment", "")):
            vals["comment"] = str(plaintext2html(note))
        return vals

    @api.model
    def _note(self, said):
        """Return a note as text."""
        return html2plaintext(said).strip() if _MARKED_UP.fullmatch(said) else said
