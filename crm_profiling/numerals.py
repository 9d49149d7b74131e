"""Numbers as people write them; nothing here knows Odoo.

Read here and not by a library: babel's `parse_decimal` knows the separators of a
language, not those of a user, and nothing of “about 40”, “1.2k” or “250 000 €”.
"""

import re
from math import inf, nextafter
from typing import NamedTuple

# Characters of a text that can be a number with words around it
LONGEST = 100

# Digits up to which a number is kept to the last
_DIGITS = 15

# Words that may stand after a number, as in “37 employees of the group”
_WORDS = 4


class Notation(NamedTuple):
    """How a language writes numbers."""

    decimal: str = "."
    thousands: str = ","


ENGLISH = Notation()
_CONTINENTAL = Notation(",", ".")


class Said(NamedTuple):
    """What was said: a number, or from which one to which."""

    lower: float
    upper: float
    is_above: bool = False  # more than the lower one


class NoNumber(ValueError):
    """It is no number, or of no band.

    :ivar reason: "nothing" that is a number; "several" of them; "long"; "percent", or
        "currency" where the question is about something else; "below" the lowest band;
        "wide", so that it belongs to several bands
    """

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


# ----------------------------------------------------------------------
# What stands around a number
# ----------------------------------------------------------------------

_ABOUT = {
    "~", "≈", "±", "∼", "about", "approx", "approximately", "around", "roughly", "some",
    "nearly", "almost", "ca", "circa", "c", "etwa", "ungefähr", "rund", "knapp",
    "zirka", "environ", "presque", "unos", "unas", "aproximadamente", "aprox", "около",
    "примерно", "ок", "порядка", "приблизительно", "почти", "ongeveer", "około",
}  # fmt: skip

_FROM = {
    "≥", ">=", "from", "at least", "min", "minimum", "ab", "mindestens", "dès",
    "au moins", "desde", "от", "не менее",
}  # fmt: skip
_ABOVE = {
    ">", "over", "more than", "above", "über", "mehr als", "plus de", "más de", "свыше",
    "более", "больше",
}  # fmt: skip
_UP_TO = {
    "≤", "<=", "up to", "at most", "max", "maximum", "bis", "bis zu", "höchstens",
    "jusqu'à", "hasta", "до", "не более",
}  # fmt: skip
_BELOW = {
    "<", "under", "less than", "below", "unter", "weniger als", "moins de", "menos de",
    "менее", "меньше",
}  # fmt: skip

_CURRENCIES = {
    "€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₽": "RUB", "руб": "RUB",
    "р": "RUB", "рублей": "RUB", "₴": "UAH", "zł": "PLN", "fr": "CHF", "sfr": "CHF",
    "euro": "EUR", "euros": "EUR", "евро": "EUR", "dollar": "USD", "dollars": "USD",
    "долларов": "USD", "₹": "INR",
    **{code.lower(): code for code in (
        "EUR USD GBP CHF JPY CNY RUB UAH PLN CZK SEK NOK DKK HUF RON BGN TRY INR CAD"
        " AUD NZD BRL MXN ZAR AED SGD HKD"
    ).split()},
}  # fmt: skip

_PERCENT = {"%", "percent", "prozent", "процент", "процента", "процентов"}

_TIMES = {
    **dict.fromkeys(("k", "tsd", "thousand", "mille", "mil", "тыс", "тысяч"), 10**3),
    **dict.fromkeys(
        ("m", "mn", "mm", "mio", "mln", "million", "millions", "millionen", "millones",
         "млн", "миллион", "миллиона", "миллионов"), 10**6,
    ),
    **dict.fromkeys(("bn", "mrd", "mld", "milliarden", "milliards", "млрд"), 10**9),
    "lakh": 10**5, "lakhs": 10**5, "crore": 10**7, "crores": 10**7,
}  # fmt: skip

# Before a currency alone: “250 TEUR”, “250 T€” are thousands, “250 t” are tons
_TIMES_MONEY = {"t": 10**3, "k": 10**3, "m": 10**6}

# After a number these make it another one than it looks
_NOT_UNITS = {
    "hundred", "hundreds", "dozen", "dozens", "billion", "billions", "billionen",
    "trillion", "trillions", "hundert", "dutzend", "cent", "cents", "cien", "сто",
    "сот", "сотен", "сотни", "десятка", "minus", "plus", "to", "or", "of", "bis",
    "oder", "von", "ou", "или", "до", "от", "pm", "am", "th", "st", "nd", "rd", "half",
    "times", "x", "e",
}  # fmt: skip

_SPACES = re.compile(r"\s+")
_DASHES = dict.fromkeys(
    map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d"), "-"
)
_SAME = {
    **_DASHES,
    **dict.fromkeys(map(ord, "\u2019\u2018\u00b4\u0060\uff07"), "'"),
    ord("\uff0c"): ",",
    ord("\uff0e"): ".",
    ord("\u202f"): " ",
}
_DOTS = re.compile(r"\.{2,}|…")

_NUMERAL = re.compile(
    r"(?P<before>\D*?)(?P<sign>-?)"
    r"(?P<digits>(?:\d(?:[\d.,' ]*\d)?|(?<!\w)[.,]\d+))"
    r"(?P<after>.*)"
)
_FROM_TO = re.compile(
    r"(?:(?:between|zwischen|entre|между|from|von|de|от|с) )?"
    r"(?P<low>\D*\d[^-]*?) ?(?:-|\b(?:to|and|bis|und|à|et|a|y|до|по|и)\b) ?"
    r"(?P<high>\D*\d.*)"
)
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\S")
_NO_CENTS = re.compile(r"[.,]-+")


def read(said, notation=ENGLISH, unit=""):
    """Return what a text says of a number.

    :param str said: “37”, “about 40”, “1.2k”, “250 000 €”, “21-50”, “over 500”
    :param Notation notation: the user's own, tried before the English one
    :param str unit: what the numbers are of: “employees”, “EUR”, “%”
    :rtype: Said
    :raise NoNumber: saying why it is none
    """
    if len(said) > LONGEST:
        raise NoNumber("long")
    said = _DOTS.sub("-", said.translate(_SAME))
    said = _SPACES.sub(" ", said).strip().casefold()
    unit = set(_TOKEN.findall(unit.casefold()))
    try:
        value, _times, bound = _side(said, notation, unit)
    except NoNumber as one:
        if one.reason != "several" or not (ends := _FROM_TO.fullmatch(said)):
            raise
        return _from_to(ends, notation, unit)
    if bound in _BELOW:
        return Said(-inf, nextafter(value, -inf))
    if bound in _UP_TO:
        return Said(-inf, value)
    if bound in _FROM or bound in _ABOVE:
        return Said(value, inf, bound in _ABOVE)
    return Said(value, value, bound == "+")


def _from_to(ends, notation, unit):
    """Return what is said from one number to another."""
    lower, lower_times, lower_bound = _side(ends["low"], notation, unit)
    upper, upper_times, upper_bound = _side(ends["high"], notation, unit)
    if lower_times == 1:  # 101-300k
        lower *= upper_times
    if lower_bound or upper_bound or lower > upper:
        raise NoNumber("several")
    return Said(lower, upper)


def _side(said, notation, unit):
    """Return a number, what it was multiplied with, and what is said of it: “over”."""
    parts = _NUMERAL.fullmatch(said)
    if not parts:
        raise NoNumber("nothing")
    before, after = parts["before"], _NO_CENTS.sub("", parts["after"], count=1)
    if any(char.isdigit() for char in after):
        raise NoNumber("several")
    bound = _before(before, unit)
    times, is_more = _after(after, unit)
    if is_more and bound:
        raise NoNumber("nothing")
    value = _value(parts["digits"], notation) * times
    return -value if parts["sign"] else value, times, "+" if is_more else bound


def _before(said, unit):
    """Return what stands before a number, less what does not change it."""
    tokens = _TOKEN.findall(said.replace(">=", "≥").replace("<=", "≤"))
    rest = []
    for token in tokens:
        if token in _CURRENCIES:
            _check_currency(token, unit)
        elif token not in _ABOUT and token not in unit and token not in ".:":
            rest.append(token)
    bound = " ".join(rest)
    if bound and not any(bound in words for words in (_FROM, _ABOVE, _UP_TO, _BELOW)):
        raise NoNumber("nothing")
    return bound


def _after(said, unit):
    """Return what a number is multiplied with, and whether more is meant."""
    times, is_more, words, is_first = 1, False, 0, True
    tokens = _TOKEN.findall(said)
    for token in tokens:
        if token in unit or token in _ABOUT or token in ".()":
            continue
        if token in _PERCENT:
            raise NoNumber("percent")
        if token == "+":
            is_more = True
        elif is_first and token in _TIMES:
            times = _TIMES[token]
        elif token in _CURRENCIES:
            _check_currency(token, unit)
        elif is_first and token[:1] in _TIMES_MONEY and token[1:] in _CURRENCIES:
            _check_currency(token[1:], unit)
            times = _TIMES_MONEY[token[0]]
        elif is_first and token == "t" and not _CURRENCIES.keys().isdisjoint(tokens):
            times = _TIMES_MONEY[token]
        elif token[0].isalpha() and token not in _NOT_UNITS and words < _WORDS:
            words += 1
        else:
            raise NoNumber("nothing")
        is_first = False
    return times, is_more


def _check_currency(token, unit):
    """Refuse one currency where the numbers are of another, or of no money at all."""
    if unit and _CURRENCIES[token] not in {_CURRENCIES.get(one) for one in unit}:
        raise NoNumber("currency")


def _value(digits, notation):
    """Return the number that digits and separators are in the likeliest notation.

    The user's own, and then others: “1.234,5” is no English number.
    """
    if sum(map(str.isdigit, digits)) > _DIGITS:
        raise NoNumber("long")
    digits = f"0{digits}" if digits[0] in ".," else digits
    # where the comma is for decimals, a dot before three digits is for thousands
    near = _CONTINENTAL if notation.decimal == "," else ENGLISH
    for one in (notation, near, ENGLISH, _CONTINENTAL):
        separators = {one.thousands.strip(), " ", "'"} - {"", one.decimal}
        classes = "".join(map(re.escape, sorted(separators)))
        number = re.fullmatch(
            rf"(\d+|(?!0)\d{{1,3}}([{classes}])(?:\d{{2,3}}\2)*\d{{3}})"
            rf"(?:{re.escape(one.decimal)}(\d+))?",
            digits,
        )
        if number:
            whole = "".join(filter(str.isdigit, number[1]))
            return float(f"{whole}.{number[3] or 0}")
    raise NoNumber("several")
