"""When something was said, as files write it; nothing here knows Odoo."""

import re
from datetime import datetime, timedelta

_ISO = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?"
    r"(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)
_DAY_FIRST = re.compile(
    r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:,?\s+(?:um |at |à )?(\d{1,2}):(\d{2})"
    r"(?::(\d{2}))?\s*([ap]m)?)?",
    re.IGNORECASE,
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero gennaio январь января janv ene",
            "feb february februar février febrero febbraio февраль февраля févr",
            "mar march märz mars marzo март марта mrz",
            "apr april avril abril aprile апрель апреля avr abr",
            "may mai mayo maggio май мая",
            "jun june juni juin junio giugno июнь июня",
            "jul july juli juillet julio luglio июль июля juil",
            "aug august août agosto август августа ago",
            "sep sept september septembre septiembre settembre сентябрь сентября",
            "oct october oktober octobre octubre ottobre октябрь октября okt",
            "nov november novembre noviembre ноябрь ноября",
            "dec december dezember décembre diciembre dicembre декабрь декабря dez déc",
        ),
        1,
    )
    for name in names.split()
}
_WORDS = re.compile(r"(\d{1,2})\.?(?:st|nd|rd|th)?[\s-]+([^\W\d]+)\.?,?[\s-]+(\d{4})")
_WORDS_US = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_SERIAL = re.compile(r"(\d{5})(?:\.(\d+))?")


def moment(said, is_month_first=False):
    """Return what a cell says of a moment, as a naive datetime; None for nothing.

    A bare day is its start.

    :param is_month_first: whether 3/4/2026 is in March
    """
    said = said.strip()
    try:
        return (
            _iso(said)
            or _numbers(said, is_month_first)
            or _words(said)
            or _serial(said)
        )
    except (ValueError, OverflowError):
        return None


def _iso(said):
    found = _ISO.fullmatch(said)
    if not found:
        return None
    *parts, zone = found.groups()
    at = datetime(*(int(part or 0) for part in parts))
    if zone and zone != "Z":
        shift = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        at -= shift if zone[0] == "+" else -shift
    return at


def _numbers(said, is_month_first):
    found = _DAY_FIRST.fullmatch(said)
    if not found:
        return None
    day, sign, month, year, hour, minute, second, half = found.groups()
    day, month, year = int(day), int(month), int(year)
    if month > 12 or (is_month_first and sign == "/" and day <= 12):
        day, month = month, day
    hour = int(hour or 0)
    if half:
        hour = hour % 12 + 12 * (half.lower() == "pm")
    year += 2000 if year < 100 else 0
    return datetime(year, month, day, hour, int(minute or 0), int(second or 0))


def _words(said):
    if found := _WORDS.fullmatch(said):
        day, name, year = found.groups()
    elif found := _WORDS_US.fullmatch(said):
        name, day, year = found.groups()
    else:
        return None
    month = _MONTHS.get(name.casefold())
    return datetime(int(year), month, int(day)) if month else None


def _serial(said):
    """Return a day as spreadsheets count them, between 1982 and 2091."""
    found = _SERIAL.fullmatch(said)
    if not found or not 30_000 < int(found[1]) < 70_000:
        return None
    part = float(f"0.{found[2] or 0}")
    return datetime(1899, 12, 30) + timedelta(
        days=int(found[1]), seconds=round(part * 86_400)
    )
