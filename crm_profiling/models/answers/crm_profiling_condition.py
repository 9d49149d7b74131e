from ast import literal_eval

import psycopg2

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.query import Query

# What Odoo makes of a condition that compares a field with what it cannot be compared
# with; the last by the database.
IMPOSSIBLE = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    NotImplementedError,
    RecursionError,
    UserError,
    psycopg2.DataError,
    psycopg2.ProgrammingError,
)

# Characters of a condition: what a screen makes has a few hundred.
LONGEST = 10_000


class CrmProfilingCondition(models.AbstractModel):
    """What a condition on contacts means.

    A condition is a domain, as Odoo's own editor writes it: with plain values, dates
    as “today -30d”.
    """

    _name = "crm.profiling.condition"
    _description = "Profiling Condition on Contacts"

    @api.model
    def _parsed(self, text):
        """Return the `Domain` of a condition, None where there is none.

        :raise ValueError: for what is no domain
        """
        if not text:
            return None
        if len(text) > LONGEST:
            raise ValueError(text[:40])
        try:
            domain = Domain(literal_eval(text))
        except (SyntaxError, TypeError, MemoryError, RecursionError) as error:
            raise ValueError(text[:40]) from error
        return None if domain.is_true() else domain

    @api.model
    def _contacts(self):
        """Return the model of contacts as conditions see it.

        As the superuser, in no language, company or time zone of anybody's: what is
        found is the same whoever changes a contact.
        """
        env = self.env(user=1, su=True, context={})
        return env["res.partner"]

    @api.model
    def _sql(self, domains, query=None):
        """Return for each domain whether a contact is so, as SQL of one query.

        :param query: to add to it what has to be joined; the contact is `res_partner`
        :raise ValueError: for a field that there is not, or not any more
        """
        Partner = self._contacts()
        if query is None:  # one that is there is true once it is run
            query = Query(Partner.env, Partner._table)
        return [
            SQL(
                "(%s) IS TRUE",
                domain.optimize_full(Partner)._to_sql(Partner, Partner._table, query),
            )
            for domain in domains
        ]

    @api.model
    def _try(self, domains):
        """Have the database understand conditions, without looking at any contact.

        One that it does not would stop every change of a contact.

        :raise: what is `IMPOSSIBLE`
        """
        Partner = self._contacts()
        with self.env.cr.savepoint(flush=False):
            query = Query(Partner.env, Partner._table)
            conditions = self._sql(domains, query)
            self.env.cr.execute(
                SQL(
                    "SELECT %s FROM %s LIMIT 0",
                    SQL(", ").join(conditions),
                    query.from_clause,
                ),
                log_exceptions=False,
            )

    @api.model
    def _count(self, domain):
        """Return how many contacts in use are so."""
        return self._contacts().search_count(domain)
