from collections import defaultdict

from odoo import api, models


class CrmProfilingImportComparer(models.AbstractModel):
    """What is new of answers, and what was said otherwise since."""

    _inherit = "crm.profiling.import.comparer"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _compare_answers(self, plan, job):
        """Fill in what is new of answers, and what was said otherwise since."""
        questions = self.env["crm.profiling.catalog"]._get().questions
        partners = job.matches.partners
        ids = [p.id for p in partners.values() if p]
        facts = self.env["crm.profiling.response"]._read_facts(ids)
        outdated = self._outdated(plan, job)
        for prospect in job.prospects:
            if given := set(prospect.answer_ids):
                partner = partners[prospect.line]
                known = facts.known(partner.id, questions) if partner else ()
                old = outdated.get(prospect.line, set())
                job.answers[prospect.line] = given.difference(known, old)
                if old:
                    job.outdated[prospect.line] = old

    @api.model
    def _outdated(self, plan, job):
        """Return ``{line: answers that something said later stands against}``."""
        by_moment = defaultdict(dict)
        for prospect in job.prospects:
            partner = job.matches.partners[prospect.line]
            if partner and prospect.answer_ids:
                by_moment[plan.asked(prospect)][partner.id] = prospect
        found = {}
        for moment, prospects in by_moment.items():
            wanted = {id_: (set(p.answer_ids), set()) for id_, p in prospects.items()}
            later = self.env["crm.profiling.response"]._outdated(wanted, moment)
            for (partner_id, answer_id), word in later.items():
                # of a file that nobody said the moment of, its upload is the word
                if plan.is_dated or word.date > moment:
                    line = prospects[partner_id].line
                    found.setdefault(line, set()).add(answer_id)
        return found
