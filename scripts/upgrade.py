"""The step `upgrade`: a database of the last version, updated, stays what it was.

The last version is the commit in FROM, or the last tag, or what upgrade-from.txt names.
It is installed with demo data, and some more is done in it; then it is updated, without
an error or a warning.  What is compared: external ids and the records behind them, all
rows of the addon's tables and of contacts' tags, and the views as users of three kinds
get them, with those that inherit them anew or without.  Views may change with what
they show: where they do it is said, and fails only with VIEWS=same.
"""

import os
import subprocess
from pathlib import Path

from dev import DB, odoo_path
from project import ADDON, DATA, ROOT
from upgrade_compare import compare_rows, compare_seen, look, tables

NAMED = Path(__file__).with_name("upgrade-from.txt")

FILL = """
from odoo import Command
profiles = env["crm.profiling.profile"].search([])
people = env["res.partner"].search([("profiling_answer_ids", "!=", False)], order="id")
people[0].profiling_set_hand(profiles[0].id, "pinned")
people[1].profiling_set_hand(profiles[0].id, "barred")
tag = env["res.partner.category"].create({"name": "Put on by hand"})
people[:5].category_id = [Command.link(tag.id)]
question = env["crm.profiling.question"].create({
    "name": "Which fairs?",
    "selection_mode": "multiple",
    "answer_ids": [Command.create({"name": name}) for name in ("Spring", "Autumn")],
})
people[2:9].profiling_answer_ids = [Command.link(a.id) for a in question.answer_ids]
question.answer_ids[1].active = False
profiles.create({
    "name": "Autumn", "required_answer_ids": [Command.set(question.answer_ids.ids)],
})
people[3].active = False
env.cr.commit()
"""


def git(*args):
    """What git says, or "" where there is no git, no history or no such thing."""
    try:
        done = subprocess.run(["git", *args], cwd=ROOT, capture_output=True, text=True)
    except FileNotFoundError:
        return ""
    return "" if done.returncode else done.stdout.strip()


def last_version():
    """The commit of the last version, or "" where it is not at hand."""
    named = (
        os.environ.get("FROM")
        or git("describe", "--tags", "--abbrev=0")
        or NAMED.read_text().split()[0]
    )
    return git("rev-parse", "--verify", "--quiet", f"{named}^{{commit}}")


def sources(commit):
    """A folder with the addons of that commit."""
    folder = DATA / "upgrade" / commit[:12]
    if not folder.exists():
        draft = folder.with_suffix(".tmp")
        draft.mkdir(parents=True, exist_ok=True)
        archive = subprocess.Popen(
            ["git", "archive", commit], cwd=ROOT, stdout=subprocess.PIPE
        )
        subprocess.run(["tar", "-x"], cwd=draft, stdin=archive.stdout, check=True)
        archive.wait()
        draft.rename(folder)
    return folder


def upgrade(step, _):
    commit = last_version()
    if not commit:
        step.skipped += 1
        print("   skipped: the last version is not in the history of this folder")
        return
    old = sources(commit)
    with_old = ["--addons-path", f"{odoo_path() / 'addons'},{old}"]
    if not (odoo_path() / "addons").is_dir():
        with_old = ["--addons-path", str(old)]
    step.fresh_from(f"{DB}-test-from", commit, lambda: install(step, with_old))
    rows, seen = tables(step.db), look(step, with_old)
    step.odoo("update", "-u", ADDON, "--no-http")
    compare_rows(step, rows, tables(step.db))
    compare_seen(step, seen, look(step, [], seen))
    step.passed += 1


def install(step, with_old):
    step.odoo("install the last version", "-i", ADDON, "--no-http", *with_old)
    step.shell("work with it", FILL, *with_old)
