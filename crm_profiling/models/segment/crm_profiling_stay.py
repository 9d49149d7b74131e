from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.date_utils import relativedelta

# What was done is remembered so long after the contact has left.
KEPT_DAYS = 90


class CrmProfilingStay(models.Model):
    """The time a contact is in a profile that does something on entry or on leaving.

    What the profile did is remembered here, so that it is done once for each entry,
    whatever happens in between, and can be withdrawn when the contact leaves.

    While somebody talks to the contact, or to its company, nothing is done: what is
    said in a conversation may be taken back in it. The stay waits until it is over.
    """

    _name = "crm.profiling.stay"
    _description = "Stay of a Contact in a Profile"
    _log_access = False  # `date` and `user_id` say it
    _order = "id"
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
            ("waiting", "Entered, waits until the conversation is over"),
            ("done", "Acted on"),
            ("leaving", "Left, waits until the conversation is over"),
            ("left", "Left"),
        ],
        required=True,
    )
    is_back = fields.Boolean(
        string="Back",
        help="Left and entered again in one conversation: only what was withdrawn is to"
        " be done.",
    )
    date = fields.Datetime(string="Since", required=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Caused by",
        default=lambda self: self.env.user,
        ondelete="set null",
        help="In whose name it is done.",
    )
    deed_ids = fields.One2many(
        comodel_name="crm.profiling.stay.deed",
        inverse_name="stay_id",
        string="What was done",
    )

    _partner_profile_uniq = models.UniqueIndex(
        "(partner_id, profile_id) WHERE state <> 'left'",
        "A contact is in a profile once.",
    )
    _waiting_idx = models.Index("(partner_id) WHERE state IN ('waiting', 'leaving')")

    @api.model
    def _now_in(self, profile, contacts):
        """Return the stays of contacts in a profile that are not over."""
        return self.search(
            Domain("profile_id", "=", profile.id)
            & Domain("partner_id", "in", contacts.ids)
            & Domain("state", "!=", "left")
        )

    @api.model
    def _waiting(self, company=None):
        """Return the domain of the stays for which something waits.

        :param company: commercial entity of their contacts, None for all
        """
        waiting = Domain("state", "in", ["waiting", "leaving"])
        if company is not None:
            waiting &= Domain("partner_id.commercial_partner_id", "=", company.id)
        return waiting

    @api.model
    def _notice_sql(self):
        """Return which profiles wait with a ``contact``, as JSON: names.

        Of those that the user may know: a rule of stays says so.
        """
        self.flush_model(["partner_id", "profile_id"])
        self.env["crm.profiling.profile"].flush_model(["name"])
        return SQL(
            """(SELECT json_agg(COALESCE(profile.name->>%(lang)s,
                                         profile.name->>'en_US') ORDER BY stay.id)
                  FROM crm_profiling_stay stay
                  JOIN crm_profiling_profile profile ON profile.id = stay.profile_id
                 WHERE stay.partner_id = contact.id AND stay.id IN %(seen)s)""",
            lang=self.env.lang or "en_US",
            seen=self._search(self._waiting()).subselect(),
        )

    @api.model
    def _begin(self, profile, contacts, state):
        """Begin stays of contacts, in the name of who is at work."""
        return self.create(
            [
                {"profile_id": profile.id, "partner_id": contact.id, "state": state}
                for contact in contacts
            ]
        )

    def _moment(self):
        """Return what is to follow: that they "enter" or that they "leave"."""
        return "leave" if self.state in ("leaving", "left") else "enter"

    def _is_inside(self):
        """Keep those whose contact is in the profile, and may be acted on."""
        memberships = self.env["crm.profiling.membership"].search(
            Domain("partner_id", "in", self.partner_id.ids)
            & Domain("profile_id", "in", self.profile_id.ids)
        )
        inside = {
            (membership.partner_id, membership.profile_id)
            for membership in memberships._is_in()
        }
        return self.filtered(
            lambda stay: (
                (stay.partner_id, stay.profile_id) in inside
                and stay.profile_id.active
                and stay.partner_id.active
            )
        )

    @api.model
    def _actions(self):
        return self.env["crm.profiling.entry.action"]._all()

    def _remember(self, outcomes):
        """Note what was done to the contacts.

        :param outcomes: ``{contact_id: {action: Outcome}}``
        """
        self.deed_ids.create(
            [
                self.deed_ids._row(stay, action, outcome)
                for stay in self
                for action, outcome in outcomes.get(stay.partner_id.id, {}).items()
            ]
        )

    @api.autovacuum
    def _gc_left(self):
        """Forget what was done for those who left long ago."""
        long_ago = fields.Datetime.now() - relativedelta(days=KEPT_DAYS)
        old = Domain("state", "=", "left") & Domain("date", "<", long_ago)
        self.search(old).unlink()
