from . import res_partner
from . import crm_profiling_import_reader
from . import crm_profiling_import_columns
from . import crm_profiling_import_planner
from . import crm_profiling_import_matcher
from . import crm_profiling_import_writer
from . import crm_profiling_import
from . import crm_profiling_response
