from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..catalog.arguments import is_id


class CrmProfilingInterview(models.Model):
    """At the end of an interview profiles do what was not left out."""

    _inherit = "crm.profiling.interview"  # pylint: disable=consider-merging-classes-inherited

    def finish(self, note="", activity=None, left_out=None, said_ago=None):
        """End the interview, and have done what waited for its end.

        :param left_out: what not to do, of what `get_follow_up` said:
            ``[{"stay_id", "action", "reason"}]``
        :raise ValidationError: for an e-mail without a reason
        """
        self.ensure_one()
        self.check_access("write")
        if left_out and self.state == "ongoing":
            self._leave_out(left_out)
        return super().finish(note, activity, left_out, said_ago)

    def _leave_out(self, left_out):
        """Note what not to do. What is no longer waiting is passed over."""
        stays = {stay.id: stay for stay in self._visible(self._waiting_stays())}
        actions = {a._name: a for a in self.env["crm.profiling.entry.action"]._all()}
        for stay_id, name, reason in self._checked(left_out):
            stay, action = stays.get(stay_id), actions.get(name)
            if stay is None or action is None or stay._is_decided(name):
                continue
            stay.partner_id.with_env(self.env).check_access("write")
            if action._needs_reason and not reason:
                raise ValidationError(
                    self.env._("Say why the e-mail is not sent: it is kept.")
                )
            stay._leave_out(name, self._what(stay, name), reason)

    def _what(self, stay, name):
        """Return what an action is going to do, in the words of the end screen."""
        foreseen = self.env["crm.profiling.entry"]._foresee(stay)[stay]
        return next((one["text"] for one in foreseen if one["action"] == name), name)

    @api.model
    def _checked(self, left_out):
        """Return ``(stay_id, name of the action, reason)`` of what a call brings.

        :raise ValidationError: for anything else
        """
        words = []
        for one in left_out if isinstance(left_out, (list, tuple)) else [None]:
            one = one if isinstance(one, dict) else {}
            stay_id, name = one.get("stay_id"), one.get("action")
            reason = one.get("reason") or ""
            if not is_id(stay_id) or not {type(name), type(reason)} == {str}:
                raise ValidationError(
                    self.env._(
                        "What is to be left out cannot be read. Reload the page, and"
                        " finish again."
                    )
                )
            words.append((stay_id, name, reason.strip()))
        return words

    def _close(self, note=""):
        """Have done what waited for this conversation."""
        result = super()._close(note)
        stays = self.env["crm.profiling.entry"]._conversation_ended(self._company())
        stays.deed_ids.filtered(lambda deed: not deed.interview_id).interview_id = self
        return result

    def _done_entries(self):
        """Return what profiles did in this conversation and at its end."""
        Deed = self.env["crm.profiling.stay.deed"].sudo()
        deeds = Deed.search(
            Domain("interview_id", "=", self.id)
            | (
                Domain("date", ">=", self.date_start)
                & Domain("date", "<=", self.date_end)
                & Domain(
                    "stay_id.partner_id.commercial_partner_id", "=", self._company().id
                )
            )
        )
        # what was left out stands last, though it was decided first
        deeds = deeds.sorted(lambda deed: (deed.state == "nothing", deed.id))
        by_stay, unsent = deeds.grouped("stay_id"), deeds._unsent()
        return [
            self._stay_entry(
                stay,
                [
                    self.env._("e-mail not sent: %s", unsent[deed])
                    if deed in unsent
                    else deed.said
                    for deed in by_stay[stay]
                ],
            )
            for stay in self._visible(deeds.stay_id)
        ]
