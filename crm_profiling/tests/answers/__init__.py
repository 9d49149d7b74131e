from . import test_hand_over
from . import test_hidden_companies
from . import test_holder
from . import test_names
from . import test_plain_names
from . import test_privacy
from . import test_words
from . import test_words_concurrency
