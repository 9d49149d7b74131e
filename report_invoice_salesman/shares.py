"""A sum is spread: plain Python, no Odoo."""


def shares(total, weights, digits=2):
    """Spread a sum by weights, to the cent: what is left over goes to the last.

    Without any weight it is spread evenly.

    :param float total: what is spread
    :param list weights: not negative
    :rtype: list of floats, whose sum is the total
    """
    if not weights:
        return []
    whole = sum(weights)
    if not whole:
        weights, whole = [1] * len(weights), len(weights)
    parts, given, weighed = [], 0.0, 0.0
    for weight in weights:
        weighed += weight
        upto = round(total * weighed / whole, digits)
        parts.append(round(upto - given, digits))
        given = upto
    return parts
