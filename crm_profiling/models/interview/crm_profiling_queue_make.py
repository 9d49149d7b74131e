from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..catalog.wording import moment_words


class CrmProfilingQueue(models.Model):
    """A call list is made of contacts that were chosen, and says who is left out."""

    _inherit = "crm.profiling.queue"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _create_for(self, partners, left_out=None, leads=(), **vals):
        """Return a new call list of contacts.

        :param left_out: ``{reason: contacts}`` who cannot be called
        :param leads: leads and opportunities that the contacts are called about
        :param vals: of the list, its name for one
        :raise UserError: where nobody can be called
        """
        left_out = left_out or {}
        self._check_anybody(partners, left_out)
        about = {lead._profiling_to_call(): lead.id for lead in reversed(leads)}
        return self.create(
            {
                "name": self._name_for(len(partners)),
                "note": self._left_out_text(left_out, for_everybody=True),
                "line_ids": [
                    Command.create(
                        {
                            "partner_id": partner.id,
                            "sequence": rank,
                            "visible_lead_id": about.get(partner, False),
                        }
                    )
                    for rank, partner in enumerate(partners, start=1)
                ],
                **vals,
            }
        )

    @api.model
    def _check_anybody(self, partners, left_out):
        """Refuse a call list of nobody.

        :raise UserError: saying who cannot be called, and why
        """
        if not partners:
            raise UserError(
                self.env._(
                    "None of these contacts can be called. Choose others.\n%(why)s",
                    why=self._left_out_text(left_out),
                )
            )

    @api.model
    def _name_for(self, count, what=""):
        """Return the name of a call list by what was chosen, or when.

        :param what: what those in it have in common
        """
        if not what:
            # the time of day too: one makes several a day
            now = fields.Datetime.now()
            what = moment_words(self.env, now)
        if count == 1:
            return self.env._("%(what)s, 1 contact", what=what)
        return self.env._("%(what)s, %(count)s contacts", what=what, count=count)

    @api.model
    def _action_new(self, name, partners=(), leads=()):
        """Ask what to ask before a call list is made.

        :param partners: contacts to call
        :param leads: leads and opportunities, whose contacts are called
        """
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Call through these"),
            "res_model": "crm.profiling.call.list",
            "view_mode": "form",
            "views": [[False, "form"]],
            "target": "new",
            "context": {
                "dialog_size": "medium",
                "default_name": name,
                "default_chosen": [one.id for one in (*partners, *leads)],
                "default_partner_ids": [Command.set([p.id for p in partners])],
                "default_lead_ids": [Command.set([lead.id for lead in leads])],
            },
        }

    @api.model
    def _left_out_text(self, left_out, for_everybody=False):
        """Say who is left out of a call list, and why.

        :param left_out: ``{reason: contacts}``, whom the user may see
        :param for_everybody: count those of a company: others read the list, too
        """
        lines = []
        for reason, who in left_out.items():
            named = who.filtered(lambda one: not (for_everybody and one.company_id))
            names = named.mapped("display_name")
            if more := len(who - named):
                names.append(self.env._("%s of a company", more))
            if names:
                lines.append(f"{reason}: {', '.join(names)}")
        return "\n".join(lines)
