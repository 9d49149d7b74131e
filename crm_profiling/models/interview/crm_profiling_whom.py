from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .res_partner_tries import TURN

# Contacts looked at to find one whom no colleague is taking right now.
LOOK_AHEAD = 50
# Why to call somebody, the most urgent first.
REASONS = {
    "callback": "Callback",
    "activity": "Activity",
    "list": "Call list",
    "again": "Not reached yet",
}


class Candidate(NamedTuple):
    """Somebody to call, and why."""

    reason: str  # of REASONS
    partner_id: int
    moment: object  # since when, in UTC; None for a line of a list
    has_time: bool  # whether a time was said, or a day alone
    activity_id: int | None
    line_id: int | None
    tries: int  # calls before, in which nobody was spoken to


class CrmProfilingWhom(models.AbstractModel):
    """Knows whom to call now, out of all that one could call for.

    First the callbacks whose time has come; then the due activities on contacts, calls
    before others; then the call lists, by priority, whom nobody has called yet first;
    last those who were called without a list and not reached. The user's own
    callbacks, activities and calls, and the lists that they may call.

    One query each, and none of them reads more of a list than is shown of it.
    """

    _name = "crm.profiling.whom"
    _description = "Whom to Call Now"

    # ------------------------------------------------------------------
    # Who can be called at all
    # ------------------------------------------------------------------

    @api.model
    def _callable(self, busy=False):
        """Return which contacts the user may call, as a domain.

        Nobody who asked not to be called.

        :param busy: also those whom a colleague is talking to just now
        """
        writable = self.env["ir.rule"]._compute_domain("res.partner", "write")
        free = Domain.TRUE if busy else Domain("id", "not in", self._talking_sql())
        return (
            Domain("active", "=", True)
            & Domain("profiling_refuses_calls", "=", False)
            & free
            & Domain(writable)
        )

    @api.model
    def _talking_sql(self):
        """Return the contacts whom colleagues are talking to."""
        Interview = self.env["crm.profiling.interview"].sudo()
        return Interview._search(
            Interview._active_domain() & Domain("user_id", "!=", self.env.uid)
        ).subselect("partner_id")

    @api.model
    def _with_number(self):
        """Return which contacts have a number, or their company has one."""
        self.env["res.partner"].flush_model(["phone", "commercial_partner_id"])
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                """EXISTS (SELECT FROM res_partner other
                            WHERE other.id IN (%s, %s) AND other.phone <> ''
                           OFFSET 0)""",
                SQL.identifier(alias, "id"),
                SQL.identifier(alias, "commercial_partner_id"),
            )
        )

    @api.model
    def _contacts(self):
        """Return the contacts that can be called now, as a domain."""
        return (
            self._callable()
            & self._with_number()
            & Domain("profiling_wrong_number", "=", False)
            & self.env["res.partner"]._profiling_answering_domain()
        )

    # ------------------------------------------------------------------
    # Whom now, and whom next
    # ------------------------------------------------------------------

    @api.model
    def _now(self, limit=LOOK_AHEAD):
        """Return whom to call now, the first one first; each contact once.

        :rtype: list of `Candidate`
        """
        self._flush()
        contacts = self._contacts()
        queries = (
            (self._activities_sql(contacts, True, True), "moment, partner_id"),
            (self._activities_sql(contacts, False, True), "rank DESC, moment"),
            (
                self._lines_sql(contacts, limit),
                "rank DESC, tries, fresh DESC, place",
            ),
            (self._unreached_sql(contacts, True), "moment, partner_id"),
        )
        found = {}
        for query, order in queries:
            if len(found) < limit:
                for one in self._read(query, order, limit):
                    found.setdefault(one.partner_id, one)
        return list(found.values())[:limit]

    @api.model
    def _read(self, query, order, limit):
        rows = self.env.execute_query(
            SQL(
                "SELECT %s FROM (%s) one ORDER BY %s LIMIT %s",
                SQL(", ").join(map(SQL.identifier, Candidate._fields)),
                query,
                SQL(order),
                limit,
            )
        )
        return [Candidate(*row) for row in rows]

    @api.model
    def _later(self):
        """Return who is the next to be called, and when; None for nobody.

        :rtype: `Candidate` whose moment is to come
        """
        self._flush()
        contacts = self._contacts()
        found = []
        for query in (
            self._activities_sql(contacts, True, False),
            self._activities_sql(contacts, False, False),
            self._unreached_sql(contacts, False),
        ):
            found += self._read(query, "moment, partner_id", 1)
        found += self._read(self._put_off_sql(contacts), "moment, line_id", 1)
        return min(found, key=lambda one: one.moment, default=None)

    @api.model
    def _take(self):
        """Take the first whom nobody else takes at this moment; None for nobody.

        :rtype: `Candidate`
        """
        for one in self._now():
            line = self.env["crm.profiling.queue.line"].browse(one.line_id or ())
            partner = self.env["res.partner"].browse(one.partner_id)
            if line._take() if line else partner._profiling_take_turn():
                return one
        return None

    @api.autovacuum
    def _gc_turns(self):
        """Forget whose turn it was to call whom."""
        self.env["crm.profiling.turn"].sudo().search(
            Domain("name", "=like", f"{TURN}%")
            & Domain("date", "<", fields.Datetime.now() - timedelta(days=1))
        ).unlink()

    # ------------------------------------------------------------------
    # What the screen shows of it
    # ------------------------------------------------------------------

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
