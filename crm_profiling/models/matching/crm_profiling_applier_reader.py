"""Reads what the applier compares: everything of many contacts in one query."""

from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from ..answers.holder import Facts
from .crm_profiling_state import State
from .masks import mask_of
from .pg import pg_array


class Contact(NamedTuple):
    """What the database holds of one contact, as far as profiles are concerned."""

    id: int
    company_id: int  # 0: shared by all companies
    archived: bool
    is_address: bool  # never evaluated
    asked: int  # mask of the answers given that count; addresses know nothing
    found: int  # mask of those that were found
    memberships: dict[int, tuple[str, int]]  # {profile_id: (state, tag given or 0)}
    tag_ids: set[int]
    state: State  # as it is kept


class CrmProfilingApplier(models.AbstractModel):
    """Reads contacts for the applier."""

    _inherit = "crm.profiling.applier"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _read_contacts(self, partner_ids, answers_changed):
        """Return the evaluator, and the `Contact` of each of the given ids.

        In one query, which has the catalog stay as it is until the commit, and one
        more for what is found.
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
        asked, found = {}, {}
        if answers_changed:
            asked = self._masks(people or (), responses, catalog)
            found = self._found(partner_ids, catalog)
        contacts = []
        for id_, _company, *partner in people or ():
            state = self._kept(*states[id_])
            known = (state.asked, state.found & catalog.kept)
            if answers_changed:
                *_facts, is_address = partner
                known = (asked[id_], 0 if is_address else found.get(id_, 0))
            inside = {profile: (said, tag) for profile, said, tag in memberships[id_]}
            tag_ids = {tag for (tag,) in tags[id_]}
            contacts.append(Contact(id_, *partner, *known, inside, tag_ids, state))
        return catalog.evaluator, contacts

    @api.model
    def _found(self, partner_ids, catalog):
        """Return ``{partner_id: mask of the answers found}``; addresses among them."""
        ids = SQL("%s::int[]", pg_array(partner_ids))
        return self.env["crm.profiling.source"]._found(ids, catalog)

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
                %(version)s
            ), partner AS MATERIALIZED (
                SELECT id, commercial_partner_id, company_id, active, type
                  FROM res_partner WHERE id = ANY(%(ids)s::int[])
            )
            SELECT (SELECT value FROM catalog),
                   (SELECT json_agg(json_build_array(
                               id, commercial_partner_id, COALESCE(company_id, 0),
                               active IS NOT TRUE, %(is_address)s))
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
            version=self.env["crm.profiling.catalog"]._lock_sql(),
            ids=ids,
            is_address=self.env["res.partner"]._profiling_is_address_sql("partner"),
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
