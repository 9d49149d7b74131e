from odoo import models
from odoo.fields import Domain

from ...names import key


class ResPartner(models.Model):
    """Contacts that somebody chose go into a call list; who does not is said."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def action_profiling_call_list(self):
        """Ask what to ask, and make a call list of these contacts."""
        Queue = self.env["crm.profiling.queue"]
        Queue.check_access("create")
        kept, left_out = self._profiling_sort_out()
        Queue._check_anybody(kept, left_out)
        seen = kept.union(*left_out.values())
        return Queue._action_new(
            Queue._name_for(len(kept), kept._profiling_in_common()),
            partners=self & seen,
        )

    def _profiling_in_common(self):
        """Hook: return in words what these contacts have in common, "" for nothing."""
        return ""

    def _profiling_sort_out(self):
        """Return whom of these to call, and who is left out and why.

        Those whom the user may not see are none of them: not even counted.

        :rtype: tuple of contacts and ``{reason: contacts}``
        """
        Partner = self.with_context(active_test=False)
        visible = Partner.search(Domain("id", "in", self.ids)).with_env(self.env)
        visible = self & visible  # in the order chosen
        writable = visible._filtered_access("write")
        archived = writable.filtered(lambda partner: not partner.active)
        addresses = (writable - archived).filtered(
            lambda partner: partner._profiling_is_address()
        )
        rest = writable - archived - addresses
        first = {partner._profiling_twin_key(): partner for partner in rest[::-1]}
        twins = rest.filtered(lambda p: first[p._profiling_twin_key()] != p)
        return rest - twins, {
            self.env._("Not yours to change"): visible - writable,
            self.env._("Archived"): archived,
            self.env._("Addresses, not contacts"): addresses,
            self.env._("Twice in the list"): twins,
        }

    def _profiling_twin_key(self):
        """Return what two records of one person have in common."""
        name, reach = self.name, self.email_normalized or self.phone
        return (key(name), reach) if name and reach else self.id
