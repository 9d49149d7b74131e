from odoo import api, fields, models
from odoo.tools import SQL


class CrmProfilingSnapshot(models.Model):
    """How many contacts a profile held in a month, and how many came and went.

    A month has one row for each profile and company of its contacts. The row of this
    month is written anew every day, so that the last point of a curve is of today;
    those of past months stay as they were on their last day.

    Who was inside is kept in `member_ids` until the next month has been counted:
    entries and exits are differences of sets, not guesses from sizes. Somebody who
    comes and goes within a month is not among them.
    """

    _name = "crm.profiling.snapshot"
    _description = "Profile Size by Month"
    _log_access = False
    _order = "date desc, profile_id, id"
    _rec_name = "profile_id"

    date = fields.Date(string="Month", required=True, index=True, readonly=True)
    profile_id = fields.Many2one(
        comodel_name="crm.profiling.profile",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        string="Company of the contacts",
        ondelete="cascade",
        readonly=True,
    )
    size = fields.Integer(
        string="Contacts in the profile",
        readonly=True,
        help="At the end of the month. Of several months: their mean.",
    )
    entered = fields.Integer(readonly=True, help="Inside now, and not a month before.")
    gone = fields.Integer(
        string="Left", readonly=True, help="Inside a month before, and not now."
    )

    _month_profile_company_uniq = models.UniqueIndex(
        "(date, profile_id, COALESCE(company_id, 0))",
        "A profile is counted once a month for each company.",
    )

    def init(self):
        # ids, cheaper to compare as they are than as rows of a relation
        self.env.cr.execute(
            SQL(
                "ALTER TABLE crm_profiling_snapshot"
                " ADD COLUMN IF NOT EXISTS member_ids INTEGER[]"
            )
        )

    def _read_group_select(self, aggregate_spec, query):
        """Sum sizes over profiles and companies, and take their mean over months."""
        if aggregate_spec != "size:sum":
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "ROUND(SUM(%s)::numeric / COUNT(DISTINCT %s))::integer",
            self._field_to_sql(self._table, "size", query),
            self._field_to_sql(self._table, "date", query),
        )

    @api.model
    def _cron_take(self):
        """Count this month; three statements, however many profiles and contacts."""
        month = fields.Date.context_today(self).replace(day=1)
        for model, names in (
            ("res.partner", ["active", "company_id"]),
            ("crm.profiling.profile", ["active"]),
            ("crm.profiling.membership", None),
        ):
            self.env[model].flush_model(names)
        self.env.cr.execute(
            SQL("DELETE FROM crm_profiling_snapshot WHERE date >= %s", month)
        )
        self.env.cr.execute(self._take_sql(month))
        self.env.cr.execute(
            SQL(
                """UPDATE crm_profiling_snapshot SET member_ids = NULL
                    WHERE member_ids IS NOT NULL AND date < (
                          SELECT max(date) FROM crm_profiling_snapshot
                           WHERE date < %s)""",
                month,
            )
        )
        self.invalidate_model(flush=False)

    @api.model
    def _take_sql(self, month):
        """Return the statement that counts profiles, against the month before."""
        return SQL(
            """
            WITH %(before_and_now)s, counted AS (
                SELECT profile_id, company_id,
                       count(inside.partner_id) AS size,
                       count(*) FILTER (WHERE before.partner_id IS NULL) AS entered,
                       count(*) FILTER (WHERE inside.partner_id IS NULL) AS gone,
                       array_agg(partner_id)
                           FILTER (WHERE inside.partner_id IS NOT NULL) AS member_ids
                  FROM inside
             FULL JOIN before USING (profile_id, company_id, partner_id)
                 GROUP BY profile_id, company_id
            )
            INSERT INTO crm_profiling_snapshot
                   (date, profile_id, company_id, size, entered, gone, member_ids)
            SELECT %(month)s, COALESCE(counted.profile_id, profile.id),
                   NULLIF(counted.company_id, 0), COALESCE(size, 0),
                   -- nobody knows who was inside before the first of all months
                   CASE WHEN EXISTS (SELECT FROM past)
                        THEN COALESCE(entered, 0) ELSE 0 END,
                   COALESCE(gone, 0), COALESCE(member_ids, '{}')
              FROM counted
         FULL JOIN (SELECT id FROM crm_profiling_profile WHERE active) profile
                ON profile.id = counted.profile_id
            """,
            month=month,
            before_and_now=self._before_and_now_sql(month),
        )

    @api.model
    def _before_and_now_sql(self, month):
        """Return who was inside when a month was counted last, and who is now."""
        return SQL(
            """
            past AS MATERIALIZED (
                SELECT profile_id, COALESCE(company_id, 0) AS company_id, member_ids
                  FROM crm_profiling_snapshot
                 WHERE date = (SELECT max(date) FROM crm_profiling_snapshot
                                WHERE date < %(month)s)
                   AND member_ids IS NOT NULL
            ), before AS (
                SELECT profile_id, company_id, unnest(member_ids) AS partner_id
                  FROM past
            ), inside AS (
                SELECT membership.profile_id, membership.partner_id,
                       COALESCE(partner.company_id, 0) AS company_id
                  FROM %(memberships)s
                  JOIN res_partner partner
                    ON partner.id = membership.partner_id AND partner.active
            )
            """,
            month=month,
            memberships=self.env["crm.profiling.membership"]._in_sql(),
        )
