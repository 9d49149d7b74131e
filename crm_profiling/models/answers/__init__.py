from . import crm_profiling_catalog
from . import crm_profiling_question
from . import crm_profiling_answer
from . import crm_profiling_response
from . import res_partner
from . import res_partner_search
