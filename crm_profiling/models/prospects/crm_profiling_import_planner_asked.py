from odoo import api, models

from ...moments import has_zone, moment
from ...placeholders import says_nothing


class CrmProfilingImportPlanner(models.AbstractModel):
    """When a line was said."""

    _inherit = "crm.profiling.import.planner"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _asked(self, values, number, plan, settings):
        """Return when a line was asked, in words of Python; "" if it says nothing."""
        if settings.asked_column is None or settings.asked_column >= len(values):
            return ""
        said = values[settings.asked_column]
        at = moment(said, settings.month_first)
        if not at:
            if not says_nothing(said):
                plan.warn(
                    number,
                    self.env._(
                        "“%s” is no date that can be read: the date of the file"
                        " counts.",
                        said[:40],
                    ),
                )
            return ""
        if not has_zone(said):
            at -= settings.shift
        return min(at, settings.asked_on).isoformat(" ")
