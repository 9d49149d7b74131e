"""What anybody may send who can log in: it is checked before it is used.

Public methods are called by screens of ours, and by whoever knows how to.
"""

from odoo.exceptions import UserError

from ..catalog.arguments import is_id


def refuse(env):
    """Refuse a call whose arguments are none that a screen sends.

    :raise UserError: always
    """
    raise UserError(env._("This cannot be chosen here. Reload the page."))


def check(env, *conditions):
    """Refuse a call unless all conditions hold."""
    if not all(conditions):
        refuse(env)


def one(records):
    """Check that a call is about one record that is there.

    :raise UserError: for none, several, or what is no id
    """
    ids = records._ids
    if len(ids) != 1 or not is_id(ids[0]) or not records.sudo().exists():
        raise UserError(
            records.env._("This is not there any more. Reload the page, and try again.")
        )
