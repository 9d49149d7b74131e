from odoo import api, models
from odoo.fields import Command


class CrmProfilingImportWriter(models.AbstractModel):
    """Creates contacts, each with its company."""

    _inherit = "crm.profiling.import.writer"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _write_companies(self, plan, job, log):
        """Create and update companies; return those nobody has a line for."""
        companies = job.matches.companies
        own = {p.company_key: p for p in job.prospects if p.is_company}
        wanted = {p.company_key for p in job.prospects if p.company}
        for key in wanted:
            if companies[key]:
                changes = job.company_changes.get(key) or ()
                self._write_changes(companies[key], changes, {}, log)
        new = sorted(job.new_companies())
        created = self._create_partners(
            [
                {
                    "is_company": True,
                    **plan.companies[key],
                    **(self._create_vals(own[key]) if key in own else {}),
                }
                for key in new
            ],
            log,
        )
        companies.update(zip(new, created, strict=True))
        for key, prospect in own.items():
            job.matches.partners[prospect.line] |= companies[key]
        return created.browse(
            company.id
            for key, company in zip(new, created, strict=True)
            if key not in own
        )

    @api.model
    def _create_vals(self, prospect):
        vals = {"name": prospect.name, **prospect.vals}
        if prospect.tag_ids:
            vals["category_id"] = [Command.link(id_) for id_ in prospect.tag_ids]
        return vals

    @api.model
    def _create_partners(self, vals_list, log):
        """Create contacts who have nothing to take over from a company.

        What Odoo takes over one contact at a time is in the values already.
        """
        Partner = self.env["res.partner"].with_context(_partners_skip_fields_sync=True)
        defaults = Partner.default_get(["user_id"])
        for vals in vals_list:  # or each is computed on a record made up for it
            vals.setdefault("user_id", defaults.get("user_id", False))
        created = Partner.create(vals_list).with_env(self.env)
        self._spare_pictures(created)
        log.update((id_, {"created": True}) for id_ in created.ids)
        return created

    @api.model
    def _spare_pictures(self, partners):
        """Have no smaller pictures made of those that nobody has.

        Odoo goes about it contact by contact, and size by size.
        """
        bare = partners.filtered(lambda partner: not partner.image_1920)
        for field in partners._fields.values():
            if field.store and field.related == "image_1920":
                self.env.remove_to_compute(field, bare)

    @api.model
    def _create_contacts(self, job, log):
        """Create the contacts that are not there, each with its company's address."""
        plain, inheriting = [], []
        shared = {}
        defaults = self.env["res.partner"].default_get(["user_id", "lang"])
        for prospect in job.prospects:
            if job.matches.partners[prospect.line]:
                continue
            vals = self._create_vals(prospect)
            company = job.matches.companies.get(prospect.company_key)
            if not company:
                plain.append((prospect, vals))
                continue
            if company not in shared:
                # as Odoo does: some of it salespeople may not read, but it is passed on
                shared[company] = (
                    company._get_address_values(),
                    bool(company.sudo()._get_commercial_values()),
                    self._of_parent(company, defaults),
                )
            address, inherits, more = shared[company]
            vals.update(address or {}, parent_id=company.id)
            for field, value in more.items():
                vals.setdefault(field, value)
            (inheriting if inherits else plain).append((prospect, vals))
        created = self._create_partners([vals for _prospect, vals in plain], log)
        Partner = self.env["res.partner"].browse()
        Partner.check_access("create")
        loaded = Partner.sudo()._load_records_create(
            [vals for _prospect, vals in inheriting]
        )
        loaded = loaded.with_env(self.env)
        self._spare_pictures(loaded)
        loaded.check_access("create")
        log.update((id_, {"created": True}) for id_ in loaded.ids)
        for (prospect, _vals), partner in zip(
            plain + inheriting, created + loaded, strict=True
        ):
            job.matches.partners[prospect.line] = partner

    @api.model
    def _of_parent(self, company, defaults):
        """Return what Odoo gives contacts of their company, one by one, on creation.

        Given beforehand, it is neither computed on a record made up for it, nor
        written afterwards.
        """
        return {
            "user_id": defaults.get("user_id") or company.user_id.id,
            "lang": company.lang or defaults.get("lang") or self.env.lang,
        }
