from . import test_import
from . import test_import_boundaries
from . import test_import_cases
from . import test_import_concurrency
from . import test_tables
