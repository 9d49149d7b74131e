from . import test_rule
from . import test_old_failures
from . import test_ways_in
from . import test_tags
from . import test_errors
from . import test_security
from . import test_performance
