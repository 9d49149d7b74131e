"""Which encoding a text is in: told where letters are certain, asked where not.

UTF-8 shows by itself. What else there is differs in a few letters only: each encoding
is tried on the words that have such letters, and what no language writes counts
against it - symbols and capitals in the middle of a word, alphabets mixed, letters
with accents side by side. No frequencies: a list of prospects is names, and short.
"""

import codecs
import re
import unicodedata
from itertools import islice

from .limits import TableError

# Those that are tried, the likeliest first; a person may choose others
_TRIED = ("cp1252", "cp1250", "cp1251", "cp1254", "cp1253", "cp850", "mac_roman",
          "koi8_r")  # fmt: skip

OTHERS = (
    "utf-8-sig", "utf-16", *_TRIED, "cp1255", "cp1256", "cp1257", "cp852", "cp866",
    "cp437", "iso8859_15", "iso8859_2", "koi8_u", "mac_cyrillic", "mac_latin2",
    "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr", "cp874",
)  # fmt: skip

# Which one comes first for those who speak a language
_OF_LANGUAGE = {
    "cp1250": ("pl", "cs", "sk", "hu", "sl", "hr", "ro", "bs", "sq"),
    "cp1251": ("ru", "uk", "bg", "sr", "mk", "be", "kk", "mn"),
    "cp1254": ("tr", "az"),
    "cp1253": ("el",),
}

# Words that are looked at, and shown where they are not certain
_WORDS = 2000
SHOWN = 6

# Bytes of a word that are looked at: no language has longer ones
_LETTERS = 100

# Bytes that are read at a time to see whether a text is in an encoding
_PIECE = 2**20

# A word with letters that encodings differ in; it begins where no word is before it, or
# a run of letters without them would be gone through again from each of its letters
_WORD = re.compile(
    rb"(?<![\x41-\x5a\x61-\x7a\x80-\xff])"
    rb"[^\x00-\x40\x5b-\x60\x7b-\x7f]*[\x80-\xff]"
    rb"[^\x00-\x26\x28-\x2c\x2e-\x40\x5b-\x60\x7b-\x7f]*"
)

# What may stand in or around a word and is no letter
_SIGNS = set(
    "\u2018\u2019\u201c\u201d\u201e\u201a\u00ab\u00bb\u2013\u2014\u2026\u00a0\u00b7"
    "\u2022\u00ae\u2122\u00a9\u00b0\u20ac\u2039\u203a'-"
)
_INNER = set("\u2018\u2019\u2013\u00b7'-\u00a0")

# Letters so rare beside their likenesses that another reading is meant
_RARE = set("\u00f0\u00fe\u00de\u00d0\u00fd\u00dd\u00ff\u0178\u00aa\u00ba\u00b5")


def known(encoding):
    """Check that Python knows an encoding of text.

    :raise TableError: for one it does not know
    """
    try:
        info = codecs.lookup(encoding)
        if not getattr(info, "_is_text_encoding", True):
            raise LookupError(encoding)
    except (LookupError, ValueError, TypeError, UnicodeError) as error:
        raise TableError("encoding", encoding=str(encoding)[:40]) from error


def guessed(content, lang=""):
    """Return ``(encoding, readings)`` of a text.

    Readings are none where the encoding is certain; else ``((encoding, words), …)``
    of those that are likely, the likeliest first.

    :raise TableError: for what is no text
    """
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32", ()
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", ()
    start = content[:1000]
    for encoding, at in (("utf-16-le", 1), ("utf-16-be", 0)):
        # before UTF-8, as which plain letters would pass; all noughts are no text
        high, low = start[at::2].count(0), start[1 - at :: 2].count(0)
        if high > len(start) // 4 and low * 20 <= len(start):
            return encoding, ()
    if _is_in(content, "utf-8"):
        return "utf-8-sig", ()
    if b"\0" in start:
        raise TableError("unreadable")
    return _likely(content, lang)


def _is_in(content, encoding):
    """Return whether all of a text can be read in an encoding, piece by piece.

    As a whole it would be there again, with up to four bytes for each of its letters.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(content), _PIECE):
            decoder.decode(content[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _likely(content, lang):
    places = (word.span() for word in _WORD.finditer(content))
    found = (content[start : min(end, start + _LETTERS)] for start, end in places)
    words = list(islice(dict.fromkeys(found), _WORDS))
    first = next(
        (e for e, langs in _OF_LANGUAGE.items() if lang[:2] in langs), _TRIED[0]
    )
    tried = sorted(_TRIED, key=lambda encoding: encoding != first)
    scores = {}
    for encoding in tried:
        if not _is_in(content, encoding):
            continue
        texts = [word.decode(encoding) for word in words]
        scores[encoding] = sum(map(oddity, texts)) / max(1, len(texts)), tuple(texts)
    if not scores:
        raise TableError("encoding", encoding="")
    ranked = sorted(scores, key=lambda encoding: scores[encoding][0])
    least = scores[ranked[0]][0]
    likely = {}
    for encoding in ranked:
        # as good, or not much worse: one odd word in four
        if scores[encoding][0] <= least + 0.25:
            likely.setdefault(scores[encoding][1], encoding)
    if len(likely) == 1 and least < 1:
        return ranked[0], ()
    if len(likely) == 1:  # odd in every way: some other encoding
        for encoding in ranked[1:4]:
            likely.setdefault(scores[encoding][1], encoding)
    return ranked[0], _readings(likely)


def _readings(likely):
    """Return the readings with the words in which they differ."""
    texts = list(likely)
    at = [
        index
        for index in range(len(texts[0]))
        if len({words[index] for words in texts}) > 1
    ]
    at = sorted(at, key=lambda index: -len(texts[0][index]))[:SHOWN]
    return tuple(
        (encoding, tuple(words[index] for index in at))
        for words, encoding in likely.items()
    )


def oddity(word):
    """Return how unlikely it is that somebody wrote this word; 0 for none at all."""
    letters = [char for char in word if char.isalpha()]
    odd = 3.0 * sum(
        1
        for at, char in enumerate(word)
        if not char.isalpha()
        and not unicodedata.combining(char)
        and (char not in _SIGNS or (0 < at < len(word) - 1 and char not in _INNER))
    )
    scripts = {_script(char) for char in letters}
    odd += 3.0 * (len(scripts) > 1)
    odd += 2.0 * _is_wild(word)
    odd += 0.5 * sum(char in _RARE for char in letters)
    if scripts == {"LATIN"}:
        run = longest = 0
        for char in word:
            run = 0 if char.isascii() else run + 1
            longest = max(longest, run)
        odd += 2.0 * (longest > 2)
        # a single accented letter is a word in few languages
        odd += 1.0 * (len(letters) == longest > 1)
    return odd


def _is_wild(word):
    """Whether capitals stand where no word has them, because of an accented one."""
    for part in re.split(r"[\W_]+", word):
        if part.isupper() or part.islower() or part.istitle() or part.isascii():
            continue
        for before, char in zip(part, part[1:], strict=False):
            if char.isupper() and not (char.isascii() and before.isascii()):
                return True
    return False


def _script(char):
    return unicodedata.name(char, "?").split()[0]
