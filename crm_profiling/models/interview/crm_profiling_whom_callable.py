from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class CrmProfilingWhom(models.AbstractModel):
    """Knows who can be called at all, whatever for."""

    _inherit = "crm.profiling.whom"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _callable(self, busy=False):
        """Return which contacts the user may call, as a domain.

        Nobody who asked not to be called.

        :param busy: also those whom a colleague is talking to just now
        """
        writable = self.env["ir.rule"]._compute_domain("res.partner", "write")
        free = Domain.TRUE if busy else Domain("id", "not in", self._talking_sql())
        return (
            Domain("active", "=", True)
            & Domain("profiling_refuses_calls", "=", False)
            & free
            & Domain(writable)
        )

    @api.model
    def _talking_sql(self):
        """Return the contacts whom colleagues are talking to."""
        Interview = self.env["crm.profiling.interview"].sudo()
        return Interview._search(
            Interview._active_domain() & Domain("user_id", "!=", self.env.uid)
        ).subselect("partner_id")

    @api.model
    def _with_number(self):
        """Return which contacts have a number, or their company has one."""
        self.env["res.partner"].flush_model(["phone", "commercial_partner_id"])
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                """EXISTS (SELECT FROM res_partner other
                            WHERE other.id IN (%s, %s) AND other.phone <> ''
                           OFFSET 0)""",
                SQL.identifier(alias, "id"),
                SQL.identifier(alias, "commercial_partner_id"),
            )
        )

    @api.model
    def _contacts(self):
        """Return the contacts that can be called now, as a domain."""
        return (
            self._callable()
            & self._with_number()
            & Domain("profiling_wrong_number", "=", False)
            & self.env["res.partner"]._profiling_answering_domain()
        )

    @api.model
    def _is_among_sql(self, column, contacts):
        """Return whether a column holds the id of one of some contacts.

        Each is looked up on its own: PostgreSQL, left to itself, may go through all
        contacts first, for every call list.

        :param column: SQL of the id
        :param contacts: a domain
        """
        query = self.env["res.partner"]._search(contacts)
        query.add_where(SQL("%s = %s", SQL.identifier(query.table, "id"), column))
        return SQL("EXISTS (%s OFFSET 0)", query.select(SQL("1")))
