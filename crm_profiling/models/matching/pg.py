"""Values as PostgreSQL reads them fastest."""

from odoo.tools import SQL


def pg_array(values):
    """Return numbers, or arrays of them, as PostgreSQL writes an array.

    Both sides read that several times faster than the same as a list of parameters.
    """
    return f"{{{','.join(map(str, values))}}}"


def unnest(rows, *types):
    """Return a table of rows, at least one column wide, as SQL."""
    columns = zip(*rows, strict=True) if rows else ((),) * len(types)
    return SQL(
        "unnest(%s)",
        SQL(", ").join(
            SQL("%s::%s[]", pg_array(column), SQL(type_))
            for column, type_ in zip(columns, types, strict=True)
        ),
    )
