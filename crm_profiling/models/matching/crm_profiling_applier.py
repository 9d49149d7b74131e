from collections import defaultdict
from itertools import islice
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL, split_every

from ..catalog.crm_profiling_catalog import kept_by_version
from ..catalog.ours import OURS, is_ours
from .crm_profiling_state import State
from .wanted import Wanted

# Contacts written at once: bounds the memory of a run over the whole database, and how
# long one of its transactions takes.
BATCH_SIZE = 5000


class Batch(NamedTuple):
    """How far a batch came."""

    last_id: int  # 0 when there was nobody left
    looked_at: int
    changed: int


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

    # ------------------------------------------------------------------
    # Ways in
    # ------------------------------------------------------------------

    @api.model
    def _apply(self, partner_ids, answers_changed=True):
        """Bring memberships and tags of contacts in line with their answers.

        :param answers_changed: False when only profiles did, so that what is kept of
            the contacts' answers is true
        """
        for batch in split_every(BATCH_SIZE, sorted(set(partner_ids)), list):
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
    def _apply_after(self, last_id, size, look=False):
        """Bring the next contacts in line, looking only at what is kept of them.

        :param last_id: id of the last contact handled before
        :param size: how many to look at, if not too many of them are to be changed
        :param look: whether what is found has to be looked up anew, for contacts of
            whom nothing is kept as well
        :rtype: `Batch`
        """
        catalog = self.env["crm.profiling.catalog"]._load(self._lock_catalog())
        rows = self._rows_after(last_id, size, catalog if look else None)
        changed = self._differing(rows, catalog)
        if len(changed) == BATCH_SIZE:
            rows = [row for row in rows if row[0] <= changed[-1]]
        # nobody answered anything
        quiet = self.with_context(profiling_quiet=OURS)
        quiet._apply(changed, answers_changed=look)
        return Batch(rows[-1][0] if rows else 0, len(rows), len(changed))

    @api.model
    def _look(self, partner_ids):
        """Bring contacts in line with what is found of them now, quietly."""
        catalog = self.env["crm.profiling.catalog"]._load(self._lock_catalog())
        quiet = self.with_context(profiling_quiet=OURS)
        for batch in split_every(BATCH_SIZE, sorted(set(partner_ids)), list):
            rows = self._rows_looked_up(batch, catalog)
            quiet._apply(self._differing(rows, catalog))

    @api.model
    def _differing(self, rows, catalog):
        """Return the ids of those who are in other profiles than they should be.

        And of those of whom something is kept that no profile asks for any more, nor
        anybody brings up to date. Nearly all are as they should be: compared as text,
        as PostgreSQL writes them, they need not be read as arrays.

        :param rows: as `_rows_after` returns them
        """
        wanted = self._wanted(catalog.version)
        differing = (
            partner_id
            for partner_id, *seen, matched in rows
            if wanted(*seen) != matched
        )
        return list(islice(differing, BATCH_SIZE))

    @api.model
    @kept_by_version
    def _wanted(self, version):
        """Return the `Wanted` of a version of the catalog."""
        return Wanted(self.env["crm.profiling.catalog"]._load(version))

    @api.model
    def _next_contact_id(self, last_id, look=False):
        """Return the id of the contact that comes after one in a run."""
        rows = self.env.execute_query(
            SQL("SELECT min(id) FROM %s WHERE id > %s", self._looked_at(look), last_id)
        )
        return rows[0][0] or last_id

    @api.model
    def _apply_all(self, look=False):
        """Bring all contacts in line, in this transaction."""
        batch = Batch(0, 0, 0)
        while True:
            batch = self._apply_after(batch.last_id, BATCH_SIZE, look)
            if not batch.last_id:
                break

    @api.model
    def _count_contacts(self, look=False):
        """Return how many contacts a run goes over.

        Those of whom anything is known; all of them, where it looks what is found.
        """
        sql = SQL("SELECT count(*) FROM %s", self._looked_at(look))
        return self.env.execute_query(sql)[0][0]

    @api.model
    def _looked_at(self, look):
        """Return the table that a run goes over."""
        return SQL.identifier("res_partner" if look else "crm_profiling_state")

    @api.model
    def _meet(self, company_ids):
        """Let nobody answer for companies while contacts come to them.

        Neither of the two transactions sees what the other does: the contact would
        not know the answer. So both write the company's row, and the second of them
        fails and is tried again.
        """
        self.env.cr.execute(
            SQL(
                """INSERT INTO crm_profiling_state (id)
                   SELECT id FROM unnest(%s::int[]) AS company(id) ORDER BY id
                       ON CONFLICT (id) DO UPDATE SET id = EXCLUDED.id""",
                list(company_ids),
            )
        )

    # ------------------------------------------------------------------
    # Evaluate
    # ------------------------------------------------------------------

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

    # ------------------------------------------------------------------
    # Compare
    # ------------------------------------------------------------------

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

    @api.model
    def _quieten(self, changes, contacts, evaluator):
        """Have those enter quietly whom a look that is on its way would bring in.

        A condition or time has changed what is found of them, and nobody's answer; they
        were saved before the run has come by.

        :param changes: ``{contact id: (Difference, State)}``, to be changed
        """
        entering = {
            contact.id: contact
            for contact in contacts
            if contact.id in changes
            and contact.found != contact.state.found
            and changes[contact.id][0].entered
        }
        if not entering or is_ours(self.env, "profiling_quiet"):
            return
        for id_ in self._not_looked_at_yet(entering):
            contact, (difference, state) = entering[id_], changes[id_]
            kept = contact.state.asked | contact.found
            quiet = difference.entered & {*evaluator.matched(kept, contact.company_id)}
            caught_up = quiet.union(difference.caught_up or ())
            changes[id_] = difference._replace(caught_up=caught_up), state

    @api.model
    def _not_looked_at_yet(self, partner_ids):
        """Return the ids of those whom an open run has yet to look at.

        Who was created since it began is none of them.
        """
        self.env["crm.profiling.run"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT partner.id
                     FROM crm_profiling_run run
                     JOIN res_partner partner
                       ON partner.id > COALESCE(run.last_partner_id, 0)
                      AND partner.create_date < run.create_date
                    WHERE run.state <> 'done' AND run.look
                      AND partner.id = ANY(%s)""",
                list(partner_ids),
            )
        )
        return [id_ for (id_,) in rows]

    # ------------------------------------------------------------------
    # Tell
    # ------------------------------------------------------------------

    @api.model
    def _tell(self, differences):
        """Call the hook, quietly for those whose entry is nobody's answer."""
        contacts = self.env["res.partner"].browse(differences)
        caught_up = self._by_profile({i: d.caught_up for i, d in differences.items()})
        entered = self._by_profile(
            {i: d.entered - d.caught_up for i, d in differences.items()}
        )
        left = self._by_profile({i: d.left for i, d in differences.items()})
        if entered or left:
            contacts._profiling_profiles_changed(entered, left)
        if caught_up:
            quiet = contacts.with_context(profiling_in_time=False)
            quiet._profiling_quietly()._profiling_profiles_changed(caught_up, {})

    @api.model
    def _by_profile(self, profile_ids):
        """Return ``{profile: contacts}`` of ``{partner_id: profile_ids}``."""
        partner_ids = defaultdict(list)
        for partner_id, its_profile_ids in profile_ids.items():
            for profile_id in its_profile_ids:
                partner_ids[profile_id].append(partner_id)
        return {
            self.env["crm.profiling.profile"].browse(profile_id): (
                self.env["res.partner"].browse(ids)
            )
            for profile_id, ids in partner_ids.items()
        }
