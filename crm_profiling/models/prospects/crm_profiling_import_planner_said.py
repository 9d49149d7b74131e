import re

from odoo import api, models
from odoo.tools import html2plaintext

from ...moments import has_zone, moment
from ...prospects import says_nothing
from .plan import COMPANY, PERSON

# A note as Odoo and others keep it: a document, no text
_MARKED_UP = re.compile(
    r"\s*<(p|div|span|ul|ol|b|i|br|h\d|strong|em|table)\b[^>]*>.*>\s*", re.I | re.S
)


class CrmProfilingImportPlanner(models.AbstractModel):
    """When a line was said, of what, and what its notes say."""

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

    @api.model
    def _tell_companies(self, row, number, plan, settings):
        """Take a line for a company where the file says that it is one."""
        [kind] = row.pop("is_company", None) or [None]
        if not row.get("name"):
            return
        if kind == COMPANY:
            above = row.pop("company", row["name"])
            row["company"] = row.pop("name")
            if above != row["company"]:
                plan.warn(
                    number,
                    self.env._("Without the company that it belongs to: %s", above),
                )
        elif settings.are_companies and "company" not in row and kind != PERSON:
            row["company"] = row.pop("name")

    @api.model
    def _note(self, said):
        """Return a note as text."""
        return html2plaintext(said).strip() if _MARKED_UP.fullmatch(said) else said

    @api.model
    def _choose_state(self, row, number, plan):
        """Keep the state that lies in the country, of those of that name."""
        if not row.get("state"):
            return
        named = self.env["res.country.state"].browse(row["state"])
        country_ids = row.get("country") or named.country_id.ids
        states = named.filtered(lambda state: state.country_id.id in country_ids)
        if len(states) > 1:
            said = self.env._(
                "Without the state: several are called “%s”. Write the country, too.",
                named[0].name,
            )
            plan.warn(number, said)
        elif not states:
            said = self.env._(
                "Without the state: “%s” is in another country.", named[0].name
            )
            plan.warn(number, said)
        row["state"] = states.ids if len(states) == 1 else []
