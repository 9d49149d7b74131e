from . import crm_profiling_segment
