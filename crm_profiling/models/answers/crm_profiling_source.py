from typing import NamedTuple

from odoo import api, models


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
