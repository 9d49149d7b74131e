import logging
from typing import NamedTuple

from psycopg2 import OperationalError

from odoo import api, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)


class Outcome(NamedTuple):
    """What became of prospects: the lines of the file."""

    created: list[int]
    updated: list[int]
    unchanged: list[int]
    companies: list[int]  # ids of companies created for their contacts
    partners: list[int]  # ids of all contacts the lines are about
    errors: dict[int, str]

    def __add__(self, other):
        pairs = zip(self[:-1], other[:-1], strict=True)
        lists = [mine + theirs for mine, theirs in pairs]
        return Outcome(*lists, {**self.errors, **other.errors})


NOTHING = Outcome([], [], [], [], [], {})


class Job(NamedTuple):
    """Prospects on their way into the database, as far as they are known there."""

    prospects: list
    matches: "Matches"  # noqa: F821
    vals: dict  # {line: values that are new to the contact there is}
    company_vals: dict  # {company_key: values that are new to the company there is}
    answers: dict  # {line: answers that are new to the contact, or its company}

    def is_unchanged(self, prospect):
        return (
            self.matches.partners[prospect.line]
            and not self.vals.get(prospect.line)
            and not self.answers.get(prospect.line)
            and not (prospect.is_company and self.company_vals[prospect.company_key])
        )


class CrmProfilingImportWriter(models.AbstractModel):
    """Writes prospects: in bulk, and only what is not there yet."""

    _name = "crm.profiling.import.writer"
    _description = "Profiling Import Writer"

    @api.model
    def _preview(self, plan, prospects):
        """Return the `Outcome` that writing prospects would have."""
        job = self._job(plan, prospects)
        outcome = NOTHING._replace(errors=job.matches.errors)
        new_keys = {
            p.company_key
            for p in job.prospects
            if p.company and not job.matches.companies[p.company_key]
        } - {p.company_key for p in job.prospects if p.is_company}
        return outcome + self._sorted(job)._replace(companies=[0] * len(new_keys))

    @api.model
    def _write_prospects(self, plan, prospects):
        """Write prospects; return the `Outcome`.

        Where something refuses them, halves are tried, down to the line that is
        refused: it is left out, with the reason, and the others are written.
        """
        if not prospects:
            return NOTHING
        try:
            with self.env.cr.savepoint():
                return self._write_all(plan, prospects)
        except OperationalError:
            raise  # somebody else was faster: the whole request is tried again
        except Exception as error:
            if len(prospects) == 1:
                return self._left_out(prospects[0], error)
        half = len(prospects) // 2
        return self._write_prospects(plan, prospects[:half]) + self._write_prospects(
            plan, prospects[half:]
        )

    @api.model
    def _left_out(self, prospect, error):
        if not isinstance(error, UserError):
            _logger.warning(
                "Profiling: line %s was left out", prospect.line, exc_info=error
            )
        return NOTHING._replace(errors={prospect.line: str(error).strip()})

    @api.model
    def _write_all(self, plan, prospects):
        job = self._job(plan, prospects)
        outcome = self._sorted(job)._replace(errors=job.matches.errors)
        companies = self._write_companies(plan, job)
        self._create_contacts(job)
        self._update_contacts(job)
        partners = self._record_answers(job)
        return outcome._replace(companies=companies.ids, partners=partners.ids)

    # ------------------------------------------------------------------
    # What is new
    # ------------------------------------------------------------------

    @api.model
    def _job(self, plan, prospects):
        """Compare prospects with the database: return the `Job`."""
        Matcher = self.env["crm.profiling.import.matcher"]
        matches = Matcher._match(prospects)
        prospects = [p for p in prospects if p.line in matches.partners]
        company_vals = {
            key: Matcher._changes(
                company, {k: v for k, v in plan.companies[key].items() if k != "name"}
            )
            for key, company in matches.companies.items()
            if company
        }
        vals = {}
        for prospect in prospects:
            if partner := matches.partners[prospect.line]:
                named = {"name": prospect.name} if prospect.name else {}
                vals[prospect.line] = Matcher._changes(
                    partner, {**named, **prospect.vals}, prospect.tag_ids
                )
                if Matcher._moves(partner, prospect):
                    vals[prospect.line]["parent_id"] = True
        answers = self._new_answers(prospects, matches)
        return Job(prospects, matches, vals, company_vals, answers)

    @api.model
    def _new_answers(self, prospects, matches):
        """Return ``{line: answers its contact has not given yet}``."""
        questions = self.env["crm.profiling.catalog"]._get().questions
        ids = [p.id for p in matches.partners.values() if p]
        ids += [c.id for c in matches.companies.values() if c]
        facts = self.env["crm.profiling.response"]._read_facts(ids)
        answers = {}
        for prospect in prospects:
            given = set(prospect.answer_ids)
            if given:
                partner = matches.partners[prospect.line]
                known = facts.known(partner.id, questions) if partner else ()
                answers[prospect.line] = given.difference(known)
        return answers

    @api.model
    def _sorted(self, job):
        """Return an `Outcome` that says which lines are new, change or stay."""
        created, updated, unchanged = [], [], []
        for prospect in job.prospects:
            if not job.matches.partners[prospect.line]:
                created.append(prospect.line)
            elif job.is_unchanged(prospect):
                unchanged.append(prospect.line)
            else:
                updated.append(prospect.line)
        return NOTHING._replace(created=created, updated=updated, unchanged=unchanged)

    # ------------------------------------------------------------------
    # Write
    # ------------------------------------------------------------------

    @api.model
    def _write_companies(self, plan, job):
        """Create and update companies; return those nobody has a line for."""
        companies = job.matches.companies
        own = {p.company_key: p for p in job.prospects if p.is_company}
        wanted = {p.company_key for p in job.prospects if p.company}
        for key in wanted:
            if companies[key] and job.company_vals[key]:
                companies[key].write(job.company_vals[key])
        new = sorted(key for key in wanted if not companies[key])
        created = self._create(
            [
                {
                    "is_company": True,
                    **plan.companies[key],
                    **(self._create_vals(own[key]) if key in own else {}),
                }
                for key in new
            ]
        )
        companies.update(zip(new, created, strict=True))
        for key, prospect in own.items():
            job.matches.partners[prospect.line] |= companies[key]
        return created.browse(
            company.id
            for key, company in zip(new, created, strict=True)
            if key not in own
        )

    @api.model
    def _create_vals(self, prospect):
        vals = {"name": prospect.name, **prospect.vals}
        if prospect.tag_ids:
            vals["category_id"] = [(4, tag_id) for tag_id in prospect.tag_ids]
        return vals

    @api.model
    def _create(self, vals_list):
        """Create contacts who have nothing to take over from a company.

        What Odoo takes over one contact at a time is in the values already.
        """
        Partner = self.env["res.partner"].with_context(_partners_skip_fields_sync=True)
        return Partner.create(vals_list).with_env(self.env)

    @api.model
    def _create_contacts(self, job):
        """Create the contacts that are not there, each with its company's address."""
        plain, inheriting = [], []
        shared = {}
        for prospect in job.prospects:
            if job.matches.partners[prospect.line]:
                continue
            vals = self._create_vals(prospect)
            company = job.matches.companies.get(prospect.company_key)
            if not company:
                plain.append((prospect, vals))
                continue
            if company not in shared:
                shared[company] = (
                    company._get_address_values(),
                    bool(company._get_commercial_values()),
                )
            address, inherits = shared[company]
            vals.update(address or {}, parent_id=company.id)
            (inheriting if inherits else plain).append((prospect, vals))
        created = self._create([vals for _prospect, vals in plain])
        created += self.env["res.partner"]._load_records_create(
            [vals for _prospect, vals in inheriting]
        )
        for (prospect, _vals), partner in zip(plain + inheriting, created, strict=True):
            job.matches.partners[prospect.line] = partner

    @api.model
    def _update_contacts(self, job):
        for prospect in job.prospects:
            if vals := job.vals.get(prospect.line):
                if "parent_id" in vals:
                    company = job.matches.companies[prospect.company_key]
                    vals = {**vals, "parent_id": company.id}
                job.matches.partners[prospect.line].write(vals)

    @api.model
    def _record_answers(self, job):
        """Store all answers at once, and evaluate; return the contacts of all lines."""
        partners = self.env["res.partner"].union(*job.matches.partners.values())
        wanted = {
            job.matches.partners[line].id: (set(answer_ids), set())
            for line, answer_ids in job.answers.items()
            if answer_ids
        }
        if wanted:
            partners.browse(wanted).check_access("write")
            Response = self.env["crm.profiling.response"]
            Response.with_context(import_file=True)._record(wanted)._profiling_apply()
        return partners
