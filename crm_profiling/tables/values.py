"""Values of spreadsheets as people would write them."""

import re
from datetime import date, datetime, time, timedelta

_ERROR = re.compile(r"#(N/A|NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|SPILL!|CALC!)")


def said(value):
    """Return what a value of a spreadsheet says, as people would write it.

    :param value: str, number, bool, date, time or duration
    """
    if isinstance(value, str):
        return "" if _ERROR.fullmatch(value.strip()) else value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        moment = value.replace(microsecond=0)
        return str(moment.date() if moment.time() == time() else moment)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M:%S" if value.second else "%H:%M")
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return number(value)


def number(value):
    """Return a number without the noughts that a spreadsheet adds to it."""
    try:
        value = float(value)
        return str(int(value)) if value == int(value) else repr(value)
    except (TypeError, ValueError, OverflowError):  # infinite, or none
        return ""
