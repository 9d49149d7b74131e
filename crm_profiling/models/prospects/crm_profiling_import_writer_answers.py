from collections import defaultdict

from odoo import api, fields, models


class CrmProfilingImportWriter(models.AbstractModel):
    """Writes what prospects answered, and the numbers and words they answered with."""

    _inherit = "crm.profiling.import.writer"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _record_answers(self, plan, job, log, later):
        """Store all answers at once, and evaluate; return the contacts of all lines.

        :param later: `Batch` of those who were created
        """
        partners = self.env["res.partner"].union(*job.matches.partners.values())
        by_moment = defaultdict(dict)
        for prospect in job.prospects:
            new = job.answers.get(prospect.line) or set()
            old = job.outdated.get(prospect.line, set())
            # what is said again counts from then on, if somebody said when that was
            given = set(prospect.answer_ids) - old if plan.is_dated else new
            if not given:
                continue
            id_, moment = job.matches.partners[prospect.line].id, plan.asked(prospect)
            by_moment[moment].setdefault(id_, (set(), set()))[0].update(given)
        wanted = {id_ for said in by_moment.values() for id_ in said}
        concerned = partners.browse(later.ids)
        if wanted:
            partners.browse(wanted).check_access("write")
            Response = self.env["crm.profiling.response"].with_context(import_file=True)
            start = fields.Datetime.now()
            details = self._details(job)
            for moment, said in by_moment.items():
                vals = {"source": "import"}
                if plan.is_dated:
                    vals["date"] = moment
                concerned |= Response._record(said, vals, details)
            self._log_answers(by_moment, start, log)
        (concerned | partners._profiling_moved_on())._profiling_apply()
        return partners

    @api.model
    def _details(self, job):
        """Return ``{(partner_id, answer_id): create values}`` of numbers and words."""
        details = defaultdict(dict)
        for prospect in job.prospects:
            partner_id = job.matches.partners[prospect.line].id
            for name, some in (
                ("value", prospect.numbers),
                ("comment", prospect.words),
            ):
                for answer_id, said in some:
                    details[partner_id, answer_id][name] = said
        return details

    @api.model
    def _log_answers(self, by_moment, start, log):
        """Note what was recorded with whoever holds it, if they were there before.

        :param start: when recording began
        """
        answers = {
            a for said in by_moment.values() for g, _t in said.values() for a in g
        }
        people = self.env["res.partner"].browse(
            {id_ for said in by_moment.values() for id_ in said}
        )
        holders = people | people.commercial_partner_id
        there = [id_ for id_ in holders.ids if not log.get(id_, {}).get("created")]
        written = self.env["crm.profiling.response"].sudo().search(
            [
                ("partner_id", "in", there),
                ("answer_id", "in", list(answers)),
                ("source", "=", "import"),
                ("write_date", ">=", start),
                ("write_uid", "=", self.env.uid),
            ]
        )  # fmt: skip
        for response in written:
            entry = log[response.partner_id.id]
            entry.setdefault("answers", []).append(
                [response.answer_id.id, fields.Datetime.to_string(response.date)]
            )
