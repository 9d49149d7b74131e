from . import test_chooser
from . import test_interview
from . import test_plain_chooser
from . import test_queue
from . import test_queue_concurrency
from . import test_interview_boundaries
from . import test_leads
from . import test_ui_interview
