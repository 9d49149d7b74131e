"""What the headings of a file name, without Odoo."""

import time

from ...headings import (
    TARGETS,
    WHEN,
    may_be,
    option,
    plain,
    says_number,
    without_number,
    without_owner,
)
from ...names import bare
from ..plain import PlainCase, tagged


@tagged("post_install", "-at_install")
class TestPlainHeadings(PlainCase):
    def test_names_are_as_headings_are_compared(self):
        for target, names in TARGETS.items():
            for name in filter(None, names[1:]):
                self.assertEqual(bare(name), name.replace("ß", "ss"), target)
            self.assertEqual(len(names), len(set(names)), target)

    def test_no_name_means_two_things(self):
        seen = {}
        for target, names in TARGETS.items():
            for name in names[1:]:
                self.assertEqual(seen.setdefault(plain(name), target), target, name)

    def test_accents_make_no_difference(self):
        for heading, name in (
            ("Prénom", "Prenom"), ("SOCIÉTÉ", "Societe"), ("Příjmení", "prijmeni"),
            ("Móvil", "MOVIL"), ("Εταιρεία", "ΕΤΑΙΡΕΙΑ"), ("E-Mail", "email"),
            ("メールアドレス", "ﾒｰﾙｱﾄﾞﾚｽ"), ("Straße", "STRASSE"),
        ):  # fmt: skip
            self.assertEqual(plain(heading), plain(name))
        self.assertNotEqual(plain("Name"), plain("Nome"))

    def test_of_whom_a_heading_speaks(self):
        for heading, rest in (
            ("Person - Phone - Work", "Phone - Work"), ("Lead: Email", "Email"),
            ("Account / Website", "Website"), ("kontakt–Ort", "Ort"),
        ):  # fmt: skip
            self.assertEqual(without_owner(heading), rest)
        for heading in (
            "Person", "Person -", "Persona - x", "Contact Name", "Organization - Name",
        ):  # fmt: skip
            self.assertEqual(without_owner(heading), heading)

    def test_when(self):
        self.assertIn(bare("Scan time"), WHEN)
        self.assertIn(bare("ERFASST AM"), WHEN)
        self.assertNotIn(bare("Name"), WHEN)

    def test_numbers(self):
        for heading in (
            "No", "Booth no.", "Attendee #", "# of staff", "№ стенда", "client n°",
            "Kundennummer", "Order ID", "Number of staff", "Besuchernr", "Barcode",
        ):  # fmt: skip
            self.assertTrue(says_number(heading), heading)
        for heading in ("Name", "Staff", "Notes", "Company", "", "Innovation", "?"):
            self.assertFalse(says_number(heading), heading)

    def test_without_the_number(self):
        self.assertEqual(without_number("Attendee No."), "attendee")
        self.assertEqual(without_number("Number of staff"), "of staff")
        self.assertEqual(without_number("ID"), "")

    def test_what_a_heading_may_be(self):
        self.assertFalse(may_be("Attendee number", "name"))
        self.assertTrue(may_be("Attendee name", "name"))
        for target in ("phone", "mobile", "ref", "zip", "id", "street", "street2"):
            self.assertTrue(may_be("Number", target), target)

    def test_options_of_a_question(self):
        self.assertEqual(option("Interests [Training]"), ("Interests", "Training"))
        self.assertEqual(option(" Interests? {Training}? "), ("Interests?", "Training"))
        for heading in ("Interests", "[Training]", "Interests [a] b", "Interests []"):
            self.assertIsNone(option(heading), heading)

    def test_options_are_found_at_once(self):
        """And blanks are blanks, however many."""
        self.assertEqual(option("Interests  [ Training ]"), ("Interests", " Training "))
        begun = time.process_time()
        for blank in (" ", "\u00a0"):
            self.assertIsNone(option(f"a{blank * 30_000}b"))
        # ten times what it takes: it took 20 seconds
        self.assertLess(time.process_time() - begun, 5)
