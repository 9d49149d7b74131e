"""Takes all pictures of the README and of the addon's page anew, from the demo data.

Odoo serves a fresh copy of the database with demo data, and Chromium walks through it
without a window. ONLY="contact why" takes some. Each is to be looked at afterwards.
"""

import contextlib
import os
import sys
import tempfile
from pathlib import Path

import rooms
from camera import Camera
from db import drop_db, sql
from dev import (
    environment,
    free_port,
    start,
    stop,
    unwind_when_terminated,
    wait_until_up,
)
from pg import postgres
from project import ADDON, ROOT
from step import Aborted, Step
from walker import DESKTOP, Walker

DOCS = ROOT / "docs"
PAGE = ROOT / ADDON / "static" / "description"
PHONE = (390, 844)
SOPHIE = "res_partner_demo_sophie_haddon"
LARGE = "Large accounts, services"

FAIR = """\
Name,Company,E-mail,Phone,City,Country,Journalist?,Number of staff?,Industry sector?,\
Already created a specification for the work?,Implementation budget?,Badge no.
Amelia Hart,Hartley Freight,amelia@hartley.example.com,+44 7700 900301,Leeds,\
United Kingdom,No,101-500,Servces,Yes,>300k,1001
Brian Okafor,Hartley Freight,brian@hartley.example.com,,,,No,51-100,Services,,,1002
Chiara Neri,Neri Studio,chiara@neri.example.com,,Turin,Italy,No,2-20,IT,No,<100k,1003
Dan Webb,,no address,,,,No,1,Others,,,1004
,,,+44 7700 900305,York,United Kingdom,,,,,,1005
Amelia Hart,Hartley Freight,,,,,No,,Services,,,1006
Eva Larsen,Larsen,eva@larsen.example.com,,Aarhus,Denmark,No,21-50,Industrie,Soon,\
Unknown,1007
Finn Larsen,Larsen,finn@larsen.example.com,,Odense,Denmark,No,,Zoo,,,1008
"""


class Pictures(Walker):
    """What is done for each picture; the order matters, for some change the data."""

    def profile_form(self, tab=None, size=DESKTOP):
        profile = sql(
            "SELECT id FROM crm_profiling_profile WHERE name->>'en_US' = %s",
            LARGE,
            db=self.db,
        )[0][0]
        path = f"{self.action('crm_profiling_profile_action')}/{profile}"
        self.open(path, "seen('.o_form_view .o_crm_profiling_answer')", size)
        if tab:
            self.browser.click(f"seen('a.nav-link', {tab!r})")

    # ------------------------------------------------------------ as manager

    def health_check(self):
        action = self.action("crm_profiling_finding_action_check")
        self.open(action, "seen('.o_data_row')", (1366, 324))
        self.browser.shoot(DOCS / "health_check.png")

    def entry(self):
        self.profile_form("When a contact enters", (1366, 720))
        self.browser.shoot(DOCS / "entry.png")

    def profile(self):
        go = self.browser
        self.profile_form(size=(1180, 1010))
        go.shoot(PAGE / "profiles.png")
        self.profile_form()
        # click the answers until they are what the README says
        go.click("answerTo('specification', 'Soon')")
        go.wait("answerTo('specification', 'Soon').dataset.state === 'required'")
        for _time in range(2):
            if go.run("answerTo('budget', 'Unknown').dataset.state") == "excluded":
                break
            before = go.run("answerTo('budget', 'Unknown').dataset.state")
            go.click("answerTo('budget', 'Unknown')")
            go.wait(f"answerTo('budget', 'Unknown').dataset.state !== {before!r}")
        self.tab(".o_notebook")
        go.shoot(DOCS / "profile.png")
        # left as it is it would be saved
        go.click("seen('.o_form_button_cancel')")
        go.wait("!seen('.o_form_dirty')")

    def decision_tree(self):
        go = self.browser
        tree = "seen('.o_crm_profiling_tree_canvas svg')"
        self.open(self.action("crm_profiling_tree_action"), tree, (2000, 2000))
        go.click("seen('.o_crm_profiling_unfold_all')")
        go.pause()
        go.run("seen('.o_crm_profiling_tree_canvas').scrollTo(0, 0)")
        go.shoot(
            DOCS / "decision_tree.png", of=f"allOf({tree}, 'rect, text')", margin=16
        )

    def board(self):
        wait = "seen('.o_crm_profiling_sparkline')"
        self.open(self.action("crm_profiling_board_action"), wait)
        self.browser.shoot(DOCS / "board.png")

    def contact(self):
        """Sophie Haddon answers the last two questions."""
        go = self.browser
        action = self.action("res_partner_action_by_category")
        self.open(f"{action}/{self.id(SOPHIE)}", "seen('a.nav-link', 'Profiling')")
        go.click("seen('a.nav-link', 'Profiling')")
        for question, answer in (("specification", "Yes"), ("budget", "101-300k")):
            go.click(f"answerTo({question!r}, {answer!r})")
            go.wait(
                f"answerTo({question!r}, {answer!r}).getAttribute('aria-checked')"
                " === 'true'"
            )
        go.wait(f"profileIn('matched', {LARGE!r})")
        go.click("seen('.o_form_button_save')")
        go.wait("!seen('.o_form_dirty')")
        self.tab(".o_notebook")
        go.shoot(DOCS / "contact.png", PAGE / "contact.png")

    def why(self):
        go, card = self.browser, f"profileIn('matched', {LARGE!r})"
        go.click(f"{card}.querySelector('.o_crm_profiling_why')")
        go.wait(f"{card}.querySelector('.o_crm_profiling_why[aria-expanded=true]')")
        go.shoot(DOCS / "why.png", of=card)
        go.click(f"{card}.querySelector('.o_crm_profiling_why')")

    def kept_out(self):
        go, card = self.browser, f"profileIn('matched', {LARGE!r})"
        go.click(f"{card}.querySelector('.o_crm_profiling_menu')")
        go.click("seen('.o_crm_profiling_bar')")
        out = f"profileIn('ruled_out', {LARGE!r})"
        folded = "seen('.o_crm_profiling_ruled_out [aria-expanded=false]')"
        go.wait(f"{out} || {folded}")
        if not go.run(f"Boolean({out})"):
            go.click(folded)
        go.wait(out)
        go.shoot(DOCS / "kept_out.png", of=out)
        go.click(f"{out}.querySelector('.o_crm_profiling_menu')")
        go.click("seen('.o_crm_profiling_undo')")
        go.wait(card)

    def by_category(self):
        go = self.browser
        action = self.action("res_partner_action_by_category")
        self.open(action, "seen('.o_search_panel_filter_value', 'Large accounts')")
        go.click(
            "seen('.o_search_panel_filter_value', 'Large accounts')"
            ".querySelector('input')"
        )
        go.pause()
        go.shoot(DOCS / "by_category.png")

    def import_(self):
        go = self.browser
        self.open(
            self.action("crm_profiling_import_action"),
            "seen('.o_crm_profiling_drop')",
            (1366, 900),
        )
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "fair.csv"
            path.write_text(FAIR)
            root = go.send("DOM.getDocument")["root"]["nodeId"]
            node = go.send(
                "DOM.querySelector", nodeId=root, selector=".o_crm_profiling_file"
            )["nodeId"]
            go.send("DOM.setFileInputFiles", nodeId=node, files=[str(path)])
            go.wait("seen('.o_crm_profiling_problems')")
        go.shoot(DOCS / "import.png")

    # ------------------------------------------------------------ as salesperson

    def interview(self):
        go = self.browser
        self.login("demo")
        # of those who have not been asked yet, colleagues of a company first
        ids = [
            row[0]
            for row in sql(
                """SELECT id FROM res_partner
                    WHERE name = 'Douglas Fletcher' OR id IN (
                          SELECT id FROM res_partner
                           WHERE parent_id IS NOT NULL AND type = 'contact' AND active
                             AND id NOT IN (SELECT id FROM crm_profiling_state)
                           ORDER BY id LIMIT 12)
                    ORDER BY name <> 'Douglas Fletcher', id LIMIT 12""",
                db=self.db,
            )
        ]
        lines = [
            [0, 0, {"partner_id": id_, "sequence": rank}]
            for rank, id_ in enumerate(ids, start=1)
        ]
        vals = {"name": "Fair, 12 contacts", "line_ids": lines}
        self.call_kw("crm.profiling.queue", "create", [vals])
        queue = sql("SELECT max(id) FROM crm_profiling_queue", db=self.db)[0][0]
        action = self.action("crm_profiling_queue_action")
        self.open(f"{action}/{queue}", "seen('button[name=action_start]')")
        go.click("seen('button[name=action_start]')")
        for question, answer in (
            ("Journalist", "No"),
            ("sector", "Services"),
            ("staff", "51-100"),
        ):
            self._answer(question, answer)
        go.pause()  # what moved is marked for a moment
        go.shoot(DOCS / "interview.png", blur=False)
        go.size(*PHONE, True)
        go.pause()
        go.shoot(DOCS / "interview_phone.png", blur=False)

    def _answer(self, question, answer):
        """Answer a question of the interview, in whichever order it is asked."""
        go = self.browser
        item = f"seen('button.o_crm_profiling_line', {question!r})"
        with contextlib.suppress(TimeoutError):
            go.wait(item)
        go.click(item)
        go.click(
            "[...document.querySelectorAll('.o_crm_profiling_choice')].find((el) =>"
            f" el.textContent.includes({answer!r}))"
        )
        go.pause()

    ORDER = (
        health_check,
        entry,
        profile,
        decision_tree,
        board,
        import_,
        contact,
        why,
        kept_out,
        by_category,
        interview,
    )

    def all(self, only=()):
        self.login("admin")
        for take in self.ORDER:
            if not only or take.__name__.strip("_") in only:
                take(self)


def take(camera, url, step):
    """Take the pictures that are wanted; of what went wrong, one beside the log."""
    try:
        Pictures(camera, url, step.db).all(os.environ.get("ONLY", "").split())
    except RuntimeError:
        camera.shoot(step.log.with_suffix(".png"), blur=False)
        raise


def main():
    rooms.PICTURE.write_text(rooms.picture())
    step = Step("pictures", environment())
    step.fresh(demo=True, addon=True)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    args = ["-d", step.db, "--http-port", port, "--max-cron-threads", 0]
    with open(step.log, "a") as log:
        server = start(args, step.env, stdout=log)
        try:
            wait_until_up(server, url, step.log)
            with Camera() as camera:
                take(camera, url, step)
        finally:
            stop(server)
    drop_db(step.db)


if __name__ == "__main__":
    unwind_when_terminated()
    with contextlib.suppress(KeyboardInterrupt, Aborted), postgres():
        sys.exit(main())
    sys.exit(130)
