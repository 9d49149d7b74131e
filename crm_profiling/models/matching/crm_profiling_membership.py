from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class CrmProfilingMembership(models.Model):
    """A contact and a profile that it is in, or is kept out of.

    The rows the rule asks for (``matched``) are written by the applier alone. A
    person's word (``pinned``, ``barred``) comes first, concerns this one profile and
    stays until it is taken back.
    """

    _name = "crm.profiling.membership"
    _inherit = ["crm.profiling.guarded"]
    _description = "Profile Membership"
    _log_access = False  # `date` and `user_id` say it, where somebody did it
    _order = "date desc, id desc"
    _rec_name = "profile_id"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Contact",
        required=True,
        index=True,
        ondelete="cascade",
    )
    profile_id = fields.Many2one(
        comodel_name="crm.profiling.profile",
        required=True,
        index=True,
        ondelete="cascade",
    )
    state = fields.Selection(
        selection=[
            ("matched", "Matches"),  # the answers say so
            ("pinned", "Pinned"),  # a person keeps the contact in
            ("barred", "Kept out"),  # a person keeps the contact out
        ],
        required=True,
        default="pinned",
    )
    date = fields.Datetime(
        string="Since",
        required=True,
        default=fields.Datetime.now,
        readonly=True,
        copy=False,
        sealed=True,
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="By",
        ondelete="set null",
        readonly=True,
        copy=False,
        sealed=True,
        help="Who pinned the contact or keeps it out.",
    )
    category_id = fields.Many2one(
        comodel_name="res.partner.category",
        string="Tag given",
        ondelete="set null",
        readonly=True,
        copy=False,
        sealed=True,
        help="The tag this contact has because of its profiles. Empty when somebody"
        " put it on by hand: then no profile takes it off.",
    )

    # to report by
    profile_category_id = fields.Many2one(
        related="profile_id.category_id", string="Tag of the profile"
    )
    partner_user_id = fields.Many2one(
        related="partner_id.user_id", string="Contact's salesperson"
    )
    country_id = fields.Many2one(related="partner_id.country_id")
    why = fields.Text(compute="_compute_why")

    # There are few of them, and previews look for them among millions.
    _by_a_person_idx = models.Index("(profile_id, partner_id) WHERE state <> 'matched'")
    _partner_profile_uniq = models.Constraint(
        "UNIQUE(partner_id, profile_id)",
        "This contact has a membership of this profile already. Change that one.",
    )

    @api.depends("partner_id", "profile_id", "state")
    def _compute_why(self):
        reasons = self.env["crm.profiling.explainer"]._reasons(self._origin)
        for membership in self:
            membership.why = reasons.get(membership._origin, "")

    # Whom a profile holds: as a domain, of what has been read, and as SQL of a
    # `membership`.

    @api.model
    def _in_domain(self):
        """Return the domain of the memberships that put contacts in profiles in use."""
        return Domain("state", "!=", "barred") & Domain("profile_id.active", "=", True)

    @api.model
    def _member_domain(self):
        """Return the domain of the memberships that count: of contacts in use."""
        return self._in_domain() & Domain("partner_id.active", "=", True)

    def _is_in(self):
        """Keep the memberships that put the contact in the profile."""
        return self.filtered(lambda membership: membership.state != "barred")

    @api.model
    def _in_sql(self):
        """Return the memberships that put contacts in profiles in use.

        The caller flushes memberships and ``active`` of profiles.

        :return: what stands in a ``FROM``, of a `membership` and its `profile`
        """
        return SQL(
            """crm_profiling_membership membership
                  JOIN crm_profiling_profile profile
                    ON profile.id = membership.profile_id AND profile.active
                       AND membership.state <> 'barred'"""
        )
