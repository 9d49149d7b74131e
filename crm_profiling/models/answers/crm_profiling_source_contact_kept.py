import logging

from odoo import api, models
from odoo.fields import Domain

from ..catalog.kept import kept_by_version

_logger = logging.getLogger(__name__)


class CrmProfilingSourceContact(models.AbstractModel):
    """Keeps how questions are answered, by version of the catalog."""

    _inherit = "crm.profiling.source.contact"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _told(self, question_ids):
        """Return the `Told` of questions; what cannot be read is left out."""
        version = self.env["crm.profiling.catalog"]._version()
        told = self._load(version)
        return [
            told[id_]._replace(
                known=Domain(told[id_].known),
                filled_in=tuple(Domain(one) for one in told[id_].filled_in),
                answers=[
                    (answer_id, None if domain is None else Domain(domain))
                    for answer_id, domain in told[id_].answers
                ],
            )
            for id_ in question_ids
            if id_ in told
        ]

    @api.model
    @kept_by_version
    def _load(self, version):
        """Return the `Told` of all questions of a version of the catalog, by their ids.

        Domains as lists: once used, they hold fields of the registry they are used in,
        and that may be another one the next time.
        """
        everything = self.env["crm.profiling.question"].sudo()
        everything = everything.with_context(active_test=False)
        found = {}
        for question in everything.search([("origin", "=", self._origin)]):
            try:
                told = question._told_now()
            except ValueError:
                _logger.info("Profiling: question %s cannot be read", question.id)
                continue
            found[question.id] = told._replace(
                known=list(told.known),
                filled_in=tuple(list(one) for one in told.filled_in),
                answers=[
                    (answer_id, None if domain is None else list(domain))
                    for answer_id, domain in told.answers
                ],
            )
        return found
