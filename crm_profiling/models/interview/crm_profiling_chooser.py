from odoo import api, models
from odoo.tools import SQL

from ...chooser import Chooser
from ...outcomes import Topic, shares
from ..catalog.kept import kept_by_version


class CrmProfilingChooser(models.AbstractModel):
    """Says which question to ask a contact next, and which ones still matter.

    What a person said by pinning or barring is not looked at: the answers alone settle
    a profile here, and are worth having when the person takes that back.
    """

    _name = "crm.profiling.chooser"
    _description = "Profiling Chooser"

    @api.model
    def _choose(self, known, question_ids, company_id=0, declined_ids=()):
        """Return the `Choice` of the next question, None if no question matters.

        :param known: mask of the answers that count as known
        :param question_ids: questions that may be asked now; what others might bring
            is left open
        :param company_id: the contact's company, 0 when it is shared by all
        :param declined_ids: questions that will not be answered: nothing is asked for
            the sake of profiles that need them
        """
        return self._chooser().choose(
            known, frozenset(question_ids), frozenset(declined_ids), company_id
        )

    @api.model
    def _relevant(self, known, company_id=0, question_ids=None, declined_ids=()):
        """Return the ids of the questions whose answers can still change a profile.

        :param question_ids: those that may be asked, none: all there are
        :rtype: frozenset
        """
        if question_ids is not None:
            question_ids = frozenset(question_ids)
        return self._chooser().relevant(
            known, question_ids, frozenset(declined_ids), company_id
        )

    @api.model
    def _chooser(self):
        """Return the `Chooser` of the catalog as this transaction sees it."""
        return self._load(self.env["crm.profiling.catalog"]._version())

    @api.model
    @kept_by_version
    def _load(self, version):
        """Return the `Chooser` for a version of the catalog, in one more query."""
        catalog = self.env["crm.profiling.catalog"]._load(version)
        evaluator, found = catalog.evaluator, {q.id for q in catalog.found}
        topics = [
            topic
            for topic in self._load_topics(evaluator)
            if topic.question_id not in found
        ]
        return Chooser(evaluator, topics, found)

    @api.model
    def _load_topics(self, evaluator):
        """Return the questions and answers that are not archived."""
        self.env["crm.profiling.question"].flush_model()
        self.env["crm.profiling.answer"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT question.id,
                          question.selection_mode = 'single',
                          COALESCE(question.counted_contacts, 0),
                          array_agg(answer.id ORDER BY answer.sequence, answer.id),
                          array_agg(COALESCE(answer.counted_contacts, 0)
                                    ORDER BY answer.sequence, answer.id)
                     FROM crm_profiling_question question
                     JOIN crm_profiling_answer answer
                       ON answer.question_id = question.id AND answer.active
                    WHERE question.active
                    GROUP BY question.id
                    ORDER BY question.sequence, question.id"""
            )
        )
        return [
            Topic(
                question_id,
                single,
                dict(
                    zip(
                        map(evaluator.answer_bits.get, answer_ids),
                        shares(counts, contacts, single),
                        strict=True,
                    )
                ),
            )
            for question_id, single, contacts, answer_ids, counts in rows
        ]
