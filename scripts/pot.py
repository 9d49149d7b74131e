"""Exports each addon's texts to translate, and merges them into its translations.

Odoo exports them from a database with demo data, as for its own addons. The dates in
the header are left out, so that the file changes only when a text does: `make test`
compares it with a new export, and asks for complete translations.
"""

import contextlib
import subprocess
import sys

import polib
from console import die, say
from db import create_db, drop_db
from dev import DB, command, environment, install, unwind_when_terminated
from pg import postgres
from project import ADDON, COMPANIONS, LOGS, ROOT


def i18n(addon):
    return ROOT / addon / "i18n"


def export(env, db, addon):
    """The texts of an addon installed in that database."""
    export = command("i18n", "export", "-d", db, "-o", "-", addon)
    done = subprocess.run(export, env=env, capture_output=True, text=True)
    if done.returncode:
        die(f"Odoo could not export the texts:\n{done.stderr[-2000:]}")
    pot = polib.pofile(done.stdout)
    for date in ("POT-Creation-Date", "PO-Revision-Date"):
        pot.metadata.pop(date)
    return pot


def problems(env, db, addon=ADDON):
    """What is wrong with the files in i18n, a line each."""
    path = i18n(addon) / f"{addon}.pot"
    if not path.exists():
        return
    pot = export(env, db, addon)
    if str(pot) != str(polib.pofile(str(path))):
        yield f"{path.relative_to(ROOT)} is not up to date: run make pot"
    for path in sorted(i18n(addon).glob("*.po")):
        done = {entry.msgid for entry in polib.pofile(str(path)).translated_entries()}
        if missing := [entry.msgid for entry in pot if entry.msgid not in done]:
            yield f"{path.relative_to(ROOT)} lacks {len(missing)}: {missing[:5]}"


def merge(pot, path):
    po = polib.pofile(str(path))
    po.merge(pot)
    order = {entry.msgid: number for number, entry in enumerate(pot)}
    kept = [entry for entry in po if not entry.obsolete]
    po[:] = sorted(kept, key=lambda entry: order[entry.msgid])
    po.save()
    missing = len(po.untranslated_entries()) + len(po.fuzzy_entries())
    say(f"{path.relative_to(ROOT)}: {missing} of {len(po)} texts to translate")


def save(pot, addon):
    """Write an addon's texts, and merge them into its translations."""
    path = i18n(addon) / f"{addon}.pot"
    path.parent.mkdir(exist_ok=True)
    pot.save(str(path))
    say(f"{path.relative_to(ROOT)}: {len(pot)} texts")
    for path in sorted(i18n(addon).glob("*.po")):
        merge(pot, path)


def main():
    with postgres():
        env, db = environment(), f"{DB}-pot"
        drop_db(db)
        create_db(db)
        try:
            for addon in (ADDON, *COMPANIONS):
                say(f"installing {addon} into a new database")
                install(env, LOGS / "pot.log", "-d", db, "-i", addon, "--with-demo")
                save(export(env, db, addon), addon)
        finally:
            drop_db(db)


if __name__ == "__main__":
    unwind_when_terminated()
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
    sys.exit(130)
