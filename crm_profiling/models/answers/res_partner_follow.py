from odoo import api, fields, models
from odoo.tools.sql import column_exists, create_column

from ...groups import SALESMAN

# Fields of a contact of which a change is heard at once, whichever way it comes.
FOLLOWED = (
    "active",
    "category_id",
    "city",
    "commercial_partner_id",
    "company_id",
    "company_name",
    "company_registry",
    "country_id",
    "email",
    "employee",
    "function",
    "industry_id",
    "is_company",
    "lang",
    "name",
    "parent_id",
    "partner_latitude",
    "partner_longitude",
    "phone",
    "properties",
    "ref",
    "state_id",
    "street",
    "street2",
    "type",
    "tz",
    "user_id",
    "vat",
    "website",
    "zip",
)

# Where a transaction keeps of whom something changed, until they are evaluated.
FOLLOWING = "crm_profiling.following"


class ResPartner(models.Model):
    """Hears of changes in a contact's own data, from which answers are found.

    Not all of them pass through `write`: what a company says is handed to its contacts
    past it, tags are put on from the tag's side. A stored field that depends on all of
    them is computed anew in each case; it holds nothing, and only notes of whom.
    """

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    profiling_followed = fields.Boolean(
        compute="_compute_profiling_followed",
        store=True,
        copy=False,
        groups=SALESMAN,
        help="Nothing: see what it depends on.",
    )

    def _auto_init(self):
        """Add the empty column first: nobody has to be noted when it comes."""
        cr = self.env.cr
        if not column_exists(cr, self._table, "profiling_followed"):
            create_column(cr, self._table, "profiling_followed", "bool")
        return super()._auto_init()

    @api.depends(*FOLLOWED)
    def _compute_profiling_followed(self):
        # assigns nothing, so that nothing is written
        if not self.env["crm.profiling.question"]._is_any_found():
            return
        hooks = self.env.cr.precommit
        if FOLLOWING not in hooks.data:
            hooks.data[FOLLOWING] = set()
            hooks.add(self.env["res.partner"]._profiling_follow)
        hooks.data[FOLLOWING].update(self._origin.ids)

    @api.model
    def _profiling_moved_on(self):
        """Return the contacts whose own data changed, and those of such companies."""
        if not self.env["crm.profiling.question"]._is_any_found():
            return self.browse()
        self._recompute_model(["profiling_followed"])
        ids = self.env.cr.precommit.data.get(FOLLOWING)
        if not ids:
            return self.browse()
        noted = set(ids)
        ids.clear()
        found = self.env["crm.profiling.catalog"]._get().found
        if not any(question.origin == "contact" for question in found):
            return self.browse()
        contacts = self.env["crm.profiling.response"]._contact_ids_of(noted)
        return self.browse(sorted(noted.union(contacts)))

    @api.model
    def _profiling_follow(self):
        """Have those evaluated, before the commit, who were not yet."""
        if noted := self._profiling_moved_on():
            noted._profiling_apply()
        self.env.cr.precommit.data.pop(FOLLOWING, None)
