from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import format_date

from ...evaluator import concerns
from ..catalog.arguments import is_id


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

    @api.model_create_multi
    def create(self, vals_list):  # pylint: disable=method-required-super
        """Take a person's word: pin a contact, or keep it out.

        Where the answers gave the membership before, that one becomes the person's.

        :raise ValidationError: for somebody whom the profile cannot hold
        """
        self.browse().check_access("create")
        self = self._without_forged_defaults()
        vals_list = self._guarded_vals_list(vals_list)
        pairs = [(vals.get("partner_id"), vals.get("profile_id")) for vals in vals_list]
        if not all(is_id(partner) and is_id(profile) for partner, profile in pairs):
            raise ValidationError(
                self.env._("Say which contact, and which profile to pin it to.")
            )
        partners = self.env["res.partner"].browse(pair[0] for pair in pairs)
        partners.check_access("write")
        for pair in pairs:
            self._check_can_hold(*pair)
        memberships = self._say_by_hand(dict(zip(pairs, vals_list, strict=True)))
        partners._profiling_apply()
        memberships = self.browse(memberships[pair].id for pair in pairs)
        memberships.exists().check_access("create")
        return memberships

    @api.model
    def _say_by_hand(self, words):
        """Write what somebody says of contacts and profiles, and by whom.

        :param words: ``{(partner_id, profile_id): values}``
        :return: ``{(partner_id, profile_id): membership}``
        """
        sealed = self._sealed_names()
        words = {
            pair: self._by_hand(
                {"state": "pinned"} | {k: v for k, v in vals.items() if k not in sealed}
            )
            for pair, vals in words.items()
        }
        everything = self.sudo()  # the caller's rights have been checked
        held = everything.search([("partner_id", "in", [pair[0] for pair in words])])
        rows = {(m.partner_id.id, m.profile_id.id): m for m in held}
        new = {pair: vals for pair, vals in words.items() if pair not in rows}
        for pair in words.keys() - new.keys():
            super(CrmProfilingMembership, rows[pair]).write(words[pair])
        made = super(CrmProfilingMembership, everything).create(list(new.values()))
        return rows | dict(zip(new, made, strict=True))

    @api.model
    def _check_can_hold(self, partner_id, profile_id):
        """Refuse to pin whom the profile cannot hold, or to keep them out.

        :raise ValidationError: saying why
        """
        partner = self.env["res.partner"].sudo().browse(partner_id)
        profile = self.env["crm.profiling.profile"].sudo().browse(profile_id)
        if partner._profiling_is_address():
            raise ValidationError(
                self.env._(
                    "This is an address, not a contact: addresses are in no profile."
                    " Choose the contact it belongs to."
                )
            )
        if not concerns(profile.company_id.id, partner.company_id.id):
            raise ValidationError(
                self.env._(
                    "This profile is of another company than the contact, and cannot"
                    " hold it."
                )
            )

    def write(self, vals):
        """Change a person's word; it stays with its contact and its profile.

        :raise UserError: for another contact or profile, and for what nobody sets
        """
        self.check_access("write")
        self._check_told(vals)
        self._check_stays(vals)
        if "state" in vals:
            vals = self._by_hand(vals)
        partners = self.partner_id
        partners.check_access("write")
        super(CrmProfilingMembership, self.sudo()).write(vals)
        partners._profiling_apply()
        self.exists().check_access("write")
        return True

    def _check_stays(self, vals):
        """Refuse to move a membership: the first contact would keep profile and tag."""
        for name in ("partner_id", "profile_id"):
            if name in vals and any(one[name].id != vals[name] for one in self):
                raise UserError(
                    self.env._(
                        "A pin does not move. Take it back, and pin the other contact."
                    )
                )

    def unlink(self):  # pylint: disable=method-required-super
        """Take a person's word back: from now on the answers decide again.

        The row goes, unless the answers ask for it.
        """
        # the applier deletes it
        self.check_access("unlink")
        return self.write({"state": "matched"})

    @api.model
    def _by_hand(self, vals):
        """Return the values with who says so, and since when."""
        by_hand = vals["state"] != "matched"
        return {
            **vals,
            "date": fields.Datetime.now(),
            "user_id": by_hand and self.env.uid,
        }

    # Whom a profile holds, and of whom somebody said so: as a domain, of what has been
    # read, and as SQL of a `membership`.

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

    @api.model
    def _hand_domain(self):
        """Return the domain of what somebody pinned or barred."""
        return Domain("state", "!=", "matched")

    def _by_a_person(self):
        """Keep the memberships that somebody pinned or barred."""
        return self.filtered(lambda membership: membership.state != "matched")

    @api.model
    def _hand_sql(self):
        """Return the condition that somebody pinned or barred a `membership`."""
        return SQL("membership.state <> 'matched'")

    def _keep_out(self):
        """Bar the contacts: somebody took the tag off on purpose.

        The caller applies, once the tag is gone.
        """
        return super().write(self._by_hand({"state": "barred", "category_id": False}))

    def _hand_over_tag(self):
        """Let go of the tags given: somebody put them on by hand."""
        return super().write({"category_id": False})

    def _hand_note(self):
        """Say who pinned the contact or keeps it out, and since when."""
        self.ensure_one()
        return self._hand_words(self.state, self.user_id.name, self.date)

    @api.model
    def _hand_words(self, state, user_name, date):
        values = {
            "user": user_name or self.env._("someone"),
            "date": format_date(self.env, date),
        }
        if state == "pinned":
            return self.env._("Pinned by %(user)s on %(date)s", **values)
        return self.env._("Kept out by %(user)s on %(date)s", **values)
