from odoo import models
from odoo.tools import SQL

# Bits of one word of `known`: a PostgreSQL bigint, less its sign.
WORD = 63
_WORD_MASK = (1 << WORD) - 1


def words_of(mask):
    """Return a mask of answers as the words kept in `known`, lowest first."""
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


def any_known_sql(mask):
    """Return whether one of the answers of a mask is in the column ``known``."""
    words = [
        SQL("COALESCE(known[%s], 0) & %s::bigint <> 0", rank, word)
        for rank, word in enumerate(words_of(mask), start=1)
        if word
    ]
    return SQL("(%s)", SQL(" OR ").join(words or [SQL("FALSE")]))


class CrmProfilingState(models.Model):
    """What the last evaluation of a contact saw and said, in one narrow row.

    A run over the whole database reads this table instead of aggregating responses
    and comparing memberships, and finds most contacts as they should be.

    It is also what two transactions about one contact meet on: whoever changes a
    contact's answers or profiles writes this row, and under REPEATABLE READ the
    second of them fails and is tried again with what the first one did.

    The id is the contact's.  Rows are written by the applier alone.
    """

    _name = "crm.profiling.state"
    _description = "Profiling State"
    _auto = False
    _log_access = False

    def init(self):
        # company_id: 0 for shared contacts; archived: the contact is; known: answers
        # as a mask, see `words_of`; matched: ids of the profiles the rule gave, sorted
        self.env.cr.execute(
            SQL(
                """
                CREATE TABLE IF NOT EXISTS crm_profiling_state (
                    id INTEGER PRIMARY KEY REFERENCES res_partner ON DELETE CASCADE,
                    company_id INTEGER NOT NULL DEFAULT 0,
                    archived BOOLEAN NOT NULL DEFAULT FALSE,
                    known BIGINT[] NOT NULL DEFAULT '{}',
                    matched INTEGER[] NOT NULL DEFAULT '{}'
                )
                """
            )
        )
