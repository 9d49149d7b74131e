"""When something was said, as files write it; nothing here knows Odoo."""

import re
from datetime import datetime, timedelta

# The time of a day, as it follows the day; of half a day, and of a zone
_CLOCK = r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([ap]\.?m\.?)?"
_TIME = rf"(?:,?\s+(?:um |at |à |в )?{_CLOCK})?"
_ISO = re.compile(
    rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}})(?:(?:T|\s+){_CLOCK}"
    r"\s*(?:GMT|UTC)?(?P<zone>Z|([+-])(\d{1,2}?)(?::?(\d{2}))?)?)?",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    rf"(\d{{1,2}})([./-])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE
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
_WORDS = re.compile(
    r"(\d{1,2})\.?(?:st|nd|rd|th)?[\s-]+(?:de )?([^\W\d]+)\.?,?[\s-]+(?:de )?"
    rf"(\d{{4}}|\d{{2}}){_TIME}",
    re.IGNORECASE,
)
_WORDS_US = re.compile(
    rf"([^\W\d]+)\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_TIME}", re.IGNORECASE
)
# 2026年11月28日, and the blanks that stand before am and pm
_SIGNS = {0x5E74: "-", 0x6708: "-", 0x65E5: None, 0x202F: " ", 0xA0: " "}
_SERIAL = re.compile(r"(\d{5})(?:\.(\d+))?")


def moment(said, is_month_first=False):
    """Return what a cell says of a moment, as a naive datetime; None for nothing.

    A bare day is its start.

    :param is_month_first: whether 3/4/2026 is in March
    """
    said = said.strip().translate(_SIGNS)
    try:
        return (
            _iso(said)
            or _numbers(said, is_month_first)
            or _words(said)
            or _serial(said)
        )
    except (ValueError, OverflowError):
        return None


def has_zone(said):
    """Whether a moment says which zone's clock it was read from."""
    found = _ISO.fullmatch(said.strip().translate(_SIGNS))
    return bool(found and found["zone"])


def _iso(said):
    found = _ISO.fullmatch(said)
    if not found:
        return None
    *day, hour, minute, second, half, _zone, sign, hours, minutes = found.groups()
    at = datetime(*map(int, day)) + _clock(hour, minute, second, half)
    if sign:
        # as a time of a day: no zone is further from UTC than that
        shift = _clock(hours, minutes, 0, "")
        at -= shift if sign == "+" else -shift
    return at


def _clock(hour, minute, second, half):
    """Return how long after its start a moment of a day is."""
    hour = int(hour or 0)
    if half:
        hour = hour % 12 + 12 * half.lower().startswith("p")
    # as a time of a day, which has no more than so many hours
    time = datetime(1, 1, 1, hour, int(minute or 0), int(second or 0))
    return time - datetime.min


def _numbers(said, is_month_first):
    found = _DAY_FIRST.fullmatch(said)
    if not found:
        return None
    day, sign, month, year, hour, minute, second, half = found.groups()
    day, month, year = int(day), int(month), int(year)
    if month > 12 or (is_month_first and sign == "/" and day <= 12):
        day, month = month, day
    return datetime(_year(year), month, day) + _clock(hour, minute, second, half)


def _year(number):
    return number + 2000 if number < 100 else number


def _words(said):
    if found := _WORDS.fullmatch(said):
        day, name, year, *clock = found.groups()
    elif found := _WORDS_US.fullmatch(said):
        name, day, year, *clock = found.groups()
    else:
        return None
    month = _MONTHS.get(name.casefold())
    if not month:
        return None
    return datetime(_year(int(year)), month, int(day)) + _clock(*clock)


def _serial(said):
    """Return a day as spreadsheets count them, between 1982 and 2091."""
    found = _SERIAL.fullmatch(said)
    if not found or not 30_000 < int(found[1]) < 70_000:
        return None
    part = float(f"0.{found[2] or 0}")
    return datetime(1899, 12, 30) + timedelta(
        days=int(found[1]), seconds=round(part * 86_400)
    )
