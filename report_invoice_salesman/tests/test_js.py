"""The Hoot tests of the addon's screens, run with its other tests."""

from odoo.tests import no_retry, tagged

from odoo.addons.crm_profiling.tests.test_js import HootCase


@tagged("post_install", "-at_install", "browser")
class TestHootDesktop(HootCase):
    """Board, comparison and grid, in a browser."""

    OURS = r"/^@report_invoice_salesman\//"

    @no_retry
    def test_screens(self):
        self.run_hoot("desktop")
