from . import crm_profiling_chooser
from . import crm_profiling_queue
from . import crm_profiling_interview
from . import crm_profiling_interview_snapshot
from . import crm_lead
from . import res_partner
