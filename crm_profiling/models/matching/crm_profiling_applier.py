from collections import defaultdict
from functools import cache
from itertools import islice
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL, split_every

from ..answers.crm_profiling_holder import Facts
from ..catalog.crm_profiling_catalog import VERSION
from .crm_profiling_state import State, mask_of, mask_of_text, words_of


def pg_array(values):
    """Return numbers, or arrays of them, as PostgreSQL writes an array.

    Both sides read that several times faster than the same as a list of parameters.
    """
    return f"{{{','.join(map(str, values))}}}"


def unnest(rows, *types):
    """Return a table of rows, at least one column wide, as SQL."""
    columns = zip(*rows, strict=True) if rows else ((),) * len(types)
    return SQL(
        "unnest(%s)",
        SQL(", ").join(
            SQL("%s::%s[]", pg_array(column), SQL(type_))
            for column, type_ in zip(columns, types, strict=True)
        ),
    )


# Writes all differences of a batch. Tags go in ordered by contact: unordered, the
# foreign key checks alone take twice as long (measured on 600,000 rows).
WRITE = """
WITH gone AS (
    DELETE FROM crm_profiling_membership membership
          USING %(left)s AS gone(partner_id, profile_id)
          WHERE membership.partner_id = gone.partner_id
            AND membership.profile_id = gone.profile_id
), kept AS (
    INSERT INTO crm_profiling_membership
                (partner_id, profile_id, category_id, state, date)
    SELECT partner_id, profile_id, NULLIF(category_id, 0), 'matched',
           %(now)s
      FROM %(owned)s AS owned(partner_id, profile_id, category_id)
        ON CONFLICT (partner_id, profile_id)
        DO UPDATE SET category_id = EXCLUDED.category_id
), untagged AS (
    DELETE FROM %(rel)s tag
          USING %(untagged)s AS gone(partner_id, category_id)
          WHERE tag.partner_id = gone.partner_id
            AND tag.category_id = gone.category_id
), states AS (
    INSERT INTO crm_profiling_state
                (id, company_id, archived, asked, found, matched)
    SELECT id, company_id, archived, asked::bigint[], found::bigint[], matched::int[]
      FROM %(states)s AS state(id, company_id, archived, asked, found, matched)
        ON CONFLICT (id) DO UPDATE
       SET company_id = EXCLUDED.company_id, archived = EXCLUDED.archived,
           asked = EXCLUDED.asked, found = EXCLUDED.found, matched = EXCLUDED.matched
)
INSERT INTO %(rel)s (partner_id, category_id)
SELECT partner_id, category_id
  FROM %(tagged)s AS new(partner_id, category_id)
 ORDER BY partner_id, category_id
    ON CONFLICT DO NOTHING
"""

# Contacts written at once: bounds the memory of a run over the whole database, and how
# long one of its transactions takes.
BATCH_SIZE = 5000


class Contact(NamedTuple):
    """What the database holds of one contact, as far as profiles are concerned."""

    id: int
    company_id: int  # 0: shared by all companies
    archived: bool
    is_address: bool  # never evaluated
    asked: int  # mask of the answers given that count; addresses know nothing
    memberships: dict[int, tuple[str, int]]  # {profile_id: (state, tag given or 0)}
    tag_ids: set[int]
    state: State  # as it is kept


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
            if changes:
                self._write_differences(changes)

    @api.model
    def _apply_after(self, last_id, size):
        """Bring the next contacts in line, looking only at what is kept of them.

        :param last_id: id of the last contact handled before
        :param size: how many to look at, if not too many of them are to be changed
        :rtype: `Batch`
        """
        evaluator = self._evaluator(self._lock_catalog())
        rows = self.env.execute_query(
            SQL(
                """SELECT id, company_id, asked::text, found::text, matched::text
                     FROM crm_profiling_state WHERE id > %s ORDER BY id LIMIT %s""",
                last_id,
                size,
            )
        )

        # Nearly all are as they should be: compared as text, as PostgreSQL writes
        # them, they need not be read as arrays.
        @cache
        def wanted(company_id, asked, found):
            known = mask_of_text(asked) | mask_of_text(found)
            return pg_array(evaluator.matched(known, company_id))

        differing = (
            partner_id
            for partner_id, *seen, matched in rows
            if wanted(*seen) != matched
        )
        changed = list(islice(differing, BATCH_SIZE))
        if len(changed) == BATCH_SIZE:
            rows = [row for row in rows if row[0] <= changed[-1]]
        # nobody answered anything
        quiet = self.with_context(profiling_quiet=True)
        quiet._apply(changed, answers_changed=False)
        return Batch(rows[-1][0] if rows else 0, len(rows), len(changed))

    @api.model
    def _next_contact_id(self, last_id):
        """Return the id of the contact that comes after one in a run."""
        rows = self.env.execute_query(
            SQL("SELECT min(id) FROM crm_profiling_state WHERE id > %s", last_id)
        )
        return rows[0][0] or last_id

    @api.model
    def _apply_all(self):
        """Bring all contacts in line, in this transaction."""
        batch = Batch(0, 0, 0)
        while True:
            batch = self._apply_after(batch.last_id, BATCH_SIZE)
            if not batch.last_id:
                break

    @api.model
    def _count_contacts(self):
        """Return how many contacts answered anything, or were pinned or barred."""
        return self.env.execute_query(SQL("SELECT count(*) FROM crm_profiling_state"))[
            0
        ][0]

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
    def _lock_catalog(self):
        """Return the version of the catalog, which then stays until the commit."""
        rows = self.env.execute_query(
            SQL(
                "SELECT value FROM ir_config_parameter WHERE key = %s FOR SHARE",
                VERSION,
            )
        )
        return rows[0][0] if rows else False

    @api.model
    def _evaluator(self, version):
        """Return the evaluator of the version of the catalog that is locked."""
        return self.env["crm.profiling.catalog"]._load(version).evaluator

    @api.model
    def _state(self, contact, evaluator):
        """Evaluate a contact: return the `State` it should be in.

        Of contacts who never answered anything nothing is kept.
        """
        found = 0 if contact.is_address else contact.state.found
        known = contact.asked | found
        if not known and not contact.state.known:
            return contact.state
        return State(
            contact.company_id,
            contact.archived,
            contact.asked,
            found,
            evaluator.matched(known, contact.company_id),
        )

    # ------------------------------------------------------------------
    # Read
    # ------------------------------------------------------------------

    @api.model
    def _read_contacts(self, partner_ids, answers_changed):
        """Return the evaluator, and the `Contact` of each of the given ids.

        In one query, which has the catalog stay as it is until the commit.
        """
        self.env["res.partner"].flush_model(
            ["active", "type", "company_id", "commercial_partner_id", "category_id"]
        )
        self.env["crm.profiling.membership"].flush_model()
        self.env["crm.profiling.response"].flush_model(["partner_id", "answer_id"])
        sql = self._read_sql(pg_array(partner_ids), answers_changed)
        version, people, *parts = self.env.execute_query(sql)[0]
        catalog = self.env["crm.profiling.catalog"]._load(version)
        states, memberships, tags, responses = map(self._by_contact, parts)
        masks = self._masks(people or (), responses, catalog) if answers_changed else {}
        contacts = []
        for id_, _company, *partner in people or ():
            state = self._kept(*states[id_])
            asked = masks[id_] if answers_changed else state.asked
            inside = {profile: (said, tag) for profile, said, tag in memberships[id_]}
            tag_ids = {tag for (tag,) in tags[id_]}
            contacts.append(Contact(id_, *partner, asked, inside, tag_ids, state))
        return catalog.evaluator, contacts

    @api.model
    def _masks(self, people, responses, catalog):
        """Return ``{partner_id: mask of the answers that count for the contact}``."""
        held = {
            holder: {answer_id: None for (answer_id,) in given}
            for holder, given in responses.items()
        }
        facts = Facts({id_: company_id for id_, company_id, *_rest in people}, held)
        return {
            id_: 0
            if is_address
            else catalog.evaluator.mask(facts.known(id_, catalog.questions))
            for id_, *_rest, is_address in people
        }

    @api.model
    def _read_sql(self, ids, answers_changed):
        """Return the query of `_read_contacts`: a list for each table, as JSON.

        It joins nothing. Statistics are out of date just when many contacts have come,
        and the planner, believing in a few, would go through a table for each of them.

        :param ids: of contacts, as PostgreSQL writes an array
        """
        return SQL(
            """
            WITH catalog AS MATERIALIZED (
                SELECT value AS version FROM ir_config_parameter
                 WHERE key = %(version)s FOR SHARE
            ), partner AS MATERIALIZED (
                SELECT id, commercial_partner_id, company_id, active, type
                  FROM res_partner WHERE id = ANY(%(ids)s::int[])
            )
            SELECT (SELECT version FROM catalog),
                   (SELECT json_agg(json_build_array(
                               id, commercial_partner_id, COALESCE(company_id, 0),
                               active IS NOT TRUE,
                               COALESCE(type, 'contact') <> 'contact'))
                      FROM partner),
                   (SELECT json_agg(json_build_array(
                               id, company_id, archived, asked, found, matched))
                      FROM crm_profiling_state WHERE id = ANY(%(ids)s::int[])),
                   (SELECT json_agg(json_build_array(
                               partner_id, profile_id, state,
                               COALESCE(category_id, 0)))
                      FROM crm_profiling_membership
                     WHERE partner_id = ANY(%(ids)s::int[])),
                   (SELECT json_agg(json_build_array(partner_id, category_id))
                      FROM %(tags)s WHERE partner_id = ANY(%(ids)s::int[])),
                   %(responses)s
            """,
            version=VERSION,
            ids=ids,
            tags=self._tags_table(),
            responses=self._responses_sql(ids) if answers_changed else None,
        )

    @api.model
    def _responses_sql(self, ids):
        """Return what contacts and their companies have answered, for `_read_sql`."""
        return SQL(
            """(SELECT json_agg(json_build_array(partner_id, answer_id))
                  FROM (SELECT partner_id, answer_id FROM crm_profiling_response
                         WHERE partner_id = ANY(%(ids)s::int[])
                         UNION ALL
                        SELECT partner_id, answer_id FROM crm_profiling_response
                         WHERE partner_id = ANY(ARRAY(
                                   SELECT DISTINCT commercial_partner_id FROM partner
                                    WHERE commercial_partner_id <> id))) response)""",
            ids=ids,
        )

    @api.model
    def _by_contact(self, rows):
        """Return what `_read_sql` read of a table as ``{partner_id: rows}``."""
        by_contact = defaultdict(list)
        for id_, *row in rows or ():
            by_contact[id_].append(row)
        return by_contact

    @api.model
    def _kept(self, row=None):
        """Return a row of `crm.profiling.state`, or what none stands for."""
        company_id, archived, *masks, matched = row or (0, False, (), (), ())
        return State(company_id, archived, *map(mask_of, masks), tuple(matched))

    @api.model
    def _tags_table(self):
        return SQL.identifier(self.env["res.partner"]._fields["category_id"].relation)

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

    # ------------------------------------------------------------------
    # Write
    # ------------------------------------------------------------------

    @api.model
    def _write_differences(self, changes):
        """Write the differences of a batch, then tell those who want to know.

        :param changes: ``{partner_id: (Difference, State)}``
        """
        self.env.cr.execute(self._write_sql(changes))
        differences = {
            partner_id: change for partner_id, (change, _state) in changes.items()
        }
        Partner = self.env["res.partner"]
        self.env["crm.profiling.membership"].invalidate_model(flush=False)
        Partner.invalidate_model(
            ["profiling_membership_ids", "profile_ids", "profiling_result"],
            flush=False,
        )
        retagged = Partner.browse(
            partner_id
            for partner_id, change in differences.items()
            if change.tagged or change.untagged
        )
        if retagged:
            retagged.invalidate_recordset(["category_id"], flush=False)
            retagged.modified(["category_id"])
        self._tell(differences)

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
            contacts._profiling_quietly()._profiling_profiles_changed(caught_up, {})

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

    @api.model
    def _write_sql(self, changes):
        """Return the one statement that writes all differences."""
        return SQL(
            WRITE,
            **self._tables(sorted(changes.items())),
            rel=self._tags_table(),
            now=fields.Datetime.now(),
        )

    @api.model
    def _tables(self, changes):
        """Return the rows that change as tables of SQL, by their names in `WRITE`.

        :param changes: list of ``(partner_id, (Difference, State))``, in order
        """
        pairs = {
            name: [
                (partner_id, value)
                for partner_id, (change, _state) in changes
                for value in sorted(getattr(change, name))
            ]
            for name in ("left", "untagged", "tagged")
        }
        owned = [
            (partner_id, profile_id, tag)
            for partner_id, (change, _state) in changes
            for profile_id, tag in sorted(change.owned.items())
        ]
        states = [
            (
                partner_id,
                state.company_id,
                state.archived,
                f'"{pg_array(words_of(state.asked))}"',
                f'"{pg_array(words_of(state.found))}"',
                f'"{pg_array(state.matched)}"',
            )
            for partner_id, (_change, state) in changes
        ]
        return {
            **{name: unnest(rows, "int", "int") for name, rows in pairs.items()},
            "owned": unnest(owned, "int", "int", "int"),
            "states": unnest(states, "int", "int", "bool", "text", "text", "text"),
        }
