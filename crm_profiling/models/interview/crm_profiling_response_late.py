from odoo import api, models
from odoo.fields import Domain

from ..answers.crm_profiling_response_words import SKEW

# What was said besides the answer, where it was
DETAILS = ("value", "comment")


class CrmProfilingResponse(models.Model):
    """What arrives too late to count, as a colleague noted another answer, is kept."""

    _inherit = "crm.profiling.response"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _record(self, wanted, vals=None, details=None):
        if vals and vals.get("interview_id") and vals.get("date"):
            self.sudo()._keep_late(self._outdated(wanted, vals["date"]), wanted, vals)
        return super()._record(wanted, vals, details)

    @api.model
    def _keep_late(self, late, wanted, vals):
        """Write among the earlier answers what was said in an interview, and too late.

        :param late: ``{(partner_id, answer_id): the later Word}``
        :param wanted, vals: as `_record` has them
        """
        moment, facts = self._moment(vals["date"]), self._read_facts(wanted)
        questions = self.env["crm.profiling.catalog"]._get().questions
        History = self.env["crm.profiling.response.history"]
        for (partner_id, answer_id), word in late.items():
            row = {
                "partner_id": facts.holder(partner_id, questions[answer_id]),
                "answer_id": answer_id,
                "interview_id": vals["interview_id"],
            }
            # told again, for its acknowledgement was lost: at nearly the same moment
            since, until = moment - SKEW, moment + SKEW
            when = Domain("date", ">=", since) & Domain("date", "<=", until)
            told = Domain([(name, "=", value) for name, value in row.items()])
            if not History.search_count(told & when, limit=1):
                History.create(
                    {
                        **row,
                        **{name: vals[name] for name in DETAILS if name in vals},
                        "date": moment,
                        "user_id": self.env.uid,
                        "source": vals["source"],
                        "date_end": word.date,
                        "end_reason": "replaced" if word.answer_id else "taken_back",
                    }
                )
