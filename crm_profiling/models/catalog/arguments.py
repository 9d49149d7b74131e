"""What anybody may send who can log in: it is looked at before it is used."""

from odoo.exceptions import UserError, ValidationError

# The largest id that PostgreSQL's integers hold.
LARGEST_ID = 2**31 - 1


def is_id(value):
    """Return whether a value that somebody sent can be the id of a record."""
    return type(value) is int and 0 < value <= LARGEST_ID


def ids_of(value):
    """Return a list of ids that somebody sent, or None where it is none."""
    if value in (None, False):
        return []
    if not isinstance(value, (list, tuple)) or not all(map(is_id, value)):
        return None
    return list(value)


def check_values(env, *values):
    """Refuse what are no values of fields.

    :raise ValidationError: for anything but dicts of field names
    """
    for vals in values:
        if not isinstance(vals, dict) or not all(isinstance(one, str) for one in vals):
            raise ValidationError(
                env._("A record is written by the names of its fields, with values.")
            )


def list_of(env, vals_list):
    """Return create values, or refuse what is no list of them.

    :raise ValidationError: for anything but a list of dicts
    """
    if not isinstance(vals_list, (list, tuple)):
        check_values(env, vals_list)
        return [vals_list]
    check_values(env, *vals_list)
    return vals_list


def check_one(records):
    """Refuse to do to none, or to several records, what is for one.

    :raise UserError: saying so; `ensure_one` is for mistakes in the code
    """
    if len(records) != 1:
        raise UserError(records.env._("This is for one record at a time. Choose one."))
