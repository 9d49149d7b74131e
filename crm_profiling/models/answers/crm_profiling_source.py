from collections import defaultdict
from functools import cache
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from .holder import held_by


class Evidence(NamedTuple):
    """What a found answer was found from, as it is shown beside it."""

    text: str  # "Country: Belgium", or what is not filled in
    is_missing: bool  # nothing is known, because that is not filled in
    model: str = ""  # where to look at it, or fill it in ...
    id: int = 0  # ... and the record


class CrmProfilingSource(models.AbstractModel):
    """Where answers come from: a model for each `origin` that questions may have.

    Another addon extends the selection of `crm.profiling.question.origin`, and has a
    model that inherits this one, says its `_origin`, and answers the questions below.
    What reads answers asks all sources, or the one it means.

    Found answers are no rows: they are read where they are needed, for many contacts
    and all sources in one query, and only those to questions that active profiles
    mention.
    """

    _name = "crm.profiling.source"
    _description = "Source of Profiling Answers"

    _origin = None  # value of `crm.profiling.question.origin`

    @api.model
    def _all(self):
        """Return a model for each source there is, that of asked answers first."""
        names = self.env.registry.descendants([self._name], "_inherit")
        return [self.env[name] for name in names if self.env[name]._origin]

    @api.model
    def _of(self, origin):
        """Return the model of one source.

        :raise KeyError: where there is none
        """
        return {source._origin: source for source in self._all()}[origin]

    # What a source says

    @api.model
    def _told_sql(self, holder_ids, question_ids):
        """Hook: return a subselect of ``(partner_id, question_id, answer_id)``.

        What a source that finds answers tells of those who hold them: of contacts for
        questions of each contact, of commercial entities for those of the company.
        What it reads is flushed; what cannot be told is left out, and raises nothing.

        :param SQL holder_ids: array of the ids that matter, None: everybody
        :param question_ids: tuple of ids, all of one level
        """
        raise NotImplementedError

    @api.model
    def _watched(self):
        """Hook: return what it reads: where that changes, so may its answers.

        :rtype: ``{model name: names of its fields}``
        """
        raise NotImplementedError

    @api.model
    def _tonight_sql(self, question_ids):
        """Hook: return a subselect of ``(partner_id)`` of holders to look at tonight.

        Those of whom time alone, or what is not heard of, may have changed the answer
        since last night.  None: nobody.
        """
        return None

    @api.model
    def _expired_sql(self):
        """Hook: return a subselect of ``(partner_id)`` whom it has to be asked anew.

        None, where what it says is always of now.
        """
        return None

    @api.model
    def _may_be_seen(self):
        """Hook: whether the user may know what it tells, beside the profiles."""
        return True

    @api.model
    def _evidence(self, partner, questions):
        """Hook: return ``{question: Evidence}`` of one contact, for the user's eyes.

        In the user's language and with their rights: nothing of what they may not see.
        """
        return {}

    @api.model
    def _counted_of_draft_sql(self, question):
        """Hook: return what `_counted_sql` would, if the question in a form were saved.

        None, where that cannot be said.
        """
        return None

    # What is made of it

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
