from . import account_move
from . import crm_profiling_turnover
