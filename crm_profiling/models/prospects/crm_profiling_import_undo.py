from psycopg2 import IntegrityError

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..catalog.ours import OURS


class CrmProfilingImportUndo(models.AbstractModel):
    """Takes back what was done to contacts, where it is still so."""

    _name = "crm.profiling.import.undo"
    _description = "Profiling Import Undo"

    @api.model
    def _undo(self, changes):
        """Take back changes, quietly: nothing is done about what follows from it."""
        quiet = self.with_context(
            tracking_disable=True, profiling_quiet=OURS, mail_notrack=True
        )
        quiet.env.flush_all()  # SQL looks at all that refers to contacts
        there = quiet.env["res.partner"].browse(changes.mapped("res_id")).exists()
        gone = changes.filtered(lambda change: change.res_id not in there._ids)
        merged = {id_ for change in gone for id_ in change._did("merged")[1:]}
        targets = quiet.env["res.partner"].browse(merged).exists()
        for change in gone:
            quiet._note(change, quiet._why_gone(change, targets))
        left = changes - gone
        writable = quiet.env["res.partner"].browse(left.mapped("res_id"))
        writable = writable._filtered_access("write")
        lost = left.filtered(lambda change: change.res_id not in writable._ids)
        quiet._note(lost, self.env._("You may not change it any more."))
        left -= lost
        quiet._restore(left.filtered(lambda change: not change.is_created))
        quiet._delete(left.filtered("is_created"))

    @api.model
    def _why_gone(self, change, targets):
        """Return in words what became of a contact that is not there any more.

        :param targets: contacts that others were merged into, and that are there
        """
        name, target_id = change._did("merged") or ("", 0)
        target = targets.filtered(lambda one: one.id == target_id)
        if target and target.has_access("read"):
            return self.env._(
                "“%(name)s” was merged into %(target)s.",
                name=name,
                target=target.display_name,
            )
        return self.env._("It was deleted, or merged into another contact.")

    @api.model
    def _note(self, changes, reason=None):
        state = "kept" if reason else "undone"
        changes.write({"state": state, "reason": reason})

    # ------------------------------------------------------------------
    # Contacts that were there
    # ------------------------------------------------------------------

    @api.model
    def _restore(self, changes):
        if not changes:
            return
        partners = self.env["res.partner"].browse(changes.mapped("res_id"))
        partners.check_access("write")
        partners.fetch()
        for change in changes:
            partner = partners.browse(change.res_id)
            vals = self._still_ours(change, partner)
            if tags := set(change._did("tags")):
                # as a whole: a tag taken off one by one says something of profiles
                stay = [id_ for id_ in partner.category_id.ids if id_ not in tags]
                if len(stay) < len(partner.category_id):
                    vals["category_id"] = [Command.set(stay)]
            if vals:
                partner.write(vals)
        self._withdraw(changes)
        self.env["crm.profiling.response"]._take_back_import(changes)
        self._note(changes)

    @api.model
    def _still_ours(self, change, partner):
        """Return the values from before, of fields that hold what the import wrote.

        Where another import wrote over it, that one's way back leads further.
        """
        Changes, vals = self.env["crm.profiling.import.changes"], {}
        for field, (before, after) in change._did("fields", {}).items():
            if Changes._plain(partner, field) == after:
                if before != after:
                    vals[field] = before
            else:
                self._pass_on(change, field, before, after)
        return vals

    @api.model
    def _pass_on(self, change, field, before, after):
        """Have the import that wrote over a value lead back to what was before both."""
        later = change.search(
            [("res_id", "=", change.res_id), ("id", ">", change.id),
             ("state", "=", "done"), ("is_created", "=", False)],
            order="id",
        )  # fmt: skip
        for other in later:
            pair = other._did("fields", {}).get(field)
            if pair and pair[0] == after:
                content = dict(other.content)
                content["fields"] = {**content["fields"], field: [before, pair[1]]}
                other.content = content
                break

    # ------------------------------------------------------------------
    # Contacts that were created
    # ------------------------------------------------------------------

    @api.model
    def _delete(self, changes):
        """Delete contacts that nobody has touched; the others stay, with the reason."""
        if not changes:
            return
        partners = self.env["res.partner"].browse(changes.mapped("res_id"))
        touched = self._touched(changes)
        for change in changes.filtered(lambda one: one.res_id in touched):
            self._note(change, touched[change.res_id])
        untouched = changes.filtered(lambda change: change.res_id not in touched)
        self._withdraw(untouched)
        try:
            with self.env.cr.savepoint():
                gone = partners.browse(untouched.mapped("res_id"))
                # who may create contacts may take back what they created just now
                gone.check_access("write")
                gone.sudo().unlink()
            self._note(untouched)
        except (UserError, IntegrityError) as error:
            if len(untouched) == 1:
                is_said = isinstance(error, UserError)
                used = self.env._("It is used: something is with it now.")
                self._note(untouched, str(error) if is_said else used)
                return
            half = len(untouched) // 2
            self._delete(untouched[:half])
            self._delete(untouched[half:])

    @api.model
    def _touched(self, changes):
        """Return ``{contact: why it stays}`` of those that are not as they were."""
        ids = changes.mapped("res_id")
        sums = changes._checksums(ids)
        reasons = {
            change.res_id: self.env._("It has been changed since.")
            for change in changes
            if sums.get(change.res_id) != change.checksum
        }
        used = self.env["crm.profiling.import.uses"]._uses(changes, set(reasons))
        return {**used, **reasons}

    # ------------------------------------------------------------------
    # What else came of it
    # ------------------------------------------------------------------

    @api.model
    def _withdraw(self, changes):
        """Withdraw notes, open activities and e-mails that have not gone out yet."""
        message_ids, activity_ids = (
            [id_ for change in changes for id_ in change._did(name)]
            for name in ("messages", "activities")
        )
        activities = self.env["mail.activity"].sudo().browse(activity_ids).exists()
        activities.filtered(lambda one: one.write_date == one.create_date).unlink()
        messages = self.env["mail.message"].sudo().browse(message_ids).exists()
        mails = self.env["mail.mail"].sudo()
        mails = mails.search([("mail_message_id", "in", messages.ids)])
        waiting = mails.filtered(lambda mail: mail.state in ("outgoing", "exception"))
        sent = mails.mail_message_id - waiting.mail_message_id
        sent |= self._gone_out(messages)
        waiting.unlink()
        (messages.exists() - sent).unlink()
        self._tell_of_sent(changes, sent)

    @api.model
    def _gone_out(self, messages):
        """Return those of messages that went out by e-mail, whatever was kept of it."""
        notifications = self.env["mail.notification"].sudo().search(
            [
                ("mail_message_id", "in", messages.ids),
                ("notification_type", "=", "email"),
                ("notification_status", "in", ("sent", "pending", "process")),
            ]
        )  # fmt: skip
        return notifications.mail_message_id

    @api.model
    def _tell_of_sent(self, changes, sent):
        """Note which e-mails are with people already: nobody can take those back."""
        for change in changes:
            mine = sent.filtered(lambda one, c=change: one.res_id == c.res_id)
            if mine:
                change.sent = self.env._(
                    "%(name)s: %(subjects)s",
                    name=self.env["res.partner"].browse(change.res_id).display_name,
                    subjects=", ".join(filter(None, mine.mapped("subject"))) or "–",
                )
