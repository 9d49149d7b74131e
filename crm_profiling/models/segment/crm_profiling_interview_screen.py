from odoo import api, models


class CrmProfilingInterviewScreen(models.AbstractModel):
    """The end screen says what profiles did, and what waits."""

    _inherit = "crm.profiling.interview.screen"

    @api.model
    def _build(self, interview):
        result = super()._build(interview)
        if interview.state == "done":
            result["follow_up"] = {
                "entries": interview._done_entries(),
                "waiting": interview.get_follow_up(),
            }
        return result
