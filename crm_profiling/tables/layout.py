"""Where the table of prospects begins in a file, and where it ends."""

import re
from collections import Counter

from ..names import key

# Lines among which the headings are looked for; shown to choose from
TOP = 30

_TOTALS = {
    "total", "totals", "grand total", "subtotal", "sub total", "sum", "count",
    "record count", "summe", "gesamt", "gesamtsumme", "zwischensumme", "anzahl",
    "somme", "sous-total", "nombre", "suma", "subtotal general", "total general",
    "totale", "somma", "soma", "totaal", "subtotaal", "итого", "всего", "сумма",
    "σύνολο", "合計", "合计", "总计", "합계", "ukupno", "spolu", "razem", "łącznie",
    "celkem", "toplam", "totalt", "summa", "yhteensä", "összesen",
}  # fmt: skip
_FOOTER = re.compile(
    r"copyright|©|\(c\) \d|all rights reserved|confidential|do not distribute"
    r"|generated (by|on|at)|exported (by|on|from)|created with|printed (by|on)"
    r"|powered by|^page \d|^seite \d|^report\b|end of (report|file|list)"
    r"|^\d+ (rows?|records?|contacts?|leads?|lines?|results?|entries|zeilen|lignes)\b"
    r"|vertraulich|erstellt (am|von)|alle rechte vorbehalten|stand:|quelle:"
    r"|confidentiel|tous droits réservés|généré (le|par)|конфиденциально"
    r"|сформировано|as of \d|disclaimer",
    re.IGNORECASE,
)
_NUMBERS = re.compile(
    r"[\d\s.,:%€$£+\-/]*|\d[\d\s.,]*(contacts?|leads?|records?|rows?|entries|people|persons"
    r"|visitors|attendees|prospects|kontakte|einträge|zeilen|datensätze|lignes|fiches"
    r"|registros|contatti|контакт(а|ов)?|запис(ей|и)|строк)",
    re.IGNORECASE,
)


def heading_at(rows, recognised):
    """Return the index of the row with the headings.

    The one with most headings that are known; where none are, the first that is as
    wide as the table.

    :param rows: lists of a number and cells, as of `Table`
    :param recognised: function of a list of cells, to how many are known headings
    """
    if not rows:
        return 0
    top = rows[:TOP]
    scores = [recognised(row[1:]) for row in top]
    best = max(scores)
    widths = [filled(row) for row in top]
    if best and (best > 1 or widths[scores.index(best)] * 2 >= max(widths)):
        return scores.index(best)
    [(width, _count)] = Counter(map(filled, rows[:1000])).most_common(1)
    return next((at for at, one in enumerate(widths) if one >= width), 0)


def has_second(rows, at, recognised):
    """Whether the headings go on in the row below, as those of SurveyMonkey do.

    There a question that takes several columns stands above the first of them, and
    what each is for below it.
    """
    if at < 0 or at + 2 > len(rows) or rows[at + 1][0] != rows[at][0] + 1:
        return False
    above, below = _even(rows[at][1:], rows[at + 1][1:])
    first = next((n for n, cell in enumerate(above) if cell), 0)
    gaps = [n for n, cell in enumerate(above) if n > first and not cell and below[n]]
    is_of_words = not any(cell.isdecimal() or "@" in cell for cell in below)
    if len(gaps) < 2 or not is_of_words or not recognised(above):
        return False
    before = [n for n in range(gaps[0] - 1) if above[n]]
    is_apart = len(before) > 1 and not any(below[n] for n in before)
    return is_apart or recognised(below) > 1


def in_one(above, below, recognised):
    """Return headings that take two rows, each in one.

    :param above, below: lists of cells
    :param recognised: as of `heading_at`
    """
    above, below = _even(above, below)
    times, group, found = Counter(map(key, below)), "", []
    for at, (over, under) in enumerate(zip(above, below, strict=True)):
        group = over or group
        is_of_several = not over or (at + 1 < len(above) and not above[at + 1])
        if not under or not (is_of_several and group):
            found.append(over or under)
        elif times[key(under)] > 1:
            found.append(f"{group} {under}")
        else:
            found.append(under if recognised([under]) else f"{group} [{under}]")
    return found


def _even(row, other):
    width = max(len(row), len(other))
    return [[*cells, *[""] * (width - len(cells))] for cells in (row, other)]


def filled(row):
    """Return how many cells of a row say anything."""
    return sum(1 for cell in row[1:] if cell)


def below(lines, is_listed, is_heading=None):
    """Return ``{number: text}`` of the lines that are not of the table.

    Totals and headings anywhere, and what follows the table: texts of one cell, after
    a gap or with the words of a report's footer.

    :param lines: lists of a number and cells, those below the headings
    :param is_listed: function of a text, to whether it speaks of a person
    :param is_heading: function of the cells of a line, to whether all are headings
    """
    if max(map(filled, lines), default=0) < 2:
        return {}
    found = {line[0]: _said(line) for line in lines if _is_total(line)}
    if is_heading:
        again = (line for line in lines if is_heading(line[1:]))
        found.update((line[0], _said(line)) for line in again)
    block = []
    for at, line in reversed([*enumerate(lines)]):
        if line[0] in found:
            continue
        if filled(line) > 1 or is_listed(_said(line)):
            break
        block.append(line)
        # what stood before a gap may still be somebody with a name alone
        if at and line[0] - lines[at - 1][0] > 1:
            found.update((one[0], _said(one)) for one in block)
            block = []
    found.update((one[0], _said(one)) for one in block if _FOOTER.search(_said(one)))
    return found


def _said(line):
    return next((cell for cell in line[1:] if cell), "")


def _is_total(line):
    said = _said(line)
    name = key(said).rstrip(": ")
    what, _colon, number = name.partition(":")
    # “Total: 3”, and “Total contacts: 3”
    total = name in _TOTALS or what.strip() in _TOTALS
    total |= what.split(" ")[0] in _TOTALS and bool(number.strip().isdecimal())
    others = [cell for cell in line[1:] if cell and cell is not said]
    return total and all(_NUMBERS.fullmatch(cell) for cell in others)
