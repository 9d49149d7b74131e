from . import test_entry
from . import test_entry_concurrency
from . import test_segment
from . import test_entry_boundaries
