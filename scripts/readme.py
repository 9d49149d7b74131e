"""Writes each addon's README.rst from the fragments in its readme/, as the OCA does.

`--check` writes nothing and fails where one is not as its fragments say.
"""

import ast
import sys

from project import ROOT

# Fragment and heading, in the OCA's order
SECTIONS = {
    "DESCRIPTION": "",
    "CONTEXT": "Use Cases / Context",
    "INSTALL": "Installation",
    "CONFIGURE": "Configuration",
    "USAGE": "Usage",
    "ROADMAP": "Known issues / Roadmap",
    "HISTORY": "Changelog",
    "CONTRIBUTORS": "Contributors",
}


def readme(addon):
    """Return the README of an addon, in reStructuredText."""
    name = ast.literal_eval((addon / "__manifest__.py").read_text())["name"]
    parts = [f"{'=' * len(name)}\n{name}\n{'=' * len(name)}"]
    for fragment, heading in SECTIONS.items():
        path = addon / "readme" / f"{fragment}.rst"
        if path.exists():
            parts += [f"{heading}\n{'=' * len(heading)}"] if heading else []
            parts.append(path.read_text().strip().replace("../static/", "static/"))
    return "\n\n".join(parts) + "\n"


def main(check):
    stale = []
    for addon in sorted(path.parent for path in ROOT.glob("*/readme")):
        target = addon / "README.rst"
        if check and target.read_text() != readme(addon):
            stale.append(target.relative_to(ROOT))
        elif not check:
            target.write_text(readme(addon))
    for path in stale:
        print(f"{path} is not as its fragments say: run make format")
    return bool(stale)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv))
