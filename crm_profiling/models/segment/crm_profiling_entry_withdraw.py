import logging

from odoo import api, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

_logger = logging.getLogger(__name__)


class CrmProfilingEntry(models.AbstractModel):
    """Withdraws what profiles did with those who left."""

    _inherit = "crm.profiling.entry"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _withdraw(self, stays):
        """Undo what profiles did with contacts that left, where nobody touched it.

        What cannot be undone stays, and takes nothing along.

        :return: what stays, and why: ``{deed: sentence}``
        """
        kept = {}
        done = stays.deed_ids.filtered(lambda deed: deed.state == "done")
        by_action = done.grouped("action")
        for action in self.env["crm.profiling.entry.action"]._all():
            deeds = by_action.get(action._name)
            if not deeds:
                continue
            try:
                with self.env.cr.savepoint():
                    withdrawn, theirs = action._withdraw(deeds)
                    for deed, said in withdrawn.items():
                        deed._withdrawn(said)
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                raise
            except Exception:
                _logger.exception("Profiling: %s is not withdrawn", deeds)
                theirs = {deed: self.env._("stays: %s", deed.said) for deed in deeds}
            kept |= theirs
        return kept
