from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Command


class ResPartner(models.Model):
    """Takes answers as the client's commands give and take them."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

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
