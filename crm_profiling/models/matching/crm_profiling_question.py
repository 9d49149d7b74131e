from odoo import api, fields, models

from ...catalog import ASKED


class CrmProfilingQuestion(models.Model):
    """What is found is kept of all contacts while some active profile mentions it."""

    _inherit = "crm.profiling.question"  # pylint: disable=consider-merging-classes-inherited

    looked_at = fields.Datetime(
        string="Last looked at",
        readonly=True,
        copy=False,
        sealed=True,
        help="When all contacts were last looked at. Empty while no profile in use"
        " mentions the question, or the background job is still to come.",
    )

    @api.model
    def _in_use_found(self):
        """Return the questions that are found and that active profiles mention."""
        catalog = self.env["crm.profiling.catalog"]._get()
        return self.sudo().browse(sorted(question.id for question in catalog.found))

    @api.model
    def _to_look_at(self):
        """Return the questions in use of which nothing is kept of contacts yet.

        Of those that are not in use any more nothing is kept up to date.
        """
        questions = self.env["crm.profiling.catalog"]._get().questions.values()
        found = {question.id for question in questions if question.origin != ASKED}
        if not found:
            return self.browse()
        used = self._in_use_found()
        (self.sudo().browse(found) - used).filtered("looked_at").looked_at = False
        return used.filtered(lambda question: not question.looked_at)

    def _note_looked_at(self):
        """Remember that all contacts are as these questions find them."""
        if self:
            self.sudo().looked_at = fields.Datetime.now()

    def _found_otherwise(self):
        """Have all contacts looked at."""
        result = super()._found_otherwise()
        self.env["crm.profiling.catalog"]._changed()
        if used := self.sudo() & self._in_use_found():
            used.looked_at = False
            profiles = used.profile_ids.filtered("active")
            self.env["crm.profiling.run"]._start(profiles)
        return result

    def _holders_changed(self, affected):
        result = super()._holders_changed(affected)
        # for those who answered meanwhile, out of this transaction's sight
        self.env["crm.profiling.run"]._look_again()
        return result

    def action_view_contacts(self):
        """Open the contacts of whom the answer is known, asked or found."""
        action = super().action_view_contacts()
        if self.origin != ASKED:
            answers = self.with_context(active_test=False).answer_ids
            known = [("profiling_found_answer_ids", "in", answers.ids)]
            return {**action, "domain": known}
        return action

    def action_look_now(self):
        """Look at all contacts now, instead of tonight.

        :raise AccessError: for those who may not change questions
        """
        self.check_access("write")
        self.filtered(lambda question: question.origin != ASKED)._found_otherwise()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("All contacts are being looked at."),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
