from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# Profiles or tags that a call list is named after: more make no name.
NAMED = 3


class CrmProfilingSegment(models.AbstractModel):
    """Contacts to do something with: those of profiles, of tags, or chosen in a list.

    Each action opens what Odoo has for it, filled in.
    """

    _name = "crm.profiling.segment"
    _description = "Profiling Segment"

    # ------------------------------------------------------------------
    # Who, and in what profile
    # ------------------------------------------------------------------

    @api.model
    def _segment_field(self):
        """Return the field of contacts that says whether they belong to it."""
        return None

    def _segment_domain(self):
        field = self._segment_field()
        return Domain(field, "in", self.ids) if field else Domain.FALSE

    def _segment_contacts(self):
        """Return the contacts, in the user's sight.

        :raise UserError: if there are none
        """
        contacts = self.env["res.partner"].search(self._segment_domain())
        if not contacts:
            raise UserError(
                self.env._("There is nobody here yet. Choose some contacts first.")
            )
        return contacts

    def _segment_profiles(self):
        """Return the profiles that all the contacts are in, the narrowest first."""
        return self.env["crm.profiling.profile"]

    # ------------------------------------------------------------------
    # What to do with them
    # ------------------------------------------------------------------

    def action_segment_email(self):
        """Write to them, by Odoo's composer and the template of their profile.

        The e-mails wait in the queue, and the blacklist counts, however few they are.
        """
        self._segment_contacts()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("E-mail these contacts"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_composition_mode": "mass_mail",
                "default_model": "res.partner",
                "default_res_domain": repr(list(self._segment_domain())),
                "default_template_id": (
                    self._segment_profiles().mail_template_id[:1].id
                ),
                "default_use_exclusion_list": True,
                "default_force_send": False,
                "crm_profiling_segment": True,  # say how many get it
            },
        }

    def action_segment_schedule(self):
        """Schedule activities for them, by Odoo's own wizard."""
        contacts = self._segment_contacts()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Schedule activities"),
            "res_model": "mail.activity.schedule",
            "view_mode": "form",
            "target": "new",
            "context": {
                "dialog_size": "medium",
                "active_model": "res.partner",
                "active_id": contacts[:1].id,
                "active_ids": contacts.ids,
                # up to 500 the wizard finds them itself
                "default_res_ids": repr(contacts.ids),
                "default_summary": self._segment_profiles()[:1].name,
            },
        }

    def action_segment_opportunities(self):
        """Create an opportunity for each of them."""
        contacts = self._segment_contacts()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Create opportunities"),
            "res_model": "crm.profiling.opportunity",
            "view_mode": "form",
            "target": "new",
            "context": {
                "dialog_size": "medium",
                "default_profile_id": self._segment_profiles()[:1].id,
                "default_partner_ids": [fields.Command.set(contacts.ids)],
            },
        }

    def action_segment_call(self):
        """Call through them, by a call list of their name."""
        contacts = self._segment_contacts()
        action = contacts.action_profiling_call_list()
        if what := self._segment_words():
            kept, _left_out = contacts._profiling_sort_out()
            name = self.env["crm.profiling.queue"]._name_for(len(kept), what)
            action["context"]["default_name"] = name
        return action

    def _segment_words(self):
        """Return the names of what was chosen, "" where they are too many to say."""
        return ", ".join(self.mapped("name")) if len(self) <= NAMED else ""

    def action_segment_export(self):
        """Export them with a column for each question, as they can be imported."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_profiling.crm_profiling_export_action"
        )
        contacts = self._segment_contacts()
        context = {"default_partner_ids": [fields.Command.set(contacts.ids)]}
        return {**action, "context": context}
