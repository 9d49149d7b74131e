"""Exports the texts to translate, and merges them into the translations beside them.

Odoo exports them from a database with demo data, as for its own addons. The dates in
the header are left out, so that the file changes only when a text does: `make test`
compares it with a new export, and asks for complete translations.
"""

import contextlib
import subprocess
import sys

import polib
from dev import (
    ADDON,
    DB,
    LOGS,
    ROOT,
    command,
    environment,
    install,
    unwind_when_terminated,
)
from pg import create_db, die, drop_db, postgres, say

I18N = ROOT / ADDON / "i18n"
POT = I18N / f"{ADDON}.pot"


def export(env, db):
    """The texts of the addon installed in that database."""
    export = command("i18n", "export", "-d", db, "-o", "-", ADDON)
    done = subprocess.run(export, env=env, capture_output=True, text=True)
    if done.returncode:
        die(f"Odoo could not export the texts:\n{done.stderr[-2000:]}")
    pot = polib.pofile(done.stdout)
    for date in ("POT-Creation-Date", "PO-Revision-Date"):
        pot.metadata.pop(date)
    return pot


def problems(env, db):
    """What is wrong with the files in i18n, a line each."""
    if not POT.exists():
        return
    pot = export(env, db)
    if str(pot) != str(polib.pofile(str(POT))):
        yield f"{POT.relative_to(ROOT)} is not up to date: run make pot"
    for path in sorted(I18N.glob("*.po")):
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


def main():
    with postgres():
        env, db = environment(), f"{DB}-pot"
        drop_db(db)
        create_db(db)
        try:
            say("installing the addon into a new database")
            install(env, LOGS / "pot.log", "-d", db, "-i", ADDON, "--with-demo")
            pot = export(env, db)
        finally:
            drop_db(db)
    I18N.mkdir(exist_ok=True)
    pot.save(str(POT))
    say(f"{POT.relative_to(ROOT)}: {len(pot)} texts")
    for path in sorted(I18N.glob("*.po")):
        merge(pot, path)


if __name__ == "__main__":
    unwind_when_terminated()
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
    sys.exit(130)
