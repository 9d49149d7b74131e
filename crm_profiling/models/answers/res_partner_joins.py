from odoo import api, models
from odoo.exceptions import ValidationError

from ..catalog.arguments import check_values, list_of

# Written on a contact, these say whose company's answers count for it.
JOINS = ("parent_id", "commercial_partner_id")


class ResPartner(models.Model):
    """Nobody puts a contact into a company that is hidden from them.

    Odoo does not mind. But what the contact said of its company would be handed over
    and count there, and what the company answered would be told of the contact.
    """

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    @api.model_create_multi
    def create(self, vals_list):
        """Look at the companies of new contacts, those that come by default too.

        :raise ValidationError: for one that is not there for the user
        """
        vals_list = list_of(self.env, vals_list)
        if not self.env.su:
            defaults = self.default_get(list(JOINS))
            for name in JOINS:
                told = [vals.get(name, defaults.get(name)) for vals in vals_list]
                self._profiling_check_joined(name, list(filter(None, told)))
        return super().create(vals_list)

    def write(self, vals):
        """Look at the company that contacts come to.

        :raise ValidationError: for one that is not there for the user
        """
        check_values(self.env, vals)
        for name in JOINS if not self.env.su else ():
            if vals.get(name) and any(p[name].id != vals[name] for p in self.sudo()):
                self._profiling_check_joined(name, [vals[name]])
        return super().write(vals)

    @api.model
    def _profiling_check_joined(self, name, ids):
        """Refuse companies that are hidden, in the words for those that are gone."""
        if not self.env["crm.profiling.guarded"]._are_readable("res.partner", ids):
            raise ValidationError(
                self.env._(
                    "What was chosen for “%(field)s” is not there. Reload the page and"
                    " choose again.",
                    field=self._fields[name]._description_string(self.env),
                )
            )
