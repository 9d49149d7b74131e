from . import crm_profiling_snapshot
from . import crm_profiling_board
from . import crm_profiling_tree
from . import res_partner_by_category
from . import res_partner_sheet
from . import res_partner_privacy
