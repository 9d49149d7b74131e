from markupsafe import Markup

from odoo import api, models


class CrmProfilingEntry(models.AbstractModel):
    """Tells what was done, on the chatter, or what failed, on the profile."""

    _inherit = "crm.profiling.entry"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _tell(self, profile, moment, contacts, lines):
        """Leave one note on the chatter of each contact.

        :param moment: that they "enter" or that they "leave" the profile
        :param lines: what was done, ``{contact_id: sentences}``
        """
        item = Markup("<li>%s</li>")
        bodies = {}
        for contact in contacts:
            items = Markup().join(item % line for line in lines.get(contact.id, ()))
            body = Markup("<p>%s</p>") % self._title(profile, moment, contact)
            bodies[contact.id] = body + Markup("<ul>%s</ul>") % items if items else body
        contacts._message_log_batch(bodies)

    @api.model
    def _title(self, profile, moment, contact):
        """Return what happened to a contact, for all who read it."""
        if not profile._is_named_on(contact):
            if moment == "enter":
                return self.env._("Entered a profile of one company.")
            return self.env._("Left a profile of one company.")
        if moment == "enter":
            return self.env._("Entered the profile “%s”.", profile.name)
        return self.env._("Left the profile “%s”.", profile.name)

    @api.model
    def _note_errors(self, profile, errors):
        """Show the manager what failed, until something works again.

        Written only if it is another one: profiles are read by many at once.
        """
        text = "\n".join(errors) or False
        if (profile.entry_error or False) != text:
            profile.write({"entry_error": text})
