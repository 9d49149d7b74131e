from odoo import api, models
from odoo.tools import SQL


class ResPartner(models.Model):
    """What a contact's form says before all else, whatever there is in one query.

    A query for each would cost all who open a contact, and few have any of it.
    """

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _profiling_notices_sql(self):
        """Return what is read of each contact: ``{name: SQL of its JSON}``.

        To be extended, as the method below is: by a subselect that looks at
        ``contact.id``. What it reads is flushed here.
        """
        return {}

    @api.model
    def _profiling_noticed(self, notices):
        """Return the values of the fields of a contact that follow.

        :param dict notices: by name; none of what there is not
        """
        return {}

    def _compute_profiling_notices(self):
        """Read what there is of these contacts. Its fields share this method."""
        notices = self._profiling_notices(self._origin.ids)
        for partner in self:
            found = notices.get(partner._origin.id, {})
            partner.update(self._profiling_noticed(found))

    @api.model
    def _profiling_notices(self, ids):
        """Return ``{id: {name: what its SQL says}}`` of contacts, in one query."""
        parts = self._profiling_notices_sql()
        if not ids or not parts:
            return {}
        rows = self.env.execute_query(
            SQL(
                "SELECT contact.id, %s FROM unnest(%s::int[]) AS contact (id)",
                SQL(", ").join(parts.values()),
                ids,
            )
        )
        return {id_: dict(zip(parts, row, strict=True)) for id_, *row in rows}
