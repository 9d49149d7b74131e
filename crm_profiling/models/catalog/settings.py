"""System parameters that are numbers: nothing stops for what is typed there."""

import math


def number(env, key, default, least, most):
    """Return the number that a system parameter says.

    :param str key: of the parameter
    :param default: what counts where it says none, or something that is no number
    :param least, most: what is beyond them counts as they do
    :rtype: float
    """
    said = env["ir.config_parameter"].sudo().get_param(key)
    try:
        found = float(said or default)
    except ValueError:
        found = float(default)
    if math.isnan(found):
        found = float(default)
    return max(least, min(found, most))
