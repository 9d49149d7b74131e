"""Reads files as tables of text, whatever program wrote them; nothing here knows Odoo.

Files come from anywhere, and some are made to do harm: reading stops at the limits of
`limits`, no document is ever held whole as a tree, and what is wrong with a file is a
`TableError` that says which limit, or that it cannot be read at all.
"""

import re

from . import csvs, ods, xls, xlsx
from .limits import MAX_BYTES, MAX_CELL, MAX_COLUMNS, MAX_LINES, TableError
from .table import Table

__all__ = [
    "MAX_BYTES",
    "MAX_CELL",
    "MAX_COLUMNS",
    "MAX_LINES",
    "Table",
    "TableError",
    "read",
]

_ZIP = b"PK"
_OLE = b"\xd0\xcf\x11\xe0"
# Web pages, XML and mails, which many programs call .xls: no table of ours is in them
_MARKUP = re.compile(
    rb"(\xef\xbb\xbf)?\s*(<(\?xml|!doctype|html|head|table|meta|style)\b|mime-version:)",
    re.IGNORECASE,
)


def read(content, options=None, lang=""):
    """Return a file as a `Table`.

    :param bytes content:
    :param options: dict of what a person chose: sheet, encoding, separator
    :param str lang: code of the language that its reader speaks, which decides
        between encodings that are as likely
    :raise TableError: for what is wrong with it
    """
    options = {key: value for key, value in (options or {}).items() if value}
    if len(content) > MAX_BYTES:
        raise TableError("bytes", found=len(content), most=MAX_BYTES)
    if content.startswith(_ZIP):
        reader = ods.read if ods.is_ods(content) else xlsx.read
        return reader(content, options.get("sheet"))
    if content.startswith(_OLE):
        return xls.read(content, options.get("sheet"))
    if _MARKUP.match(content[:1000]):
        raise TableError("unreadable")
    return csvs.read(content, options, lang)
