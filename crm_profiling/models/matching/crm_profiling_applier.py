"""Brings contacts in line with the rule: reads, evaluates, compares, writes, tells."""

from typing import NamedTuple

from odoo import api, models
from odoo.tools import split_every

from .crm_profiling_state import State

# Contacts written at once: bounds the memory of a run over the whole database, and how
# long one of its transactions takes.
WRITTEN_AT_ONCE = 5000


class Difference(NamedTuple):
    """What must change for one contact; all empty when nothing must."""

    entered: set[int]  # profiles the answers ask for, without a membership yet
    caught_up: set[int]  # of those, what the answers asked for already before
    left: set[int]  # profiles whose membership the answers no longer ask for
    tagged: set[int]  # tags to put on
    untagged: set[int]  # tags to take off
    owned: dict[int, int]  # {profile_id: tag its membership accounts for, or 0}


class CrmProfilingApplier(models.AbstractModel):
    """Writes what the rule says: memberships first, then the tags they give.

    Every way in ends in `_apply`. It reads the contacts in one query, asks the
    evaluator, and writes nothing but differences, in one statement: a second run
    writes nothing.

    Whose a tag is: the memberships that give it carry it in ``category_id``, unless
    it was on the contact before them or a person put it on; then it is the user's
    and stays. All memberships of a contact that give one tag agree on that.

    The statement goes past the ORM, which would need a query for each tag: overrides
    of `ResPartner.write` do not see these tags come and go. What must follow a
    change hooks on `ResPartner._profiling_profiles_changed` instead.
    """

    _name = "crm.profiling.applier"
    _description = "Profiling Applier"

    @api.model
    def _apply(self, partner_ids, answers_changed=True):
        """Bring memberships and tags of contacts in line with their answers.

        :param answers_changed: False when only profiles did, so that what is kept of
            the contacts' answers is true
        """
        for batch in split_every(WRITTEN_AT_ONCE, sorted(set(partner_ids)), list):
            evaluator, contacts = self._read_contacts(batch, answers_changed)
            changes = {}
            for contact in contacts:
                state = self._state(contact, evaluator)
                difference = self._difference(contact, state.matched, evaluator)
                if state != contact.state or any(difference):
                    changes[contact.id] = (difference, state)
            self._quieten(changes, contacts, evaluator)
            if changes:
                self._write_differences(changes)

    @api.model
    def _state(self, contact, evaluator):
        """Evaluate a contact: return the `State` it should be in.

        Of contacts of whom nothing was ever known nothing is kept.
        """
        known = contact.asked | contact.found
        if not known and not contact.state.known:
            return contact.state
        return State(
            contact.company_id,
            contact.archived,
            contact.asked,
            contact.found,
            evaluator.matched(known, contact.company_id),
        )

    @api.model
    def _difference(self, contact, matched, evaluator):
        """Return the `Difference` between what is and what the rule wants.

        :param matched: ids of the profiles that the contact's answers match
        """
        rules, held = evaluator.rules, contact.memberships
        matched = set(matched)
        entered = matched - held.keys()
        # The profile changed, and no run has come by here yet.
        caught_up = entered and entered.intersection(
            evaluator.matched(contact.state.known, contact.state.company_id)
        )
        left = {p for p, (state, _tag) in held.items() if state == "matched"} - matched
        inside = {
            profile_id
            for profile_id in (held.keys() - left) | entered
            if profile_id in entered or held[profile_id][0] != "barred"
            if rules[profile_id].active
            # a pin waits until the contact is one that the profile may hold
            and not contact.is_address
            and evaluator.concerns(profile_id, contact.company_id)
        }
        wanted = {rules[profile_id].category_id for profile_id in inside}
        given = {tag for _state, tag in held.values() if tag}
        tagged = wanted - contact.tag_ids
        untagged = (given - wanted) & contact.tag_ids
        ours = (given & wanted & contact.tag_ids) | tagged
        owned = {}
        for profile_id in (held.keys() - left) | entered:
            tag = rules[profile_id].category_id if profile_id in inside else 0
            tag = tag if tag in ours else 0
            if profile_id in entered or held[profile_id][1] != tag:
                owned[profile_id] = tag
        return Difference(entered, caught_up, left, tagged, untagged, owned)
