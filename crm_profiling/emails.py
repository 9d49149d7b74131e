"""E-mail addresses as files write them; nothing here knows Odoo."""

import re

_NAMED = re.compile(r"<\s*([^<>]+?)\s*>")
_ADDRESS = re.compile(
    r"[^\s@<>()\[\]\",;:\\]+@(?:[^\s@<>()\[\]\",;:\\._-](?:[^\s@<>()\[\]\",;:\\._]*"
    r"[^\s@<>()\[\]\",;:\\._-])?\.)+[^\W\d_](?:[\w-]*\w)"
)
_PLAIN = re.compile(r"[\w+-]+(?:\.[\w+-]+)*@[a-z\d-]+(?:\.[a-z\d-]+)+", re.A | re.I)
_LABEL = re.compile(r"(?<![\w@.])(?:mailto|e-?mail)\s*:\s*", re.IGNORECASE)
_AT = re.compile(r"\s*(?:@|[(\[]\s*at\s*[)\]])\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:[;,\s|/]|\s:::\s)+(?=\S+@)")
_INSIDE = re.compile(r"(EX:)?/o=.*/cn=", re.IGNORECASE)

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
