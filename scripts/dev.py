"""Runs Odoo, for the other scripts and from the command line.

`python scripts/dev.py ARGS...` runs Odoo with those arguments on the database of
`make run`; `python scripts/dev.py --exec CMD...` any command with PostgreSQL up.
"""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from console import die, say
from db import create_db, db_exists
from pg import postgres
from project import ADDON, DATA, LOGS, ROOT

DB = os.environ.get("DB") or ADDON
PORT = os.environ.get("PORT") or "8069"

if not re.fullmatch(r"[A-Za-z0-9][\w.-]*", DB):
    die(f"DB={DB} is not a name for a database")
if not PORT.isdecimal() or not 0 < int(PORT) < 65536:
    die(f"PORT={PORT} is not the number of a port")
PORT = int(PORT)
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def odoo_path():
    """The folder to put on Python's path: ODOO_PATH, or what setup.sh brought."""
    if named := os.environ.get("ODOO_PATH"):
        path = Path(named).expanduser().resolve()
        release = path / "odoo" / "release.py"
        if not release.exists():
            die(f"ODOO_PATH={named} holds no Odoo: there is no odoo/release.py in it")
        if "(19, 0" not in release.read_text():
            die(f"ODOO_PATH={named} is not Odoo 19.0")
        return path
    return ROOT / ".odoo" / (ROOT / ".odoo" / "source").read_text().strip()


def environment():
    """Odoo's variables: its sources, and a configuration that binds to loopback."""
    source = odoo_path()
    LOGS.mkdir(parents=True, exist_ok=True)
    conf = DATA / "odoo.conf"
    paths = [str(path) for path in (source / "addons", ROOT) if path.is_dir()]
    draft = conf.with_suffix(f".{os.getpid()}")
    draft.write_text(
        "[options]\n"
        f"addons_path = {','.join(paths)}\n"
        f"data_dir = {DATA / 'filestore'}\n"
        "http_interface = 127.0.0.1\n"
        "list_db = False\n"
    )
    draft.replace(conf)
    python_path = filter(None, [str(source), os.environ.get("PYTHONPATH")])
    path = filter(None, [str(Path(sys.executable).parent), os.environ.get("PATH")])
    return {
        **os.environ,
        # A server that restarts itself looks there for `python`
        "PATH": os.pathsep.join(path),
        "ODOO_RC": str(conf),
        "PYTHONPATH": os.pathsep.join(python_path),
        "PYTHONUNBUFFERED": "1",
        "HYPOTHESIS_STORAGE_DIRECTORY": str(DATA / "hypothesis"),
    }


def command(*args):
    return [sys.executable, str(ROOT / "scripts" / "bin" / "odoo"), *map(str, args)]


def start(args, env, **kwargs):
    """Odoo in a process group of its own, so that stop() ends its browser too."""
    kwargs = {"stdin": subprocess.DEVNULL, "stderr": subprocess.STDOUT, **kwargs}
    return subprocess.Popen(
        command(*args),
        env=env,
        cwd=ROOT,
        text=True,
        errors="replace",
        start_new_session=True,
        **kwargs,
    )


def stop(process):
    """Ends a process of start() and its browser: politely, then by force."""
    if process.poll() is not None:
        return
    # Asked to end once more, we are at it
    handlers = {name: signal.signal(name, signal.SIG_IGN) for name in ENDING}
    for number, patience in ((signal.SIGTERM, 20), (signal.SIGKILL, None)):
        with contextlib.suppress(ProcessLookupError, subprocess.TimeoutExpired):
            os.killpg(process.pid, number)
            process.wait(patience)
    for name, handler in handlers.items():
        signal.signal(name, handler)


def answers(url):
    """Whether an Odoo of this machine, which no proxy stands before, is up."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{url}/web/login", timeout=60) as page:
            return page.status == 200
    except OSError:
        return False


def wait_until_up(process, url, log, seconds=180):
    """Wait until a process of start() answers; show the end of its log if it does not.

    :param Path log: what the process writes to
    """
    deadline = time.monotonic() + seconds
    while not answers(url):
        if process.poll() is not None or time.monotonic() > deadline:
            print(log.read_text()[-3000:], file=sys.stderr)
            die(f"Odoo did not start; its log is {log.relative_to(ROOT)}")
        time.sleep(0.2)


def lines(args, env, log, **kwargs):
    """Runs Odoo, yields the lines of its log; the last value is its exit status."""
    process = start(args, env, stdout=subprocess.PIPE, **kwargs)
    try:
        for line in process.stdout:
            log.write(line)
            yield line
        status = process.wait()
    finally:
        stop(process)
    yield status


def install(env, log, *args):
    """Runs Odoo to install or update, naming the modules it loads; dies on an error."""
    tail, errors, line = [], [], ""
    with open(log, "w") as file:
        args = (*args, "--stop-after-init", "--no-http")
        for line in lines(args, env, file):
            if isinstance(line, int):
                break
            tail = [*tail[-30:], line]
            if " ERROR " in line or " CRITICAL " in line:
                errors.append(line)
            if module := re.search(r"Loading module (\S+ \(\d+/\d+\))", line):
                say(f"   {module[1]}")
    if errors or line:
        # what went wrong last of all: a traceback ends the log, other errors do not
        missed = [error for error in errors if error not in tail]
        print(*tail, *missed, sep="", file=sys.stderr)
        die(f"Odoo failed; its whole log is {log.relative_to(ROOT)}")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def unwind_when_terminated():
    """SIGTERM and SIGHUP do as Ctrl-C does: what was started is stopped.

    Ctrl-C too, where whoever started us had it ignored (a shell does for `&`).
    """
    for name in ENDING:
        signal.signal(name, signal.default_int_handler)


def main(args):
    with postgres():
        env = environment()
        if args[:1] == ["--exec"]:
            line = args[1:]
        else:
            if not db_exists(DB):
                create_db(DB)
            # A sub-command (shell, i18n...) comes first, its options after it
            head = [args.pop(0)] if args and not args[0].startswith("-") else []
            if not any(re.match(r"-d|--database", arg) for arg in args):
                head += ["-d", DB]
            line = command(*head, *args)
        process = subprocess.Popen(line, env=env, cwd=ROOT)
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                # The terminal has told the process too; who sent SIGTERM has not
                process.send_signal(signal.SIGINT)


if __name__ == "__main__":
    unwind_when_terminated()
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main(sys.argv[1:]))
    sys.exit(130)
