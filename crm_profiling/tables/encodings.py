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

# Those that are tried as well, and never taken for certain: hardly anybody writes them
_SELDOM = ("iso8859_2", "iso8859_15", "cp852", "cp866", "koi8_u")

# Those that are tried where some words make no sense in any other
_LAST = ("mac_latin2", "mac_cyrillic", "cp857")

# Those with several bytes for a letter: what people there call Shift-JIS, GB… is what
# their Windows writes, which has more letters
_WIDE = ("cp932", "gb18030", "cp949", "cp950", "euc_jp")

OTHERS = (
    "utf-8-sig", "utf-16", *_TRIED, *_SELDOM, *_LAST, "cp1255", "cp1256", "cp1257",
    "cp437", "iso8859_5", *_WIDE, "cp874",
)  # fmt: skip

# Which one comes first for those who speak a language
_OF_LANGUAGE = {
    "cp1250": ("pl", "cs", "sk", "hu", "sl", "hr", "ro", "bs", "sq"),
    "cp1251": ("ru", "uk", "bg", "sr", "mk", "be", "kk", "mn"),
    "cp1254": ("tr", "az"),
    "cp1253": ("el",),
    "cp1257": ("lt", "lv", "et"),
    "cp1255": ("he",),
    "cp1256": ("ar", "fa"),
    "cp874": ("th",),
    "cp932": ("ja",),
    "gb18030": ("zh",),
    "cp949": ("ko",),
}

# From which oddity of its words on, on the average, a reading is none
_ODD = 0.5

# Which oddity no word has that makes sense
_SENSE = 1

# How much odder than the likeliest another reading may be: one odd word in four, or
# one rare letter in all
_MARGIN, _RARE_LETTER = 0.25, 0.5

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

# A cell, as far as those with several bytes for a letter agree on where it ends
_CELL = re.compile(
    rb"(?<![\x30-\x39\x40-\xff])[\x30-\x39\x40-\x7f]*[\x80-\xff][\x30-\x39\x40-\xff]*"
)

# Letters that stand for the bytes of one letter in UTF-8
_KEPT = re.compile(
    r"([\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192"
    r"\u02c6\u02dc\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122]{1,3})|\ufffd"
)
# So much of the word around them is shown: a word may be as long as a cell
_AROUND = 40

# What may stand in or around a word and is no letter
_SIGNS = set(
    "\u2018\u2019\u201c\u201d\u201e\u201a\u00ab\u00bb\u2013\u2014\u2026\u00a0\u00b7"
    "\u2022\u00ae\u2122\u00a9\u00b0\u20ac\u2039\u203a\u00bf\u00a1'-"
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


def garbled(text):
    """Return the word of a text that was read in a wrong encoding and kept so, or "".

    As “MÃ¼ller” for “Müller”, and what nobody could read any more.
    """
    if text.isascii():
        return ""
    for found in _KEPT.finditer(text):
        try:
            (found[1] or "").encode("cp1252").decode()
        except UnicodeError:
            continue
        start, end = found.span()
        before = re.search(r"\w*\Z", text[max(0, start - _AROUND) : start])
        after = re.match(r"\w*", text[end : end + _AROUND])
        return before[0] + found[0] + after[0]
    return ""


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
    first = next((e for e, langs in _OF_LANGUAGE.items() if lang[:2] in langs), "")
    tried = dict.fromkeys((first, *_TRIED, *_SELDOM))
    tried = [encoding for encoding in tried if encoding and encoding not in _WIDE]
    words = _words(content, _WORD)
    scores = _scores(content, words, tried, oddity)
    if not scores:
        raise TableError("encoding", encoding="")
    odd = zip(*(odd for odd, _texts in scores.values()), strict=True)
    if any(min(of_word) > _SENSE for of_word in odd):
        scores.update(_scores(content, words, _LAST, oddity))
    ranked = sorted(scores, key=lambda encoding: sum(scores[encoding][0]))
    odd, texts = scores[ranked[0]]
    total, count = sum(odd), max(1, len(odd))
    if total >= _SENSE * count and (wide := _wide(content, first, ranked[0])):
        return wide
    likely = {texts: ranked[0]}
    for encoding in ranked[1:]:
        more, words = scores[encoding]
        is_near = sum(more) - total <= max(_MARGIN * count, _RARE_LETTER)
        is_sense = sum(more) < _SENSE * count and any(
            mine >= _SENSE > theirs for mine, theirs in zip(odd, more, strict=True)
        )
        if is_near or is_sense:
            likely.setdefault(words, encoding)
    if len(likely) == 1 and (total >= _ODD * count or ranked[0] in (*_SELDOM, *_LAST)):
        for encoding in ranked[1:4]:  # some other encoding
            likely.setdefault(scores[encoding][1], encoding)
    return ranked[0], _readings(likely) if len(likely) > 1 else ()


def _wide(content, first, other):
    """Return what a text may be that has several bytes for a letter, or None.

    :param first: the encoding that the reader's language speaks for
    :param other: the likeliest of those with one byte for a letter
    """
    order = sorted(_WIDE, key=lambda encoding: encoding != first)
    scores = _scores(content, _words(content, _CELL), [*order, other], _wide_oddity)
    ranked = sorted((e for e in order if e in scores), key=lambda e: sum(scores[e][0]))
    least = scores[ranked[0]][0] if ranked else (9.0,)
    if sum(least) >= len(least):
        return None
    likely = {}
    for encoding in (*ranked, other):
        likely.setdefault(scores[encoding][1], encoding)
    return ranked[0], _readings(likely)


def _words(content, pattern):
    """Return the bytes of words that encodings differ in."""
    places = (word.span() for word in pattern.finditer(content))
    found = (content[start : min(end, start + _LETTERS)] for start, end in places)
    return [*islice(dict.fromkeys(found), _WORDS)]


def _scores(content, words, tried, odd):
    """Return ``{encoding: (how odd its words are, the words)}`` of those it may be."""
    scores = {}
    for encoding in tried:
        if _is_in(content, encoding):
            texts = tuple(word.decode(encoding, "ignore") for word in words)
            scores[encoding] = [*map(odd, texts)], texts
    return scores


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


def _wide_oddity(word):
    """Return how unlikely it is that somebody in East Asia wrote this word."""
    scripts = {_script(char) for char in word if not char.isascii() and char.isalpha()}
    kana = scripts & {"HIRAGANA", "KATAKANA"}
    others = {"HANGUL", "LATIN", "GREEK", "CYRILLIC", "BOPOMOFO", "YI"} & scripts
    strange = sum(unicodedata.category(c) in ("Co", "Cn", "Cc", "So") for c in word)
    strange += sum("\uff61" <= char <= "\uff9f" for char in word)  # of half width
    odd = 3.0 * strange + 3.0 * (len(others) + bool(kana) > 1)
    odd += 1.0 * ({"HANGUL", "CJK"} <= scripts)
    # all that is read wrong looks like Chinese
    return odd + 0.01 * sum(_script(char) == "CJK" for char in word if char.isalpha())


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
