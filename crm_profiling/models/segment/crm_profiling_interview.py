from odoo import models


class CrmProfilingInterview(models.Model):
    """What profiles do on entry and on leaving waits until the interview is over."""

    _inherit = "crm.profiling.interview"  # pylint: disable=consider-merging-classes-inherited

    def get_follow_up(self):
        """Return what profiles are going to do once this conversation is over.

        :return: ``{"entries": [{stay_id, contact, profile, left, can_write, lines}],
            "hidden": how many more are not the user's to see, "others": names of who
            else is talking to the company, for whose end it waits then}``
        """
        self.ensure_one()
        self.check_access("read")
        stays = self._waiting_stays()
        shown = self._visible(stays)
        foreseen = self.env["crm.profiling.entry"]._foresee(shown.sudo())
        return {
            "entries": [
                self._stay_entry(stay, foreseen[stay]) for stay in shown.sudo()
            ],
            "hidden": len(stays) - len(shown),
            # one may talk to several of a company
            "others": list(
                dict.fromkeys(
                    one.user_id.name or self.env._("Somebody")
                    for one in self._others_talking()
                )
            ),
        }

    def _company(self):
        """Return the commercial entity that is being talked to."""
        return self.sudo().partner_id.commercial_partner_id

    def _waiting_stays(self):
        """Return what waits for this conversation."""
        Stay = self.env["crm.profiling.stay"].sudo()
        return Stay.search(Stay._waiting(self._company()))

    def _visible(self, stays):
        """Keep the stays whose contact and profile the user may read."""
        contacts = stays.partner_id.with_env(self.env)._filtered_access("read")
        profiles = stays.profile_id.with_env(self.env)._filtered_access("read")
        return stays.filtered(
            lambda stay: stay.partner_id in contacts and stay.profile_id in profiles
        )

    def _stay_entry(self, stay, lines):
        contact = stay.partner_id.with_env(self.env)
        return {
            "stay_id": stay.id,
            "contact": contact.name or contact.display_name,
            "profile": stay.profile_id.with_env(self.env).name,
            "left": stay._moment() == "leave",
            "can_write": contact.has_access("write"),
            "lines": lines,
        }

    def _others_talking(self):
        entry = self.env["crm.profiling.entry"]
        return entry._active_interviews(self._company()) - self.sudo()
