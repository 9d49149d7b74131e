from datetime import timedelta

from odoo import fields, models
from odoo.fields import Command

# A call that was promised takes so many minutes in the calendar, and its alarm comes so
# many before.
CALL_MINUTES = 15
ALARM_MINUTES = 5


class CrmProfilingInterview(models.Model):
    """A call that was promised for a time stands in the calendar."""

    _inherit = "crm.profiling.interview"  # pylint: disable=consider-merging-classes-inherited

    callback_event_id = fields.Many2one(
        comodel_name="calendar.event",
        string="In the calendar",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        sealed=True,
        groups="base.group_system",
        help="What the interview put there: it goes with the activity, and no other"
        " event does, whatever somebody ties to the activity.",
    )

    def _plan_event(self, activity, start):
        """Put an activity into its user's calendar: nobody else is invited.

        The caller stays free for others: a call that was promised is no appointment.
        It is in their calendar whoever put it there, which the event says.
        """
        who = activity.user_id.partner_id
        summary = activity.summary
        quiet = self.env["calendar.event"].with_context(
            no_mail_to_attendees=True,
            mail_auto_subscribe_no_notify=True,  # the activity tells them
            mail_create_nolog=True,
            mail_notrack=True,
            tz=str(self.env.tz),  # else Odoo has the activity due on the day in UTC
        )
        event = quiet.sudo().create(
            {
                "name": self.env._(
                    "%(what)s: %(contact)s",
                    what=summary or activity.activity_type_id.name,
                    contact=self.partner_id.display_name,
                ),
                "start": start,
                "stop": start + timedelta(minutes=CALL_MINUTES),
                "user_id": activity.user_id.id,
                "partner_ids": [Command.set(who.ids)],
                "show_as": "free",
                "alarm_ids": [Command.set(self._callback_alarm().ids)],
                "res_model_id": activity.res_model_id.id,
                "res_id": activity.res_id,
                "activity_ids": [Command.link(activity.id)],
            }
        )
        event.attendee_ids.state = "accepted"  # it is no invitation to be answered
        self.sudo().callback_event_id = event
        activity.summary = summary  # not the event's name, which says who as well

    def _callback_alarm(self):
        """Return the alarm of a call that was promised, made when there is none."""
        Alarm = self.env["calendar.alarm"].sudo()
        kind = [("alarm_type", "=", "notification")]
        minutes = [("duration", "=", ALARM_MINUTES), ("interval", "=", "minutes")]
        return Alarm.search(kind + minutes, limit=1) or Alarm.create(
            {
                "name": self.env._("Notification - %s Minutes", ALARM_MINUTES),
                "alarm_type": "notification",
                "duration": ALARM_MINUTES,
                "interval": "minutes",
            }
        )
