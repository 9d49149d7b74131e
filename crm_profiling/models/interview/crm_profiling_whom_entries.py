from odoo import api, fields, models
from odoo.fields import Domain

from .crm_profiling_whom import LOOK_AHEAD, Candidate


class CrmProfilingWhom(models.AbstractModel):
    """Says of whom to call what the screen shows."""

    _inherit = "crm.profiling.whom"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _entries(self, candidates):
        """Return what the screen shows of whom to call, in so many queries.

        Names of lists and activities are those that the user may read.
        """
        ids = [one.partner_id for one in candidates]
        partners = self.env["res.partner"].browse(ids)._filtered_access("read")
        lines = self.env["crm.profiling.queue.line"].browse(
            one.line_id for one in candidates if one.line_id
        )
        activities = self.env["mail.activity"].browse(
            one.activity_id for one in candidates if one.activity_id
        )
        partners.fetch(["name", "display_name", "phone", "commercial_company_name"])
        lines.queue_id.fetch(["name"])
        return [
            self._entry(
                one,
                partners.browse(one.partner_id),
                lines.browse(one.line_id or ()),
                activities.browse(one.activity_id or ()),
            )
            for one in candidates
            if one.partner_id in partners._ids
        ]

    @api.model
    def _later_entries(self, lines):
        """Return what the screen shows of prospects of a list, to be called later."""
        return self._entries(
            [
                Candidate(
                    reason="list",
                    partner_id=line.partner_id.id,
                    moment=line.date_again,
                    has_time=True,
                    activity_id=None,
                    line_id=line.id,
                    tries=line.attempts,
                )
                for line in lines
            ]
        )

    @api.model
    def _entry(self, one, partner, line, activity):
        company = partner.commercial_partner_id - partner
        return {
            "reason": one.reason,
            "partner_id": partner.id,
            "name": partner.name or partner.display_name,
            "company": company.sudo().name or partner.company_name or "",
            "phone": partner.phone or company.sudo().phone or "",
            "moment": fields.Datetime.to_string(one.moment) if one.moment else False,
            "has_time": one.has_time,
            # the user's own
            "what": activity.sudo().activity_type_id.name or "",
            "summary": activity.sudo().summary or "",
            "queue": line.queue_id.name or "",
            "queue_id": line.queue_id.id,
            "tries": one.tries,
        }

    @api.model
    def _without_number(self):
        """Return how many who would be called now cannot be, for want of a number.

        At most `LOOK_AHEAD` of those in lists, and of the activities.
        """
        domain = self._callable() & (
            ~self._with_number() | Domain("profiling_wrong_number", "!=", False)
        )
        found = set()
        for query in (
            self._activities_sql(domain, True, True),
            self._activities_sql(domain, False, True),
            self._lines_sql(domain, LOOK_AHEAD),
        ):
            found |= {c.partner_id for c in self._read(query, "partner_id", LOOK_AHEAD)}
        return len(found)
