from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class CrmProfilingBoard(models.AbstractModel):
    """What came of contacts in profiles: opportunities won."""

    _inherit = "crm.profiling.board"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _won_domain(self):
        return Domain([("type", "=", "opportunity"), ("won_status", "=", "won")])

    @api.model
    def _won_sql(self, columns):
        """Return a select over opportunities won by contacts in a profile.

        Won while they were in it, as far as one can tell: after they entered, and
        they are in it still.

        :param SQL columns: of ``lead`` and ``member``
        """
        Membership, Lead = self.env["crm.profiling.membership"], self.env["crm.lead"]
        members = Membership._search(Membership._member_domain())
        leads = Lead._search(self._won_domain())
        return SQL(
            """SELECT %s FROM (%s) lead JOIN (%s) member
                   ON member.partner_id = lead.partner_id
                  AND member.date <= lead.date_closed""",
            columns,
            leads.select(
                *(
                    SQL.identifier(Lead._table, name)
                    for name in (
                        "id",
                        "partner_id",
                        "company_id",
                        "expected_revenue",
                        "date_closed",
                    )
                )
            ),
            members.select(
                *(
                    SQL.identifier(Membership._table, name)
                    for name in ("partner_id", "profile_id", "date")
                )
            ),
        )

    @api.model
    def _won(self):
        """Return ``{profile id: (opportunities won, expected revenue)}``.

        Of all profiles together under False, where an opportunity counts once.
        Revenue is in the currency of the user's company, at today's rate.
        """
        if not self.env["crm.lead"].has_access("read"):
            return {}
        rows = self.env.execute_query(
            SQL(
                """WITH won AS (%s)
                   SELECT profile_id, company_id, count(*), sum(revenue)
                     FROM won GROUP BY profile_id, company_id
                UNION ALL
                   SELECT NULL, company_id, count(*), sum(revenue)
                     FROM (SELECT DISTINCT id, company_id, revenue FROM won) AS one
                    GROUP BY company_id""",
                self._won_sql(
                    SQL(
                        "lead.id, lead.company_id, member.profile_id,"
                        " COALESCE(lead.expected_revenue, 0) AS revenue"
                    )
                ),
            )
        )
        won = defaultdict(lambda: (0, 0.0))
        for profile_id, company_id, count, revenue in rows:
            before = won[profile_id or False]
            won[profile_id or False] = (
                before[0] + count,
                before[1] + self._converted(float(revenue), company_id),
            )
        return won

    @api.model
    def _converted(self, amount, company_id):
        """Return an amount of a company in the currency of the user's company."""
        # its currency is no secret to somebody who may read its opportunities
        company = self.env["res.company"].sudo().browse(company_id)
        here = self.env.company
        return (company.currency_id or here.currency_id)._convert(
            amount, here.currency_id, here, fields.Date.context_today(self)
        )

    @api.model
    def action_view_won(self, profile_id=False):
        """Open the opportunities won by contacts of a profile, or of any."""
        self.env["crm.profiling.profile"].check_access("read")
        guarded = self.env["crm.profiling.guarded"]
        profile = guarded._the("crm.profiling.profile", profile_id)
        where = SQL("WHERE profile_id = %s", profile.id) if profile else SQL()
        rows = self.env.execute_query(
            SQL("%s %s", self._won_sql(SQL("DISTINCT lead.id")), where)
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm.crm_lead_opportunities"
        )
        return {
            **action,
            "domain": [("id", "in", [lead_id for (lead_id,) in rows])],
            "name": self.env._("Won"),
            "context": {"create": False},
            "views": sorted(action["views"], key=lambda view: view[1] != "list"),
        }
