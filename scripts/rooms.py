"""Draws docs/rooms.svg from the code: the rooms, and the models that live in them.

From the ground up: each room may use what is below it, never what is above.
"""

import ast
import sys
import textwrap
from html import escape

from project import ADDON, COMPANIONS, ROOT

ROOMS = {
    "insight": "board, health, decision tree, lists, reports, prints",
    "segment": "what profiles do on entry and leaving, actions on many",
    "prospects": "import, export, what the cells of a file mean",
    "interview": "asking, the screen, call lists, leads",
    "matching": "state, memberships, tags, background run, preview, why",
    "answers": "who answered what, whose answer counts, where answers come from",
    "catalog": "questions, answers, questionnaires, profiles: what is defined",
}
PLAIN = {
    "evaluator.py": "the rule",
    "catalog.py": "what is defined",
    "outcomes.py": "what an answer decides",
    "chooser.py": "the next question",
    "numerals.py": "what a number means",
    "bands.py": "which answer it is",
    "names.py": "how names compare",
    "companies.py": "of one company",
    "cells.py": "what cells say",
    "placeholders.py": "saying nothing",
    "words.py": "what words mean",
    "opposites.py": "yes, no, contrary",
    "band_starts.py": "suggested bands",
    "tables/": "reading files",
    "headings.py": "what columns are",
    "moments.py": "when it was said",
    "emails.py": "e-mail addresses",
    "phones.py": "phone numbers",
}
PICTURE = ROOT / "docs" / "rooms.svg"
WIDTH, LEFT, LINE = 1000, 330, 19
ACROSS = 4  # plain files in a row
STYLE = """
  text { font: 14px system-ui, sans-serif; fill: #374151 }
  .room { font-weight: 600; font-size: 17px; fill: #111827 }
  .mono { font-family: ui-monospace, monospace; font-size: 12.5px }
  .small { font-size: 12.5px; fill: #6b7280 }
"""


def models_of(room):
    """Return the models that begin in a room, and those that it extends."""
    new, extended = [], []
    for path in sorted((ROOT / ADDON / "models" / room).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef):
                said = {
                    target.id: statement.value
                    for statement in node.body
                    if isinstance(statement, ast.Assign)
                    for target in statement.targets
                    if isinstance(target, ast.Name)
                }
                name, bases = (
                    ast.literal_eval(said[what]) if what in said else ""
                    for what in ("_name", "_inherit")
                )
                bases = bases.split() if isinstance(bases, str) else bases
                if name and name not in bases:
                    new.append(name)
                else:
                    extended += bases[:1]
    return [
        sorted({name.removeprefix("crm.profiling.") for name in names})
        for names in (new, set(extended) - set(new))
    ]


def floor(room, says, top):
    """Return the drawing of a room, and how high it is."""
    new, others = models_of(room)
    lines = textwrap.wrap(" · ".join(new), 84, break_on_hyphens=False)
    more = textwrap.wrap("extends " + ", ".join(others), 92) if others else []
    says = textwrap.wrap(says, 36)
    height = max(LINE * (len(lines) + len(more)), LINE * (len(says) + 1)) + 22
    drawn = [
        f'<rect x="20" y="{top}" width="{WIDTH - 40}" height="{height - 6}" rx="6"'
        ' fill="#f3f6fb" stroke="#9db2d0"/>',
        f'<text class="room" x="36" y="{top + 25}">{room}</text>',
    ]
    for number, line in enumerate(says):
        y = top + 44 + number * (LINE - 2)
        drawn.append(f'<text class="small" x="36" y="{y}">{escape(line)}</text>')
    for number, line in enumerate(lines + more):
        y = top + 25 + number * LINE
        style = "mono" if number < len(lines) else "small"
        drawn.append(f'<text class="{style}" x="{LEFT}" y="{y}">{escape(line)}</text>')
    return drawn, height


def around(top, height):
    """Return the drawing of the addons that stand beside the house."""
    drawn = [
        f'<rect x="20" y="{top}" width="{WIDTH - 40}" height="{height}" rx="6"'
        ' fill="#fff" stroke="#c4b5fd" stroke-dasharray="5 3"/>',
        f'<text class="small" x="36" y="{top + 24}">addons around it, each with'
        " one topic</text>",
    ]
    for number, line in enumerate(textwrap.wrap(" · ".join(COMPANIONS), 84)):
        y = top + 24 + number * LINE
        drawn.append(f'<text class="mono" x="{LEFT}" y="{y}">{line}</text>')
    return drawn


def picture():
    drawn, top = [], 16
    drawn += around(top, 44)
    top += 54
    for room, says in ROOMS.items():
        lines, height = floor(room, says, top)
        drawn += lines
        top += height
    height = 46 * -(-len(PLAIN) // ACROSS) + 12
    drawn.append(
        f'<rect x="20" y="{top}" width="{WIDTH - 40}" height="{height}" rx="6"'
        ' fill="#ecfdf5" stroke="#86c5a4"/>'
    )
    drawn.append(f'<text class="room" x="36" y="{top + 25}">plain Python</text>')
    drawn.append(
        f'<text class="small" x="36" y="{top + 44}">knows nothing of Odoo</text>'
    )
    for number, (file, says) in enumerate(PLAIN.items()):
        x, y = LEFT + number % ACROSS * 162, top + 25 + number // ACROSS * 46
        drawn.append(f'<text class="mono" x="{x}" y="{y}">{file}</text>')
        drawn.append(f'<text class="small" x="{x}" y="{y + LINE}">{says}</text>')
    top += height + 16
    body = "\n".join(f"  {line}" for line in drawn)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}"'
        f' role="img" aria-label="The rooms of {ADDON}, from the ground up">\n'
        f"  <style>{STYLE}  </style>\n"
        f'  <rect width="{WIDTH}" height="{top}" fill="#fff"/>\n{body}\n</svg>\n'
    )


if __name__ == "__main__":
    PICTURE.write_text(picture())
    sys.exit()
