from odoo import api, fields, models
from odoo.tools.misc import format_date

from .crm_profiling_entry_action import Outcome


class CrmProfilingEntryActionSchedule(models.AbstractModel):
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
    def _setting(self, profile, name):
        """Return what the profile says of the activity: its ``type_id``, for one."""
        prefix = "entry_activity_" if self._moment == "enter" else "leave_activity_"
        return profile[prefix + name]

    @api.model
    def _is_wanted(self, profile):
        return bool(self._setting(profile, "type_id"))

    @api.model
    def _act(self, profile, contacts):
        activity_type = self._setting(profile, "type_id")
        said = {}
        alike = contacts.grouped(
            lambda contact: (
                self._responsible(profile, contact),
                profile._is_named_on(contact),
            )
        )
        for (user, is_named), theirs in alike.items():
            name, offer = (profile.name, profile.offer) if is_named else (False, False)
            activities = theirs.activity_schedule(
                activity_type_id=activity_type.id,
                date_deadline=self._deadline(profile),
                summary=self._setting(profile, "summary") or name,
                note=self._moment == "enter" and offer,
                user_id=user.id,
            )
            line = self.env._(
                "%(activity)s scheduled for %(user)s on %(date)s",
                **self._words(profile, user),
            )
            for activity in activities or ():
                said[activity.res_id] = Outcome(line, activity)
        return said

    @api.model
    def _foresee(self, profile, contacts):
        assign = self.env["crm.profiling.entry.action.assign"]
        chosen = {}
        if assign in assign._of(profile, self._moment):
            chosen = {  # before this is done
                contact: user
                for user, theirs in assign._chosen(profile, contacts).items()
                for contact in theirs
            }
        return {
            contact.id: self.env._(
                "%(activity)s for %(user)s on %(date)s",
                **self._words(
                    profile, self._responsible(profile, contact, chosen.get(contact))
                ),
            )
            for contact in contacts
        }

    @api.model
    def _withdraw(self, deeds):
        """Remove the activities that are open, as they were scheduled."""
        withdrawn, stays = {}, {}
        activities = self.env["mail.activity"]
        for deed, activity in deeds._records().items():
            if not activity.active:
                continue  # done
            if self._is_touched(activity):
                stays[deed] = self.env._(
                    "stays: %s, which somebody has changed since",
                    activity.activity_type_id.name,
                )
            else:
                activities |= activity
                withdrawn[deed] = self.env._(
                    "%(activity)s for %(user)s withdrawn",
                    activity=activity.activity_type_id.name,
                    user=activity.user_id.name,
                )
        activities.unlink()
        return withdrawn, stays

    @api.model
    def _is_touched(self, activity):
        """Whether somebody has changed an activity since it was scheduled."""
        return activity.write_date != activity.create_date

    @api.model
    def _deadline(self, profile):
        return fields.Date.add(
            fields.Date.context_today(self), days=self._setting(profile, "days")
        )

    @api.model
    def _words(self, profile, user):
        return {
            "activity": self._setting(profile, "type_id").name,
            "user": user.name,
            "date": format_date(self.env, self._deadline(profile)),
        }

    @api.model
    def _responsible(self, profile, contact, salesperson=None):
        """Return the user who gets the activity.

        :param salesperson: who is going to be the contact's, where none is yet
        """
        if self._setting(profile, "whom") == "user":
            user = self._setting(profile, "user_id")
        else:
            user = salesperson or contact.user_id
        return user.filtered("active") or self._at_work(profile)

    @api.model
    def _failure(self, reason):
        return self.env._("the activity could not be scheduled: %s", reason)
