"""Every menu, view and filter of the apps that we are in, clicked by Odoo's robot."""

from odoo.tests import HttpCase, tagged

from odoo.addons.base.tests.common import HttpCaseWithUserDemo

CLICK = (
    "odoo.loader.modules.get('@web/webclient/clickbot/clickbot_loader')"
    ".startClickEverywhere('{}');"
)


class Clicks:
    allow_end_on_form = True

    def click_through(self, user, app):
        """Click all there is in an app.

        :param str app: the XML id of its menu
        """
        user.tour_enabled = False
        self.browser_js(
            "/odoo",
            CLICK.format(app),
            "odoo.isReady === true",
            login=user.login,
            timeout=1200,
            success_signal="clickbot test succeeded",
        )


@tagged("post_install", "-at_install", "-standard", "menus")
class TestMenusOfAdministrator(Clicks, HttpCase):
    def test_sales(self):
        self.click_through(self.env.ref("base.user_admin"), "crm.crm_menu_root")

    def test_contacts(self):
        self.click_through(self.env.ref("base.user_admin"), "contacts.menu_contacts")


@tagged("post_install", "-at_install", "-standard", "menus")
class TestMenusOfSalesperson(Clicks, HttpCaseWithUserDemo):
    def test_sales(self):
        self.click_through(self.user_demo, "crm.crm_menu_root")
