from odoo import models
from odoo.fields import Command, Domain

from ..answers.res_partner_ways_in import MOVES
from ..catalog.arguments import check_values, is_id


def commanded(commands):
    """Return the ids that x2many commands link, and those they unlink, one by one.

    Replacing all (``Command.set``, ``Command.clear``) says neither.
    """
    linked, unlinked = [], []
    for command in commands if isinstance(commands, (list, tuple)) else ():
        match command:
            case [Command.LINK, id_, *_] if is_id(id_):
                linked.append(id_)
            case [Command.UNLINK | Command.DELETE, id_, *_] if is_id(id_):
                unlinked.append(id_)
    return linked, unlinked


class ResPartner(models.Model):
    """What a person says of a contact's tags is heard, whichever way it comes."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def write(self, vals):
        """Hear what a person says of tags, before it is written."""
        check_values(self.env, vals)
        if "category_id" not in vals:
            return super().write(vals)
        self._profiling_catch_up()
        linked, unlinked = commanded(vals["category_id"])
        self._profiling_tags_taken_off(unlinked)
        self._profiling_tags_put_on(linked)
        moved = MOVES & vals.keys()  # super takes some values out
        result = super().write(vals)
        if not moved:
            self._profiling_apply()
        return result

    def copy_data(self, default=None):
        """Leave out the tags that profiles gave: the copy has no answers."""
        vals_list = super().copy_data(default)
        for partner, vals in zip(self, vals_list, strict=True):
            given = partner.sudo().profiling_membership_ids.category_id
            if given and "category_id" in vals and "category_id" not in (default or {}):
                kept = partner.category_id - given
                vals["category_id"] = [Command.set(kept.ids)]
        return vals_list

    def _profiling_tags_taken_off(self, tag_ids):
        """Keep contacts out of the profiles whose tag a person takes off."""
        if tag_ids:
            memberships = self._profiling_giving(tag_ids)
            memberships._keep_out()

    def _profiling_tags_put_on(self, tag_ids):
        """Make tags the user's own, so that no profile takes them off again."""
        if tag_ids:
            given = [("partner_id", "in", self.ids), ("category_id", "in", tag_ids)]
            memberships = self.env["crm.profiling.membership"].sudo().search(given)
            memberships._hand_over_tag()

    def _profiling_giving(self, tag_ids):
        """Return the memberships by which these contacts have one of the tags."""
        # Anybody who may change the tags of a contact is heard, sales rights or not.
        Membership = self.env["crm.profiling.membership"].sudo()
        return Membership.search(
            Membership._in_domain()
            & Domain("partner_id", "in", self.ids)
            & Domain("profile_id.category_id", "in", tag_ids)
        )

    def _profiling_catch_up(self):
        """Have done here what waits for the background job, before a tag is said.

        Otherwise the tag that a person takes off might be one that a profile, changed
        just now, is yet to give; and would do, a moment later.
        """
        if self.env["crm.profiling.run"]._open():
            self._profiling_quietly()._profiling_apply()
