import base64
import gzip
import json

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...groups import SALESMAN
from .arguments import one
from .plan import Plan

# Lines written in one transaction: a second or two, so that progress shows.
BATCH_SIZE = 500

# A file holds people's data: it goes when nobody can want to go on with it, or to take
# it back, any more.
KEPT_DAYS = 30

# States of imports that nobody has to go on with
_ENDED = ("done", "undone")


def packed(value):
    return base64.b64encode(gzip.compress(json.dumps(value).encode(), 1))


def unpacked(content):
    return json.loads(gzip.decompress(base64.b64decode(content)))


def packed_parts(parts):
    """Return values packed so that each is read by itself."""
    whole = json.dumps([packed(part).decode() for part in parts])
    return base64.b64encode(whole.encode())


def parts_of(content):
    """Return what `packed_parts` packed, each of it for `unpacked`."""
    kept = base64.b64decode(content)
    if kept.startswith(b"["):
        return json.loads(kept)
    # of an import that an earlier version began, all in one
    head = unpacked(content)
    prospects = head.pop("prospects")
    head |= {"count": len(prospects), "size": max(1, len(prospects))}
    return [packed(head), packed(prospects)]


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

    # ------------------------------------------------------------------
    # Ways in of the screen
    # ------------------------------------------------------------------

    @api.model
    def get_start(self):
        """Return what the screen shows before there is a file."""
        self._check_rights()
        mine = Domain("user_id", "=", self.env.uid)
        unfinished = self.search(mine & Domain("state", "not in", _ENDED), limit=5)
        lately = self.search(mine & Domain("state", "=", "done"), limit=5)
        return {
            "unfinished": [one._entry() for one in unfinished],
            "lately": [one._entry() for one in lately if one._can_undo()],
        }

    def _entry(self):
        """Return what is shown of an import among others."""
        return {
            "id": self.id,
            "name": self.name,
            "state": self.state,
            **self._progress(),
        }

    def get_preview(self):
        """Return what the file is taken for, and what importing it would do."""
        self._check_mine()
        return self._screen()

    def begin(self):
        """Decide on the plan that the batches follow; return the progress."""
        self._check_mine("draft")
        plan = self._plan()
        if problems := self._problems(plan, self._similar(plan)):
            raise UserError("\n".join(problems))
        self.env["crm.profiling.turn"].sudo()._take("import")
        self._remember(plan)
        if self._create_unknown(plan):
            plan = self._plan()
        self.sudo().write(
            {
                "state": "running",
                "plan": packed_parts(plan.to_parts(BATCH_SIZE)),
                "total": len(plan.prospects) + len(plan.errors),
                "rejected": sorted(plan.errors.items()),
                "rejected_count": len(plan.errors),
                "warnings": sorted(plan.warnings.items()),
            }
        )
        return self._finish_if_done(len(plan.prospects))

    def run_batch(self):
        """Write the next prospects; return the progress.

        Where another tab or another import is at it at the moment, nothing is done.
        """
        self._check_mine()
        me = self.sudo()
        if self.state != "running" or not me.try_lock_for_update():
            return self._progress()
        # who creates contacts at the same moment does not see ours, nor we theirs
        if not self.env["crm.profiling.turn"].sudo()._take("import", wait=False):
            return self._progress()
        plan, count = self._next_part()
        plan = plan._replace(handled=self._handled())
        batch = plan.prospects
        Change = self.env["crm.profiling.import.change"].sudo()
        marks = Change._marks()
        outcome = self._writer()._write_prospects(plan, batch)
        Change._keep(me, outcome.log, marks)
        me.write(
            {
                "position": me.position + len(batch),
                "created_count": me.created_count + len(outcome.created),
                "updated_count": me.updated_count + len(outcome.updated),
                "unchanged_count": me.unchanged_count + len(outcome.unchanged),
                "company_count": me.company_count + len(outcome.companies),
                "rejected_count": me.rejected_count + len(outcome.errors),
                "rejected": sorted(
                    [*map(tuple, me.rejected or []), *outcome.errors.items()]
                ),
                "warnings": [
                    one for one in me.warnings or [] if one[0] not in outcome.errors
                ],
            }
        )
        self._note_contacts(outcome.partners + outcome.companies)
        self._writer()._follow_growth(me.created_count + me.company_count)
        return self._finish_if_done(count)

    def _next_part(self):
        """Return the plan with the next prospects alone, and how many there are."""
        me = self.sudo()
        head, *parts = parts_of(me.plan)
        head = unpacked(head)
        part, done = divmod(me.position, head["size"])
        prospects = unpacked(parts[part])[done:]
        return Plan.from_part(head, prospects), head["count"]

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

    # ------------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------------

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

    def _writer(self):
        # as Odoo's own import does unless told otherwise
        quiet = self.with_context(tracking_disable=True)
        return quiet.env["crm.profiling.import.writer"]

    def _handled(self):
        """Return the contacts that the batches before are about."""
        if not self.sudo().position:
            return frozenset()
        rows = self.env.execute_query(
            SQL(
                """SELECT partner_id FROM crm_profiling_import_partner_rel
                    WHERE import_id = %s""",
                self.id,
            )
        )
        return frozenset(id_ for (id_,) in rows)

    def _note_contacts(self, partner_ids):
        """Past the ORM, which would read all that were noted before."""
        self.env.cr.execute(
            SQL(
                """INSERT INTO crm_profiling_import_partner_rel (import_id, partner_id)
                   SELECT %s, unnest(%s::int[]) ON CONFLICT DO NOTHING""",
                self.id,
                partner_ids,
            )
        )
        self.invalidate_recordset(["partner_ids"])

    def _finish_if_done(self, count):
        if self.sudo().position >= count:
            self.sudo().write(
                {"state": "done", "date_end": fields.Datetime.now(), "plan": False}
            )
        return self._progress()

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
