from . import test_edits
from . import test_errors
from . import test_search
from . import test_versions
