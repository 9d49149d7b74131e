from . import test_call_report
from . import test_by_category
from . import test_report
from . import test_health
from . import test_print
from . import test_tree
