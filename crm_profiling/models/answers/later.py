"""Who is created is evaluated later."""

from .res_partner_defaults import Defaults


class Later:
    """Under ``profiling_later`` in the context: who is created is evaluated later.

    By whoever put it there, once more is known of them: what they enter meanwhile, and
    leave again, would be acted on.
    """

    def __init__(self):
        self.ids = set()
        self.defaults = Defaults()  # they are many
