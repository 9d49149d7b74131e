from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL


class CrmProfilingImportWriter(models.AbstractModel):
    """Writes what prospects answered, and the numbers they answered with."""

    _inherit = "crm.profiling.import.writer"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _record_answers(self, plan, job, log):
        """Store all answers at once, and evaluate; return the contacts of all lines."""
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
        if wanted:
            partners.browse(wanted).check_access("write")
            Response = self.env["crm.profiling.response"].with_context(import_file=True)
            concerned = self.env["res.partner"]
            start = fields.Datetime.now()
            for moment, said in by_moment.items():
                vals = {"date": moment} if plan.is_dated else {}
                concerned |= Response._record(said, {**vals, "source": "import"})
            self._note_numbers(job, start)
            self._log_answers(by_moment, start, log)
            concerned._profiling_apply()
        return partners

    @api.model
    def _note_numbers(self, job, start):
        """Keep the numbers that answers were told by, of those recorded just now.

        All in one statement: recorded with its number, each would be for itself.

        :param start: when recording began
        """
        rows = [
            (job.matches.partners[prospect.line].id, answer_id, value)
            for prospect in job.prospects
            for answer_id, value in prospect.numbers
        ]
        if not rows:
            return
        Response = self.env["crm.profiling.response"]
        Response.flush_model()
        self.env.cr.execute(
            SQL(
                """UPDATE crm_profiling_response response
                      SET value = told.value
                     FROM unnest(%s::int[], %s::int[], %s::float8[])
                          AS told (partner_id, answer_id, value)
                     JOIN res_partner partner ON partner.id = told.partner_id
                    WHERE response.answer_id = told.answer_id
                      AND response.partner_id
                          IN (partner.id, partner.commercial_partner_id)
                      AND response.source = 'import'
                      AND response.write_uid = %s
                      AND response.write_date >= %s""",
                *map(list, zip(*rows, strict=True)),
                self.env.uid,
                start,
            )
        )
        Response.invalidate_model(["value", "number"], flush=False)

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
