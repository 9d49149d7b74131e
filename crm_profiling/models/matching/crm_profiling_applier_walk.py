"""What a run does: goes over what is kept of all contacts, and changes few of them."""

from itertools import islice
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL, split_every

from ..catalog.kept import kept_by_version
from ..catalog.ours import OURS
from .crm_profiling_applier import WRITTEN_AT_ONCE
from .masks import words_of
from .pg import pg_array
from .wanted import Wanted


class Batch(NamedTuple):
    """How far a batch came."""

    last_id: int  # 0 when there was nobody left
    looked_at: int
    changed: int


class CrmProfilingApplier(models.AbstractModel):
    """Goes over many contacts, nearly all of whom are as they should be."""

    _inherit = "crm.profiling.applier"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _apply_after(self, last_id, size, look=False):
        """Bring the next contacts in line, looking only at what is kept of them.

        :param last_id: id of the last contact handled before
        :param size: how many to look at, if not too many of them are to be changed
        :param look: whether what is found has to be looked up anew, for contacts of
            whom nothing is kept as well
        :rtype: `Batch`
        """
        catalog = self.env["crm.profiling.catalog"]
        catalog = catalog._load(catalog._lock())
        rows = self._rows_after(last_id, size, catalog if look else None)
        changed = self._differing(rows, catalog)
        if len(changed) == WRITTEN_AT_ONCE:
            rows = [row for row in rows if row[0] <= changed[-1]]
        # nobody answered anything
        quiet = self.with_context(profiling_quiet=OURS)
        quiet._apply(changed, answers_changed=look)
        return Batch(rows[-1][0] if rows else 0, len(rows), len(changed))

    @api.model
    def _look(self, partner_ids):
        """Bring contacts in line with what is found of them now, quietly."""
        catalog = self.env["crm.profiling.catalog"]
        catalog = catalog._load(catalog._lock())
        quiet = self.with_context(profiling_quiet=OURS)
        for batch in split_every(WRITTEN_AT_ONCE, sorted(set(partner_ids)), list):
            rows = self._rows_looked_up(batch, catalog)
            quiet._apply(self._differing(rows, catalog))

    @api.model
    def _apply_all(self, look=False):
        """Bring all contacts in line, in this transaction."""
        batch = Batch(0, 0, 0)
        while True:
            batch = self._apply_after(batch.last_id, WRITTEN_AT_ONCE, look)
            if not batch.last_id:
                break

    @api.model
    def _differing(self, rows, catalog):
        """Return the ids of those who are in other profiles than they should be.

        And of those of whom something is kept that no profile asks for any more, nor
        anybody brings up to date. Nearly all are as they should be: compared as text,
        as PostgreSQL writes them, they need not be read as arrays.

        :param rows: as `_rows_after` returns them
        """
        differing = self._wanted(catalog.version).differing(rows)
        return list(islice(differing, WRITTEN_AT_ONCE))

    @api.model
    @kept_by_version
    def _wanted(self, version):
        """Return the `Wanted` of a version of the catalog."""
        return Wanted(self.env["crm.profiling.catalog"]._load(version))

    @api.model
    def _next_contact_id(self, last_id, look=False):
        """Return the id of the contact that comes after one in a run."""
        rows = self.env.execute_query(
            SQL("SELECT min(id) FROM %s WHERE id > %s", self._looked_at(look), last_id)
        )
        return rows[0][0] or last_id

    @api.model
    def _count_contacts(self, look=False):
        """Return how many contacts a run goes over.

        Those of whom anything is known; all of them, where it looks what is found.
        """
        sql = SQL("SELECT count(*) FROM %s", self._looked_at(look))
        return self.env.execute_query(sql)[0][0]

    @api.model
    def _looked_at(self, look):
        """Return the table that a run goes over."""
        return SQL.identifier("res_partner" if look else "crm_profiling_state")

    @api.model
    def _rows_after(self, last_id, size, catalog=None):
        """Return what is kept of the next contacts, in order.

        :param catalog: to look up by it what is found of them, see `_rows_looked_up`
        :return: ``[(id, company_id, asked, found, matched)]``, arrays as text
        """
        if not catalog:
            return self.env.execute_query(
                SQL(
                    """SELECT id, company_id, asked::text, found::text, matched::text
                         FROM crm_profiling_state
                        WHERE id > %s ORDER BY id LIMIT %s""",
                    last_id,
                    size,
                )
            )
        self.env["res.partner"].flush_model(["type"])
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM res_partner WHERE id > %s ORDER BY id LIMIT %s",
                last_id,
                size,
            )
        )
        return self._rows_looked_up([id_ for (id_,) in rows], catalog)

    @api.model
    def _rows_looked_up(self, partner_ids, catalog):
        """Return what is kept of contacts, with what is found of them now.

        What they match is None where that differs from what is kept.
        """
        if not partner_ids:
            return []
        found = self._found(partner_ids, catalog)
        texts = {mask: pg_array(words_of(mask)) for mask in {0, *found.values()}}
        rows = self.env.execute_query(
            SQL(
                """SELECT contact.id, %s,
                          COALESCE(state.company_id, 0),
                          COALESCE(state.asked::text, '{}'),
                          COALESCE(state.found::text, '{}'),
                          COALESCE(state.matched::text, '{}')
                     FROM res_partner contact
                LEFT JOIN crm_profiling_state state ON state.id = contact.id
                    WHERE contact.id = ANY(%s::int[])
                    ORDER BY contact.id""",
                self.env["res.partner"]._profiling_is_address_sql("contact"),
                pg_array(partner_ids),
            )
        )
        looked_up = []
        for id_, is_address, company_id, asked, kept, matched in rows:
            now = texts[0 if is_address else found.get(id_, 0)]
            looked_up.append(
                (id_, company_id, asked, now, matched if now == kept else None)
            )
        return looked_up
