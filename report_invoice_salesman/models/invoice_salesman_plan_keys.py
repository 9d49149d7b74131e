from odoo import models
from odoo.fields import Domain

from .invoice_salesman_holder import REFS

NOBODY, ROUNDING = 0, -1  # keys of what belongs to no holder


class InvoiceSalesmanPlan(models.Model):
    """Which documents count for whom: domains by a key, which `_achieved` tells of."""

    _inherit = "invoice.salesman.plan"  # pylint: disable=consider-merging-classes-inherited

    def _days_domain(self, since, until):
        """Return the domain of what counts in these days."""
        return (
            Domain("company_id", "=", self.company_id.id)
            & Domain("date", ">=", since)
            & Domain("date", "<=", until)
        )

    def _key_domain(self, key):
        """Return the domain of what counts for one key, as `_achieved` has it."""
        field = REFS[self._by()]
        if self._by() == "profile":
            return self._profile_domain(key)
        if self._by() == "categ":
            if key == ROUNDING:
                return Domain("is_rounding", "=", True)
            domain = Domain("is_rounding", "=", False)
            return domain & self._categ_domain(key)
        return Domain(field, "=", key or False)

    def _profile_domain(self, key):
        inside = self.env["crm.profiling.membership"]._in_domain()
        path = "partner_id.profiling_membership_ids"
        if key == NOBODY:
            return Domain(path, "not any", inside)
        return Domain(path, "any", inside & Domain("profile_id", "=", key))

    # Product categories: a line counts for the nearest one above it that has targets

    def _owners(self):
        """Return the function that says for whom a group counts, as a key."""
        if self._by() != "categ":
            return lambda ref: ref.id or NOBODY
        held = set(self.sudo().holder_ids.categ_id.ids)
        if self.held_by != "categ":
            return lambda ref: ref.id or NOBODY

        def owner(categ):
            path = (categ.sudo().parent_path or "").split("/")
            return next(
                (int(one) for one in reversed(path) if one and int(one) in held),
                NOBODY,
            )

        return owner

    def _categ_domain(self, key):
        if self.held_by != "categ":
            return Domain("categ_id", "=", key or False)
        Category = self.env["product.category"].sudo()
        owner = self._owners()
        if key == NOBODY:
            held = Category.search(
                [("id", "child_of", self.sudo().holder_ids.categ_id.ids)]
            )
            return Domain("categ_id", "not in", held.ids)
        below = Category.search([("id", "child_of", key)])
        return Domain(
            "categ_id", "in", below.filtered(lambda one: owner(one) == key).ids
        )
