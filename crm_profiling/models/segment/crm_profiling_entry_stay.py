from collections import defaultdict

from odoo import api, fields, models


class CrmProfilingEntry(models.AbstractModel):
    """Acts on those who entered or left, and keeps it with their stays."""

    _inherit = "crm.profiling.entry"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _stays(self):
        """Return the model of stays; who may change the contact is not asked here."""
        return self.env["crm.profiling.stay"].sudo()

    @api.model
    def _enter(self, profile, contacts, left_out=None):
        """Act on contacts because they are in, and tell it on their chatter.

        :param left_out: see `_act`
        """
        if not contacts:
            return
        done = self._act(profile, contacts, left_out=left_out)
        self = self.sudo()._alone()
        profile, contacts = profile.with_env(self.env), contacts.with_env(self.env)
        stays = self._stays()._now_in(profile, contacts)
        missing = contacts - stays.partner_id
        stays |= self._stays()._begin(profile, missing, "done")
        lines = {
            stay.partner_id.id: [
                *(outcome.said for outcome in done[stay.partner_id.id].values()),
                *stay._left_out_lines(),
            ]
            for stay in stays
        }
        told = stays.filtered(lambda s: not s.is_back or lines[s.partner_id.id])
        self._tell(profile, "enter", told.partner_id, lines)
        stays.deed_ids.filtered(lambda deed: deed.state == "withdrawn").unlink()
        stays._remember(done)
        stays.write({"state": "done", "is_back": False})
        self.env["crm.profiling.membership"]._note_acted(profile, contacts)

    @api.model
    def _leave(self, profile, stays, kept=None, left_out=None):
        """Act on contacts because they left, and tell it on their chatter.

        :param stays: of one profile; they are over then
        :param kept: what stays of what was done on entry, ``{deed: sentence}``
        :param left_out: see `_act`
        """
        if not stays:
            return
        if kept is None:
            kept = self._withdraw(stays)
        contacts = stays.partner_id
        done = self._act(profile, contacts, "leave", left_out)
        self = self.sudo()._alone()
        stays, contacts = stays.with_env(self.env), contacts.with_env(self.env)
        lines = defaultdict(list)
        for stay in stays:
            withdrawn = stay.deed_ids.filtered(lambda d: d.state == "withdrawn")
            said = [kept[deed] for deed in stay.deed_ids if deed in kept]
            said += [one.said for one in done[stay.partner_id.id].values()]
            lines[stay.partner_id.id] = [
                *withdrawn.mapped("said"),
                *said,
                *stay._left_out_lines(),
            ]
        self._tell(profile, "leave", contacts, lines)
        stays._remember(done)
        stays.write({"state": "left", "date": fields.Datetime.now()})
