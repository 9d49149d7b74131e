from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.tools import email_normalize
from odoo.tools.mail import plaintext2html

from ...prospects import parts, word

# What a line says of the company where it names one: contacts share its address.
_OF_COMPANY = ("street", "street2", "zip", "city", "state_id", "country_id", "website")

# What to do with a value that does not exist, if it is not taken for one that does
CREATE, SKIP, REJECT, STOP = "create", "skip", "reject", "stop"

# Values of a column that are compared with all that exist, for it takes time
_GUESSES = 200


class Column(NamedTuple):
    """A column of the file, and what it is taken for."""

    index: int
    heading: str
    target: str  # a field, "question:ID", or "": to be ignored
    policy: str  # for values that do not exist
    choices: dict  # {word: id or policy}, for some of them


class Unknown(NamedTuple):
    """A value that does not exist, and what is done with it."""

    value: str
    choice: int | str  # the id of what it is taken for, or a policy
    is_guess: bool
    lines: list[int]


class Prospect(NamedTuple):
    """What a line says, in the database's terms."""

    line: int
    id: int  # of the contact, where the file says so; else 0
    name: str
    company: str  # its name; "" for people on their own
    is_company: bool
    email: str  # as it is compared
    vals: dict
    tag_ids: list[int]
    answer_ids: list[int]

    @property
    def company_key(self):
        return word(self.company)


class Plan(NamedTuple):
    """What an import will do with a file; made of its lines alone."""

    prospects: list[Prospect]  # companies first
    companies: dict[str, dict]  # {company_key: values of the company}
    errors: dict[int, str]  # {line: why it is left out}
    warnings: dict[int, str]
    unknown: dict[int, dict[str, Unknown]]  # {column: {word: …}}
    problems: list[str]  # which keep the import from starting

    def warn(self, line, warning):
        self.warnings[line] = f"{self.warnings.get(line, '')} {warning}".strip()

    def to_json(self):
        return {
            "prospects": [list(prospect) for prospect in self.prospects],
            "companies": self.companies,
        }

    @classmethod
    def from_json(cls, kept):
        prospects = [Prospect(*values) for values in kept["prospects"]]
        return cls(prospects, kept["companies"], {}, {}, {}, [])


class LineError(Exception):
    """Why a line is left out, in the user's words."""


class CrmProfilingImportPlanner(models.AbstractModel):
    """Turns the lines of a file into prospects, and says what is wrong with them."""

    _name = "crm.profiling.import.planner"
    _description = "Profiling Import Planner"

    @api.model
    def _plan(self, columns, lines):
        """Return the `Plan` for a file.

        :param columns: list of `Column`
        :param lines: as of `Sheet`
        """
        plan = Plan([], {}, {}, {}, defaultdict(dict), [])
        plan.problems.extend(self._column_problems(columns))
        used = [column for column in columns if column.target]
        cells = {column.index: self._cell_reader(column, plan) for column in used}
        examples = self.env["crm.profiling.import.columns"]._example_names()
        for number, *values in lines:
            try:
                row = self._row(used, cells, values, number, plan)
                if word(row.get("name")) in examples:
                    raise LineError(self.env._("The example line of the template."))
                plan.prospects.append(self._prospect(number, row))
            except LineError as error:
                plan.errors[number] = str(error)
        self._compare_lines(plan)
        self._check_unknown(columns, plan)
        plan.prospects.sort(key=lambda p: (not p.is_company, p.line))
        return plan

    # ------------------------------------------------------------------
    # Columns
    # ------------------------------------------------------------------

    @api.model
    def _column_problems(self, columns):
        """Return what is wrong with the choice of columns."""
        Columns = self.env["crm.profiling.import.columns"]
        by_target = defaultdict(list)
        for column in columns:
            by_target[column.target].append(column)
        used = by_target.keys() - {""}
        problems = []
        if not used & {"name", "first_name", "last_name", "company", "email", "id"}:
            problems.append(
                self.env._(
                    "No column says who the prospects are. Choose which column is the"
                    " name, the company or the e-mail."
                )
            )
        for target in used:
            if len(twins := by_target[target]) > 1:
                problems.append(
                    self.env._(
                        "%(columns)s are all taken for “%(target)s”. Choose something"
                        " else for all but one of them.",
                        columns=", ".join(
                            Columns._place(c.index, c.heading) for c in twins
                        ),
                        target=self._target_name(target),
                    )
                )
        return problems

    @api.model
    def _target_name(self, target):
        if target.startswith("question:"):
            return self._question(target).name
        return self.env["crm.profiling.import.columns"]._labels()[target]

    @api.model
    def _question(self, target):
        return self.env["crm.profiling.question"].browse(int(target.split(":")[1]))

    @api.model
    def _check_unknown(self, columns, plan):
        """Ask what to do with values that do not exist, before anything is done."""
        for column in columns:
            unknown = plan.unknown.get(column.index, {}).values()
            if any(one.choice == STOP for one in unknown):
                plan.problems.append(
                    self.env._(
                        "“%(column)s” has values that are not known. Choose what to do"
                        " with them.",
                        column=column.heading or self._target_name(column.target),
                    )
                )

    # ------------------------------------------------------------------
    # Cells
    # ------------------------------------------------------------------

    @api.model
    def _cell_reader(self, column, plan):
        """Return a function of a cell, to ``(values, those unknown, what is wrong)``.

        The same cells come again and again: each is looked at once.
        """
        words = self.env["crm.profiling.import.columns"]._values(column.target)
        if words is None:
            return lambda cell: (cell, (), "")
        is_question = column.target.startswith("question:")
        question = self._question(column.target) if is_question else None
        decide = self._decider(column, words, plan.unknown[column.index])
        seen = {}

        def read(cell):
            if cell not in seen:
                seen[cell] = self._look_up(words, decide, cell, column.target, question)
            return seen[cell]

        return read

    @api.model
    def _decider(self, column, words, unknown):
        """Return a function of a value that does not exist, to its `Unknown`.

        Where nobody has chosen yet it is taken for what is written nearly the same.
        """
        Columns = self.env["crm.profiling.import.columns"]
        options = set(Columns._options(column.target).ids)

        def guess(value):
            found = words.closest(value) if len(unknown) < _GUESSES else []
            return found[0] if len(found) == 1 and found[0] in options else STOP

        def decide(value):
            key = word(value)
            if key not in unknown:
                choice = column.choices.get(key, column.policy)
                if isinstance(choice, int) and choice not in options:
                    choice = STOP  # deleted meanwhile
                is_open = choice == STOP and key not in column.choices
                choice = guess(value) if is_open else choice
                is_guess = is_open and choice != STOP
                unknown[key] = Unknown(value, choice, is_guess, [])
            return unknown[key]

        return decide

    @api.model
    def _look_up(self, words, decide, cell, target, question):
        if found := words.find(cell):
            pieces = [(cell, found)]
        elif question or target == "tags":
            separators = ";" if question else ";,"
            pieces = [(part, words.find(part)) for part in parts(cell, separators)]
        else:
            pieces = [(cell, [])]
        parts_unknown = {word(part): part for part, things in pieces if not things}
        unknown = [decide(part) for part in parts_unknown.values()]
        taken_for = [one.choice for one in unknown if isinstance(one.choice, int)]
        found = [thing for _part, things in pieces for thing in things]
        values = list(dict.fromkeys(found + taken_for))
        if target == "state":
            return values, unknown, ""  # the country will tell which
        for part, things in pieces:
            if len(things) > 1:
                return [], [], self._ambiguous(part, target, things)
        is_single = question and question.selection_mode == "single"
        if is_single and len(values) + len(unknown) - len(taken_for) > 1:
            return (
                [],
                [],
                self.env._(
                    "“%(question)s” takes one answer, and got several: “%(cell)s”.",
                    question=question.name,
                    cell=cell,
                ),
            )
        return values, unknown, ""

    @api.model
    def _ambiguous(self, part, target, things):
        if target.startswith("question:"):
            records = self.env["crm.profiling.answer"].browse(things)
            names = records.mapped("name")
        else:
            names = map(str, things)
        return self.env._(
            "“%(value)s” can mean several: %(names)s. Write which.",
            value=part,
            names=", ".join(f"“{name}”" for name in names),
        )

    @api.model
    def _row(self, used, cells, values, number, plan):
        """Return ``{target: what the line says of it}``; cells left empty say nothing.

        :raise LineError: for what it may not say
        """
        row = {}
        for column in used:
            cell = values[column.index]
            if not cell:
                continue
            found, unknown, problem = cells[column.index](cell)
            if problem:
                raise LineError(problem)
            for one in unknown:
                one.lines.append(number)
            if refused := [one.value for one in unknown if one.choice == REJECT]:
                raise LineError(
                    self.env._(
                        "“%(value)s” is not known in “%(column)s”.",
                        value=refused[0],
                        column=column.heading or self._target_name(column.target),
                    )
                )
            if found:
                row[column.target] = found
        return row

    # ------------------------------------------------------------------
    # Lines
    # ------------------------------------------------------------------

    @api.model
    def _prospect(self, number, row):
        """Return a line as a `Prospect`."""
        first, last = row.get("first_name", ""), row.get("last_name", "")
        name = row.get("name") or f"{first} {last}".strip()
        company = row.get("company", "")
        if word(name) == word(company):
            name = ""  # the company itself, written twice
        id_ = row.get("id", "")
        if id_ and not id_.isdecimal():
            raise LineError(
                self.env._("“%s” is no contact ID. Leave it empty if in doubt.", id_)
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
            self._email(row),
            self._vals(row),
            row.get("tags", []),
            [
                answer_id
                for target, ids in row.items()
                if target.startswith("question:")
                for answer_id in ids
            ],
        )

    @api.model
    def _email(self, row):
        written = row.get("email", "")
        email = email_normalize(written) or ""
        if written and not email:
            raise LineError(self.env._("“%s” is not an e-mail address.", written))
        return email

    @api.model
    def _vals(self, row):
        """Return the values of the fields that a line says anything of."""
        vals = {
            field: row[field]
            for field in ("email", "phone", "function", "street", "street2", "zip",
                          "city", "website", "ref")
            if field in row
        }  # fmt: skip
        if "mobile" in row:
            vals.setdefault("phone", row["mobile"])
        if "lang" in row:
            vals["lang"] = row["lang"][0]
        if "country" in row:
            vals["country_id"] = row["country"][0]
        if "state" in row:
            vals.update(self._state_vals(row["state"], vals.get("country_id")))
        if "comment" in row:
            vals["comment"] = str(plaintext2html(row["comment"]))
        return vals

    @api.model
    def _state_vals(self, state_ids, country_id):
        """Return the state of that name that lies in the country."""
        states = self.env["res.country.state"].browse(state_ids)
        if country_id:
            states = states.filtered(lambda state: state.country_id.id == country_id)
        if len(states) > 1:
            raise LineError(
                self.env._(
                    "Several states are called “%s”. Write the country, too.",
                    states[0].name,
                )
            )
        return {"state_id": states.id} if states else {}

    # ------------------------------------------------------------------
    # Lines beside each other
    # ------------------------------------------------------------------

    @api.model
    def _compare_lines(self, plan):
        """Leave out what lines say again, or otherwise than one before them."""
        seen, said, kept = {}, {}, []
        addresses = {}
        of_company = self._of_company(plan.prospects)
        for prospect in plan.prospects:
            try:
                keys = self._check_twin(prospect, seen)
            except LineError as error:
                plan.errors[prospect.line] = str(error)
                continue
            seen.update(dict.fromkeys(keys, prospect.line))
            agreed = self._agree(prospect, said, of_company, plan)
            kept.append(self._share_address(agreed, addresses, plan))
        plan.prospects[:] = kept
        plan.companies.update(
            {
                key: {"name": name, **vals}
                for key, (_line, name, vals) in addresses.items()
            }
        )

    @api.model
    def _check_twin(self, prospect, seen):
        """Refuse a contact who was in the file before; return what it is known by."""
        keys = [("name", word(prospect.name), prospect.company_key)]
        if prospect.email:
            if not prospect.company:
                keys = []  # people of one name, told apart by their addresses
            keys.append((prospect.is_company, prospect.email))
        if prospect.id:
            keys = [("id", prospect.id)]
        known_by = {"name": self.env._("name and company"), "id": self.env._("ID")}
        for key in keys:
            if key in seen:
                raise LineError(
                    self.env._(
                        "The same contact as in line %(line)s: the same %(what)s.",
                        line=seen[key],
                        what=known_by.get(key[0]) or self.env._("e-mail"),
                    )
                )
        return keys

    @api.model
    def _of_company(self, prospects):
        """Return ``{answer_id: question}`` of single-choice questions of companies."""
        answers = self.env["crm.profiling.answer"].browse(
            {answer_id for p in prospects for answer_id in p.answer_ids}
        )
        return {
            answer.id: answer.question_id
            for answer in answers
            if answer.question_id.level == "company"
            and answer.question_id.selection_mode == "single"
        }

    @api.model
    def _agree(self, prospect, said, of_company, plan):
        """Leave out what contradicts a colleague on a line before: the first counts.

        :param said: ``{(company, question): (answer, line)}`` of the lines before
        """
        if not prospect.company:
            return prospect
        kept = []
        for answer_id in prospect.answer_ids:
            if question := of_company.get(answer_id):
                key = prospect.company_key, question.id
                counts, line = said.setdefault(key, (answer_id, prospect.line))
                if counts != answer_id:
                    warning = self._contradiction(prospect, answer_id, counts, line)
                    plan.warn(prospect.line, warning)
                    continue
            kept.append(answer_id)
        return prospect._replace(answer_ids=kept)

    @api.model
    def _contradiction(self, prospect, answer_id, other_id, line):
        mine, other = self.env["crm.profiling.answer"].browse([answer_id, other_id])
        return self.env._(
            "Without “%(mine)s” for “%(question)s”: that is about the company, and"
            " line %(line)s says “%(other)s” for %(company)s, which counts.",
            mine=mine.name,
            question=mine.question_id.name,
            line=line,
            other=other.name,
            company=prospect.company,
        )

    @api.model
    def _share_address(self, prospect, addresses, plan):
        """Give the company what a line says of it; the first line counts.

        In Odoo the contacts of a company share its address.
        """
        if not prospect.company:
            return prospect
        key, vals = prospect.company_key, prospect.vals
        shared = {k: v for k, v in vals.items() if k in _OF_COMPANY}
        line, name, before = addresses.get(key, (prospect.line, prospect.company, {}))
        if shared and before and any(before.get(k, v) != v for k, v in shared.items()):
            if not prospect.is_company:
                plan.warn(
                    prospect.line,
                    self.env._(
                        "Without its address or website: line %(line)s gives another"
                        " of %(company)s, which counts.",
                        line=line,
                        company=prospect.company,
                    ),
                )
        if prospect.is_company:
            shared = {**before, **shared}
        elif before:
            shared = before
        if shared != before:
            line = prospect.line
        addresses[key] = (line, name, shared)
        own = {k: v for k, v in vals.items() if k not in _OF_COMPANY}
        return prospect._replace(vals=own)
