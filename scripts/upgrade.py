"""The step `upgrade`: a database of the last version, updated, stays what it was.

The last version is the commit in FROM, or the last tag, or what upgrade-from.txt names.
It is installed with demo data, and some more is done in it; then it is updated, without
an error or a warning.  What is compared: external ids and the records behind them, all
rows of the addon's tables and of contacts' tags, and the views as users of three kinds
get them, with those that inherit them anew or without.  Views may change with what
they show: where they do it is said, and fails only with VIEWS=same.
"""

import difflib
import json
import os
import subprocess
from pathlib import Path

from dev import ADDON, DB, ROOT, odoo_path
from pg import DATA, say, sql

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

# What users of three kinds get to see, and what stands behind external ids
LOOK = """
import json
from odoo.exceptions import AccessError
seen = {{}}
ids = env["ir.model.data"].search([("module", "=", "{addon}")])
for data in ids:
    seen[f"id {{data.name}}"] = f"{{data.model}} {{data.res_id}}"
ours = env["ir.ui.view"].browse(
    ids.filtered(lambda data: data.model == "ir.ui.view").mapped("res_id")
)
views = env["ir.ui.view"].search([
    ("model", "in", [m for m in ours.mapped("model") if m in env]),
    ("mode", "=", "primary"), ("type", "!=", "qweb"),
], order="id")
users = env.ref("base.user_admin"), env.ref("base.user_demo"), env["res.users"].create(
    {{"name": "Clerk", "login": "clerk",
      "group_ids": [(6, 0, env.ref("base.group_user").ids)]}})
def look(kind):
    for user in users:
        for view in views:
            model = env[view.model].with_user(user)
            try:
                arch = model.get_view(view.id, view.type)["arch"]
            except AccessError:
                arch = ""
            name = view.xml_id or f"{{view.model}} {{view.type}} {{view.name}}"
            seen[f"{{kind}} {{name}} for {{user.login}}"] = arch
look("view")
if new := {new}:
    env["ir.ui.view"].browse(new).write({{"active": False}})
    look("old view")
with open("{path}", "w") as file:
    json.dump(seen, file)
env.cr.rollback()
"""

# Columns that may change, for they say when, or are the product's own notes
CHANGING = {"write_date", "write_uid", "create_date", "looked_at"}
OWN = {"crm_profiling_state", "crm_profiling_run"}
# Models without a table that have another name now, and what a dialog showed of the
# profile field by field: only they have lost their ids
RENAMED = (
    "crm_profiling_interview_snapshot",
    "crm_profiling_entry_wizard__entry_",
    "crm_profiling_entry_wizard__mail_template_id",
)


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
    rows, seen = tables(step.db), look(step, old, with_old)
    step.odoo("update", "-u", ADDON, "--no-http")
    compare_rows(step, rows, tables(step.db))
    compare_seen(step, seen, look(step, ROOT, [], seen))
    step.passed += 1


def install(step, with_old):
    step.odoo("install the last version", "-i", ADDON, "--no-http", *with_old)
    step.shell("work with it", FILL, *with_old)


def look(step, folder, args, before=()):
    """Return what users see, and what is behind external ids; nothing is changed."""
    path = step.log.with_suffix(".seen")
    known = {name for name in before if name.startswith("id ")}
    rows = sql(
        "SELECT name, res_id FROM ir_model_data"
        " WHERE module = %s AND model = 'ir.ui.view'",
        ADDON,
        db=step.db,
    )
    new = [res_id for name, res_id in rows if known and f"id {name}" not in known]
    # only those that inherit can be left out
    new = [
        id_
        for (id_,) in sql(
            "SELECT id FROM ir_ui_view WHERE id = ANY(%s) AND mode = 'extension'",
            new,
            db=step.db,
        )
    ]
    step.shell("look", LOOK.format(addon=ADDON, path=path, new=new), *args)
    return json.loads(path.read_text())


def tables(db):
    """Return ``{table: {row without what may change}}`` of what the addon keeps."""
    columns = {}
    for table, column in sql(
        """SELECT table_name, column_name FROM information_schema.columns
            WHERE table_schema = 'public'
              AND (table_name LIKE 'crm_profiling%%'
                   OR table_name = 'res_partner_res_partner_category_rel')
            ORDER BY table_name, ordinal_position""",
        db=db,
    ):
        if table not in OWN and column not in CHANGING:
            columns.setdefault(table, []).append(column)
    return {
        table: [
            dict(zip(names, row, strict=True))
            for row in sql(
                "SELECT {} FROM {}".format(
                    ", ".join(f'"{name}"::text' for name in names), table
                ),
                db=db,
            )
        ]
        for table, names in columns.items()
    }


def compare_rows(step, before, after):
    for table, rows in before.items():
        if table not in after:
            if rows:
                step.fail(f"the table {table} is gone, with {len(rows)} rows")
            continue
        kept = {tuple(row.items()) for row in after[table]}
        names = after[table][0].keys() if after[table] else ()
        for row in rows:
            # a column that is gone is not compared, nor one that is new
            wanted = {name: value for name, value in row.items() if name in names}
            if not any(wanted.items() <= dict(one).items() for one in kept):
                step.fail(f"update: {table} lacks {row}")
                break


def compare_seen(step, before, after):
    changed = []
    for what, said in before.items():
        if any(name in what for name in RENAMED):
            continue
        if what.startswith("id ") and after.get(what) != said:
            step.fail(f"update: {what} was {said}, and is {after.get(what)}")
        elif what.startswith("view ") and said not in (
            after.get(what),
            after.get(f"old {what}"),
        ):
            changed.append(what)
            diff = difflib.unified_diff(
                said.splitlines(), after.get(what, "").splitlines(), lineterm="", n=1
            )
            with open(step.log, "a") as log:
                print(f"\n##### {what}", *diff, sep="\n", file=log)
    views = sum(what.startswith("view ") for what in before)
    say(f"{step.name}: {views - len(changed)} of {views} views are as they were")
    if changed and os.environ.get("VIEWS") == "same":
        step.fail(f"views are others: {', '.join(changed[:10])}; see the log")
