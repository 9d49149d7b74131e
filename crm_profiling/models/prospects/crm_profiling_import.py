from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...groups import SALESMAN
from .arguments import one

# A file holds people's data: it goes when nobody can want to go on with it, or to take
# it back, any more.
KEPT_DAYS = 30


class CrmProfilingImport(models.Model):
    """A file of prospects on its way in: read, checked by a person, written.

    Each batch is a transaction of its own, asked for by the browser; what has been
    written is noted with it, so that an import goes on where it stopped.

    People may look at their imports and throw them away, nothing else: what changes
    them goes by the methods here.
    """

    _name = "crm.profiling.import"
    _description = "Import of Prospects"
    _order = "id desc"

    name = fields.Char(string="File", required=True, readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Imported by",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        ondelete="cascade",
    )
    state = fields.Selection(
        selection=[
            ("draft", "To check"),
            ("running", "Importing"),
            ("done", "Done"),
        ],
        required=True,
        default="draft",
    )
    file = fields.Binary(string="Bytes", attachment=True, groups="base.group_system")
    checksum = fields.Char(index=True, groups="base.group_system")
    # how the file is read: as shown, and what of it a person chose
    options = fields.Json(groups="base.group_system")
    chosen = fields.Json(groups="base.group_system")
    # what is chosen for all of it: see `Settings`
    settings = fields.Json(groups="base.group_system")
    asked_on = fields.Datetime(
        readonly=True, help="When the prospects were asked, or the file was written."
    )
    sheets = fields.Json(groups="base.group_system")
    headings = fields.Json(groups="base.group_system")
    about = fields.Json(groups="base.group_system")  # as of `Sheet`
    below = fields.Json(groups="base.group_system")  # [[line, text]]
    # [{"target", "policy", "mode", "choices": {word: id or policy}}]
    columns = fields.Json(groups="base.group_system")
    lines = fields.Binary(string="Content", attachment=True, groups="base.group_system")
    plan = fields.Binary(attachment=True, groups="base.group_system")
    rejected = fields.Json(groups="base.group_system")  # [[line, reason]]
    warnings = fields.Json(groups="base.group_system")  # [[line, warning]]
    partner_ids = fields.Many2many(
        comodel_name="res.partner",
        relation="crm_profiling_import_partner_rel",
        column1="import_id",
        column2="partner_id",
        string="Contacts",
    )
    date_end = fields.Datetime(string="Imported on")
    total = fields.Integer(string="Lines")
    position = fields.Integer(help="Prospects handled so far.")
    created_count = fields.Integer(string="New")
    updated_count = fields.Integer(string="Updated")
    unchanged_count = fields.Integer(string="Unchanged")
    company_count = fields.Integer(string="New companies")
    rejected_count = fields.Integer(string="Left out")

    def get_preview(self):
        """Return what the file is taken for, and what importing it would do."""
        self._check_mine()
        return self._screen()

    def discard(self):
        """Throw an import away; what it has written stays."""
        self._check_mine()
        self.sudo().unlink()
        return True

    def action_contacts(self):
        """Open the contacts that the file is about."""
        self._check_mine()
        return self.env["res.partner"]._action_profiling_contacts(
            [("profiling_import_ids", "in", self.ids)], self.name
        )

    @api.model
    def _check_rights(self):
        """Refuse those who may not create contacts, or know nothing of answers."""
        if not self.env.user.has_group(SALESMAN):
            raise AccessError(
                self.env._("Only salespeople can import prospects. Ask one of them.")
            )
        self.env["res.partner"].check_access("create")
        self.env["res.partner"].check_access("write")
        self.env["crm.profiling.response"].check_access("create")

    def _check_mine(self, state=None):
        self._check_rights()
        one(self)
        self.check_access("read")
        if self.user_id != self.env.user:
            raise AccessError(
                self.env._(
                    "Only %s can go on with this import.", self.sudo().user_id.name
                )
            )
        if state and self.state != state:
            raise UserError(
                self.env._("“%s” is being imported already. Reload it.", self.name)
            )

    @api.autovacuum
    def _gc_files(self):
        """Throw away the files of imports that ended, or were left, a month ago."""
        limit = fields.Datetime.now() - relativedelta(days=KEPT_DAYS)
        old = self.search([("write_date", "<", limit), ("lines", "!=", False)])
        old.filtered(lambda one: one.state != "done").unlink()
        old.exists().change_ids.unlink()
        old.exists().write(
            {"file": False, "lines": False, "rejected": False, "warnings": False}
        )
