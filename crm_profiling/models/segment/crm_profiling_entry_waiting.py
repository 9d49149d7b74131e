from odoo import api, models


class CrmProfilingEntry(models.AbstractModel):
    """Has what profiles do wait until the conversation is over.

    Whoever enters a profile is acted on at once, unless somebody is talking to the
    contact or to somebody of its company: then the stay waits, with the user who caused
    it. So it is with leaving. Contacts that come back in the same conversation have
    never been away.
    """

    _inherit = "crm.profiling.entry"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _entered(self, entered):
        """Act on contacts that entered profiles, or have them wait.

        :param entered: ``{profile: contacts}``
        """
        self = self.sudo()._alone()
        talking = self._talking()
        for profile, contacts in self._here(entered):
            stays = self._stays()._now_in(profile, contacts)
            back = stays.filtered(lambda stay: stay.state == "leaving")
            (stays - back).unlink()  # of before: left by nobody's answer
            self._come_back(back)
            back.user_id = self.env.uid
            new = contacts - back.partner_id
            waiting = self._talked_to(new, talking)
            self._stays()._begin(profile, waiting, "waiting")
            self._enter(profile, new - waiting)
            self._wake(talking, waiting | back.partner_id)

    @api.model
    def _left(self, left):
        """Withdraw what profiles did with contacts that left, and act on them.

        What is withdrawn is so at once: the e-mail might be sent meanwhile. The rest
        waits with the conversation.

        :param left: ``{profile: contacts}``
        """
        self = self.sudo()._alone()
        talking = self._talking()
        for profile, contacts in self._here(left):
            stays = self._stays()._now_in(profile, contacts)
            unnoticed = stays.filtered(lambda s: s.state == "waiting" and not s.is_back)
            contacts -= unnoticed.partner_id
            stays -= unnoticed
            unnoticed.unlink()  # entered and left again: nothing has happened
            kept = self._withdraw(stays)
            new = contacts - stays.partner_id
            stays |= self._stays()._begin(profile, new, "leaving")
            stays.write({"state": "leaving", "is_back": False, "user_id": self.env.uid})
            waiting = self._talked_to(contacts, talking)
            self._leave(profile, self._of(stays, contacts - waiting), kept)
            self._wake(talking, waiting)

    @api.model
    def _kept_out(self, barred):
        """Withdraw what profiles did with contacts that somebody keeps out.

        :param barred: ``{profile: contacts}``
        """
        self = self.sudo()._alone()
        actions = {action._name for action in self._stays()._actions()}
        for profile, contacts in self._here(barred):
            stays = self._stays()._now_in(profile, contacts)
            unnoticed = stays.filtered(lambda stay: stay.state == "waiting")
            stays -= unnoticed
            unnoticed.unlink()
            self._leave(profile, stays, left_out=dict.fromkeys(contacts.ids, actions))

    @api.model
    def _of(self, stays, contacts):
        return stays.filtered(lambda stay: stay.partner_id in contacts)

    @api.model
    def _talked_to(self, contacts, talking):
        """Keep those to whom, or to whose company, somebody is talking."""
        return contacts.filtered(lambda c: c.commercial_partner_id.id in talking)

    @api.model
    def _here(self, changes):
        """Return ``{profile: contacts}`` as pairs, in order and as we see them."""
        return [
            (profile.with_env(self.env), contacts.with_env(self.env))
            for profile, contacts in sorted(changes.items(), key=lambda one: one[0].id)
            if contacts
        ]

    @api.model
    def _come_back(self, stays):
        """Take it that these have never left.

        What was withdrawn meanwhile is to be done again, and nothing else.
        """
        for stay in stays:
            withdrawn = stay.deed_ids.filtered(lambda deed: deed.state == "withdrawn")
            state = "waiting" if withdrawn else "done"
            stay.write({"state": state, "is_back": bool(withdrawn)})
