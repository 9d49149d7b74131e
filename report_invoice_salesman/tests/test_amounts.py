from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from ..amounts import Unclear, amount, table
from ..shares import shares


@tagged("at_install")
class TestAmounts(BaseCase):
    """Amounts as people write them."""

    def test_clear(self):
        for text, value in {
            "1200": 1200,
            "1,200": 1200,
            "1,200.50": 1200.5,
            " 12 000 €": 12000,
            "EUR 300": 300,
            "300EUR": 300,
            "0": 0,
            "": None,
            " - ": None,
        }.items():
            self.assertEqual(amount(text, currency=("EUR", "€")), value, text)
        self.assertEqual(amount("1.200,50", ",", "."), 1200.5)
        self.assertEqual(amount("1 200,50", ",", "\N{NO-BREAK SPACE}"), 1200.5)

    def test_unclear(self):
        for text in (
            "much",
            "1,2",
            "12x",
            "1.2.3",
            "1e5",
            "1,20,000.5.5",
            "--3",
            "½x",
            "$ 5",
            "5 USD",
        ):
            with self.assertRaises(Unclear, msg=text):
                amount(text)

    def test_endless(self):
        """What is no amount by its length is not looked at: that takes minutes."""
        with patch("unicodedata.normalize") as looked, self.assertRaises(Unclear):
            amount("\ufdfa" * 1000)
        looked.assert_not_called()

    def test_table(self):
        self.assertEqual(table("a\t1\r\n\r\n b\t2 \n"), [["a", "1"], ["b", "2"]])
        self.assertEqual(table("a;1"), [["a", "1"]])


@tagged("at_install")
class TestShares(BaseCase):
    """A sum is spread."""

    def test_shares(self):
        """To the cent, whatever is spread over what."""
        for total in (100, 0, 0.01, 1e6 + 0.07):
            for weights in ([1, 1, 1], [0, 0], [3, 0, 7, 1], [0.1] * 12):
                parts = shares(total, weights)
                self.assertAlmostEqual(sum(parts), total, 6)
                self.assertTrue(all(part >= 0 for part in parts))
        self.assertEqual(shares(100, [0, 1]), [0, 100])
        self.assertEqual(shares(100, []), [])
