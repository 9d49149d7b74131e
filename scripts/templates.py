"""The databases that the tests' own are copied from: templates, which are kept.

What the addon depends on, and on top of it what a step wants installed. One is made
anew when what it is made of changes, which is noted with it.
"""

import ast
import hashlib

from console import say
from db import create_db, drop_db, note, noted, rename_db
from dev import DB, install, odoo_path
from pg import locked
from project import ADDON, LOGS, ROOT


def kept(name, stamp, fill, made_of=None):
    """Return a database that is kept, made if need be.

    :param str stamp: what it is made of; it is made anew once that is another
    :param fill: what is called with the name of a draft, which it fills
    :param made_of: the database that the draft is a copy of; empty without
    """
    with locked(f"{name}.lock"):
        stamp = f"{noted(made_of)} {stamp}" if made_of else stamp
        if noted(name) != stamp:
            draft = f"{name}-draft"
            drop_db(draft)
            drop_db(name)
            create_db(draft, made_of)
            fill(draft)
            rename_db(draft, name)
            note(name, stamp)
    return name


def base(env, demo):
    """The database with what the addon depends on.

    Made anew when the dependencies, the addons here or Odoo change.
    """
    manifest = ast.literal_eval((ROOT / ADDON / "__manifest__.py").read_text())
    depends = ",".join(manifest["depends"])
    release = odoo_path() / "odoo" / "release.py"
    # it lists the addons that there are, whatever of them is installed
    here = ",".join(sorted(path.parent.name for path in ROOT.glob("*/__manifest__.py")))
    made_of = f"{depends} {here} {release} {release.stat().st_mtime_ns}"
    name = f"{DB}-test-base" + ("-demo" if demo else "")

    def fill(draft):
        say(f"creating a database of {depends}{' with demo data' if demo else ''}")
        how = ["--with-demo"] if demo else []
        log = LOGS / f"{name.removeprefix(f'{DB}-')}.log"
        install(env, log, "-d", draft, "-i", depends, *how)

    return kept(name, hashlib.sha256(made_of.encode()).hexdigest(), fill)
