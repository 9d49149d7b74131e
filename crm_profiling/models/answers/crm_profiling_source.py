from odoo import api, models
from odoo.tools import SQL


class CrmProfilingSource(models.AbstractModel):
    """Where answers come from: a model for each `origin` that questions may have.

    Another addon extends the selection of `crm.profiling.question.origin`, and has a
    model that inherits this one, says its `_origin`, and answers the three questions
    below.  What reads answers asks all sources, or the one it means.
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
    def _known_sql(self):
        """Hook: return a subselect of ``(partner_id, question_id, answer_id)``.

        All that counts for each contact; what it reads is flushed.
        """
        raise NotImplementedError

    @api.model
    def _watched(self):
        """Hook: return what it reads: where that changes, so may its answers.

        :rtype: ``{model name: names of its fields}``
        """
        raise NotImplementedError

    @api.model
    def _flush_watched(self):
        """Have in the database what the source reads there."""
        for model, names in self._watched().items():
            self.env[model].flush_model(names)

    @api.model
    def _expired_sql(self):
        """Hook: return a subselect of ``(partner_id)`` whom it has to be asked anew.

        None, where what it says is always of now.
        """
        return None


class CrmProfilingSourceAsked(models.AbstractModel):
    """What people were asked: the responses."""

    _name = "crm.profiling.source.asked"
    _inherit = ["crm.profiling.source"]
    _description = "Profiling Answers That Were Asked"

    _origin = "asked"

    @api.model
    def _known_sql(self):
        self._flush_watched()
        return self.env["crm.profiling.response"]._counting_sql(
            SQL("response.question_id"), SQL("response.answer_id")
        )

    @api.model
    def _watched(self):
        return {
            "crm.profiling.response": ["partner_id", "answer_id", "date"],
            "crm.profiling.question": [
                "active",
                "company_id",
                "level",
                "validity_months",
            ],
            "res.partner": ["commercial_partner_id"],
        }

    @api.model
    def _expired_sql(self):
        """Return the contacts for whom some answer is out of date.

        The same as `CrmProfilingResponse._is_stale` says of what has been read. Of
        answers that the user may not know nothing is told.
        """
        self._flush_watched()
        Response = self.env["crm.profiling.response"]
        return Response._counting_sql(
            where=SQL(
                """%s AND (%s OR question.company_id IS NULL
                              OR question.company_id = ANY(%s))""",
                Response._stale_sql(),
                self.env.su,
                self.env.companies.ids,
            ),
        )
