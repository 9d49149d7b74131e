"""Bands that a column of numbers suggests, without Odoo."""

from ...band_starts import band_names, starts
from ..plain import PlainCase, tagged


@tagged("post_install", "-at_install")
class TestPlainBands(PlainCase):
    def test_bands_that_are_suggested(self):
        for numbers, found in (
            ([1, 2, 3, 12, 25, 40, 55, 120, 300, 800], [1, 3, 21, 51, 201]),
            (range(1, 1000), [1, 201, 501]),
            ([1, 2, 3], []),
            (range(2010, 2027), []),
            ([-5, -2, 0, 1, 4, 6, 9], []),
        ):
            with self.subTest(found=found):
                self.assertEqual(starts([*map(float, numbers)]), found)

    def test_bands_at_their_limits(self):
        for numbers, found in (
            # six different ones are enough, five are not
            ([1, 2, 3, 4, 5, 6], [1, 3, 6]),
            ([1, 2, 3, 4, 5, 5, 5], []),
            # the largest three times the smallest
            ([10, 12, 15, 20, 25, 30], [1, 11, 21]),
            ([10, 12, 15, 20, 25, 29], []),
            # nothing is a size, less than nothing is none
            ([0, 1, 4, 6, 9, 20], [0, 2, 6, 11]),
            ([-1, 1, 4, 6, 9, 20], []),
            # halves: each band begins at a round number, not above it
            ([0.5, 1, 2, 4, 8, 16.5], [0, 1, 2, 5, 10]),
            ([1.5, 2, 3, 4, 8, 16], [0, 2, 5, 10]),
            # none begins above the largest, or where another one does
            ([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], []),
            ([*[0] * 30, 0.5, 1, 2, 3, 4], []),
            ([*[1] * 30, 2, 3, 4, 5, 6], [1, 2]),
            # as near to one as to the other: the lower one
            ([1, 15, 35, 75, 150, 350], [1, 11, 21, 51, 101]),
        ):
            with self.subTest(numbers=numbers):
                self.assertEqual(starts([*map(float, numbers)]), found)
                self.assertEqual(starts([*map(float, reversed(numbers))]), found)

    def test_what_bands_are_called(self):
        self.assertEqual(band_names([0, 1, 3, 21]), ["0", "1-2", "3-20", "21+"])
        self.assertEqual(band_names([5]), ["5+"])
        self.assertEqual(band_names([1, 3, 4]), ["1-2", "3", "4+"])
