from odoo import api, models
from odoo.exceptions import ValidationError


class CrmProfilingProfile(models.Model):
    """No profile gives a tag that answers are found by: it would follow from itself."""

    _inherit = "crm.profiling.profile"  # pylint: disable=consider-merging-classes-inherited

    @api.constrains("category_id")
    def _check_tag_is_not_looked_at(self):
        everything = self.env["crm.profiling.question"].sudo()
        everything = everything.with_context(active_test=False)
        Condition = self.env["crm.profiling.condition"]
        for question in everything.search([("origin", "=", "contact")]):
            tags = Condition._tags_given(question._tag_ids()) & self.category_id
            if tags:
                raise ValidationError(
                    self.env._(
                        "The tag “%(tag)s” cannot be given by a profile: “%(question)s”"
                        " looks at it, or at one above or below it.",
                        tag=tags[0].display_name,
                        question=question.name,
                    )
                )
