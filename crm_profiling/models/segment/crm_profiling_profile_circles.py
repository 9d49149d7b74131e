from odoo import api, models
from odoo.exceptions import ValidationError


class CrmProfilingProfile(models.Model):
    """What a profile goes by is not found from what it does on entry."""

    _inherit = "crm.profiling.profile"  # pylint: disable=consider-merging-classes-inherited

    @api.constrains(
        lambda self: [
            "required_answer_ids",
            "excluded_answer_ids",
            "parent_id",
            *self._entry_fields(),
        ]
    )
    def _check_entry_is_not_looked_at(self):
        """Refuse what would follow from itself.

        :raise ValidationError: naming the question
        """
        everything = self.with_context(active_test=False).sudo()
        for profile in everything.search([("id", "child_of", self.ids)]):
            written = {
                name
                for action in self.env["crm.profiling.entry.action"]._all()
                if action._is_wanted(profile)
                for name in action._writes
            }
            questions = (profile | profile._ancestors())._own_answers().question_id
            for question in questions.filtered(lambda one: one.origin == "contact"):
                looked_at = {use.fields[0].name for use in question._all_uses()}
                if written & looked_at:
                    raise ValidationError(
                        self.env._(
                            "“%(question)s” looks at what the profile “%(profile)s”"
                            " writes on contacts that enter it: who is in it would"
                            " depend on itself.",
                            question=question.name,
                            profile=profile.name,
                        )
                    )
