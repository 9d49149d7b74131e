from collections import defaultdict
from functools import cache

from odoo import api, models
from odoo.tools import SQL

from .holder import held_by


class CrmProfilingSource(models.AbstractModel):
    """What is made of what sources say: what counts for whom, who is evaluated."""

    _inherit = "crm.profiling.source"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _flush_watched(self):
        """Have in the database what the source reads there."""
        for model, names in self._watched().items():
            self.env[model].flush_model(names)

    @api.model
    def _counted_sql(self, questions, contact_ids=None):
        """Return a subselect of ``(partner_id, question_id, answer_id)``.

        All that counts for each contact, be it told of the company.

        :param questions: of the `Catalog`, all of this source
        :param SQL contact_ids: array of the ids that matter, None: everybody
        """
        by_column = defaultdict(list)
        for question in questions:
            by_column[held_by(question)].append(question.id)
        parts = [
            self._counted_at_sql(column, tuple(sorted(ids)), contact_ids)
            for column, ids in sorted(by_column.items())
        ]
        return SQL("(%s)", SQL(" UNION ALL ").join(parts))

    @api.model
    def _counted_at_sql(self, column, question_ids, contact_ids):
        """Return what counts of questions of one level."""
        holder_ids = contact_ids
        if contact_ids and column != "id":
            holder_ids = SQL(
                "ARRAY(SELECT DISTINCT %s FROM res_partner WHERE id = ANY(%s))",
                SQL.identifier(column),
                contact_ids,
            )
        told = self._told_sql(holder_ids, question_ids)
        return self._for_contacts_sql(column, told, contact_ids)

    @api.model
    def _for_contacts_sql(self, column, told, contact_ids=None):
        """Return what is told of holders, for the contacts it counts for.

        :param column: of contacts that says who holds their answers
        :param SQL told: as `_told_sql` returns it
        """
        if column == "id":
            return SQL("SELECT partner_id, question_id, answer_id FROM %s told", told)
        self.env["res.partner"].flush_model([column])
        return SQL(
            """SELECT contact.id AS partner_id, told.question_id, told.answer_id
                 FROM %s told
                 JOIN res_partner contact ON contact.%s = told.partner_id
                WHERE %s""",
            told,
            SQL.identifier(column),
            SQL("contact.id = ANY(%s)", contact_ids) if contact_ids else SQL("TRUE"),
        )

    @api.model
    def _all_counted_sql(self, questions, contact_ids=None):
        """Return what `_counted_sql` does, of the sources of all these questions."""
        by_origin = defaultdict(list)
        for question in questions:
            by_origin[question.origin].append(question)
        sources = {source._origin: source for source in self._all()}
        parts = [
            SQL("SELECT * FROM %s counted", sources[o]._counted_sql(some, contact_ids))
            for o, some in sorted(by_origin.items())
            if o in sources  # its addon is being installed, or has gone
        ]
        nobody = SQL("SELECT 0 AS partner_id, 0 AS question_id, 0 AS answer_id LIMIT 0")
        return SQL("(%s)", SQL(" UNION ALL ").join(parts or [nobody]))

    @api.model
    def _found(self, contact_ids, catalog):
        """Return ``{partner_id: mask of the answers found}``, in one query.

        In none, where active profiles mention no question of that kind.

        :param SQL contact_ids: array of ids
        :param catalog: `Catalog` to go by
        """
        if not catalog.found:
            return {}
        rows = self.env.execute_query(
            SQL(
                """SELECT partner_id, array_agg(answer_id)::text
                     FROM %s counted GROUP BY partner_id""",
                self._all_counted_sql(catalog.found, contact_ids),
            )
        )

        # few combinations, whatever the number of contacts
        @cache
        def mask(ids):
            return catalog.evaluator.mask(map(int, ids[1:-1].split(",")))

        return {partner_id: mask(ids) for partner_id, ids in rows}

    @api.model
    def _changed_for(self, holder_ids, quietly=False):
        """Have those evaluated of whom it tells something else than before.

        :param holder_ids: contacts, or companies whose contacts are concerned, too
        :param quietly: whether it is nobody's doing: what time, a condition or a band
            changed; profiles that are entered then do not act
        """
        Response = self.env["crm.profiling.response"]
        ids = {*holder_ids, *Response._contact_ids_of(holder_ids)}
        contacts = self.env["res.partner"].browse(sorted(ids))
        if quietly:
            contacts = contacts._profiling_quietly()
        contacts._profiling_apply()
