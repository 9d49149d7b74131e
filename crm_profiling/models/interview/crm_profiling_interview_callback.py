from datetime import UTC, timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date

from ..catalog.wording import moment_words

# A call that was promised takes so many minutes in the calendar, and its alarm comes so
# many before.
CALL_MINUTES = 15
ALARM_MINUTES = 5
# Nothing is planned further ahead: a slip in the year is more likely.
MOST_DAYS = 3 * 366
SUMMARY = 200  # characters: a line in a list of activities


class CrmProfilingInterview(models.Model):
    """What the caller promised to do next: one activity, at a time in the calendar."""

    _inherit = "crm.profiling.interview"  # pylint: disable=consider-merging-classes-inherited

    callback_activity_id = fields.Many2one(
        comodel_name="mail.activity",
        string="Next activity",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        sealed=True,
        groups="base.group_system",  # its name is shown to whoever reads the interview
    )
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

    def _promised(self):
        """Return the activity that was planned, whether the user may read it or not."""
        return self.sudo().callback_activity_id.with_env(self.env).exists()

    def _activity_vals(self, activity):
        """Return the values of the activity that somebody plans, {} for none.

        :param dict activity: ``activity_type_id``, ``date_deadline``, ``summary``,
            ``user_id``, and ``datetime`` in UTC where a time was said
        :return: with ``start`` beside the values
        :raise UserError: for what is no activity, nobody's, or no time to come
        """
        if not activity:
            return {}
        told = activity if isinstance(activity, dict) else {}
        start, day = self._planned_when(told)
        kind = self._the("mail.activity.type", told.get("activity_type_id"))
        user = self._the("res.users", told.get("user_id") or self.env.uid)
        summary = self._text(told.get("summary")) or ""
        if user.share:
            raise UserError(self.env._("Choose a colleague to do it."))
        return {
            "activity_type_id": (kind or self._call_type()).id,
            "date_deadline": day,
            "summary": summary[:SUMMARY],
            "user_id": user.id,
            "start": start,
        }

    def _planned_when(self, told):
        """Return when it is due, as ``(start in UTC or None, day of the user)``.

        :raise UserError: for what is no time to come
        """
        try:
            start = fields.Datetime.to_datetime(told.get("datetime") or None)
            day = fields.Date.to_date(told.get("date_deadline") or None)
            if start:
                day = start.replace(tzinfo=UTC).astimezone(self.env.tz).date()
        except (AttributeError, KeyError, OverflowError, TypeError, ValueError):
            start = day = None
        today = fields.Date.context_today(self)
        if not day or not today <= day <= today + timedelta(days=MOST_DAYS):
            raise UserError(
                self.env._("Say when, from today on: “today 15:30” or “in 2 weeks”.")
            )
        return start, day

    def _plan(self, vals):
        """Schedule the next activity, on the lead if there is one.

        Always one: that of before, if the interview was opened again, makes room for
        it. One with a time gets an event in the caller's calendar; Odoo moves either
        with the other.
        """
        start = vals.pop("start")
        self._promised().unlink()
        record = self._leads()._filtered_access("write") or self.partner_id
        planned = record.activity_schedule(automated=False, **vals)
        self.sudo().callback_activity_id = planned
        if start:
            self._plan_event(planned, start)

    def _call_type(self):
        """Return the kind of activity that a call is, or any other there is."""
        Kind = self.env["mail.activity.type"]
        call = self.env.ref("mail.mail_activity_data_call", raise_if_not_found=False)
        for_contacts = [("res_model", "in", [False, "res.partner"])]
        return call or Kind.search(for_contacts, limit=1)

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

    def _promised_words(self):
        """Return what was promised, when and by whom, for the note; "" for nothing."""
        activity = self._promised().sudo()
        if not activity.active:
            return ""
        event = activity.calendar_event_id
        return self.env._(
            "Next: %(what)s, %(moment)s, %(user)s",
            what=activity.summary or activity.activity_type_id.name,
            moment=(
                moment_words(self.env, event.start)
                if event
                else format_date(self.env, activity.date_deadline)
            ),
            user=activity.user_id.name,
        )

    def _callback_entry(self):
        """Return what was promised, as the end screen confirms it."""
        activity = self._promised()._filtered_access("read")
        if not activity or not activity.active:
            return False
        event = activity.sudo().calendar_event_id
        what, summary = activity.activity_type_id.name or "", activity.summary or ""
        return {
            "what": what,
            "summary": "" if summary == what else summary,  # Odoo says it by default
            "user": activity.user_id.name or "",
            "date": fields.Date.to_string(activity.date_deadline),
            "datetime": fields.Datetime.to_string(event.start) if event else False,
        }
