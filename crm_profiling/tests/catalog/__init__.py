from . import test_arguments
from . import test_edits
from . import test_errors
from . import test_numbers
from . import test_plain_bands
from . import test_plain_numerals
from . import test_search
from . import test_versions
