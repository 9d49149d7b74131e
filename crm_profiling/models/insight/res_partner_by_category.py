from textwrap import shorten

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import html2plaintext

from ...groups import SALESMAN

HEADLINE = 100  # characters of an offer shown on a card


def headline(offer):
    """Return how an offer begins, in plain text.

    :param offer: HTML, or a false value
    """
    text = html2plaintext(offer or "").strip()
    return shorten(text.splitlines()[0], HEADLINE, placeholder="…") if text else ""


class ResPartner(models.Model):
    """What Contacts by Category shows."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    profiling_is_pinned = fields.Boolean(
        string="Pinned",
        compute="_compute_profiling_pin_note",
        search="_search_profiling_is_pinned",
        groups=SALESMAN,
        help="Somebody pinned the contact to a profile.",
    )
    profiling_pin_note = fields.Char(
        string="Pinned by",
        compute="_compute_profiling_pin_note",
        groups=SALESMAN,
        help="To which profiles, by whom and since when.",
    )
    profiling_offer_headline = fields.Char(
        string="What to propose",
        compute="_compute_profiling_offer_headline",
        groups=SALESMAN,
        help="How the offer of the narrowest of the contact's profiles begins.",
    )

    profiling_why = fields.Text(
        string="Why", compute="_compute_profiling_why", groups=SALESMAN
    )

    @api.model
    def _profiling_derived(self):
        return [*super()._profiling_derived(), "profiling_why"]

    @api.depends("profiling_membership_ids.why")
    @api.depends_context("profiling_profile_id")
    def _compute_profiling_why(self):
        """Say why they are in the profile whose contacts are listed."""
        profile_id = self.env.context.get("profiling_profile_id")
        memberships = self.profiling_membership_ids.filtered(
            lambda membership: membership.profile_id.id == profile_id
        )
        why = {m.partner_id: m.why for m in memberships}
        for partner in self:
            partner.profiling_why = why.get(partner, "")

    @api.depends("profiling_membership_ids.state")
    def _compute_profiling_pin_note(self):
        for partner in self:
            pins = partner.profiling_membership_ids.filtered(
                lambda one: one.state == "pinned" and one.profile_id.active
            )
            partner.profiling_is_pinned = bool(pins)
            partner.profiling_pin_note = "; ".join(
                f"{pin.profile_id.name}: {pin._hand_note()}" for pin in pins
            )

    @api.model
    def _search_profiling_is_pinned(self, operator, value):
        if operator != "in":
            return NotImplemented
        pinned = Domain(
            "profiling_membership_ids",
            "any",
            [("state", "=", "pinned"), ("profile_id.active", "=", True)],
        )
        return Domain.OR(pinned if one else ~pinned for one in value)

    @api.depends("profile_ids")
    def _compute_profiling_offer_headline(self):
        headlines = {profile: headline(profile.offer) for profile in self.profile_ids}
        for partner in self:
            offers = (headlines[p] for p in partner.profile_ids._narrowest_first())
            partner.profiling_offer_headline = next(filter(None, offers), False)
