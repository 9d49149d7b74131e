import logging

from odoo import api, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from .crm_profiling_entry_action import Outcome

_logger = logging.getLogger(__name__)


class CrmProfilingEntry(models.AbstractModel):
    """Says what profiles are going to do once a conversation is over."""

    _inherit = "crm.profiling.entry"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _foresee(self, stays):
        """Return what is going to be done for each stay, line by line.

        In the language of who asks, and as who caused it will do it.

        :return: ``{stay: [{action, text, is_done, needs_reason, left_out}]}``
        """
        lines = {stay: [] for stay in stays}
        for (user, profile, state), some in stays.grouped(
            lambda stay: (stay.user_id, stay.profile_id, stay.state)
        ).items():
            entry = self.sudo()._alone()._in_the_name_of(user)
            entry = entry.with_context(lang=self.env.lang)
            there = some.with_env(entry.env)
            moment = "leave" if state == "leaving" else "enter"
            left_out = there._left_out()
            for action in entry.env["crm.profiling.entry.action"]._of(profile, moment):
                foreseen = entry._foresee_action(
                    action, profile.with_env(entry.env), there.partner_id
                )
                for stay in some:
                    contact_id = stay.partner_id.id
                    line = foreseen.get(contact_id)
                    if line and action._name not in left_out[contact_id]:
                        lines[stay].append(self._line(action, Outcome.of(line)))
        for stay in stays:
            lines[stay] += self._decided_lines(stay)
        return lines

    @api.model
    def _foresee_action(self, action, profile, contacts):
        """Return what an action would do; one that cannot say so says what it is."""
        try:
            with self.env.cr.savepoint():
                return action._foresee(profile, contacts)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise  # Odoo begins again
        except Exception:
            _logger.exception("Profiling: %s foresees nothing", action._name)
            return dict.fromkeys(contacts.ids, action._description)

    @api.model
    def _line(self, action, outcome):
        return {
            "action": action._name,
            "text": outcome.said,
            # there is nothing to untick where nothing will be done
            "can_untick": outcome.is_done,
            "needs_reason": action._needs_reason,
        }

    @api.model
    def _decided_lines(self, stay):
        """Return what was done on leaving, and what somebody wanted left out."""
        return [
            {
                "action": deed.action,
                "text": deed.said,
                "can_untick": False,
                "needs_reason": False,
            }
            for deed in stay.deed_ids
            if deed.state == "left_out"
            or (deed.state == "withdrawn" and stay.state == "leaving")
        ]
