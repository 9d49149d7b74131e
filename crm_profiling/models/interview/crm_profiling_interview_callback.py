from datetime import UTC, timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..catalog.wording import moment_words

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
