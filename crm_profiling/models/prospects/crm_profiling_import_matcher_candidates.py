from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain

from ...names import word


class CrmProfilingImportMatcher(models.AbstractModel):
    """Finds whom the lines of a file may be about."""

    _inherit = "crm.profiling.import.matcher"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _contacts(self, domain):
        """Return contacts, no addresses, as far as the user may see them."""
        Partner = self.env["res.partner"]
        return Partner.search(
            domain & Partner._profiling_answering_domain(), order="id"
        )

    @api.model
    def _by_id(self, prospects):
        ids = {p.id for p in prospects if p.id}
        found = self._contacts(Domain("id", "in", list(ids))) if ids else []
        return {partner.id: partner for partner in found}

    @api.model
    def _by_email(self, prospects):
        found = defaultdict(list)
        if emails := {p.email for p in prospects if p.email}:
            domain = Domain("email_normalized", "in", list(emails))
            for partner in self._contacts(domain):
                found[partner.email_normalized].append(partner)
        return found

    @api.model
    def _by_name(self, prospects):
        names = {word(p.name) for p in prospects if p.name}
        names |= {p.company_key for p in prospects if p.company}
        found = defaultdict(list)
        if names:
            domain = Domain("profiling_name_key", "in", list(names))
            for partner in self._contacts(domain):
                found[word(partner.name)].append(partner)
        return found

    @api.model
    def _chosen(self, prospects, company_ids):
        """Return ``{company_key: company}`` of those that somebody chose."""
        ids = {p.company_key: company_ids.get(p.company_key) for p in prospects}
        if not any(ids.values()):
            return {}
        domain = Domain("id", "in", [*filter(None, ids.values())])
        there = self._contacts(domain & Domain("is_company", "=", True))
        return {key: there.browse(id_) for key, id_ in ids.items() if id_ in there._ids}

    @api.model
    def _found(self, by_id, chosen, *groups):
        found = [partner.id for partner in (*by_id.values(), *chosen.values())]
        found += [p.id for group in groups for ps in group.values() for p in ps]
        return self.env["res.partner"].browse(dict.fromkeys(found))
