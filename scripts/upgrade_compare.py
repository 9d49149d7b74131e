"""What the step `upgrade` compares: rows, external ids, and views as users get them."""

import difflib
import json
import os

from console import say
from db import sql
from project import ADDON

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


def look(step, args, before=()):
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
