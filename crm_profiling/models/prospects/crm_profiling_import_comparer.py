from typing import NamedTuple

from odoo import api, models

from .crm_profiling_import_changes import BELOW, WRITE, Difference
from .crm_profiling_import_matcher import Matches


class Job(NamedTuple):
    """Prospects on their way into the database, as far as they are known there."""

    prospects: list
    matches: Matches
    changes: dict  # {line: [Difference]} of the contact there is
    company_changes: dict  # {company_key: [Difference]} of the company there is
    tags: dict  # {line: ids of the tags that are new to the contact}
    moves: set  # lines of people who get another company
    answers: dict  # {line: answers that are new to the contact, or its company}
    outdated: dict  # {line: answers that something said later stands against}

    def is_unchanged(self, prospect):
        return (
            self.matches.partners[prospect.line]
            and not self.writes(self.changes.get(prospect.line))
            and not self.tags.get(prospect.line)
            and not self.answers.get(prospect.line)
            and not (
                prospect.is_company
                and self.writes(self.company_changes.get(prospect.company_key))
            )
        )

    def new_companies(self):
        """Return the keys of companies that somebody belongs to and are not there.

        Whoever stays at another company needs none.
        """
        partners, companies = self.matches.partners, self.matches.companies
        return {
            p.company_key
            for p in self.prospects
            if p.company
            and not companies[p.company_key]
            and (p.is_company or not partners[p.line] or p.line in self.moves)
        }

    def writes(self, changes):
        """Whether something of changes is written."""
        return any(change.kind in (WRITE, BELOW) for change in changes or ())


class CrmProfilingImportComparer(models.AbstractModel):
    """Compares prospects with the contacts that are there: what would be new."""

    _name = "crm.profiling.import.comparer"
    _description = "Profiling Import Comparer"

    @api.model
    def _job(self, plan, prospects):
        """Return the `Job` of prospects."""
        Changes = self.env["crm.profiling.import.changes"]
        matches = self.env["crm.profiling.import.matcher"]
        matches = matches._match(prospects, plan.company_ids, plan.handled)
        prospects = [p for p in prospects if p.line in matches.partners]
        job = Job(prospects, matches, {}, {}, {}, set(), {}, {})
        lines = {p.company_key: p for p in reversed(prospects) if p.company}
        for key, company in matches.companies.items():
            if company and key in lines:
                vals = {k: v for k, v in plan.companies[key].items() if k != "name"}
                asked_on = plan.asked(lines[key])
                line = lines[key].line
                found = Changes._differences(plan, line, company, vals, asked_on)
                job.company_changes[key] = found
        for prospect in prospects:
            if partner := matches.partners[prospect.line]:
                self._compare(plan, job, prospect, partner)
        self._compare_answers(plan, job)
        return job

    @api.model
    def _compare(self, plan, job, prospect, partner):
        Changes = self.env["crm.profiling.import.changes"]
        named = {"name": prospect.name} if prospect.name else {}
        asked_on = plan.asked(prospect)
        changes = Changes._differences(
            plan, prospect.line, partner, {**named, **prospect.vals}, asked_on
        )
        move = self._move(plan, job, prospect, partner, asked_on)
        if move:
            changes.append(move)
            if move.kind == WRITE:
                job.moves.add(prospect.line)
        job.changes[prospect.line] = changes
        if tags := Changes._new_tags(partner, prospect.tag_ids):
            job.tags[prospect.line] = tags

    @api.model
    def _move(self, plan, job, prospect, partner, asked_on):
        """Return the `Difference` of the company of a person; None for none."""
        Matcher = self.env["crm.profiling.import.matcher"]
        if (
            not prospect.company
            or prospect.is_company
            or partner.commercial_partner_id
            == job.matches.companies[prospect.company_key]
            or Matcher._company_key(partner) == prospect.company_key
        ):
            return None
        before = partner.parent_id.name or partner.commercial_company_name or ""
        Changes = self.env["crm.profiling.import.changes"]
        kind = Changes._kind(
            plan, prospect.line, partner, "parent_id", before, asked_on
        )
        return Difference("parent_id", before, prospect.company, kind)
