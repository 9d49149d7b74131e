"""What an import will do with a file, in the database's terms."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from ...names import word

# Columns that say what a prospect is called, whole or in parts
NAMES = ("name", "first_name", "middle_name", "last_name")

# What several columns may say, each something more
SEVERAL = ("comment", "tags")

# What a column says that tells companies from people
COMPANY, PERSON = 1, 2

# Answers that a column may create. More are no answers to choose from but free text:
# the first number asks, the second refuses.
MANY_ANSWERS = 50
MAX_ANSWERS = 300


class LineError(Exception):
    """Why a line is left out, in the user's words."""


class Unknown(NamedTuple):
    """A value that does not exist, and what is done with it."""

    value: str
    choice: int | str  # the id of what it is taken for, or a policy
    is_guess: bool
    lines: list[int]
    is_last: bool = False  # as somebody said of another file


class Prospect(NamedTuple):
    """What a line says, in the database's terms."""

    line: int
    id: int  # of the contact, where the file says so; else 0
    name: str
    company: str  # its name; "" for people on their own
    is_company: bool
    email: str  # as it is compared
    phone: str  # as it is compared
    vals: dict
    tag_ids: list[int]
    answer_ids: list[int]
    asked: str = ""  # when, where the line says so
    numbers: list = []  # [[answer_id, number]] of the answers that were numbers
    words: list = []  # [[answer_id, text]] of the answers that ask for words

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
    # {company_key: (name, lines)} of those taken for another company of the file
    joined: dict[str, tuple]
    modes: dict[str, str]  # {field of the contact: what to do where it says something}
    asked_on: str
    overwrite: set  # {(line, field)}
    is_dated: bool  # whether somebody said when the prospects were asked
    company_ids: dict[str, int]  # which company is meant by a name, 0 for a new one
    handled: frozenset = frozenset()  # contacts that lines before are about

    @classmethod
    def new(cls, settings, modes):
        """Return the plan for a file of which no line has been read yet.

        :param settings: `Settings`
        """
        return cls(
            prospects=[],
            companies={},
            errors={},
            warnings={},
            unknown=defaultdict(dict),
            problems=[],
            joined={},
            modes=modes,
            asked_on=settings.asked_on.isoformat(" "),
            overwrite=set(settings.overwrite),
            is_dated=settings.is_dated,
            company_ids=settings.company_ids,
        )

    def warn(self, line, warning):
        self.warnings[line] = f"{self.warnings.get(line, '')} {warning}".strip()

    def asked(self, prospect):
        """Return when the answers of a prospect were given."""
        return datetime.fromisoformat(prospect.asked or self.asked_on)

    def company_name(self, key):
        """Return how a company is written in the file."""
        return (
            self.companies[key]["name"]
            if key in self.companies
            else (self.joined[key][0])
        )

    def company_lines(self):
        """Return ``{company_key: lines}`` of those in the file, as they are there."""
        of_others = {line for _name, lines in self.joined.values() for line in lines}
        found = {key: list(lines) for key, (_name, lines) in self.joined.items()}
        for prospect in self.prospects:
            if prospect.company and prospect.line not in of_others:
                found.setdefault(prospect.company_key, []).append(prospect.line)
        return {key: sorted(lines) for key, lines in found.items()}

    def to_parts(self, size):
        """Return what is kept of it: of all of it, and prospects, so many in a part.

        A batch reads its part alone: the whole takes longer the longer the file is.
        """
        head = {
            "count": len(self.prospects),
            "size": size,
            "companies": self.companies,
            "modes": self.modes,
            "asked_on": self.asked_on,
            "overwrite": [list(pair) for pair in self.overwrite],
            "is_dated": self.is_dated,
            "company_ids": self.company_ids,
        }
        starts = range(0, len(self.prospects), size)
        parts = (self.prospects[start : start + size] for start in starts)
        return [head, *([list(one) for one in part] for part in parts)]

    @classmethod
    def from_part(cls, head, prospects):
        """Return it with some of its prospects, of what `to_parts` returned."""
        return cls(
            prospects=[Prospect(*values) for values in prospects],
            companies=head["companies"],
            errors={},
            warnings={},
            unknown={},
            problems=[],
            joined={},
            modes=head["modes"],
            asked_on=head["asked_on"],
            overwrite={tuple(pair) for pair in head["overwrite"]},
            is_dated=head["is_dated"],
            company_ids=head.get("company_ids", {}),
        )
