from . import test_errors
from . import test_edits
