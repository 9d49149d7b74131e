"""Serves the addon with its demo data on http://127.0.0.1:PORT, until Ctrl-C.

The first time the database is built under a draft name and renamed when whole, so that an interrupted run is simply
begun again. Later the database is kept as it is; when files of the addon have changed since it was last installed or
updated (their hash stands in the database's comment), the addon is updated first.
"""

import contextlib
import subprocess
import sys
import time
import urllib.error
import urllib.request

from dev import (
    ADDON, DATA, DB, LOGS, PORT, addons_hash, command, create_db, db_exists, die, drop_db, environment, port_is_free,
    postgres, say, sql, stop, terminate_like_ctrl_c,
)

LOG = LOGS / "run.log"


def odoo(env, *args):
    """Runs Odoo to its end, naming on one line the module it is loading; everything goes to the log."""
    with open(LOG, "w") as log:
        process = subprocess.Popen(
            command(*args, "--stop-after-init", "--no-http"), env=env, text=True, errors="replace",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )
        try:
            for line in process.stdout:
                log.write(line)
                if "odoo.modules.loading: Loading module " in line:
                    say("   " + line.rsplit("Loading module ", 1)[1].strip())
            status = process.wait()
        except BaseException:
            stop(process)
            raise
    text = LOG.read_text()
    if status or " ERROR " in text or " CRITICAL " in text:
        print(*text.splitlines()[-25:], sep="\n", file=sys.stderr)
        die(f"Odoo failed; its whole log is in {LOG.relative_to(DATA.parent)}")


def stamp(name):
    sql(f"COMMENT ON DATABASE \"{name}\" IS '{ADDON} {addons_hash()}'")


def is_current(name):
    rows = sql("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", name)
    return rows[0][0] == f"{ADDON} {addons_hash()}"


def is_installed(name):
    if not sql("SELECT to_regclass('ir_module_module')", db=name)[0][0]:
        return False
    return bool(sql("SELECT 1 FROM ir_module_module WHERE name = %s AND state = 'installed'", ADDON, db=name))


def prepare(env):
    draft = f"{DB}-draft"
    if not db_exists(DB):
        say(f"creating the database {DB} with Odoo's CRM, the addon and demo data (about a minute)")
        drop_db(draft)
        create_db(draft)
        odoo(env, "-d", draft, "-i", ADDON, "--with-demo")
        files = DATA / "filestore" / "filestore"
        drop_files = files / DB
        if (files / draft).exists() and not drop_files.exists():
            (files / draft).rename(drop_files)
        sql(f'ALTER DATABASE "{draft}" RENAME TO "{DB}"')
        stamp(DB)
    elif not is_installed(DB):
        say(f"installing the addon into the database {DB}")
        odoo(env, "-d", DB, "-i", ADDON, "--with-demo")
        stamp(DB)
    elif "--update" in sys.argv or not is_current(DB):
        say(f"updating the addon in the database {DB}")
        odoo(env, "-d", DB, "-u", ADDON)
        stamp(DB)


def answers(url):
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(f"{url}/web/login", timeout=60) as page:
            return page.status == 200
    except (urllib.error.URLError, OSError):
        return False


def serve(env):
    url = f"http://127.0.0.1:{PORT}"
    with open(LOG, "w") as log:
        server = subprocess.Popen(
            command("-d", DB, "--http-port", PORT), env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )
        try:
            deadline = time.monotonic() + 180
            while not answers(url):
                if server.poll() is not None or time.monotonic() > deadline:
                    print(*LOG.read_text().splitlines()[-15:], sep="\n", file=sys.stderr)
                    die(f"Odoo did not start; its whole log is in {LOG.relative_to(DATA.parent)}")
                time.sleep(0.3)
            say(f"log: {LOG.relative_to(DATA.parent)}; Ctrl-C stops Odoo and PostgreSQL, the data is kept")
            print(f"{url}  login: admin  password: admin", flush=True)
            return server.wait()
        finally:
            stop(server)


def main():
    if "--update" not in sys.argv and not port_is_free(PORT):
        die(f"port {PORT} is taken (by another make run?): choose another, for example make run PORT={PORT + 1}")
    with postgres():
        env = environment()
        prepare(env)
        return 0 if "--update" in sys.argv else serve(env)


if __name__ == "__main__":
    terminate_like_ctrl_c()
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
