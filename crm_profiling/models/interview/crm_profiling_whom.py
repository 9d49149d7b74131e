from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

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

    One query each, with the columns of `Candidate`, and none of them reads more of a
    list than is shown of it.
    """

    _name = "crm.profiling.whom"
    _description = "Whom to Call Now"

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

    @api.model
    def _flush(self):
        for model, names in (
            ("crm.profiling.interview", ["callback_activity_id", "partner_id"]),
            ("crm.profiling.try", None),
            ("mail.activity", None),
            ("calendar.event", ["start", "allday"]),
            ("crm.profiling.queue", ["priority"]),
        ):
            self.env[model].flush_model(names)
