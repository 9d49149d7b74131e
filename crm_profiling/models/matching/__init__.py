from . import crm_profiling_membership
from . import crm_profiling_state
from . import crm_profiling_applier
from . import crm_profiling_run
from . import crm_profiling_preview
from . import crm_profiling_explainer
from . import res_partner
from . import res_partner_category
