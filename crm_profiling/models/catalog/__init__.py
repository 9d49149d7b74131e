from . import crm_profiling_guarded
from . import crm_profiling_named
from . import crm_profiling_question
from . import crm_profiling_answer
from . import crm_profiling_bit
from . import crm_profiling_questionnaire
from . import crm_profiling_profile
from . import crm_profiling_catalog
