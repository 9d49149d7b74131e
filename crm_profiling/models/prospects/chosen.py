"""What somebody chooses for a file: for all of it, and for its columns."""

from datetime import datetime, timedelta
from typing import NamedTuple

from ...band_starts import band_names

# What to do with a value that does not exist, if it is not taken for one that does.
# More answers than a question can have want to be confirmed.
CREATE, CREATE_MANY = "create", "create_many"
SKIP, REJECT, STOP = "skip", "reject", "stop"

# What to do with a field of a contact who is there already
FILL, REPLACE, LEAVE = "fill", "replace", "leave"
MODES = (FILL, REPLACE, LEAVE)


class Column(NamedTuple):
    """A column of the file, and what it is taken for."""

    index: int
    heading: str
    # what it is taken for, see `targets`
    target: str
    policy: str  # for values that do not exist
    choices: dict  # {word: id or policy}, for some of them
    mode: str = ""  # for a field that says something already; "": as the file's
    remembered: dict = {}  # {word: id or policy}, as somebody said of another file
    # of the question that is created: {"name", "mode", "starts", "is_banded"}
    new: dict = {}


def bands_of(new):
    """Return ``{name of a band: where it begins}`` of a question to create.

    :param new: as `Column.new`
    """
    if not new.get("is_banded"):
        return {}
    return dict(zip(band_names(new["starts"]), new["starts"], strict=True))


class NewQuestion(NamedTuple):
    """A question that the import is going to create."""

    name: str
    selection_mode: str


class Settings(NamedTuple):
    """What is chosen for the whole file."""

    asked_on: datetime  # when its answers were given
    asked_column: int | None = None  # which column says so of each line
    month_first: bool = False  # whether 3/4/2026 is in March there
    shift: timedelta = timedelta()  # of the time zone that its moments are in
    is_dated: bool = False  # whether somebody said when that was
    mode: str = FILL
    country_id: int = 0  # whose phone numbers are meant where a line says nothing
    overwrite: frozenset = frozenset()  # {(line, field)} to be replaced though newer
    # {company_key: which company that is, 0 for a new one, -N for that of line N}
    company_ids: dict = {}
    # what all contacts get: salespeople in turn, a country where a line says none
    tag_ids: tuple = ()
    user_ids: tuple = ()
    are_companies: bool = False
    contact_country_id: int = 0
