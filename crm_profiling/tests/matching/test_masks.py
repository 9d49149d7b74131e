"""Masks of answers, as words in the database and as drafts of profiles see them."""

import random

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ...evaluator import Criterion
from ...models.matching.crm_profiling_preview import Draft
from ...models.matching.masks import (
    WORD,
    any_known_sql,
    known_word_sql,
    mask_of,
    mask_of_text,
    word_of_bits_sql,
    words_of,
)
from ...models.matching.pg import pg_array, unnest

# bits around the end of a word, and beyond it
BITS = (0, 1, WORD - 1, WORD, WORD + 1, 2 * WORD - 1, 2 * WORD)


@tagged("post_install", "-at_install")
class TestMasks(TransactionCase):
    def masks(self):
        pick = random.Random(63)
        yield 0
        yield from (1 << bit for bit in BITS)
        yield from (sum(1 << bit for bit in pick.sample(BITS, 3)) for _n in range(20))

    def of_contact(self, sql, asked, found):
        """Return what a piece of SQL says of what is kept of one contact."""
        [[said]] = self.env.execute_query(
            SQL(
                "SELECT %s FROM (VALUES (%s::bigint[], %s::bigint[]))"
                " AS state(asked, found)",
                sql,
                words_of(asked),
                words_of(found),
            )
        )
        return said

    def test_words_are_masks_again(self):
        for mask in self.masks():
            words = words_of(mask)
            self.assertEqual(mask_of(words), mask)
            self.assertEqual(mask_of_text(pg_array(words)), mask)
            self.assertTrue(all(0 <= word < 1 << WORD for word in words))
            self.assertFalse(words and not words[-1], "nothing is kept of nothing")
        self.assertEqual(mask_of(None), 0)
        self.assertEqual(mask_of_text("{}"), 0)
        self.assertEqual(len(words_of(1 << WORD - 1)), 1)
        self.assertEqual(len(words_of(1 << WORD)), 2)

    def test_what_is_known_is_asked_or_found(self):
        masks = list(self.masks())
        for asked, found in zip(masks, reversed(masks), strict=True):
            words = words_of(asked | found)
            for rank in range(1, 5):
                word = self.of_contact(known_word_sql(rank), asked, found)
                self.assertEqual(word, words[rank - 1] if rank <= len(words) else 0)
            for wanted in (*(1 << bit for bit in BITS), 0, masks[-1]):
                known = self.of_contact(any_known_sql(wanted), asked, found)
                self.assertEqual(known, bool(wanted & (asked | found)), wanted)

    def test_bits_make_words(self):
        for rank, word in enumerate(words_of(sum(1 << bit for bit in BITS)), start=1):
            [[said]] = self.env.execute_query(
                SQL(
                    "SELECT %s FROM unnest(%s::int[]) AS bit(rank)",
                    word_of_bits_sql(SQL.identifier("bit", "rank"), rank),
                    list(BITS),
                )
            )
            self.assertEqual(said, word, rank)

    def test_rows_are_a_table(self):
        for rows in ([(1, "a"), (2, "b")], []):
            sql = SQL("SELECT * FROM %s AS t(a, b)", unnest(rows, "int", "text"))
            self.assertEqual(self.env.execute_query(sql), rows)


@tagged("post_install", "-at_install")
class TestDraft(TransactionCase):
    """Whom a profile would take that is not saved yet."""

    def test_in_use_of_the_company_and_matched(self):
        criteria = (Criterion(1, 0, 3, 1, 0),)  # of two answers the first is required
        for active in (True, False):
            for company in (0, 1, 2):
                for of_contact in (0, 1):
                    for known in (0, 1, 2):
                        draft = Draft(5, active, company, criteria)
                        wanted = (
                            active
                            and known == 1
                            and (company == 0 or of_contact in (0, company))
                        )
                        said = draft.takes(of_contact, known)
                        self.assertEqual(bool(said), wanted, (draft, of_contact, known))

    def test_what_saving_would_mean(self):
        """By a person's word, by what the draft takes, and by who is inside now."""
        Preview = self.env["crm.profiling.preview"]
        draft = Draft(5, True, 0, (Criterion(1, 0, 3, 1, 0),))
        for known, inside, hand, kinds in (
            (1, True, None, ["matching"]),
            (1, False, None, ["matching", "added"]),
            (2, True, None, ["removed"]),
            (2, False, None, []),
            (1, False, "pinned", ["matching"]),
            (2, True, "pinned", ["matching"]),
            (1, True, "barred", []),
            (2, False, "barred", []),
        ):
            self.assertEqual(Preview._kinds(draft, 0, known, inside, hand), kinds)
