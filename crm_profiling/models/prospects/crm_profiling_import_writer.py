import logging
from collections import defaultdict
from typing import NamedTuple

from psycopg2 import OperationalError

from odoo import api, models
from odoo.exceptions import UserError

from .res_partner_batch import Batch

_logger = logging.getLogger(__name__)


class Outcome(NamedTuple):
    """What became of prospects: the lines of the file."""

    created: list[int]
    updated: list[int]
    unchanged: list[int]
    companies: list[int]  # ids of companies created for their contacts
    partners: list[int]  # ids of all contacts the lines are about
    log: list[dict]  # what was written, for undo: see `CrmProfilingImportChange`
    errors: dict[int, str]

    def __add__(self, other):
        pairs = zip(self[:-1], other[:-1], strict=True)
        lists = [mine + theirs for mine, theirs in pairs]
        return Outcome(*lists, {**self.errors, **other.errors})


NOTHING = Outcome([], [], [], [], [], [], {})


class CrmProfilingImportWriter(models.AbstractModel):
    """Writes prospects: in bulk, and only what is not there yet."""

    _name = "crm.profiling.import.writer"
    _description = "Profiling Import Writer"

    @api.model
    def _preview(self, plan, prospects):
        """Return the `Outcome` that writing prospects would have, and their `Job`."""
        job = self.env["crm.profiling.import.comparer"]._job(plan, prospects)
        outcome = NOTHING._replace(errors=job.matches.errors)
        own = {p.company_key for p in job.prospects if p.is_company}
        new_keys = job.new_companies() - own
        counted = self._sorted(job)._replace(companies=[0] * len(new_keys))
        return outcome + counted, job

    @api.model
    def _write_prospects(self, plan, prospects):
        """Write prospects; return the `Outcome`.

        Where something refuses them, halves are tried, down to the line that is
        refused: it is left out, with the reason, and the others are written.
        """
        if not prospects:
            return NOTHING
        there, outcome = self._sort_out(prospects)
        if outcome.errors:
            return outcome + self._write_prospects(plan, there)
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
    def _sort_out(self, prospects):
        """Leave out lines whose answers or tags are not there for the user any more.

        :return: the other prospects, and the `Outcome` of these
        """
        missing = {
            model: wanted - set(self._search_ids(model, wanted))
            for model, wanted in (
                (
                    "crm.profiling.answer",
                    {id_ for one in prospects for id_ in one.answer_ids},
                ),
                (
                    "res.partner.category",
                    {id_ for one in prospects for id_ in one.tag_ids},
                ),
            )
        }
        answers, tags = missing.values()
        said = self.env._(
            "An answer or a tag in it was deleted meanwhile. Import the line anew."
        )
        errors = {
            one.line: said
            for one in prospects
            if not answers.isdisjoint(one.answer_ids)
            or not tags.isdisjoint(one.tag_ids)
        }
        there = [one for one in prospects if one.line not in errors]
        return there, NOTHING._replace(errors=errors)

    @api.model
    def _search_ids(self, model, ids):
        Model = self.env[model].with_context(active_test=False)
        return Model.search([("id", "in", list(ids))]).ids if ids else []

    @api.model
    def _left_out(self, prospect, error):
        if not isinstance(error, UserError):
            _logger.warning(
                "Profiling: line %s was left out", prospect.line, exc_info=error
            )
            said = self.env._(
                "Something went wrong with it. The server's log says what."
            )
        else:
            said = str(error).strip()
        return NOTHING._replace(errors={prospect.line: said})

    @api.model
    def _write_all(self, plan, prospects):
        job = self.env["crm.profiling.import.comparer"]._job(plan, prospects)
        log = defaultdict(dict)
        later = Batch({p.vals.get("phone", ""): p.phone for p in job.prospects})
        outcome = self._sorted(job)._replace(errors=job.matches.errors)
        self = self.with_context(profiling_later=later)
        companies = self._write_companies(plan, job, log)
        self._create_contacts(job, log)
        self._update_contacts(job, log)
        for prospect in job.prospects:
            entry = log.get(job.matches.partners[prospect.line].id, {})
            if entry.get("created") and prospect.tag_ids:
                entry["tags"] = list(prospect.tag_ids)
        # all that follows of a contact at once: in parts, each writes the row anew
        self.env.flush_all()
        partners = self._record_answers(plan, job, log, later)
        return outcome._replace(
            companies=companies.ids,
            partners=partners.ids,
            log=[{"res_id": id_, **entry} for id_, entry in log.items()],
        )

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
