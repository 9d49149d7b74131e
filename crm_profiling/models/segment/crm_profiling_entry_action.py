from collections import defaultdict

from odoo import api, fields, models
from odoo.tools.misc import format_date


class CrmProfilingEntryAction(models.AbstractModel):
    """Something that a profile does with the contacts that enter it.

    An action is a model that inherits from this one: it says by which fields of the
    profile it is set, whether it is to be done, what to do, and how to tell that it
    failed.  Nothing else has to know of it; its fields need a place on the form.
    """

    _name = "crm.profiling.entry.action"
    _description = "Profiling: Something Done on Entry"

    # Those with a lower number are done before.
    _rank = 100
    # Names of the profile's fields that it looks at; they begin with ``entry_``, but
    # for those that other features use as well.
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
    def _of(self, profile):
        """Return the actions that a profile wants, in order."""
        return [action for action in self._all() if action._is_wanted(profile)]

    @api.model
    def _is_wanted(self, profile):
        """Whether a profile is to do it."""
        raise NotImplementedError

    @api.model
    def _act(self, profile, contacts):
        """Do it to all contacts, as superuser in a savepoint.

        :return: what to tell on their chatter, ``{contact_id: sentence}``
        """
        raise NotImplementedError

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
            nobody = self.env._(
                "no salesperson: nobody in “%s” takes contacts at the moment",
                profile.entry_team_id.name or profile.entry_user_id.name,
            )
            return dict.fromkeys(orphans.ids, nobody)
        said = {}
        for user, theirs in self._choose(profile, orphans, candidates).items():
            theirs.write({"user_id": user.id})
            line = self.env._("salesperson: %s", user.name)
            said.update(dict.fromkeys(theirs.ids, line))
        return said

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
        priority = profile.entry_priority
        lower = contacts.filtered(lambda c: (c.profiling_priority or "0") < priority)
        lower.write({"profiling_priority": priority})
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
        contacts.write({"profiling_campaign_ids": [fields.Command.link(campaign.id)]})
        line = self.env._("added to the campaign “%s”", campaign.title)
        return dict.fromkeys(contacts.ids, line)

    @api.model
    def _failure(self, reason):
        return self.env._("not added to the campaign: %s", reason)


class CrmProfilingEntrySchedule(models.AbstractModel):
    """Schedules an activity for each contact, with the words for it."""

    _name = "crm.profiling.entry.action.schedule"
    _inherit = ["crm.profiling.entry.action"]
    _description = "Profiling: Schedule an Activity on Entry"

    _rank = 40
    _profile_fields = (
        "entry_activity_type_id",
        "entry_activity_summary",
        "entry_activity_days",
        "entry_activity_whom",
        "entry_activity_user_id",
    )

    @api.model
    def _is_wanted(self, profile):
        return bool(profile.entry_activity_type_id)

    @api.model
    def _act(self, profile, contacts):
        deadline = fields.Date.add(
            fields.Date.context_today(self), days=profile.entry_activity_days
        )
        activity_type = profile.entry_activity_type_id
        said = {}
        by_user = contacts.grouped(lambda contact: self._responsible(profile, contact))
        for user, theirs in by_user.items():
            theirs.activity_schedule(
                activity_type_id=activity_type.id,
                date_deadline=deadline,
                summary=profile.entry_activity_summary or profile.name,
                note=profile.offer,
                user_id=user.id,
            )
            line = self.env._(
                "%(activity)s scheduled for %(user)s on %(date)s",
                activity=activity_type.name,
                user=user.name,
                date=format_date(self.env, deadline),
            )
            said.update(dict.fromkeys(theirs.ids, line))
        return said

    @api.model
    def _responsible(self, profile, contact):
        """Return the user who gets the activity."""
        if profile.entry_activity_whom == "user":
            user = profile.entry_activity_user_id
        else:
            user = contact.user_id
        return user.filtered("active") or self._at_work(profile)

    @api.model
    def _at_work(self, profile):
        """Return who noted the answer, or whose profile it is where a machine did."""
        user = self.env.user
        return user if user.active and not user.share else profile.create_uid

    @api.model
    def _failure(self, reason):
        return self.env._("the activity could not be scheduled: %s", reason)


class CrmProfilingEntryMail(models.AbstractModel):
    """Queues an e-mail to each contact."""

    _name = "crm.profiling.entry.action.mail"
    _inherit = ["crm.profiling.entry.action"]
    _description = "Profiling: Queue an E-mail on Entry"

    _rank = 50
    _profile_fields = ("entry_send_mail", "mail_template_id")

    @api.model
    def _is_wanted(self, profile):
        return profile.entry_send_mail and bool(profile.mail_template_id)

    @api.model
    def _act(self, profile, contacts):
        """Queue the e-mail to those who have an address and did not object."""
        said = {}
        for contact in contacts:
            if not contact.email_normalized:
                said[contact.id] = self.env._("no e-mail: there is no valid address")
            elif contact.is_blacklisted:
                said[contact.id] = self.env._("no e-mail: the address is blacklisted")
        recipients = contacts.filtered(lambda contact: contact.id not in said)
        for mail in self._queue_mails(profile, recipients):
            if mail.state == "outgoing":
                line = self.env._(
                    "e-mail queued: “%s”", profile.mail_template_id.display_name
                )
            else:
                line = self._unsent(mail)
            said[mail.res_id] = line
        return said

    @api.model
    def _queue_mails(self, profile, recipients):
        """Have Odoo's composer write the e-mails, and leave them in the queue."""
        if not recipients:
            return self.env["mail.mail"]
        composer = self.env["mail.compose.message"].create(
            {
                "composition_mode": "mass_mail",
                "model": "res.partner",
                "res_ids": recipients.ids,
                "template_id": profile.mail_template_id.id,
                "use_exclusion_list": True,
                "force_send": False,
            }
        )
        mails, _messages = composer._action_send_mail()
        return mails

    @api.model
    def _unsent(self, mail):
        """Say why the composer would not send an e-mail."""
        if mail.failure_type == "mail_dup":
            return self.env._("no e-mail: another contact with this address got it")
        reasons = dict(mail._fields["failure_type"]._description_selection(self.env))
        return self.env._(
            "no e-mail: %s", reasons.get(mail.failure_type, mail.failure_type)
        )

    @api.model
    def _failure(self, reason):
        return self.env._("the e-mail could not be written: %s", reason)
