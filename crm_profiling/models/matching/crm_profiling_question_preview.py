from odoo import api, fields, models
from odoo.exceptions import UserError

from ...catalog import ASKED

# Profiles of which a change of conditions is foreseen: each takes a pass over contacts.
FORESEEN = 5


class CrmProfilingQuestion(models.Model):
    """What saving other conditions would change."""

    _inherit = "crm.profiling.question"  # pylint: disable=consider-merging-classes-inherited

    change_preview = fields.Char(
        compute="_compute_change_preview",
        help="What saving the conditions as they stand in the form would change.",
    )

    @api.depends(
        "origin",
        "level",
        "selection_mode",
        "domain",
        "by_number",
        "number_field",
        "answer_ids.value_from",
        "answer_ids.without_number",
        "answer_ids.domain",
        "answer_ids.active",
        "answer_ids.sequence",
    )
    def _compute_change_preview(self):
        for question in self:
            is_known = question.origin in ("contact", ASKED)
            is_changed = is_known and question._has_changed()
            question.change_preview = is_changed and question._foresee()

    def _has_changed(self):
        """Whether other answers would be found if the form were saved."""
        saved = self._origin
        if not saved or saved.origin != self.origin:
            return False
        try:
            if self.origin != ASKED:
                self._checked_conditions()
            return (saved._told_now(), saved.level) != (self._told_now(), self.level)
        except (ValueError, UserError):
            return False

    def _foresee(self):
        """Return in words how many would enter and leave the profiles in use."""
        Preview = self.env["crm.profiling.preview"]
        profiles = self._origin.profile_ids.filtered("active")
        profiles = profiles.filtered(lambda one: not Preview._is_hidden(one._draft()))
        if not profiles:
            return False
        parts, states = [], self._states_sql()
        for profile in profiles[:FORESEEN]:
            counts = Preview._preview(profile._draft(), states)
            if counts["added"] or counts["removed"]:
                parts.append(
                    self.env._(
                        "%(profile)s: +%(added)s, −%(removed)s",
                        profile=profile.name,
                        added=counts["added"],
                        removed=counts["removed"],
                    )
                )
        if not parts:
            return self.env._("Saving this moves nobody.")
        return self.env._("Saving this: %s", "; ".join(parts))

    def _states_sql(self):
        """Return what is known of each contact if the form were saved."""
        source = self.env["crm.profiling.source"]._of(self.origin)
        catalog = self.env["crm.profiling.catalog"]._get()
        questions = catalog.questions.values()
        saved = next(q for q in questions if q.id == self._origin.id)
        counted = source._counted_of_draft_sql(self)
        return self.env["crm.profiling.preview"]._looked_up_sql([saved], counted)
