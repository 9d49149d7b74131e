"""What the matrix of rights of crm_profiling has to know of this addon."""

from odoo.addons.crm_profiling.tests.rights import SALES
from odoo.addons.crm_profiling.tests.test_rights_matrix import (
    EVERYBODY,
    Line,
    records,
    to,
)

LINES = {
    model: {"action_segment_mailing": line}
    for model, line in {
        "crm.profiling.profile": Line(SALES, records("profile")),
        "crm.profiling.segment": Line((), lambda t, me: to([])),
        "res.partner": Line(EVERYBODY, records("partner")),
        "res.partner.category": Line(EVERYBODY, records("tag")),
    }.items()
}
