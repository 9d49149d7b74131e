from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from .masks import WORD, known_word_sql, mask_of


class State(NamedTuple):
    """A row of `crm.profiling.state`."""

    company_id: int
    archived: bool
    asked: int  # mask of the answers that people gave
    found: int  # mask of those that were found, in the contact's data or elsewhere
    matched: tuple[int, ...]  # ids of profiles, in order

    @property
    def known(self):
        """Mask of all answers that count, wherever they come from."""
        return self.asked | self.found


class CrmProfilingState(models.Model):
    """What the last evaluation of a contact saw and said, in one narrow row.

    A run over the whole database reads this table instead of aggregating responses
    and comparing memberships, and finds most contacts as they should be.

    It is also what two transactions about one contact meet on: whoever changes a
    contact's answers or profiles writes this row, and under REPEATABLE READ the
    second of them fails and is tried again with what the first one did.

    The id is the contact's.  What a row says the applier alone writes; what else is
    done to rows is done here.
    """

    _name = "crm.profiling.state"
    _description = "Profiling State"
    _auto = False
    _log_access = False

    def init(self):
        # company_id: 0 for shared contacts; archived: the contact is; asked, found:
        # answers as masks, see `words_of`, by the bits of `crm.profiling.bit`; matched:
        # ids of the profiles the rule gave, sorted
        self.env.cr.execute(
            SQL(
                """
                CREATE TABLE IF NOT EXISTS crm_profiling_state (
                    id INTEGER PRIMARY KEY REFERENCES res_partner ON DELETE CASCADE,
                    company_id INTEGER NOT NULL DEFAULT 0,
                    archived BOOLEAN NOT NULL DEFAULT FALSE,
                    asked BIGINT[] NOT NULL DEFAULT '{}',
                    found BIGINT[] NOT NULL DEFAULT '{}',
                    matched INTEGER[] NOT NULL DEFAULT '{}'
                )
                """
            )
        )

    @api.model
    def _meet(self, company_ids):
        """Let nobody answer for companies while contacts come to them.

        Neither of the two transactions sees what the other does: the contact would
        not know the answer. So both write the company's row, and the second of them
        fails and is tried again.
        """
        self.env.cr.execute(
            SQL(
                """INSERT INTO crm_profiling_state (id)
                   SELECT id FROM unnest(%s::int[]) AS company(id) ORDER BY id
                       ON CONFLICT (id) DO UPDATE SET id = EXCLUDED.id""",
                list(company_ids),
            )
        )

    @api.model
    def _look_again_at(self, profile_ids):
        """Have the next run look again at who is in profiles.

        They are in the same profiles as before, and yet need another tag. No profile
        has the number 0: whatever they will match, it is not what is kept.
        """
        self.env.cr.execute(
            SQL(
                """UPDATE crm_profiling_state SET matched = 0 || matched
                    WHERE matched && %s AND NOT 0 = ANY(matched)""",
                list(profile_ids),
            )
        )

    @api.model
    def _forget(self, partner_ids):
        """Forget what is kept of contacts."""
        self.env.cr.execute(
            SQL("DELETE FROM crm_profiling_state WHERE id = ANY(%s)", list(partner_ids))
        )

    @api.model
    def _found_of(self, partners):
        """Return ``{partner_id: mask of the answers found}``, as they are kept.

        In one query, and in none where active profiles mention nothing that is found.
        """
        if not self.env["crm.profiling.catalog"]._get().found:
            return {}
        rows = self.env.execute_query(
            SQL(
                "SELECT id, found FROM crm_profiling_state WHERE id = ANY(%s)",
                list(partners.ids),
            )
        )
        return {id_: mask_of(found) for id_, found in rows}

    @api.model
    def _held(self, ranks):
        """Return those bits that some contact's state still holds, in one query.

        :param ranks: of bits, as `crm.profiling.bit` counts them
        :rtype: set of ranks
        """
        words = sorted({rank // WORD for rank in ranks})
        if not words:
            return set()
        [row] = self.env.execute_query(
            SQL(
                "SELECT %s FROM crm_profiling_state",
                SQL(", ").join(
                    SQL("COALESCE(bit_or(%s), 0)", known_word_sql(word + 1))
                    for word in words
                ),
            )
        )
        held = dict(zip(words, row, strict=True))
        return {rank for rank in ranks if held[rank // WORD] >> rank % WORD & 1}
