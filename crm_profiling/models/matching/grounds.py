"""What explanations stand on: names, answers, people's words."""

from typing import NamedTuple

from ...evaluator import Evaluator
from ..answers.crm_profiling_source import Evidence


class Shown(NamedTuple):
    """What is shown of a profile."""

    id: int
    name: str
    depth: int
    color: int
    tag: str
    offer: str
    is_listed: bool  # in use, and the user's to see


class Hand(NamedTuple):
    """What a person said of a contact and a profile."""

    state: str
    note: str


class Said(NamedTuple):
    """Who noted an answer, and when."""

    user: str
    date: str
    comment: str
    is_stale: bool
    number: str = ""


class Grounds(NamedTuple):
    """What an explanation stands on: names, answers, people's words."""

    evaluator: Evaluator
    answers: dict[int, str]
    questions: dict[int, str]
    profiles: dict[int, Shown]  # in the order of their list
    archived: set[int]  # ids of questions that are not asked any more
    given: dict[int, list]  # {question_id: ids of answers}, found ones too
    known: int  # mask of all that is known, that the user may not see as well
    found: set[int]  # ids of questions that are not asked: their answers are found
    evidence: dict[int, Evidence]  # {question_id: what its answer was found from}
    said: dict[int, Said]  # {answer_id: said}, of those that are saved
    hands: dict[int, Hand]  # {profile_id: hand}
    leaving: set[int]  # ids of profiles whose tag is off in the form, not saved yet
