from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import format_date

from ...evaluator import concerns
from ..catalog.arguments import is_id


class CrmProfilingMembership(models.Model):
    """A person's word: it pins a contact to a profile, or keeps it out of it."""

    _inherit = "crm.profiling.membership"  # pylint: disable=consider-merging-classes-inherited

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
        self._check_can_hold(pairs)
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
    def _check_can_hold(self, pairs):
        """Refuse to pin whom the profile cannot hold, or to keep them out.

        :param pairs: list of ``(partner_id, profile_id)``
        :raise ValidationError: saying why
        """
        partner_ids, profile_ids = zip(*pairs, strict=True) if pairs else ((), ())
        partners = self.env["res.partner"].sudo().browse(partner_ids)
        profiles = self.env["crm.profiling.profile"].sudo().browse(profile_ids)
        for partner, profile in zip(partners, profiles, strict=True):
            if partner._profiling_is_address():
                raise ValidationError(
                    self.env._(
                        "This is an address, not a contact: addresses are in no"
                        " profile. Choose the contact it belongs to."
                    )
                )
            if not concerns(profile.company_id.id, partner.company_id.id):
                raise ValidationError(
                    self.env._(
                        "This profile is of another company than the contact, and"
                        " cannot hold it."
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

    def _keep_out(self):
        """Bar the contacts: somebody took the tag off on purpose.

        The caller applies, once the tag is gone.
        """
        return super().write(self._by_hand({"state": "barred", "category_id": False}))

    def _hand_over_tag(self):
        """Let go of the tags given: somebody put them on by hand."""
        return super().write({"category_id": False})

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
