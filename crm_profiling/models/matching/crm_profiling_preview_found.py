from odoo import api, models
from odoo.tools import SQL

from ...catalog import ASKED
from .masks import word_of_bits_sql, words_of


class CrmProfilingPreview(models.AbstractModel):
    """Looks up what a profile mentions and nothing is kept of yet.

    What is found is kept of contacts once an active profile mentions it: to a draft
    that is the first to do so the contacts say it themselves.
    """

    _inherit = "crm.profiling.preview"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _states_sql(self, draft):
        """Return a table of what is known of each contact, as a draft sees it."""
        catalog = self.env["crm.profiling.catalog"]._get()
        by_id = {question.id: question for question in catalog.questions.values()}
        found = {
            by_id[criterion.question_id]
            for criterion in draft.criteria
            if by_id[criterion.question_id].origin != ASKED
        }
        if not found:
            return SQL("crm_profiling_state")
        Question = self.env["crm.profiling.question"].sudo()
        kept = Question.browse(q.id for q in found & catalog.found)
        kept = set(kept.filtered("looked_at").ids)
        return self._looked_up_sql([q for q in found if q.id not in kept])

    @api.model
    def _looked_up_sql(self, questions, counted=None):
        """Return a table like that of states, of all contacts, with what is found now.

        :param questions: of the `Catalog`, to look up
        :param SQL counted: what is found of them, by default as they are saved: see
            `_counted_sql` of sources
        """
        if not questions:
            return SQL("crm_profiling_state")
        catalog = self.env["crm.profiling.catalog"]._get()
        if counted is None:
            counted = self.env["crm.profiling.source"]._all_counted_sql(questions)
        Partner = self.env["res.partner"]
        Partner.flush_model(["active", "company_id", "type"])
        words = range(1, len(words_of(catalog.evaluator.mask(catalog.questions))) + 1)
        return SQL(
            """(SELECT contact.id, COALESCE(contact.company_id, 0) AS company_id,
                       contact.active IS NOT TRUE AS archived, state.asked,
                       ARRAY[%(found)s]::bigint[] AS found,
                       COALESCE(state.matched, '{}') AS matched
                  FROM res_partner contact
             LEFT JOIN crm_profiling_state state ON state.id = contact.id
             LEFT JOIN (SELECT partner_id, %(looked)s
                          FROM %(counted)s counted
                          JOIN crm_profiling_bit bit USING (answer_id)
                         GROUP BY partner_id) looked ON looked.partner_id = contact.id
                 WHERE NOT %(is_address)s)""",
            found=self._found_words_sql(catalog, questions, words),
            looked=SQL(", ").join(
                SQL(
                    "%s AS %s",
                    word_of_bits_sql(SQL.identifier("bit", "rank"), rank),
                    SQL.identifier(f"word_{rank}"),
                )
                for rank in words
            ),
            counted=counted,
            is_address=Partner._profiling_is_address_sql("contact"),
        )

    @api.model
    def _found_words_sql(self, catalog, questions, words):
        """Return the words of what is found: as it is kept, but for some questions.

        :param words: their ranks, from 1
        """
        ids = {question.id for question in questions}
        every = catalog.evaluator.mask(
            a for a, question in catalog.questions.items() if question.id in ids
        )
        looked_up = dict(enumerate(words_of(every), start=1))
        return SQL(", ").join(
            SQL(
                "(COALESCE(state.found[%s], 0) & ~(%s::bigint)) | COALESCE(%s, 0)",
                rank,
                looked_up.get(rank, 0),
                SQL.identifier("looked", f"word_{rank}"),
            )
            for rank in words
        )
