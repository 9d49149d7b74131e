from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

# Types of contacts that answer questions.
ANSWERING = ("contact", False)


class ResPartner(models.Model):
    """Who answers: invoice, delivery and other addresses answer nothing."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def _profiling_is_address(self):
        """Whether it is an invoice or delivery address: it answers nothing."""
        return self.type not in ANSWERING

    @api.model
    def _profiling_answering_domain(self):
        """Return the domain of those who can answer, be they archived: no addresses."""
        return Domain("type", "in", ANSWERING)

    @api.model
    def _profiling_is_address_sql(self, alias):
        """Return the condition that a contact is an address.

        :param str alias: of the contact in the query; the caller flushes ``type``
        """
        column = SQL.identifier(alias, "type")
        return SQL("COALESCE(%s, 'contact') <> 'contact'", column)
