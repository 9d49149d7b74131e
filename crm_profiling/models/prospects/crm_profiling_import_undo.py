from odoo import api, models
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

    @api.model
    def _restore(self, changes):
        if not changes:
            return
        partners = self.env["res.partner"].browse(changes.mapped("res_id"))
        partners.check_access("write")
        partners.fetch()
        later = self._later(changes)
        for change in changes:
            partner = partners.browse(change.res_id)
            vals = self._still_ours(change, partner, later)
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
    def _later(self, changes):
        """Return ``{contact_id: changes}`` by these and later imports, in order."""
        return changes.search(
            [
                ("res_id", "in", changes.mapped("res_id")),
                ("id", ">", min(changes.ids)),
                ("state", "=", "done"),
                ("is_created", "=", False),
            ],
            order="id",
        ).grouped("res_id")

    @api.model
    def _still_ours(self, change, partner, later):
        """Return the values from before, of fields that hold what the import wrote.

        Where another import wrote over it, that one's way back leads further.

        :param later: see `_later`
        """
        Changes, vals = self.env["crm.profiling.import.changes"], {}
        for field, (before, after) in change._did("fields", {}).items():
            if Changes._plain(partner, field) == after:
                if before != after:
                    vals[field] = before
            else:
                others = later.get(change.res_id, change.browse())
                others = others.filtered(lambda one: one.id > change.id)
                self._pass_on(others, field, before, after)
        return vals

    @api.model
    def _pass_on(self, later, field, before, after):
        """Have the import that wrote over a value lead back to what was before both.

        :param later: changes of the contact by later imports
        """
        for other in later:
            pair = other._did("fields", {}).get(field)
            if pair and pair[0] == after:
                content = dict(other.content)
                content["fields"] = {**content["fields"], field: [before, pair[1]]}
                other.content = content
                break
