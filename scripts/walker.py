"""Goes about in Odoo's web client, as one user or another."""

import json

from db import sql
from project import ADDON

DESKTOP = (1366, 768)


class Walker:
    """Has a browser open what is wanted.

    :param Browser browser: with the functions of `camera.py` on its pages
    :param str url, db: of the server, and of its database
    """

    def __init__(self, browser, url, db):
        self.browser, self.url, self.db = browser, url, db

    def id(self, name, module=ADDON):
        query = "SELECT res_id FROM ir_model_data WHERE module = %s AND name = %s"
        return sql(query, module, name, db=self.db)[0][0]

    def login(self, user):
        go = self.browser
        go.send("Network.clearBrowserCookies")
        go.send("Page.navigate", url=f"{self.url}/web/login")
        go.wait("document.querySelector('.oe_login_form, form')")
        self._post("/web/session/authenticate", db=self.db, login=user, password=user)

    def call_kw(self, model, method, *args):
        """Call a method as who is logged in."""
        path = "/web/dataset/call_kw"
        self._post(path, model=model, method=method, args=args, kwargs={})

    def _post(self, path, **params):
        post = {
            "method": "POST",
            "headers": {"Content-Type": "application/json"},
            "body": json.dumps({"params": params}),
        }
        self.browser.run(f"fetch({path!r}, {json.dumps(post)})")

    def open(self, path, wait, size=DESKTOP, phone=False):
        self.browser.size(*size, phone)
        self.browser.send("Page.navigate", url=f"{self.url}/odoo/{path}")
        self.browser.wait(wait)

    def action(self, name):
        return f"action-{ADDON}.{name}"

    def tab(self, selector, under=".o_control_panel"):
        """Scroll until something stands right below the control panel."""
        self.browser.run(
            f"(() => {{ const el = seen({selector!r});"
            " let box = el.parentElement;"
            " while (box && getComputedStyle(box).overflowY !== 'auto')"
            " box = box.parentElement;"
            " if (box) box.scrollTop += el.getBoundingClientRect().top"
            " - box.getBoundingClientRect().top - 8; })()"
        )
