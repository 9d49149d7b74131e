"""The parts of the tests, which run side by side: what of which step is one."""

import os
import re
from typing import NamedTuple

from console import die
from project import ADDON, COMPANIONS, ROOT
from steps import STEPS, ways_of

# In the order in which they begin until it is known how long they take
USUAL = (
    "cycle",
    "faults",
    "companions",
    "suite",
    "browser",
    "beside",
    "code",
    "upgrade",
    "lint",
)


class Part(NamedTuple):
    """What runs by itself: a step, and what of it."""

    name: str
    step: str
    argument: str = ""

    @property
    def demo(self):
        """Whether it wants the template with demo data."""
        return self.argument.endswith("demo")


def parts_of(step, jobs, times):
    """Return the parts of a step."""
    tags = os.environ.get("TAGS")
    if step == "suite" and not tags:
        shards = shares_of(jobs, times.get("modules", {}))
        return [Part(f"suite-{n}", step, share) for n, share in enumerate(shards, 1)]
    return {
        "code": [
            Part(f"code-{tool}", step, tool)
            for tool in ("ruff", "pylint", "node-lint", "readme")
        ],
        "suite": [Part("suite", step, tags)],
        "browser": [Part("browser", step, f"browser/{ADDON}")],
        "cycle": [Part("cycle-demo", step, "demo"), Part("cycle-bare", step)],
        "companions": [
            Part(f"companions-{name.removeprefix(ADDON).strip('_')}", step, name)
            for addon in COMPANIONS
            for name in ways_of(addon)
        ],
    }.get(step, [Part(step, step)])


def shares_of(jobs, seconds):
    """Return the tests of the suite in as many shares, which take about equally long.

    :param dict seconds: what modules of tests took the last time
    """
    weights = {}
    for path in (ROOT / ADDON / "tests").rglob("test_*.py"):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        guess = path.stat().st_size / 1000
        weights[f"/{path.relative_to(ROOT)}"] = seconds.get(module, guess)
    shares = [[0, "-browser"] for _job in range(jobs)]
    for path in sorted(weights, key=weights.get, reverse=True):
        lightest = min(shares, key=lambda share: share[0])
        lightest[0] += weights[path]
        lightest.append(path)
    return [",".join(share[:0:-1]) for share in shares]


def wanted_parts(jobs, times):
    """Return the parts that STEP and TAGS ask for, the longest first."""
    default = "suite" if os.environ.get("TAGS") else " ".join(USUAL)
    wanted = re.split(r"[ ,]+", os.environ.get("STEP") or default)
    if unknown := set(wanted) - set(STEPS):
        die(f"no step {unknown.pop()}: the steps are {', '.join(sorted(STEPS))}")
    parts = [part for step in wanted for part in parts_of(step, jobs, times)]
    known = times.get("parts", {})
    return sorted(parts, key=lambda part: -known.get(part.name, 1000))
