from . import account_move
from . import crm_profiling_invoiced
from . import crm_profiling_question
from . import crm_profiling_response
from . import crm_profiling_source_turnover
from . import crm_profiling_source_purchases
from . import crm_profiling_turnover
from . import res_partner
