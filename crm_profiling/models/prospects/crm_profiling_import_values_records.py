from odoo import api, models
from odoo.fields import Domain

from .targets import ANSWER, QUESTION, id_of, kind_of

# Tags to choose from for a value that is not known; who has more creates or finds them
_MAX_OPTIONS = 300


class CrmProfilingImportValues(models.AbstractModel):
    """Knows which records the values of a column stand for."""

    _inherit = "crm.profiling.import.values"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _records(self, target, ids):
        """Return what values of a column stand for, as records."""
        if kind_of(target) in (QUESTION, ANSWER):
            answers = self.env["crm.profiling.answer"].browse(ids)
            return answers.with_context(crm_profiling_hide_question=True)
        models_ = {
            "tags": "res.partner.category",
            "country": "res.country",
            "state": "res.country.state",
        }
        if target == "lang":
            return self.env["res.lang"].search([("code", "in", ids)])
        return self.env[models_[target]].browse(ids)

    @api.model
    def _options(self, target):
        """Return the records that a value which is not known may be taken for."""
        kind, id_ = kind_of(target), id_of(target)
        Answer = self.env["crm.profiling.answer"]
        if kind == QUESTION:
            answers = Answer.search([("question_id", "=", id_)])
            return answers.with_context(crm_profiling_hide_question=True)
        if kind == ANSWER:
            answer = Answer.browse(id_).exists()
            return answer.with_context(crm_profiling_hide_question=True)
        if target == "country":
            return self.env["res.country"].search(Domain.TRUE)
        tags = self.env["res.partner.category"]
        if target == "tags" and tags.search_count([], limit=_MAX_OPTIONS + 1) <= (
            _MAX_OPTIONS
        ):
            return tags.search(Domain.TRUE)
        return tags

    @api.model
    def _tag_names(self, tags):
        """Return ``{tag: name}``, with those above it where others have that name."""
        words = self._values("tags")
        return {
            tag: tag.name if len(words.find(tag.name)) == 1 else tag.display_name
            for tag in tags
        }
