"""Phone numbers as files write them; nothing here knows Odoo."""

import re
from functools import lru_cache

try:
    import phonenumbers
except ImportError:  # Odoo does without, too
    phonenumbers = None

_EXPONENT = re.compile(r"[+-]?\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
# A number that some program took for one to reckon with: 447911123456.0
_RECKONED = re.compile(r"(\+?\d{6,15})[.,]0")

# Between several phone numbers in a cell, and the digits that each has at least
_NEXT = re.compile(r"\s+:::\s+|\s+/\s+|\s*[;|\n]\s*|,\s+")
_FEWEST = 6

# Digits of most numbers, without the code of their country
_MOST = 11

# Letters of a cell in which numbers are looked for
LONGEST = 2000


def is_rounded(said):
    """Whether a number has lost digits in a spreadsheet, as 4.42E+11."""
    return bool(_EXPONENT.fullmatch(said.replace(" ", "")))


def phones(said):
    """Return the numbers in a cell, as “030 123456 / 030 123457”, as people write them.

    Where one of them is none by itself, as an extension, they are one.
    """
    if len(said) > LONGEST or not _NEXT.search(said):
        return [said]
    pieces = [piece.strip() for piece in _NEXT.split(said) if piece.strip()]
    if all(len(_DIGIT.findall(piece)) >= _FEWEST for piece in pieces):
        return pieces
    return [said]


@lru_cache(65_536)
def phone(said, country=""):
    """Return ``(as it is stored, as it is compared)`` of a phone number.

    What cannot be read as a number stays as it is, and is compared with nothing.

    :param said: as people write it
    :param country: ISO code of the country that is meant where it names none
    """
    said = re.sub(r"^\s*(tel|phone|fon|mob|mobil|mobile|cell)\s*[.:]\s*", "", said,
                  flags=re.IGNORECASE)  # fmt: skip
    if reckoned := _RECKONED.fullmatch(said):
        said = reckoned[1]
    if not phonenumbers or len(said) > 60 or not _DIGIT.search(said):
        return said, ""
    for text in _readings(said, country):
        try:
            number = phonenumbers.parse(text, country or None)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            formats = phonenumbers.PhoneNumberFormat
            return (
                phonenumbers.format_number(number, formats.INTERNATIONAL),
                phonenumbers.format_number(number, formats.E164),
            )
    return said, ""


def _readings(said, country=""):
    """Yield how a number may be meant: as written, and abroad without its plus.

    A nought in brackets is not dialled, though in Italy it is. Digits that begin with
    the country's own code are meant with it where they are too many without: in
    Germany, whose numbers are of any length, they might be either.
    """
    code = str(phonenumbers.country_code_for_region(country)) if country else "0"
    if said.startswith(code) and len(re.sub(r"\D", "", said)) > _MOST:
        yield f"+{said}"
    yield said
    said = said.replace("(0)", "")
    yield said
    digits = re.sub(r"\D", "", said)
    if digits.startswith("00"):
        yield f"+{digits[2:]}"
    elif len(digits) > 9:
        yield f"+{digits}"
