from . import crm_profiling_response
