from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL
from odoo.tools.misc import format_date


class CrmProfilingMembership(models.Model):
    """A contact and a profile that it is in, or is kept out of.

    The rows the rule asks for (``matched``) are written by the applier alone. A
    person's word (``pinned``, ``barred``) comes first, concerns this one profile and
    stays until it is taken back.
    """

    _name = "crm.profiling.membership"
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
        string="Since", required=True, default=fields.Datetime.now, readonly=True
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="By",
        ondelete="set null",
        help="Who pinned the contact or keeps it out.",
    )
    category_id = fields.Many2one(
        comodel_name="res.partner.category",
        string="Tag given",
        ondelete="set null",
        readonly=True,
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
    # what the profile did with it (see `crm.profiling.entry`)
    date_acted = fields.Datetime(
        string="Acted on",
        readonly=True,
        help="When the profile last did with this contact what it does on entry.",
    )
    to_act = fields.Boolean(
        string="To be acted on", readonly=True, index="btree_not_null"
    )

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
    def create(self, vals_list):
        """Take a person's word: pin a contact, or keep it out.

        Where the answers gave the membership before, that one becomes the person's.
        """
        vals_list = [self._by_hand({"state": "pinned", **vals}) for vals in vals_list]
        pairs = [(vals.get("partner_id"), vals.get("profile_id")) for vals in vals_list]
        if not all(partner and profile for partner, profile in pairs):
            raise ValidationError(
                self.env._("Say which contact, and which profile to pin it to.")
            )
        partners = self.env["res.partner"].browse(pair[0] for pair in pairs)
        partners.check_access("write")
        held = self.sudo().search([("partner_id", "in", partners.ids)])
        rows = {(m.partner_id.id, m.profile_id.id): m.sudo(self.env.su) for m in held}
        new = {
            pair: vals
            for pair, vals in zip(pairs, vals_list, strict=True)
            if pair not in rows
        }
        rows.update(zip(new, super().create(list(new.values())), strict=True))
        for pair, vals in zip(pairs, vals_list, strict=True):
            if pair not in new:
                super(CrmProfilingMembership, rows[pair]).write(vals)
        partners._profiling_apply()
        return self.browse([rows[pair].id for pair in pairs])

    def write(self, vals):
        if "state" in vals:
            vals = self._by_hand(vals)
        partners = self.partner_id
        partners.check_access("write")
        super().write(vals)
        (partners | self.partner_id)._profiling_apply()
        return True

    def unlink(self):  # pylint: disable=method-required-super
        """Take a person's word back: from now on the answers decide again.

        The row goes, unless the answers ask for it.
        """
        # the applier deletes it
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

    def _is_in(self):
        """Keep the memberships that put the contact in the profile."""
        return self.filtered(lambda membership: membership.state != "barred")

    def _to_act_on(self):
        """Return the contacts to do something with because they are in the profile."""
        inside = self._is_in().filtered("profile_id.active")
        return inside.partner_id.filtered("active")

    def _leave_alone(self):
        """Have nothing more done with these in the background."""
        self.env.cr.execute(
            SQL(
                "UPDATE crm_profiling_membership SET to_act = NULL WHERE id = ANY(%s)",
                self.ids,
            )
        )
        self.invalidate_recordset(["to_act"], flush=False)

    def _by_a_person(self):
        """Keep the memberships that somebody pinned or barred."""
        return self.filtered(lambda membership: membership.state != "matched")

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
        values = {
            "user": self.user_id.name or self.env._("someone"),
            "date": format_date(self.env, self.date),
        }
        if self.state == "pinned":
            return self.env._("Pinned by %(user)s on %(date)s", **values)
        return self.env._("Kept out by %(user)s on %(date)s", **values)
