from odoo import api, models


class Defaults:
    """Asks those fields alone for a default that have any.

    Odoo asks each field of each of many contacts: those that have none are asked once.
    """

    def __init__(self):
        self._with_default = {}  # {names of fields: those that there are defaults of}

    def of(self, names, get):
        """Return the defaults of fields, asked of those alone that have any.

        Each is asked anew: it may be a number of its own for each contact.

        :param names: of the fields
        :param get: returns the defaults of names
        """
        key = tuple(names)
        if key in self._with_default:
            return get(self._with_default[key])
        found = get(names)
        some = [*found]
        # unless one of them comes of asking for another one
        is_same = get(some).keys() == found.keys()
        self._with_default[key] = some if is_same else names
        return found


class ResPartner(models.Model):
    """Where many contacts are created at once, their defaults are quicker to say."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def default_get(self, fields):
        get, later = super().default_get, self.env.context.get("profiling_later")
        defaults = getattr(later, "defaults", None)  # of a `Later`
        if isinstance(defaults, Defaults):
            return defaults.of(fields, get)
        return get(fields)
