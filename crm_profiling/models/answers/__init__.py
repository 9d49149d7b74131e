from . import crm_profiling_response
from . import res_partner
from . import res_partner_search
