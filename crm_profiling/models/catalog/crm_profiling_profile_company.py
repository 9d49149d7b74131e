from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class CrmProfilingProfile(models.Model):
    """A profile is of a company that its questions, parent and parts may be of."""

    _inherit = "crm.profiling.profile"  # pylint: disable=consider-merging-classes-inherited

    def write(self, vals):
        result = super().write(vals)
        if "company_id" in vals:
            # Odoo looks upwards only; they must not hold whom this one may not
            parts = self.sudo().with_context(active_test=False).child_ids
            self._check_company_of(parts, ["parent_id"])
        return result

    def _check_company(self, fnames=None):
        """Say in words what a question of one company needs.

        Where there is but one company nobody sees the field: it is that one.
        """
        for profile in self.filtered(lambda profile: not profile.company_id):
            told = profile.sudo()._own_answers().question_id.filtered("company_id")
            questions = told.with_env(profile.env)._filtered_access("read")
            company = told[:1].company_id or profile.parent_id.sudo().company_id
            if company and profile._is_only_company():
                profile.company_id = company
            elif told and questions == told:
                raise ValidationError(
                    profile.env._(
                        "“%(question)s” is a question of %(company)s, and “%(profile)s”"
                        " is of every company. Choose %(company)s as the company of the"
                        " profile.",
                        question=questions[:1].name,
                        company=company.name,
                        profile=profile.name,
                    )
                )
        return super()._check_company(fnames)

    @api.model
    def _is_only_company(self):
        everything = self.env["res.company"].sudo().with_context(active_test=False)
        return everything.search_count(Domain.TRUE, limit=2) == 1
