"""Whether the tests of the plain Python files would notice a slip.

mutmut plants slips, one at a time, into a copy of evaluator.py, chooser.py and the
others at the top of the addon, those of tables/ too, and runs the plain tests
(tests/*/test_plain_*.py) without Odoo. A slip that no test notices is printed as a
diff. FILES picks some files: FILES="chooser tables/xlsx".
It fails below AIM percent noticed, in all or in one file.

In .data/mutants is the copy, in .data/mutmut the tool, which needs packages of its own
(scripts/mutants.txt).
"""

import contextlib
import os
import re
import shutil
import subprocess
import sys

from console import die, say
from dev import unwind_when_terminated
from project import ADDON, DATA, ROOT

PLAIN = sorted(
    str(path.relative_to(ROOT / ADDON).with_suffix(""))
    for pattern in ("*.py", "tables/*.py")
    for path in (ROOT / ADDON).glob(pattern)
    if path.stem[0] != "_"
)
COPY = DATA / "mutants"
TOOL = DATA / "mutmut"
SHOWN = 60  # slips that nobody noticed, as diffs; the others by name
AIM = float(os.environ.get("AIM") or 95)
SETTINGS = """
[mutmut]
source_paths={addon}
only_mutate=
{files}
pytest_add_cli_args_test_selection=
    {addon}/tests
use_git_change_detection=false
"""


def get_tool():
    """Install mutmut, unless it is there."""
    wanted = ROOT / "scripts" / "mutants.txt"
    stamp = TOOL / "installed.txt"
    if stamp.exists() and stamp.read_text() == wanted.read_text():
        return
    say("installing mutmut (half a minute)")
    shutil.rmtree(TOOL, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", TOOL], check=True)
    pip = [sys.executable, "-m", "pip", "--python", TOOL / "bin" / "python", "install"]
    quiet = ["-q", "--disable-pip-version-check", "--no-input", "-r", wanted]
    if subprocess.run([*pip, *quiet]).returncode:
        die("mutmut could not be installed: check the network and run it again")
    stamp.write_text(wanted.read_text())


def copy(files):
    """Copy the plain files and their tests into a package without Odoo."""
    source, target = ROOT / ADDON, COPY / ADDON
    shutil.rmtree(COPY, ignore_errors=True)
    tests = [
        path
        for path in (source / "tests").rglob("*.py")
        # and what they share
        if path.name.startswith("test_plain_")
        or (path.parent.name == "tests" and not path.name.startswith(("test_", "_")))
    ]
    for path in (
        *(source / f"{name}.py" for name in PLAIN),
        source / "tables" / "__init__.py",
        *tests,
    ):
        copied = target / path.relative_to(source)
        for folder in (target, target / "tests", copied.parent):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "__init__.py").touch()
        shutil.copy(path, copied)
    names = "\n".join(f"    {ADDON}/{name}.py" for name in files)
    (COPY / "setup.cfg").write_text(SETTINGS.format(addon=ADDON, files=names))


def mutmut(*args, **kwargs):
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [TOOL / "bin" / "python", "-m", "mutmut", *map(str, args)]
    return subprocess.run(command, cwd=COPY, env=env, text=True, **kwargs)


def report(files):
    """Print how many slips were noticed, and those that were not."""
    listed = mutmut("results", "--all", "true", capture_output=True).stdout
    found = re.findall(r"(\S+): (.+)", listed)
    if not found:
        die(f"mutmut planted nothing:\n{listed}")
    missed = [name for name, state in found if state in ("survived", "no tests")]
    for name in missed[:SHOWN]:
        print(mutmut("show", name, capture_output=True).stdout)
    if len(missed) > SHOWN:
        print("and:", *missed[SHOWN:])
    least = 100
    for file in (*files, ""):
        prefix = f"{ADDON}.{file.replace('/', '.')}."
        ours = [name for name, _state in found if name.startswith(prefix) or not file]
        gone = [name for name in missed if name.startswith(prefix) or not file]
        share = 100 * (1 - len(gone) / len(ours)) if ours else 100
        least = min(least, share)
        noticed = f"{len(ours) - len(gone)} of {len(ours)}"
        print(f"{file or 'all'}: {noticed} slips noticed, {share:.1f} %")
    return least < AIM


def main():
    files = (os.environ.get("FILES") or " ".join(PLAIN)).split()
    if unknown := set(files) - set(PLAIN):
        die(f"no plain file {unknown.pop()}: they are {', '.join(PLAIN)}")
    get_tool()
    copy(files)
    jobs = os.environ.get("JOBS") or len(os.sched_getaffinity(0))
    log = DATA / "logs" / "mutants.log"
    say(f"planting slips in {', '.join(files)} (some minutes); log: .data/logs")
    with open(log, "w") as file:
        run = mutmut(
            "run", "--max-children", jobs, stdout=file, stderr=subprocess.STDOUT
        )
    if run.returncode:
        print(log.read_text()[-3000:], file=sys.stderr)
        die("mutmut could not run the plain tests")
    return report(files)


if __name__ == "__main__":
    unwind_when_terminated()
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
    sys.exit(130)
