"""How much of a file is read, and against what each limit stands."""

# What fifty thousand prospects take, at 400 bytes each. A request holds a file three
# times (as sent, decoded, stored), so a server's memory stands behind this.
MAX_BYTES = 20 * 1024**2

# Against archives that unpack to more than a server has: what the directory of an XLSX
# or ODS announces, summed before anything is unpacked.
MAX_UNPACKED = 128 * 1024**2

# Old workbooks cannot be read piece by piece: a cell takes them 6 bytes, and us 60.
MAX_XLS_BYTES = 8 * 1024**2

# What a fair gives is smaller by far; a preview has to fit into one request.
MAX_LINES = 50_000

# Nobody chooses a target for more. A slip of the mouse puts a blank into column XFD.
MAX_COLUMNS = 500

# Filled cells of a sheet, for memory: each may be a text of its own.
MAX_CELLS = 1_000_000

# Rows of a sheet, empty ones too, against time: Excel has 1,048,576.
MAX_ROWS = 1_048_576

# Letters of a cell: what Excel holds. Longer is a quotation mark that nobody closed.
MAX_CELL = 32_767

# Letters of a line of CSV, against files that are one line: five hundred columns of two
# thousand letters fit into it.
MAX_LINE = 2**20

# Elements of XML without a single cell in them, against documents of nothing but tags.
MAX_IDLE = 200_000


class TableError(Exception):
    """What is wrong with a file.

    :param str reason: bytes, unpacked, lines, columns, cells, empty, encoding, sheet,
        or unreadable
    :param details: what a message may say, by name
    """

    def __init__(self, reason, **details):
        super().__init__(reason)
        self.reason = reason
        self.details = details
