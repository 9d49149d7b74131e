from collections import Counter

from odoo import models
from odoo.fields import Domain

from odoo.addons.crm_profiling import names

from .invoice_salesman_holder import REFS


class InvoiceSalesmanPlan(models.Model):
    """Whom a pasted name means, of those who may hold targets in the plan."""

    _inherit = "invoice.salesman.plan"  # pylint: disable=consider-merging-classes-inherited

    def _found_holders(self, given, wrong):
        """Return whom each name means, and tell what is not clear about them."""
        by_name = {}
        for ref in self._candidates() | self._known():
            for name in {ref.display_name, ref.sudo()[ref._rec_name or "name"]}:
                by_name.setdefault(names.key(name), set()).add(ref)
        twice = {
            name for name, times in Counter(map(names.key, given)).items() if times > 1
        }
        found = {}
        for name in dict.fromkeys(given):
            refs = by_name.get(names.key(name), set())
            if names.key(name) in twice:
                wrong.append(self.env._("“%s” is there twice.", name))
            elif len(refs) != 1:
                wrong.append(
                    self.env._("There are several with the name “%s”.", name)
                    if refs
                    else self.env._("“%s” is not known.", name)
                )
            else:
                found[name] = next(iter(refs))
        return found

    def _known(self):
        """Return those who have targets already, archived ones among them."""
        return self.with_context(active_test=False).holder_ids[REFS[self.held_by]]

    def _candidates(self):
        """Return all that may have targets in the plan."""
        company = self.company_id
        model = self.env["invoice.salesman.holder"]._fields[REFS[self.held_by]]
        Ref = self.env[model.comodel_name]
        domain = Domain.TRUE
        if self.held_by == "user":
            domain = Domain("company_ids", "in", company.id) & Domain(
                "share", "=", False
            )
        elif "company_id" in Ref._fields:
            domain = Domain("company_id", "in", [company.id, False])
        return Ref.search(domain)

    def _made_holders(self, found):
        """Return the holder of each name, made where there is none."""
        there = {holder._ref(): holder for holder in self.holder_ids}
        new = [ref for ref in found.values() if ref not in there]
        field = REFS[self.held_by]
        last = max(self.holder_ids.mapped("sequence"), default=0)
        made = self.env["invoice.salesman.holder"].create(
            [
                {"plan_id": self.id, field: ref.id, "sequence": last + number}
                for number, ref in enumerate(new, 1)
            ]
        )
        there.update(zip(new, made, strict=True))
        return {name: there[ref] for name, ref in found.items()}
