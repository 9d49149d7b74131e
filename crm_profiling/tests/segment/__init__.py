from . import test_entry
from . import test_entry_concurrency
from . import test_entry_waiting
from . import test_entry_leaving
from . import test_segment
from . import test_entry_boundaries
from . import test_notes_of_companies
from . import test_after_call
