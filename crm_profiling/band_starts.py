"""Bands that a column of numbers suggests; nothing here knows Odoo."""

# Different numbers from which they are too many to choose from, one by one
_FEW = 6

# How many times the smallest the largest is, at least: years are no sizes
_WIDE = 3

# Bands that are suggested, at most
_BANDS = 5


def starts(numbers):
    """Return from which numbers on bands may begin that hold about as many each.

    Round ones, as people would choose them: [1, 21, 51]; none where there are few
    different numbers, or numbers that are no sizes.

    :param numbers: list of floats
    """
    ordered = sorted(numbers)
    if len(set(ordered)) < _FEW or ordered[0] < 0 or ordered[-1] < _WIDE * ordered[0]:
        return []
    is_whole = all(number == int(number) for number in ordered)
    lowest = ordered[0]
    found = [1 if is_whole and lowest >= 1 else 0]
    for part in range(1, _BANDS):
        start = _round(ordered[len(ordered) * part // _BANDS]) + is_whole
        if found[-1] < start <= ordered[-1]:
            found.append(start)
    return found if len(found) > 1 else []


def _round(number):
    """Return the number of one digit, 1, 2 or 5, that is nearest."""
    if number <= 0:
        return 0
    size = 10 ** (len(str(int(number))) - 1) if number >= 1 else 1
    return min((size * digit for digit in (1, 2, 5, 10)), key=lambda n: abs(n - number))


def band_names(lowest):
    """Return what bands are called that begin at numbers, as “1-20” and “51+”."""
    return [
        f"{start}-{end - 1}" if end - 1 > start else str(start)
        for start, end in zip(lowest, lowest[1:], strict=False)
    ] + [f"{lowest[-1]}+"]
