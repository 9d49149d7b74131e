"""Bits of answers are given out densely; what is kept of contacts follows.

Until now the bit of an answer was its id.  Done before anything is loaded: whatever
evaluates a contact while the addon is updated finds bits and states that agree.

The state's column ``known`` becomes ``asked``, beside a new one, ``found``; each row is
carried over and no contact is evaluated anew.  Run twice, it does nothing.
"""

import logging

from odoo.tools.sql import column_exists, create_column, rename_column, table_exists

_logger = logging.getLogger(__name__)

WORD = 63
# Rows read and written at once: some 10 MB of memory.
BATCH = 20_000


def migrate(cr, version):
    if not table_exists(cr, "crm_profiling_state"):
        return
    if column_exists(cr, "crm_profiling_state", "asked"):
        return
    ranks = _give_bits(cr)
    rename_column(cr, "crm_profiling_state", "known", "asked")
    create_column(cr, "crm_profiling_state", "found", "bigint[] NOT NULL DEFAULT '{}'")
    _logger.info("Profiling: %s contacts carried over", _carry_over(cr, ranks))


def _give_bits(cr):
    """Create the table that the addon will adopt; return ``{answer_id: rank}``."""
    cr.execute(
        """CREATE TABLE crm_profiling_bit (
               id SERIAL PRIMARY KEY,
               rank INTEGER NOT NULL,
               answer_id INTEGER REFERENCES crm_profiling_answer ON DELETE SET NULL
           );
           INSERT INTO crm_profiling_bit (rank, answer_id)
           SELECT row_number() OVER (ORDER BY id) - 1, id FROM crm_profiling_answer;
           SELECT answer_id, rank FROM crm_profiling_bit"""
    )
    return dict(cr.fetchall())


def _carry_over(cr, ranks):
    """Rewrite all masks, batch by batch; return how many rows there were."""
    last_id = count = 0
    carried = {}  # contacts who answered the same are many
    while True:
        cr.execute(
            """SELECT id, asked::text FROM crm_profiling_state
                WHERE id > %s ORDER BY id LIMIT %s""",
            [last_id, BATCH],
        )
        rows = cr.fetchall()
        if not rows:
            return count
        for _id, known in rows:
            if known not in carried:
                carried[known] = _carried(known, ranks)
        cr.execute(
            """UPDATE crm_profiling_state state SET asked = new.asked::bigint[]
                 FROM unnest(%s::int[], %s::text[]) AS new(id, asked)
                WHERE state.id = new.id AND state.asked::text <> new.asked""",
            [[row[0] for row in rows], [carried[row[1]] for row in rows]],
        )
        if len(carried) > 100_000:
            carried.clear()
        last_id, count = rows[-1][0], count + len(rows)


def _carried(known, ranks):
    """Return an array of words by ids as one by ranks, both as PostgreSQL writes them.

    Of answers that are gone nothing is carried over.
    """
    mask = 0
    for place, word in enumerate(known[1:-1].split(",") if known != "{}" else ()):
        rest = int(word)
        while rest:
            bit = rest & -rest
            rank = ranks.get(WORD * place + bit.bit_length() - 1)
            mask |= 1 << rank if rank is not None else 0
            rest ^= bit
    words = []
    while mask:
        words.append(str(mask & ((1 << WORD) - 1)))
        mask >>= WORD
    return f"{{{','.join(words)}}}"
