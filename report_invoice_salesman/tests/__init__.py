from . import test_access
from . import test_achieved
from . import test_amounts
from . import test_board
from . import test_cost
from . import test_grid
from . import test_histories
from . import test_plan
