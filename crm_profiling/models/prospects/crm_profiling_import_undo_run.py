from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .crm_profiling_import import KEPT_DAYS

# Contacts put right in one transaction.
_BATCH = 200

# Contacts that stay, shown by name.
_SHOWN = 200


class CrmProfilingImport(models.Model):
    """An import is taken back: what it did and nobody has touched since.

    Batch by batch, like the import; each contact is noted as done with it, so that it
    goes on where it stopped, and doing it twice does nothing.
    """

    _inherit = "crm.profiling.import"  # pylint: disable=consider-merging-classes-inherited

    state = fields.Selection(
        selection_add=[("undoing", "Taking back"), ("undone", "Taken back")],
        ondelete={"undoing": "cascade", "undone": "cascade"},
    )
    change_ids = fields.One2many(
        comodel_name="crm.profiling.import.change",
        inverse_name="import_id",
        groups="base.group_system",
    )

    def undo(self):
        """Begin to take back what the import did; return the progress.

        :raise UserError: for one that did nothing yet, or too long ago
        """
        self._check_mine()
        if self.state in ("undoing", "undone"):
            return self._progress()
        if not self._can_undo():
            raise UserError(
                self.env._(
                    "“%(name)s” cannot be taken back: that is possible for %(days)s"
                    " days after an import.",
                    name=self.name,
                    days=KEPT_DAYS,
                )
            )
        self.sudo().write({"state": "undoing", "plan": False})
        return self._progress()

    def run_undo_batch(self):
        """Take back the next contacts; return the progress."""
        self._check_mine()
        me = self.sudo()
        if self.state != "undoing" or not me.try_lock_for_update():
            return self._progress()
        if not self.env["crm.profiling.turn"].sudo()._take("import", wait=False):
            return self._progress()
        Change = me.env["crm.profiling.import.change"]
        # people before their companies, the last first
        changes = Change.search(
            [("import_id", "=", self.id), ("state", "=", "done")],
            order="id desc",
            limit=_BATCH,
        )
        undo = self.env["crm.profiling.import.undo"]
        undo._undo(changes)
        if len(changes) < _BATCH:
            self._unmake()
            me.write({"state": "undone"})
        return self._progress()

    def _can_undo(self):
        since = self.sudo().date_end or self.write_date
        limit = fields.Datetime.now() - relativedelta(days=KEPT_DAYS)
        return self.state in ("running", "done") and since > limit

    def _progress(self):
        progress = super()._progress()
        if self.state in ("undoing", "undone"):
            Change = self.env["crm.profiling.import.change"].sudo()
            mine = [("import_id", "=", self.id)]
            counts = dict(Change._read_group(mine, ["state"], ["__count"]))
            progress.update(
                total=sum(counts.values()),
                done=sum(counts.values()) - counts.get("done", 0),
                undone=counts.get("undone", 0),
                kept=counts.get("kept", 0),
            )
        return {**progress, "can_undo": self._can_undo()}

    def _screen(self):
        shown = super()._screen()
        if self.state == "undone":
            kept = self.env["crm.profiling.import.change"].sudo()
            kept = kept.search(
                [("import_id", "=", self.id), ("state", "=", "kept")], limit=_SHOWN
            )
            names = self._names_of_contacts(kept.mapped("res_id"))
            shown["kept"] = [
                {"name": names.get(change.res_id, ""), "why": change.reason}
                for change in kept
            ]
            sent = kept.search(
                [("import_id", "=", self.id), ("sent", "!=", False)], limit=_SHOWN
            )
            shown["sent"] = sent.mapped("sent")
        return shown

    @api.model
    def _names_of_contacts(self, ids):
        """Return ``{id: name}`` of contacts that are there and the user may read."""
        there = self.env["res.partner"].browse(ids).exists()
        return {one.id: one.display_name for one in there._filtered_access("read")}
