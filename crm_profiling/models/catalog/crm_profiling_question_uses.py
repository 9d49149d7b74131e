from odoo import api, fields, models


class CrmProfilingQuestion(models.Model):
    """What it means for a question that profiles use it."""

    _inherit = "crm.profiling.question"  # pylint: disable=consider-merging-classes-inherited

    profile_ids = fields.Many2many(
        comodel_name="crm.profiling.profile",
        string="Used by profiles",
        compute="_compute_profile_ids",
    )
    archive_warning = fields.Char(
        compute="_compute_archive_warning",
        help="What archiving the question would mean for the profiles that use it.",
    )

    @api.depends("answer_ids")
    def _compute_profile_ids(self):
        Profile = self.env["crm.profiling.profile"].with_context(active_test=False)
        answers = self.with_context(active_test=False).answer_ids
        users = Profile.search(Profile._mentions_domain(answers.ids))
        for question in self:
            question.profile_ids = users.filtered(
                lambda profile, question=question._origin: (
                    question in profile._own_answers().question_id
                )
            )

    @api.depends("name", "profile_ids")
    def _compute_archive_warning(self):
        for question in self:
            profiles = question.profile_ids.filtered("active")
            question.archive_warning = bool(profiles) and self.env._(
                "“%(question)s” is used by %(profiles)s: contacts who have not answered"
                " it yet will not be asked, and will not match.",
                question=question.name,
                profiles=profiles._quoted(),
            )

    def _check_profiles_company(self):
        """Refuse to take a question away from profiles of another company."""
        Profile = self.env["crm.profiling.profile"].sudo()
        answers = self.with_context(active_test=False).answer_ids
        self._check_company_of(
            Profile.with_context(active_test=False).search(
                Profile._mentions_domain(answers.ids)
            )
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        self.with_context(active_test=False).answer_ids._unlink_except_in_use()
