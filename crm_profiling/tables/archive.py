"""Spreadsheets that are archives of XML: read piece by piece, no tree is ever built."""

import io
import zipfile
import zlib
from xml.parsers import expat

from .limits import MAX_IDLE, MAX_UNPACKED, TableError

# Bytes unpacked at a time: nothing is in memory as a whole before it is counted.
_CHUNK = 1 << 16


class Stop(Exception):
    """Raised by a handler that has what it wants."""


class Handler:
    """Gets the elements of a part as they come, by their names without prefixes.

    One that has got something it wants sets `idle` to 0: after too many elements of
    nothing the reading ends. One that is complete can do without what follows.
    """

    idle = 0
    is_complete = False

    def start(self, name, attributes):
        """Take what begins.

        :param dict attributes: with their prefixes
        """

    def data(self, text):
        """Take text."""

    def end(self, name):
        """Take what ends."""


def opened(content):
    """Return an archive that unpacks to no more than the limit.

    What the directory says of sizes holds: no more than that is ever unpacked.

    :raise TableError: for one that does not, or that is none
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise TableError("unreadable") from error
    unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > MAX_UNPACKED:
        raise TableError("unpacked", found=unpacked, most=MAX_UNPACKED)
    return archive


def parse(archive, path, handler):
    """Give the elements of a part to a handler; return it.

    :raise TableError: where the part cannot be read
    """
    parser = _parser(handler)
    try:
        with archive.open(path) as file:
            while chunk := file.read(_CHUNK):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
    except Stop:
        return handler
    except (
        expat.ExpatError, zipfile.BadZipFile, zlib.error, KeyError, EOFError,
        NotImplementedError, RuntimeError, OSError, ValueError,
    ) as error:  # fmt: skip
        if handler.is_complete:
            return handler
        raise TableError("unreadable") from error
    return handler


def _parser(handler):
    parser = expat.ParserCreate()
    parser.buffer_text = True
    names = {}

    def local(name):
        return names.setdefault(name, name.rpartition(":")[2])

    def start(name, attributes):
        handler.idle += 1
        if handler.idle > MAX_IDLE:
            raise TableError("unreadable")
        handler.start(names.get(name) or local(name), attributes)

    def end(name):
        handler.end(names.get(name) or local(name))

    def refuse(*_declaration):
        raise TableError("unreadable")  # no spreadsheet declares anything

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.data
    parser.StartDoctypeDeclHandler = refuse
    return parser


def attribute(attributes, name):
    """Return an attribute whatever its prefix, or None."""
    for key, value in attributes.items():
        if key.rpartition(":")[2] == name:
            return value
    return None
