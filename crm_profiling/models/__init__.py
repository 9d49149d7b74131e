from . import catalog
from . import answers
from . import matching
from . import interview
from . import prospects
from . import segment
from . import insight
