import logging
from collections import defaultdict

from odoo import api, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from .crm_profiling_entry_action import Outcome

_logger = logging.getLogger(__name__)

# After so many contacts in a row it is not theirs but the profile's that is wrong.
GIVE_UP = 10


class CrmProfilingEntry(models.AbstractModel):
    """Acts on contacts that enter or leave a profile.

    Once for each entry: in the transaction that writes the membership, so that both
    are there or neither is. E-mails are put into Odoo's queue, which is written in the
    same transaction, and sends what was committed.

    An action that fails takes nothing along, neither the answer nor the other actions
    nor the other contacts: it is told on the contact's chatter, in the log and on the
    profile's form.
    """

    _name = "crm.profiling.entry"
    _description = "Profiling: What Profiles Do on Entry"

    @api.model
    def _act(self, profile, contacts, moment="enter", left_out=None):
        """Do what a profile says.

        What there is to do is said by `crm.profiling.entry.action`.

        :param moment: because they "enter", or because they "leave"
        :param left_out: actions not to do, ``{contact_id: set of their names}``
        :return: what was done, ``{contact_id: {name of the action: Outcome}}``
        """
        self = self.sudo()._alone()
        profile, contacts = profile.with_env(self.env), contacts.with_env(self.env)
        done, errors = defaultdict(dict), []
        self.env.flush_all()  # what fails now is not ours
        for action in self.env["crm.profiling.entry.action"]._of(profile, moment):
            theirs = contacts
            if left_out:
                theirs = contacts.filtered(
                    lambda contact, name=action._name: (
                        name not in left_out.get(contact.id, ())
                    )
                )
            said, failure = self._act_together(action, profile, theirs)
            for contact_id, outcome in said.items():
                done[contact_id][action._name] = Outcome.of(outcome)
            if failure:
                errors.append(failure.said)
        self._note_errors(profile, errors)
        return done

    @api.model
    def _act_together(self, action, profile, contacts):
        """Do one action to all contacts; where it fails, to one after the other.

        :return: what to tell ``{contact_id: sentence}``, and what failed or None
        """
        if not contacts:
            return {}, None
        said, failure = self._try(action, profile, contacts)
        if not failure or len(contacts) == 1:
            return said, failure
        in_a_row = 0
        for contact in contacts:
            one, failed = self._try(action, profile, contact)
            del said[contact.id]
            said.update(one)
            in_a_row = in_a_row + 1 if failed else 0
            if in_a_row == GIVE_UP:
                break
        return said, failure

    @api.model
    def _try(self, action, profile, contacts):
        """Do one action, or nothing of it if it fails; return as `_act_together`."""
        try:
            with self.env.cr.savepoint():
                return action._act(profile, contacts), None
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise  # Odoo begins again, the answer included
        except Exception as error:
            _logger.exception(
                "Profiling: %s failed for %s, %s", action._name, profile, contacts
            )
            failure = Outcome(action._failure(self._reason(error)), is_done=False)
            return dict.fromkeys(contacts.ids, failure), failure

    @api.model
    def _reason(self, error):
        return str(error).strip().partition("\n")[0] or type(error).__name__

    @api.model
    def _alone(self):
        """Return self with no more context than who is at work, and in what language.

        Defaults of a form or an import are not meant for what is created here. Users
        are not notified of each contact: an import would flood them.
        """
        kept = ("lang", "tz", "allowed_company_ids")
        context = {k: v for k, v in self.env.context.items() if k in kept}
        return self.with_env(self.env(context=context)).with_context(
            mail_auto_subscribe_no_notify=True,
            mail_activity_quick_update=True,
            mail_notrack=True,  # the note says it
        )
