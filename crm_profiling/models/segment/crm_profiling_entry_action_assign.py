from collections import defaultdict

from odoo import api, models

from .crm_profiling_entry_action import Outcome


class CrmProfilingEntryActionAssign(models.AbstractModel):
    """Gives contacts to a salesperson."""

    _name = "crm.profiling.entry.action.assign"
    _inherit = ["crm.profiling.entry.action"]
    _description = "Profiling: Give Contacts to a Salesperson on Entry"

    _rank = 10
    _profile_fields = ("entry_assign", "entry_user_id", "entry_team_id")
    _writes = frozenset({"user_id"})

    @api.model
    def _is_wanted(self, profile):
        if profile.entry_assign == "user":
            return bool(profile.entry_user_id)
        return profile.entry_assign == "team" and bool(profile.entry_team_id)

    @api.model
    def _told(self, profile):
        whom = "entry_user_id" if profile.entry_assign == "user" else "entry_team_id"
        return self._chosen_in(profile, "entry_assign", whom)

    @api.model
    def _act(self, profile, contacts):
        """Give contacts without a salesperson to one."""
        orphans = self._orphans(contacts)
        chosen = self._chosen(profile, orphans)
        for user, theirs in chosen.items():
            theirs.write({"user_id": user.id})
        return self._said(profile, orphans, chosen)

    @api.model
    def _foresee(self, profile, contacts):
        orphans = self._orphans(contacts)
        return self._said(profile, orphans, self._chosen(profile, orphans))

    @api.model
    def _said(self, profile, orphans, chosen):
        """Return what to tell of those who had no salesperson.

        :param chosen: see `_chosen`
        """
        if orphans and not chosen:
            return dict.fromkeys(orphans.ids, self._nobody(profile))
        return {
            contact.id: self.env._("salesperson: %s", user.name)
            for user, theirs in chosen.items()
            for contact in theirs
        }

    @api.model
    def _orphans(self, contacts):
        return contacts.filtered(lambda contact: not contact.user_id)

    @api.model
    def _chosen(self, profile, contacts):
        """Return ``{user: contacts}`` of those without a salesperson, as of now."""
        candidates = profile._entry_candidates()
        if not candidates:
            return {}
        return self._choose(profile, self._orphans(contacts), candidates)

    @api.model
    def _nobody(self, profile):
        said = self.env._(
            "no salesperson: nobody in “%s” takes contacts at the moment",
            profile.entry_team_id.name or profile.entry_user_id.name,
        )
        return Outcome(said, is_done=False)

    @api.model
    def _choose(self, profile, contacts, candidates):
        """Return ``{user: contacts}``: colleagues go to the same user.

        The next company goes to whoever has the fewest contacts of this profile.
        """
        load = profile._entry_load(candidates) if len(candidates) > 1 else {}
        known = self._salespeople(contacts.commercial_partner_id)
        chosen = defaultdict(contacts.browse)
        for company, theirs in contacts.grouped("commercial_partner_id").items():
            user = known.get(company) or min(
                candidates, key=lambda user: load.get(user, 0)
            )
            chosen[user] |= theirs
            load[user] = load.get(user, 0) + len(theirs)
        return chosen

    @api.model
    def _salespeople(self, companies):
        """Return ``{company: user}`` of those who have a salesperson already.

        The company's own; else whoever has most of its contacts.
        """
        rows = self.env["res.partner"]._read_group(
            [
                ("commercial_partner_id", "in", companies.ids),
                ("user_id.active", "=", True),
            ],
            ["commercial_partner_id", "user_id"],
            order="__count, user_id desc",
        )
        own = {c: c.user_id for c in companies if c.user_id.active}
        return dict(rows) | own

    @api.model
    def _failure(self, reason):
        return self.env._("no salesperson could be set: %s", reason)
