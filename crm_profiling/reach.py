"""How people are reached, as files write it: e-mail addresses and phone numbers.

Nothing here knows Odoo.
"""

import re
from functools import lru_cache

try:
    import phonenumbers
except ImportError:  # Odoo does without, too
    phonenumbers = None

_NAMED = re.compile(r"<\s*([^<>]+?)\s*>")
_ADDRESS = re.compile(
    r"[^\s@<>()\[\]\",;:\\]+@(?:[^\s@<>()\[\]\",;:\\._-](?:[^\s@<>()\[\]\",;:\\._]*"
    r"[^\s@<>()\[\]\",;:\\._-])?\.)+[^\W\d_](?:[\w-]*\w)"
)
_PLAIN = re.compile(r"[\w+-]+(?:\.[\w+-]+)*@[a-z\d-]+(?:\.[a-z\d-]+)+", re.A | re.I)
_LABEL = re.compile(r"(?<![\w@.])(?:mailto|e-?mail)\s*:\s*", re.IGNORECASE)
_AT = re.compile(r"\s*(?:@|[(\[]\s*at\s*[)\]])\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:[;,\s|/]|\s:::\s)+(?=\S+@)")
_EXPONENT = re.compile(r"[+-]?\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_INSIDE = re.compile(r"(EX:)?/o=.*/cn=", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
# A number that some program took for one to reckon with: 447911123456.0
_RECKONED = re.compile(r"(\+?\d{6,15})[.,]0")

# Between several phone numbers in a cell, and the digits that each has at least
_NEXT = re.compile(r"\s+:::\s+|\s+/\s+|\s*[;|\n]\s*|,\s+")
_FEWEST = 6

# Digits of most numbers, without the code of their country
_MOST = 11

# Letters of a cell in which addresses are looked for
LONGEST = 2000

# Who gives addresses to anybody: the same one says nothing of the company
_FREE = frozenset(
    """163 126 139 188 189 21cn abv aim alice aliceadsl aliyun aol arcor bellsouth
    bigpond bk bluewin bluemail bol btinternet btopenworld centrum cegetel
    charter club-internet comcast consultant cox dbmail earthlink email fastmail foxmail
    free freemail freenet gmail gmx googlemail hanmail hey hotmail hushmail icloud
    iinet in inbox interia juno kpnmail laposte libero list live lycos mac mail
    mailbox mailinator me msn mynet naver nate neuf netcourrier nifty numericable o2
    onet online ono op optonline optusnet orange outlook pm posteo proton protonmail
    qq rambler rediffmail rocketmail rogers sapo sbcglobal seznam sfr shaw sina sky
    skynet sohu t-online telenet telia terra tin tiscali tlen tutanota tuta ukr uol
    usa verizon vip virgilio virginmedia voila walla wanadoo web windowslive wp xs4all
    xtra ya yahoo yandex yeah ymail yopmail ziggo zoho""".split()
)
_SHARED_ENDINGS = ("co", "com", "net", "org", "ac")


def domain(email):
    """Return the domain of an address that is a company's own, "" for others'.

    :param email: as it is compared
    """
    found = email.rpartition("@")[2]
    name, *endings = found.split(".") if found else ("",)
    while len(endings) > 2 or (len(endings) == 2 and endings[0] not in _SHARED_ENDINGS):
        name, *endings = endings
    return "" if name in _FREE else found


def emails(said):
    """Return the addresses in a cell, cleaned; None where some text is none.

    :param said: as “Ann <ann@example.com>”, “mailto:…”, “ann (at) example.com”
    """
    if len(said) > LONGEST:
        return None
    said = _LABEL.sub("", said).strip()
    named = _NAMED.findall(f"{said}>")  # the last one may have lost its bracket
    pieces = named or _BETWEEN.split(_AT.sub("@", said))
    found = []
    for piece in pieces:
        piece = _AT.sub("@", piece.split("?")[0]).strip("'\"`.,;<>()[] ")
        if len(piece) > 254 or ".." in piece or not _ADDRESS.fullmatch(piece):
            return None
        found.append(piece)
    return found or None


def plain_address(address):
    """Return how an address is compared, "" for one that is not as most are.

    Reading addresses by the rules of mail headers takes a third of all that a file of
    prospects does; nothing of them shows in these.
    """
    return address.lower() if _PLAIN.fullmatch(address) else ""


def is_inside(said):
    """Whether an address is one inside of Exchange, as Outlook exports colleagues'."""
    return bool(_INSIDE.match(said))


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
