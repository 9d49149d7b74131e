from odoo import api, models
from odoo.exceptions import ValidationError


class ResPartner(models.Model):
    """Contacts are listed as Contacts by Category does."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def action_profiling_list(self, domain, name=None):
        """Open the contacts of a domain in the list of Contacts by Category."""
        return self._action_profiling_contacts(domain, name or self.env._("Contacts"))

    @api.model
    def _action_profiling_contacts(self, domain, name):
        """List contacts as Contacts by Category does."""
        plain = super()._action_profiling_contacts(domain, name)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_profiling.res_partner_action_by_category"
        )
        # by its path it would be opened again without the domain
        for key in ("id", "xml_id", "path"):
            action.pop(key, None)
        said = {key: plain[key] for key in ("name", "domain", "context")}
        return {**action, **said, "display_name": name}

    @api.model
    def action_profiling_contacts(self, field_name, domain, name=None):
        """Open the contacts behind a figure of a report.

        :param field_name: ``"profiling_response_ids"`` or
            ``"profiling_membership_ids"``
        :param list domain: of the responses or memberships that were counted
        """
        if field_name not in ("profiling_response_ids", "profiling_membership_ids"):
            raise ValidationError(self.env._("There are no such contacts."))
        return self._action_profiling_contacts(
            [(field_name, "any", domain)], name or self.env._("Contacts")
        )
