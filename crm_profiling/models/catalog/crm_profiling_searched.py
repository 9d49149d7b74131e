from odoo import api, models
from odoo.exceptions import UserError

# Characters of a text that records are found by. PostgreSQL compares such a text with
# each name, and through relations with each of theirs: one of a few megabytes took a
# minute. No name is near as long.
LONGEST = 2_000


class CrmProfilingSearched(models.AbstractModel):
    """What is found by a text that anybody may send, of any length."""

    _name = "crm.profiling.searched"
    _description = "Profiling Record Found by a Text"

    @api.model
    def _search_display_name(self, operator, value):
        """Refuse what is no name, rather than look for it.

        :raise UserError: where the text is too long, or is none for PostgreSQL
        """
        values = [value] if isinstance(value, str) else value or ()
        if any(one != storable(one) for one in values if isinstance(one, str)):
            raise UserError(
                self.env._(
                    "This text has characters that no name has. Search for another one."
                )
            )
        is_pattern = operator.endswith("like") and isinstance(value, str)
        if is_pattern and len(value) > LONGEST:
            raise UserError(
                self.env._(
                    "This text is too long to search for. Search for a part of it: at"
                    " most %s characters.",
                    LONGEST,
                )
            )
        return super()._search_display_name(operator, value)


def storable(text):
    """Return a text less what PostgreSQL holds in none, and JSON may say.

    That is NUL, and half a character.
    """
    return text.replace("\0", "").encode(errors="ignore").decode()
