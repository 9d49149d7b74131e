from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Command

from ..catalog.crm_profiling_sealed import check_values, list_of
from ..catalog.ours import OURS
from .res_partner_later import Later

# Written on a contact, these change which answers concern it.
MOVES = {"parent_id", "is_company", "type", "company_id", "active"}


class ResPartner(models.Model):
    """Answers come with a contact, or move with it, whichever way it is written."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    # ------------------------------------------------------------------
    # Give and take answers
    # ------------------------------------------------------------------

    def _inverse_profiling_answer_ids(self):
        """Make the field writable; `create` and `write` take its values out before."""
        self._profiling_record(
            {p.id: [Command.set(p.profiling_answer_ids._origin.ids)] for p in self}
        )._profiling_apply()

    @api.model
    def _profiling_record(self, commands):
        """Store the answers that x2many commands give and take.

        :param commands: ``{partner_id: commands}``
        :return: the contacts to evaluate
        :raise ValidationError: naming what is wrong with them, and what to do
        """
        return self.env["crm.profiling.response"]._record(
            {
                partner_id: self._profiling_parse(value)
                for partner_id, value in commands.items()
            }
        )

    @api.model
    def _profiling_parse(self, commands):
        """Return the answers to give and to take (None: all others), as sets of ids."""
        if isinstance(commands, models.BaseModel):
            commands = [Command.set(commands.ids)]
        elif commands is False or commands is None:
            commands = [Command.clear()]
        elif not isinstance(commands, (list, tuple)):
            commands = [commands]
        give, take = set(), set()
        for command in commands:
            match command:
                case [Command.SET, _, list() | tuple() as ids] if all(
                    isinstance(answer_id, int) for answer_id in ids
                ):
                    give, take = set(ids), None
                case [Command.CLEAR, *_]:
                    give, take = set(), None
                case [Command.LINK, int() as answer_id, *_]:
                    give.add(answer_id)
                case [Command.UNLINK | Command.DELETE, int() as answer_id, *_]:
                    give.discard(answer_id)
                    if take is not None:
                        take.add(answer_id)
                case int():  # a plain list of ids means these and no others
                    give.add(command)
                    take = None
                case _:
                    raise ValidationError(
                        self.env._(
                            "“%(value)s” is not a list of answers. Link, unlink or set"
                            " answers by their ids.",
                            value=command,
                        )
                    )
        self._profiling_check_exist(give)
        return give, take

    @api.model
    def _profiling_check_exist(self, answer_ids):
        visible = self.env["crm.profiling.catalog"]._visible_answers()
        missing = [
            str(answer_id) for answer_id in answer_ids if answer_id not in visible
        ]
        if missing:
            raise ValidationError(
                self.env._(
                    "There is no answer number %(ids)s. It may have been deleted:"
                    " reload the page and choose again.",
                    ids=", ".join(missing),
                )
            )

    # ------------------------------------------------------------------
    # Ways in
    # ------------------------------------------------------------------

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

    # ------------------------------------------------------------------
    # Hooks
    # ------------------------------------------------------------------

    def _profiling_quietly(self):
        """Return these contacts, for a change that is nobody's answer.

        Whatever follows from it, nothing is done about it: profiles that they enter
        do not act.
        """
        return self.with_context(profiling_quiet=OURS)

    def _profiling_apply(self):
        """Hook: other answers count for these contacts than before.

        Called after they are stored, once for each change, with the user's rights.
        """

    def _profiling_meet(self):
        """Hook: contacts come to these companies, for which nobody may answer now."""

    @api.model
    def _action_profiling_contacts(self, domain, name):
        """Hook: return the action that lists contacts, under a name."""
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "res.partner",
            "view_mode": "list,kanban,form",
            "domain": domain,
            # created here, a contact would not be one of them
            "context": {"create": False},
        }
