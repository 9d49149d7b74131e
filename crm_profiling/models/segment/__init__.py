from . import res_partner
from . import crm_profiling_profile
from . import crm_profiling_entry_action
from . import crm_profiling_entry
from . import crm_profiling_segment
from . import crm_lead
