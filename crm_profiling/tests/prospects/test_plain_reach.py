"""How people are reached, as files write it, without Odoo."""

from unittest.mock import patch

from ... import phones
from ...emails import domain, emails, plain_address
from ...phones import is_rounded, phone
from ..plain import PlainCase, tagged


@tagged("post_install", "-at_install")
class TestPlainReach(PlainCase):
    def setUp(self):
        super().setUp()
        phone.cache_clear()  # what was found before

    def test_addresses(self):
        for said, found in (
            ("ann@example.com", ["ann@example.com"]),
            (" Ann@Example.com. ", ["Ann@Example.com"]),
            ("Ann <ann@example.com>", ["ann@example.com"]),
            ("Ann <ann@example.com", ["ann@example.com"]),
            ("mailto:ann@example.com?subject=x", ["ann@example.com"]),
            ("E-Mail: ann@example.com", ["ann@example.com"]),
            ("ann @ example.com", ["ann@example.com"]),
            ("a@x.org; b@x.org", ["a@x.org", "b@x.org"]),
            ("a@x.org, b@x.org c@x.org", ["a@x.org", "b@x.org", "c@x.org"]),
            ("A <a@x.org>, B <b@x.org>", ["a@x.org", "b@x.org"]),
            ("ann@münchen.example", ["ann@münchen.example"]),
            ("ann@a-b.example", ["ann@a-b.example"]),
            ("'ann@example.com',", ["ann@example.com"]),
            ("A <a@x.org>, B <b@x.org", ["a@x.org", "b@x.org"]),
            ("(ann@example.com)", ["ann@example.com"]),
            ("Xenia@example.com", ["Xenia@example.com"]),
            ("'a@x.org'; (b@x.org)", ["a@x.org", "b@x.org"]),
            ("a @ x.org; b @ x.org", ["a@x.org", "b@x.org"]),
            ("Ann <ann @ example.com>", ["ann@example.com"]),
            (">ann@example.com<", ["ann@example.com"]),
            ("ann@example.com;", ["ann@example.com"]),
        ):
            with self.subTest(said=said):
                self.assertEqual(emails(said), found)

    def test_what_is_no_address(self):
        for said in (
            "", "ann", "ann@", "@example.com", "ann@example", "ann@@example.com",
            "ann@exam ple.com", "ann..b@example.com", "ann@-a.example",
            "ann@a-.example",
            "ann@example.1", "ann@example.com and others", f"{'a' * 250}@x.org",
            "a@x.org; ann",
        ):  # fmt: skip
            with self.subTest(said=said):
                self.assertIsNone(emails(said))

    def test_most_addresses_are_compared_without_further_ado(self):
        for said in (
            "ann@example.com", "Ann.Example+fair@EXAMPLE.co.uk", "a_b-c@x-y.org",
            "1@2.org",
        ):  # fmt: skip
            self.assertEqual(plain_address(said), said.lower())
        for said in (
            "", "ann", "ann@example", "o'neil@example.com", ".ann@example.com",
            "ann.@example.com", "änn@example.com", "ann@münchen.example",
            "ann@example.com ", "ann@example.com\n", "<ann@example.com>",
            "ann@example..com", "a@b@example.com", "a,b@example.com", "İ@example.com",
        ):  # fmt: skip
            self.assertEqual(plain_address(said), "", said)

    def test_the_longest_address(self):
        longest = f"{'a' * 248}@x.org"
        self.assertEqual(len(longest), 254)
        self.assertEqual(emails(longest), [longest])
        self.assertIsNone(emails(f"a{longest}"))

    def test_the_longest_cell(self):
        many = "; ".join(["ann@example.com"] * 200)
        self.assertEqual(len(emails(f"{many[:1997]}.de")), 118)
        self.assertIsNone(emails(f"{many[:1997]}.dex"))

    def test_digits_that_a_spreadsheet_has_lost(self):
        for said in ("4.42E+11", "4,42E+11", "4.42 e+11", "-4E11", "4.4207 E 11"):
            self.assertTrue(is_rounded(said), said)
        for said in ("4420", "E11", "4.42", "4.42E", "a 4E11"):
            self.assertFalse(is_rounded(said), said)

    def test_numbers(self):
        if not phones.phonenumbers:
            self.skipTest("phonenumbers is not installed")
        right = ("+44 20 7946 0122", "+442079460122")
        for said, country in (
            ("+44 20 7946 0122", ""),
            ("+44 (0)20 7946 0122", ""),
            ("0044 20 7946 0122", ""),
            ("(0044) 20 7946 0122", ""),
            ("44 20 7946 0122", ""),
            ("020 7946 0122", "GB"),
            ("Tel.: 020 7946 0122", "GB"),
            ("phone: 020-7946-0122", "GB"),
            ("0044 (0)20 7946 0122", ""),
        ):
            with self.subTest(said=said):
                self.assertEqual(phone(said, country), right)

    def test_a_nought_in_brackets(self):
        """It is not dialled from abroad, and in Italy it is."""
        if not phones.phonenumbers:
            self.skipTest("phonenumbers is not installed")
        self.assertEqual(phone("+34 (0)912 34 56 78")[1], "+34912345678")
        self.assertEqual(phone("+39 (0)6 6988 1234")[1], "+390669881234")

    def test_ten_digits_may_be_a_number_abroad_and_nine_are_not(self):
        if not phones.phonenumbers:
            self.skipTest("phonenumbers is not installed")
        self.assertEqual(phone("4722123456"), ("+47 22 12 34 56", "+4722123456"))
        self.assertEqual(phone("376312345"), ("376312345", ""))

    def test_digits_that_begin_with_the_countrys_own_code(self):
        if not phones.phonenumbers:
            self.skipTest("phonenumbers is not installed")
        for said, country, stored in (
            ("4951155501500", "DE", "+49 511 55501500"),
            ("49 511 5550 1500", "DE", "+49 511 55501500"),
            ("4921123456", "DE", "+49 4921 123456"),  # its nought is lost
            ("442079460122", "GB", "+44 20 7946 0122"),
            ("84955550125", "RU", "+7 495 555-01-25"),
            ("0442079460122", "", "0442079460122"),
        ):
            with self.subTest(said=said):
                self.assertEqual(phone(said, country)[0], stored)

    def test_several_in_a_cell(self):
        for said, found in (
            ("+353 1 555 0191 ::: +353 85 012 3456", 2),
            ("020 7946 0122 / 020 7946 0123", 2),
            ("020 7946 0122; 020 7946 0123", 2),
            ("020 7946 0122 / 23", 1),
            ("030/123456", 1),
            ("", 1),
        ):
            with self.subTest(said=said):
                self.assertEqual(len(phones.phones(said)), found)

    def test_what_cannot_be_read_stays_as_it_is(self):
        for said in ("", "ask Ann", "12", "020 7946 0122", "1" * 70, "+44 1"):
            with self.subTest(said=said):
                self.assertEqual(phone(said), (said, ""))
        self.assertEqual(phone("Mobile: ask Ann"), ("ask Ann", ""))

    def test_without_the_library_numbers_stay_as_they_are(self):
        with patch.object(phones, "phonenumbers", None):
            self.assertEqual(phone("+44 20 7946 0122"), ("+44 20 7946 0122", ""))
        phone.cache_clear()

    def test_domains_that_are_a_companys_own(self):
        for email, own in (
            ("ann@petrel.test", "petrel.test"),
            ("ann@mail.petrel.test", "mail.petrel.test"),
            ("ann@petrel.co.uk", "petrel.co.uk"),
            ("ann@gmail.com", ""),
            ("ann@yahoo.co.uk", ""),
            ("ann@web.de", ""),
            ("", ""),
        ):
            with self.subTest(email=email):
                self.assertEqual(domain(email), own)
