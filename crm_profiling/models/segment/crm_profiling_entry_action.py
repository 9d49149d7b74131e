from collections import defaultdict
from typing import NamedTuple

from odoo import api, fields, models


class Outcome(NamedTuple):
    """What an action did to a contact, or is going to do."""

    said: str  # for the chatter
    record: models.BaseModel | None = None  # what it made, to be withdrawn on leaving
    is_done: bool = True  # False: there was nothing to do, and why

    @classmethod
    def of(cls, value):
        """Return what an action returns for a contact; a sentence will do."""
        return value if isinstance(value, cls) else cls(value)


class CrmProfilingEntryAction(models.AbstractModel):
    """Something that a profile does with the contacts that enter or leave it.

    An action is a model that inherits from this one: it says by which fields of the
    profile it is set, whether it is to be done, what to do, and how to tell that it
    failed.  Nothing else has to know of it; its fields need a place on the form.

    What is made on entry and can be withdrawn is withdrawn when the contact leaves,
    unless somebody has touched it.
    """

    _name = "crm.profiling.entry.action"
    _description = "Profiling: Something Done on Entry"

    # Those with a lower number are done before.
    _rank = 100
    # When it is done: when a contact comes to "enter" or to "leave".
    _moment = "enter"
    # Whether somebody who wants it left out has to say why.
    _needs_reason = False
    # Names of the profile's fields that it looks at; they begin with ``entry_`` or
    # ``leave_``, but for those that other features use as well.
    _profile_fields = ()

    @api.model
    def _all(self):
        """Return the actions there are, in order.

        :rtype: list of models
        """
        base = "crm.profiling.entry.action"
        names = self.pool.descendants([base], "_inherit") - {base}
        actions = [self.env[name] for name in names]
        return sorted(actions, key=lambda action: (action._rank, action._name))

    @api.model
    def _of(self, profile, moment="enter"):
        """Return the actions that a profile wants at a moment, in order."""
        return [
            action
            for action in self._all()
            if action._moment == moment and action._is_wanted(profile)
        ]

    @api.model
    def _is_wanted(self, profile):
        """Whether a profile is to do it."""
        raise NotImplementedError

    @api.model
    def _act(self, profile, contacts):
        """Do it to all contacts, as superuser in a savepoint.

        :return: what to tell on their chatter, ``{contact_id: sentence or Outcome}``
        """
        raise NotImplementedError

    @api.model
    def _foresee(self, profile, contacts):
        """Say what doing it would do, and change nothing.

        :return: ``{contact_id: sentence or Outcome}``
        """
        return dict.fromkeys(contacts.ids, self._description)

    @api.model
    def _withdraw(self, deeds):
        """Undo what it did, where nobody has touched that since.

        :param deeds: `crm.profiling.stay.deed` of contacts that left the profile
        :return: two dicts ``{deed: sentence}``: what was withdrawn, and what stays
        """
        return {}, {deed: self.env._("stays: %s", deed.said) for deed in deeds}

    @api.model
    def _at_work(self, profile):
        """Return who noted the answer, or whose profile it is where a machine did."""
        user = self.env.user
        return user if user.active and not user.share else profile.create_uid

    @api.model
    def _failure(self, reason):
        """Return the sentence that tells that it failed, and why.

        :param reason: the first line of the error
        """
        return self.env._("something could not be done: %s", reason)


class CrmProfilingEntryAssign(models.AbstractModel):
    """Gives contacts to a salesperson."""

    _name = "crm.profiling.entry.action.assign"
    _inherit = ["crm.profiling.entry.action"]
    _description = "Profiling: Give Contacts to a Salesperson on Entry"

    _rank = 10
    _profile_fields = ("entry_assign", "entry_user_id", "entry_team_id")

    @api.model
    def _is_wanted(self, profile):
        if profile.entry_assign == "user":
            return bool(profile.entry_user_id)
        return profile.entry_assign == "team" and bool(profile.entry_team_id)

    @api.model
    def _act(self, profile, contacts):
        """Give contacts without a salesperson to one."""
        orphans = contacts.filtered(lambda contact: not contact.user_id)
        candidates = profile._entry_candidates()
        if orphans and not candidates:
            return dict.fromkeys(orphans.ids, self._nobody(profile))
        said = {}
        for user, theirs in self._choose(profile, orphans, candidates).items():
            theirs.write({"user_id": user.id})
            line = self.env._("salesperson: %s", user.name)
            said.update(dict.fromkeys(theirs.ids, line))
        return said

    @api.model
    def _foresee(self, profile, contacts):
        orphans = contacts.filtered(lambda contact: not contact.user_id)
        if orphans and not profile._entry_candidates():
            return dict.fromkeys(orphans.ids, self._nobody(profile))
        return {
            contact.id: self.env._("salesperson: %s", user.name)
            for contact, user in self._chosen(profile, orphans).items()
        }

    @api.model
    def _chosen(self, profile, contacts):
        """Return ``{contact: user}`` of those without a salesperson, as of now."""
        orphans = contacts.filtered(lambda contact: not contact.user_id)
        candidates = profile._entry_candidates()
        if not candidates:
            return {}
        return {
            contact: user
            for user, theirs in self._choose(profile, orphans, candidates).items()
            for contact in theirs
        }

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


class CrmProfilingEntryPrioritize(models.AbstractModel):
    """Raises the priority of contacts."""

    _name = "crm.profiling.entry.action.prioritize"
    _inherit = ["crm.profiling.entry.action"]
    _description = "Profiling: Raise the Priority on Entry"

    _rank = 20
    _profile_fields = ("entry_priority",)

    @api.model
    def _is_wanted(self, profile):
        return (profile.entry_priority or "0") > "0"

    @api.model
    def _act(self, profile, contacts):
        """Raise the priority of those who have a lower one."""
        said = self._foresee(profile, contacts)
        contacts.browse(said).write({"profiling_priority": profile.entry_priority})
        return said

    @api.model
    def _foresee(self, profile, contacts):
        priority = profile.entry_priority
        lower = contacts.filtered(lambda c: (c.profiling_priority or "0") < priority)
        name = dict(
            contacts._fields["profiling_priority"]._description_selection(self.env)
        )[priority]
        return dict.fromkeys(lower.ids, self.env._("priority: %s", name))

    @api.model
    def _failure(self, reason):
        return self.env._("the priority could not be raised: %s", reason)


class CrmProfilingEntryCampaign(models.AbstractModel):
    """Adds contacts to a campaign."""

    _name = "crm.profiling.entry.action.campaign"
    _inherit = ["crm.profiling.entry.action"]
    _description = "Profiling: Add Contacts to a Campaign on Entry"

    _rank = 30
    _profile_fields = ("entry_campaign_id",)

    @api.model
    def _is_wanted(self, profile):
        return bool(profile.entry_campaign_id)

    @api.model
    def _act(self, profile, contacts):
        campaign = profile.entry_campaign_id
        new = contacts.filtered(lambda c: campaign not in c.profiling_campaign_ids)
        contacts.write({"profiling_campaign_ids": [fields.Command.link(campaign.id)]})
        line = self.env._("added to the campaign “%s”", campaign.title)
        return {
            contact.id: Outcome(line, campaign if contact in new else None)
            for contact in contacts
        }

    @api.model
    def _foresee(self, profile, contacts):
        campaign = profile.entry_campaign_id
        new = contacts.filtered(lambda c: campaign not in c.profiling_campaign_ids)
        return dict.fromkeys(new.ids, self.env._("campaign: %s", campaign.title))

    @api.model
    def _withdraw(self, deeds):
        """Take contacts out of the campaign, unless another profile of theirs gives it.

        Or unless they were in it before the profile put them there.
        """
        withdrawn, stays = {}, {}
        leaving = defaultdict(self.env["res.partner"].browse)
        for deed, campaign in deeds._records().items():
            contact, profile = deed.stay_id.partner_id, deed.stay_id.profile_id
            if campaign not in contact.profiling_campaign_ids:
                continue  # somebody has taken it out
            if campaign in (contact.profile_ids - profile).entry_campaign_id:
                stays[deed] = self.env._("stays: campaign “%s”", campaign.title)
                continue
            leaving[campaign] |= contact
            withdrawn[deed] = self.env._(
                "taken out of the campaign “%s”", campaign.title
            )
        for campaign, contacts in leaving.items():
            contacts.profiling_campaign_ids = [fields.Command.unlink(campaign.id)]
        return withdrawn, stays

    @api.model
    def _failure(self, reason):
        return self.env._("not added to the campaign: %s", reason)
