from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class CrmProfilingBoard(models.AbstractModel):
    """All profiles at a glance: how large, growing or not, and what came of it.

    Counts what the user may read: of the companies chosen, and of opportunities what
    the record rules leave.  The number of queries is the same for any number of
    profiles and contacts.
    """

    _name = "crm.profiling.board"
    _description = "Profiling Board"

    @api.model
    def get_board(self):
        """Return what the board shows.

        :rtype: dict
        """
        self.env["crm.profiling.profile"].check_access("read")
        contacts, asked = self._count_contacts()
        together = self._combinations()
        won = self._won()
        total = won.get(False, (0, 0.0))
        return {
            "contacts": contacts,
            "asked": asked,
            "in_profile": sum(together.values()),
            "won": total[0],
            "revenue": total[1],
            "currency_id": self.env.company.currency_id.id,
            "since": self._since(),
            "months": self._months(),
            "profiles": self._profiles(together, won),
            "questions": self._questions(),
        }

    @api.model
    def _people_domain(self):
        """Return the domain of the contacts that are counted: in use, no addresses."""
        answering = self.env["res.partner"]._profiling_answering_domain()
        return Domain("active", "=", True) & answering

    @api.model
    def _count_contacts(self):
        """Return how many contacts there are, and for how many something is known."""
        Partner = self.env["res.partner"]
        query = Partner._search(self._people_domain())
        return self.env.execute_query(
            SQL(
                """SELECT count(*), count(*) FILTER (WHERE state.asked <> '{}')
                     FROM (%s) contact
                LEFT JOIN crm_profiling_state state ON state.id = contact.id""",
                query.select(),
            )
        )[0]

    @api.model
    def action_view_contacts(self, not_asked=False):
        """Open all contacts that are counted, or those of whom nothing is known.

        :param bool not_asked: those who have answered nothing
        """
        self.env["crm.profiling.profile"].check_access("read")
        domain, name = self._people_domain(), self.env._("Contacts")
        if not_asked:
            domain &= Domain("profiling_answer_ids", "=", False)
            name = self.env._("Not asked yet")
        return self.env["res.partner"]._action_profiling_contacts(list(domain), name)

    @api.model
    def _combinations(self):
        """Return ``{ids of profiles: how many contacts are in just these}``.

        There are few combinations, whatever the number of contacts; sizes and
        overlaps follow from them.
        """
        Membership = self.env["crm.profiling.membership"]
        query = Membership._search(Membership._member_domain())
        rows = self.env.execute_query(
            SQL(
                """SELECT profile_ids, count(*)
                     FROM (SELECT array_agg(profile_id ORDER BY profile_id)
                                  AS profile_ids
                             FROM (%s) member
                            GROUP BY partner_id) AS contact
                    GROUP BY profile_ids""",
                query.select(
                    SQL.identifier(Membership._table, "partner_id"),
                    SQL.identifier(Membership._table, "profile_id"),
                ),
            )
        )
        return {tuple(profile_ids): count for profile_ids, count in rows}
