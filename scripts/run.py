"""Serves the addon with its demo data on http://127.0.0.1:PORT, until Ctrl-C.

The first time the database is built under a draft name and renamed when whole: an
interrupted run is begun again. Afterwards it is kept; if files of the addon changed
since it was last installed or updated (their hash is noted with the database), the
addon is updated first. `--update` updates and serves nothing.
"""

import contextlib
import socket
import sys

from console import die, say
from db import create_db, db_exists, drop_db, note, noted, rename_db, sql
from dev import (
    DB,
    PORT,
    environment,
    install,
    start,
    stop,
    unwind_when_terminated,
    wait_until_up,
)
from pg import postgres
from project import ADDON, LOGS, ROOT
from stamps import addon_hash

LOG = LOGS / "run.log"
URL = f"http://127.0.0.1:{PORT}"


def state():
    """Of the addon and of the demo data in the database: (installed, with demo)."""
    if not sql("SELECT to_regclass('ir_module_module')", db=DB)[0][0]:
        return False, True
    query = "SELECT state = 'installed', demo FROM ir_module_module WHERE name = %s"
    rows = [sql(query, name, db=DB) or [(False, False)] for name in (ADDON, "base")]
    return rows[0][0][0], rows[1][0][1]


def prepare(env, update):
    if not db_exists(DB):
        say(f"creating the database {DB}: Odoo's CRM, the addon, demo data (a minute)")
        draft = f"{DB}-draft"
        drop_db(draft)
        create_db(draft)
        install(env, LOG, "-d", draft, "-i", ADDON, "--with-demo")
        rename_db(draft, DB)
    else:
        installed, demo = state()
        if installed and noted(DB) == addon_hash() and not update:
            return
        say(f"{'updating' if installed else 'installing'} the addon in {DB}")
        how = ["-u", ADDON] if installed else ["-i", ADDON]
        install(env, LOG, "-d", DB, *how, *(["--with-demo"] if demo else []))
    note(DB, addon_hash())


def serve(env):
    with open(LOG, "w") as log:
        server = start(["-d", DB, "--http-port", PORT], env, stdout=log)
        try:
            wait_until_up(server, URL, LOG)
            say(f"Ctrl-C stops it and keeps the data; log: {LOG.relative_to(ROOT)}")
            print(f"{URL}  login: admin  password: admin", flush=True)
            server.wait()
            die(f"Odoo ended by itself; its log is {LOG.relative_to(ROOT)}")
        finally:
            stop(server)


def port_is_free():
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", PORT))
        except OSError:
            return False
    return True


def main(update):
    if not update and not port_is_free():
        die(f"port {PORT} is taken: name another, make run PORT={PORT + 1}")
    with postgres():
        env = environment()
        prepare(env, update)
        if not update:
            serve(env)


if __name__ == "__main__":
    unwind_when_terminated()
    with contextlib.suppress(KeyboardInterrupt):
        main("--update" in sys.argv)
