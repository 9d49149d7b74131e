from odoo import api, models
from odoo.exceptions import UserError

from ..catalog.wording import quoted


class CrmProfilingImport(models.Model):
    """What is left out or imported in part, to be seen and downloaded."""

    _inherit = "crm.profiling.import"  # pylint: disable=consider-merging-classes-inherited

    def action_rejected(self):
        """Download the lines that were left out, or would be, with the reasons."""
        rejected, _warnings = self._remarks()
        label = self.env["crm.profiling.import.columns"]._reason_label()
        title = self.env._("%s, lines left out", self._stem())
        return self._offer_lines(title, label, rejected)

    def action_warnings(self):
        """Download the lines imported without something, and without what."""
        _rejected, warnings = self._remarks()
        label = self.env["crm.profiling.import.columns"]._warning_label()
        title = self.env._("%s, imported in part", self._stem())
        return self._offer_lines(title, label, warnings)

    def _offer_lines(self, title, label, remarks):
        """Return the action that downloads lines, each with what there is to say."""
        me, remarks = self.sudo(), dict(remarks)
        if not me.lines:
            raise UserError(
                self.env._("The lines of “%s” are not kept any more.", self.name)
            )
        kept = [i for i, heading in enumerate(me.headings) if heading != label]
        rows = [
            [*(cells[i] for i in kept), self._numbered(number, remarks[number])]
            for number, *cells in self._lines()
            if number in remarks
        ]
        _stem, _dot, ending = self.name.rpartition(".")
        return self.env["crm.profiling.export"]._offer(
            title,
            [*(me.headings[i] for i in kept), label],
            rows,
            "csv" if ending.lower() in ("csv", "txt") else "xlsx",
        )

    def _stem(self):
        stem, dot, _ending = self.name.rpartition(".")
        return stem if dot else self.name

    @api.model
    def _numbered(self, line, remark):
        return self.env._("Line %(line)s: %(remark)s", line=line, remark=remark)

    def _remarks(self):
        """Return why lines are left out, and without what others are imported."""
        self._check_mine()
        if self.state != "draft":
            return self.sudo().rejected or [], self.sudo().warnings or []
        return self._plan_remarks(*self._previewed())

    @api.model
    def _plan_remarks(self, plan, outcome, job):
        errors = {**plan.errors, **outcome.errors}
        for line, answer_ids in job.outdated.items():
            plan.warn(line, self._outdated_remark(answer_ids))
        warnings = [(n, said) for n, said in plan.warnings.items() if n not in errors]
        return sorted(errors.items()), sorted(warnings)

    @api.model
    def _outdated_remark(self, answer_ids):
        answers = self.env["crm.profiling.answer"].browse(sorted(answer_ids))
        return self.env._(
            "Without %(answers)s: the contact has said something else since.",
            answers=", ".join(quoted(self.env, one.display_name) for one in answers),
        )
