"""What the log of a run of Odoo says: tests that ran, how long, and what went wrong."""

import re
import time

from project import ROOT

ENTRY = re.compile(r"[\d-]{10} [\d:,]+ \d+ ([A-Z]+) \S+ (\S+): (.*)")
RESULT = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests when loading")
STARTING = re.compile(r"Starting (\w+)\.\w+ \.\.\.")
FAILING = re.compile(r"(?:FAIL|ERROR): (?:Subtest )?(\w+\.test_\w+)")

# What a warning about one of the addons here names
OURS = re.compile(
    r"(crm_profiling|report_invoice_salesman)\w*[./]|crm\.profiling|invoice\.salesman"
)
# How many lines are shown from an error on
SHOWN = 60
# How many tests are tried once more: where more fail it is not by chance
AGAIN = 3


class Reading:
    """Reads the log of one run, line by line as it comes.

    Shows the classes of tests as they begin, and each error with what follows it.

    :param bool tests: whether the run is one of tests: their warnings are not ours
    """

    def __init__(self, tests):
        self.tests = tests
        self.counted = self.passed = self.failed = self.skipped = 0
        self.wrong = []  # of each error: the logger, the text and what follows it
        self.times = {}  # {module of tests: seconds}
        self.without_browser = False
        self._begun, self._module, self._show = set(), ("", 0), 0

    def take(self, line):
        if entry := ENTRY.match(line):
            level, logger, text = entry.groups()
            self._show = SHOWN if self._is_wrong(level, logger, text) else 0
            self.wrong += [[logger, text]] if self._show else []
            self._count(logger, text)
        if self._show:
            print(f"   {line}", end="", flush=True)
            self.wrong[-1] += [line.strip()] if line.strip() else []
            self._show -= 1

    def end(self):
        """The run is over."""
        self._clock("")

    def failing(self):
        """Return the tests to try once more, as tags: of a few errors, all tests."""
        found = {
            f"/{logger.split('.')[2]}:{test[1]}" if test else None
            for logger, text, *_lines in self.wrong
            for test in [FAILING.match(text)]
        }
        return [] if None in found or len(found) > AGAIN else sorted(found)

    def _is_wrong(self, level, logger, text):
        if level == "WARNING" and not self.tests:
            said = f"{logger} {text}".replace(str(ROOT), "")
            return bool(OURS.search(said))
        # The last one says again what was counted
        return level in ("ERROR", "CRITICAL") and not RESULT.match(text)

    def _count(self, logger, text):
        if result := RESULT.match(text):
            failed, errors, total = map(int, result.groups())
            self.failed += failed + errors
            self.passed += max(0, total - failed - errors)
            self.counted += total
        elif text.startswith("skipped "):
            print(f"   {text}")
            self.skipped += 1
            self.passed -= 1
            self.without_browser |= "hrome" in text
        elif starting := STARTING.match(text):
            self._clock(logger)
            if starting[1] not in self._begun:
                self._begun.add(starting[1])
                print(f"   {starting[1]}", flush=True)

    def _clock(self, logger):
        """Note how long the tests of a module take."""
        module, since = self._module
        now = time.monotonic()
        if module:
            self.times[module] = self.times.get(module, 0) + now - since
        self._module = (logger.removeprefix("odoo.addons."), now) if logger else ("", 0)
