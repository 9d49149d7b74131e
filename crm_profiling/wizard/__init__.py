from . import base_partner_merge
from . import crm_profiling_finding
from . import crm_profiling_entry_wizard
from . import crm_profiling_opportunity
from . import crm_profiling_export
from . import crm_profiling_forget
from . import mail_compose_message
from . import privacy_lookup_wizard
