"""Masks of answers, as arrays of words in the database hold them."""

from odoo.tools import SQL

# Bits of one word of a mask: a PostgreSQL bigint, less its sign.
WORD = 63
_WORD_MASK = (1 << WORD) - 1


def words_of(mask):
    """Return a mask of answers as the words kept in an array, lowest first."""
    words = []
    while mask:
        words.append(mask & _WORD_MASK)
        mask >>= WORD
    return words


def mask_of(words):
    """Return the mask that `words_of` cut up."""
    mask = 0
    for rank, word in enumerate(words or ()):
        mask |= word << (WORD * rank)
    return mask


def mask_of_text(array):
    """Return the mask of words written as PostgreSQL writes an array."""
    return mask_of(map(int, filter(None, array[1:-1].split(","))))


def known_word_sql(rank):
    """Return a word of all that is known of a contact, asked or found.

    :param rank: of the word, from 1 as PostgreSQL counts
    """
    return SQL(
        "(COALESCE(asked[%(rank)s], 0) | COALESCE(found[%(rank)s], 0))", rank=rank
    )


def word_of_bits_sql(column, rank):
    """Return the word that the bits of a group of rows make.

    :param SQL column: which bit a row stands for, as `crm.profiling.bit` counts them
    :param rank: of the word, from 1 as PostgreSQL counts
    """
    return SQL(
        "bit_or(1::bigint << (%(bit)s %% %(word)s))"
        " FILTER (WHERE %(bit)s / %(word)s = %(rank)s)",
        bit=column,
        word=WORD,
        rank=rank - 1,
    )


def any_known_sql(mask):
    """Return whether one of the answers of a mask is known of a contact."""
    words = [
        SQL("%s & %s::bigint <> 0", known_word_sql(rank), word)
        for rank, word in enumerate(words_of(mask), start=1)
        if word
    ]
    return SQL("(%s)", SQL(" OR ").join(words or [SQL("FALSE")]))
