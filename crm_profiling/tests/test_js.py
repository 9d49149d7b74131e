"""The Hoot tests of the widgets, run with the addon's other tests."""

import logging
import re
from urllib.parse import quote

from odoo.tests import no_retry, tagged

from odoo.addons.web.tests.test_js import HOOTCommon, unit_test_error_checker

RESULT = re.compile(r"\[HOOT\] Passed (\d+) tests")


class HootCase(HOOTCommon):
    # Without an anchor the tests of whoever mentions us would run as well
    OURS = r"/^@crm_profiling\//"

    def run_hoot(self, preset):
        """Run our Hoot tests, or those that the tags name in brackets."""
        chosen = self.hoot_filters or f"&filter={quote(self.OURS, safe='')}"
        self._watch_results()
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset={preset}&timeout=15000{chosen}",
            code="",
            login="admin",
            timeout=600,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=unit_test_error_checker,
        )
        # Hoot calls it a success as well when it finds no test at all
        self.assertGreater(sum(self.passed), 0, "No Hoot test ran")

    def _watch_results(self):
        """Collect in `passed` what Hoot says it ran: only the log tells."""
        self.passed = []
        log = self._logger.getChild("browser")

        def watch(record):
            self.passed += map(int, RESULT.findall(record.getMessage()))
            return True

        self.addCleanup(log.setLevel, log.level)
        log.setLevel(logging.INFO)  # whatever else is logged
        log.addFilter(watch)
        self.addCleanup(log.removeFilter, watch)


@tagged("post_install", "-at_install", "browser")
class TestHootDesktop(HootCase):
    @no_retry
    def test_widgets(self):
        self.run_hoot("desktop")


@tagged("post_install", "-at_install", "browser")
class TestHootMobile(HootCase):
    browser_size = "375x667"
    touch_enabled = True

    @no_retry
    def test_widgets(self):
        self.run_hoot("mobile")
