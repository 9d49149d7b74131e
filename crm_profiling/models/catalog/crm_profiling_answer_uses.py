from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class CrmProfilingAnswer(models.Model):
    """An answer that something uses stays what it is."""

    _inherit = "crm.profiling.answer"  # pylint: disable=consider-merging-classes-inherited

    @api.onchange("active")
    def _onchange_active(self):
        """Say what an answer means to profiles before it is taken out of use."""
        profiles = self._origin._profiles() if not self.active else ()
        if profiles:
            return {
                "warning": {
                    "title": self.env._("This answer is in use"),
                    "message": self.env._(
                        "“%(answer)s” is used by %(profiles)s: nobody can give it any"
                        " more once this is saved. Who gave it keeps it.",
                        answer=self.name,
                        profiles=profiles._quoted(),
                    ),
                }
            }
        return None

    def _check_move(self, question_id):
        """Refuse to move an answer in use: it would change what profiles mean."""
        moving = self.filtered(lambda answer: answer.question_id.id != question_id)
        for answer, uses in moving._used():
            raise UserError(
                self.env._(
                    "The answer “%(answer)s” cannot move to another question: it is"
                    " used by %(uses)s. Create a new answer there instead.",
                    answer=answer.display_name,
                    uses=uses,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        for answer, uses in self._used():
            raise UserError(
                self.env._(
                    "The answer “%(answer)s” cannot be deleted: it is used by %(uses)s."
                    " Archive it instead.",
                    answer=answer.display_name,
                    uses=uses,
                )
            )

    def _profiles(self):
        """Return the profiles in use that mention one of these answers."""
        Profile = self.env["crm.profiling.profile"]
        return Profile.search(
            Profile._mentions_domain(self.ids) & Domain("active", "=", True)
        )

    def _used(self):
        """Return ``[(answer, what uses it, in words)]`` for the answers in use."""
        uses = self._uses()
        return [(answer, ", ".join(uses[answer])) for answer in self if uses[answer]]

    def _uses(self):
        """Return ``{answer: what uses it, each in words}``; extended by what else does.

        :rtype: dict of lists of strings, with all of the answers
        """
        Profile = self.env["crm.profiling.profile"].sudo()
        profiles = Profile.with_context(active_test=False).search(
            Profile._mentions_domain(self.ids)
        )
        return {
            answer: [
                self.env._("the profile “%s”", name)
                for name in self._readable_names(
                    profiles.filtered(
                        lambda profile, answer=answer: (
                            answer in profile._own_answers()
                        )
                    )
                )
            ]
            for answer in self
        }
