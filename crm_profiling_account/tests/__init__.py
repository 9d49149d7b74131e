from . import test_hidden
from . import test_import
from . import test_invoice_histories
from . import test_source
from . import test_source_asked
from . import test_source_job
from . import test_turnover
from . import test_ui
