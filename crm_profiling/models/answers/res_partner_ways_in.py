from odoo import api, models

from ..catalog.arguments import check_values, list_of
from .later import Later

# Written on a contact, these change which answers concern it.
MOVES = {"parent_id", "is_company", "type", "company_id", "active"}


class ResPartner(models.Model):
    """Answers come with a contact, or move with it, whichever way it is written."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    @api.model_create_multi
    def create(self, vals_list):
        """Store answers once all contacts are there, and all at once."""
        vals_list = list_of(self.env, vals_list)
        given = [vals.get("profiling_answer_ids") for vals in vals_list]
        partners = super().create(
            [self._profiling_without_answers(vals) for vals in vals_list]
        )
        answered = {
            partner.id: commands
            for partner, commands in zip(partners, given, strict=True)
            if commands
        }
        # Contacts know what their company does, even if nobody asked them.
        concerned = self._profiling_record(answered) if answered else self.browse()
        inside = partners.filtered("parent_id")
        inside._profiling_meet_companies()
        later = self.env.context.get("profiling_later")
        if isinstance(later, Later):
            later.ids.update((concerned | inside).ids)
        else:
            (concerned | inside | self._profiling_moved_on())._profiling_apply()
        return partners

    def write(self, vals):
        """Store answers, and hand them over where contacts come to another company."""
        check_values(self.env, vals)
        moved = MOVES & vals.keys()  # super takes some values out
        result = super().write(self._profiling_without_answers(vals))
        concerned = self.browse()
        if moved:
            concerned = self._profiling_moved()
        if "profiling_answer_ids" in vals:
            commands = vals["profiling_answer_ids"]
            concerned |= self._profiling_record(dict.fromkeys(self.ids, commands))
        (concerned | self._profiling_moved_on())._profiling_apply()
        return result

    def _profiling_without_answers(self, vals):
        """Return the values less the answers, which the caller stores itself.

        Left to the field's inverse they would be read before and after, for every
        contact, and the commands be lost: that two answers were set at once.
        """
        if "profiling_answer_ids" not in vals:
            return vals
        self._check_field_access(self._fields["profiling_answer_ids"], "write")
        return {k: v for k, v in vals.items() if k != "profiling_answer_ids"}

    def unlink(self):
        """Evaluate the contacts that lose their company, once it is gone."""
        orphans = self._profiling_with_descendants() - self
        result = super().unlink()
        orphans.exists()._profiling_apply()
        return result

    def _profiling_moved(self):
        """Hand over what those said of their company who have another one now.

        :return: the contacts to evaluate
        """
        self._profiling_refresh()
        partners = self._profiling_with_descendants()
        partners._profiling_meet_companies()
        # The answers follow the contact, whoever may change the company.
        Response = self.env["crm.profiling.response"].sudo()
        return partners | partners.browse(Response._hand_over(partners.ids))

    def _profiling_meet_companies(self):
        """Exclude that somebody answers for the companies of these just now."""
        questions = self.env["crm.profiling.catalog"]._get().questions.values()
        companies = self.sudo().commercial_partner_id - self
        if companies and any(question.of_company for question in questions):
            companies._profiling_meet()

    def _profiling_with_descendants(self):
        Partner = self.sudo().with_context(active_test=False)
        return Partner.search([("id", "child_of", self.ids)])
