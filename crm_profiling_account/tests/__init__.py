from . import test_turnover
