import base64
import gzip
import json

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...groups import SALESMAN
from ...prospects import bare, letter, word
from .crm_profiling_import_columns import TARGETS
from .crm_profiling_import_planner import CREATE, REJECT, SKIP, STOP, Column, Plan

# Lines written in one transaction: a second or two, so that progress shows.
BATCH_SIZE = 500

# What is shown of errors, unknown values and examples; a file has all errors.
SHOWN = 200
EXAMPLES = 3

# A file holds people's data: it goes when nobody can want to go on with it any more.
KEPT_DAYS = 30


def packed(value):
    return base64.b64encode(gzip.compress(json.dumps(value).encode(), 1))


def unpacked(content):
    return json.loads(gzip.decompress(base64.b64decode(content)))


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
    options = fields.Json(groups="base.group_system")
    sheets = fields.Json(groups="base.group_system")
    headings = fields.Json(groups="base.group_system")
    # [{"target", "policy", "choices": {word: id or policy}}]
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
        unfinished = self.search(
            [("user_id", "=", self.env.uid), ("state", "!=", "done")], limit=5
        )
        return {
            "unfinished": [
                {"id": i.id, "name": i.name, "state": i.state, **i._progress()}
                for i in unfinished
            ]
        }

    @api.model
    def upload(self, name, content):
        """Read a file; return what `get_preview` does.

        :param content: of the file, in base64
        :raise UserError: saying what is wrong with the file
        """
        self._check_rights()
        self = self.sudo().create({"name": name, "file": content}).sudo(False)
        self._read()
        return self.get_preview()

    def get_preview(self):
        """Return what the file is taken for, and what importing it would do."""
        self._check_mine()
        return self._snapshot(self._plan() if self.state == "draft" else None)

    def set_column(self, index, target=None, policy=None):
        """Choose what a column is, or what to do with values that do not exist."""
        self._check_mine("draft")
        columns = [dict(column) for column in self.sudo().columns]
        if target is not None:
            known = {"", *self._targets()}
            columns[index] = self._column(target if target in known else "")
        if policy is not None:
            target = columns[index]["target"]
            allowed = self._policies(target)
            columns[index] = self._column(target, policy if policy in allowed else STOP)
        self.sudo().columns = columns
        return self.get_preview()

    def set_value(self, index, value, choice):
        """Choose what to do with one value that a column does not know.

        :param choice: the id of what it is taken for, or a policy
        """
        self._check_mine("draft")
        columns = [dict(column) for column in self.sudo().columns]
        target = columns[index]["target"]
        options = self.env["crm.profiling.import.columns"]._options(target)
        if choice not in (*self._policies(target), *options.ids):
            choice = STOP
        before = columns[index].get("choices", {})
        columns[index]["choices"] = {**before, word(value): choice}
        self.sudo().columns = columns
        return self.get_preview()

    @api.model
    def _column(self, target, policy=STOP):
        """Return what is kept of a column: what is chosen for all of it."""
        return {"target": target, "policy": policy, "choices": {}}

    def set_options(self, options):
        """Read the file otherwise: another sheet, encoding or separator."""
        self._check_mine("draft")
        self.sudo().options = {**self.sudo().options, **options}
        self._read()
        return self.get_preview()

    def begin(self):
        """Decide on the plan that the batches follow; return the progress."""
        self._check_mine("draft")
        plan = self._plan()
        if plan.problems:
            raise UserError("\n".join(plan.problems))
        if self._create_unknown(plan):
            plan = self._plan()
        self.sudo().write(
            {
                "state": "running",
                "plan": packed(plan.to_json()),
                "total": len(plan.prospects) + len(plan.errors),
                "rejected": sorted(plan.errors.items()),
                "rejected_count": len(plan.errors),
                "warnings": sorted(plan.warnings.items()),
            }
        )
        return self._finish_if_done(plan)

    def run_batch(self):
        """Write the next prospects; return the progress.

        Where another tab is at it at the moment, nothing is done.
        """
        self._check_mine()
        me = self.sudo()
        if self.state != "running" or not me.try_lock_for_update():
            return self._progress()
        plan = Plan.from_json(unpacked(me.plan))
        batch = plan.prospects[me.position :][:BATCH_SIZE]
        outcome = self._writer()._write_prospects(plan, batch)
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
        return self._finish_if_done(plan)

    def discard(self):
        """Throw an import away; what it has written stays."""
        self._check_mine()
        self.sudo().unlink()
        return True

    @api.model
    def action_template(self):
        """Download a file to fill in."""
        self._check_rights()
        return self.env["crm.profiling.export"]._offer_template()

    def action_rejected(self):
        """Download the lines that were left out, or would be, with the reasons."""
        rejected, _warnings = self._remarks()
        label = self.env["crm.profiling.import.columns"]._reason_label()
        title = self.env._("%s, lines left out", self._stem())
        return self._offer_lines(title, label, rejected)

    def action_warnings(self):
        """Download the lines imported without something, and without what."""
        _rejected, warnings = self._remarks()
        label = self.env["crm.profiling.import.columns"]._warning_label()
        title = self.env._("%s, imported in part", self._stem())
        return self._offer_lines(title, label, warnings)

    def _offer_lines(self, title, label, remarks):
        """Return the action that downloads lines, each with what there is to say."""
        me, remarks = self.sudo(), dict(remarks)
        kept = [i for i, heading in enumerate(me.headings) if heading != label]
        rows = [
            [*(cells[i] for i in kept), self._numbered(number, remarks[number])]
            for number, *cells in self._lines()
            if number in remarks
        ]
        _stem, _dot, ending = self.name.rpartition(".")
        return self.env["crm.profiling.export"]._offer(
            title,
            [*(me.headings[i] for i in kept), label],
            rows,
            "csv" if ending.lower() in ("csv", "txt") else "xlsx",
        )

    def _stem(self):
        stem, dot, _ending = self.name.rpartition(".")
        return stem if dot else self.name

    @api.model
    def _numbered(self, line, remark):
        return self.env._("Line %(line)s: %(remark)s", line=line, remark=remark)

    def _remarks(self):
        """Return why lines are left out, and without what others are imported."""
        self._check_mine()
        if self.state != "draft":
            return self.sudo().rejected or [], self.sudo().warnings or []
        plan = self._plan()
        return self._plan_remarks(plan, self._writer()._preview(plan, plan.prospects))

    @api.model
    def _plan_remarks(self, plan, outcome):
        errors = {**plan.errors, **outcome.errors}
        warnings = [(n, said) for n, said in plan.warnings.items() if n not in errors]
        return sorted(errors.items()), sorted(warnings)

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
        self.ensure_one()
        self._check_rights()
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

    # ------------------------------------------------------------------
    # The file
    # ------------------------------------------------------------------

    def _read(self):
        """Read the file by the options, and guess what its columns are."""
        me = self.sudo()
        sheet = self.env["crm.profiling.import.reader"]._read(
            self.name, base64.b64decode(me.file), me.options
        )
        Columns = self.env["crm.profiling.import.columns"]
        suggested = Columns._suggest(sheet.headings, sheet.lines)
        me.write(
            {
                "options": sheet.options,
                "sheets": sheet.sheets,
                "headings": sheet.headings,
                "columns": [self._column(target) for target in suggested],
                "lines": packed(sheet.lines),
            }
        )

    def _lines(self):
        return unpacked(self.sudo().lines)

    def _columns(self):
        me = self.sudo()
        return [
            Column(
                index,
                heading,
                column["target"],
                column["policy"],
                column.get("choices", {}),
            )
            for index, (heading, column) in enumerate(
                zip(me.headings, me.columns, strict=True)
            )
        ]

    def _plan(self):
        planner = self.env["crm.profiling.import.planner"]
        return planner._plan(self._columns(), self._lines())

    def _writer(self):
        # as Odoo's own import does unless told otherwise
        quiet = self.with_context(tracking_disable=True)
        return quiet.env["crm.profiling.import.writer"]

    def _create_unknown(self, plan):
        """Create the answers and tags that the user asked for; return whether any."""
        created = False
        for column in self._columns():
            unknown = plan.unknown.get(column.index, {}).values()
            names = [one.value for one in unknown if one.choice == CREATE]
            if not names:
                continue
            created = True
            if column.target == "tags":
                self.env["res.partner.category"].create([{"name": n} for n in names])
            else:
                self.env["crm.profiling.answer"].create(
                    [
                        {"name": n, "question_id": int(column.target.split(":")[1])}
                        for n in names
                    ]
                )
        return created

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

    def _finish_if_done(self, plan):
        if self.sudo().position >= len(plan.prospects):
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
        old.exists().write(
            {"file": False, "lines": False, "rejected": False, "warnings": False}
        )

    # ------------------------------------------------------------------
    # What the screen shows
    # ------------------------------------------------------------------

    def _progress(self):
        me = self.sudo()
        return {
            "state": me.state,
            "total": me.total,
            "done": me.created_count
            + me.updated_count
            + me.unchanged_count
            + me.rejected_count,
            "created": me.created_count,
            "updated": me.updated_count,
            "unchanged": me.unchanged_count,
            "companies": me.company_count,
            "rejected": me.rejected_count,
            "warnings": len(me.warnings or []),
        }

    def _snapshot(self, plan):
        """Return all that the screen shows of an import."""
        me = self.sudo()
        shown = {
            "id": self.id,
            "name": self.name,
            "state": self.state,
            "options": me.options,
            "sheets": me.sheets,
            "targets": self._target_choices(),
            "columns": [],
            "problems": [],
            "errors": (me.rejected or [])[:SHOWN],
            "warnings": (me.warnings or [])[:SHOWN],
            "progress": self._progress(),
        }
        if plan:
            shown.update(self._snapshot_plan(plan))
        return shown

    def _snapshot_plan(self, plan):
        outcome = self._writer()._preview(plan, plan.prospects)
        errors, warnings = self._plan_remarks(plan, outcome)
        return {
            "columns": self._column_choices(plan),
            "problems": plan.problems,
            "errors": errors[:SHOWN],
            "warnings": warnings[:SHOWN],
            "progress": {
                "state": self.state,
                "total": len(plan.prospects) + len(plan.errors),
                "done": 0,
                "created": len(outcome.created),
                "updated": len(outcome.updated),
                "unchanged": len(outcome.unchanged),
                "companies": len(outcome.companies),
                "rejected": len(errors),
                "warnings": len(warnings),
            },
        }

    @api.model
    def _targets(self):
        questions = self.env["crm.profiling.import.columns"]._questions()
        return [*TARGETS, *(f"question:{question.id}" for question in questions)]

    @api.model
    def _target_choices(self):
        Columns = self.env["crm.profiling.import.columns"]
        questions = Columns._questions()
        return {
            "fields": [{"id": k, "name": v} for k, v in Columns._labels().items()],
            "questions": [
                {"id": f"question:{q.id}", "name": q.name} for q in questions
            ],
        }

    @api.model
    def _policies(self, target):
        """Return what may be done with values that a column does not know."""
        if target == "tags":
            model = self.env["res.partner.category"]
        elif target.startswith("question:"):
            model = self.env["crm.profiling.answer"]
        else:
            model = None
        create = [CREATE] if model is not None and model.has_access("create") else []
        return [STOP, *create, SKIP, REJECT]

    def _column_choices(self, plan):
        lines = self._lines()
        return [
            {
                "index": column.index,
                "letter": letter(column.index),
                "heading": column.heading,
                "target": column.target,
                "policy": column.policy,
                "policies": self._policies(column.target),
                "examples": self._examples(lines, column.index),
                **self._unknown_choices(column, plan.unknown.get(column.index)),
            }
            for column in self._columns()
        ]

    @api.model
    def _unknown_choices(self, column, unknown):
        """Return the values that a column does not know, and what they may be."""
        if not unknown:
            return {"unknown": [], "options": []}
        options = self.env["crm.profiling.import.columns"]._options(column.target)
        return {
            "unknown": [
                {
                    "value": one.value,
                    "choice": one.choice,
                    "is_guess": one.is_guess,
                    "count": len(one.lines),
                    "line": one.lines[0],
                }
                for one in [*unknown.values()][:SHOWN]
            ],
            "options": [{"id": o.id, "name": o.display_name} for o in options],
        }

    @api.model
    def _examples(self, lines, index):
        found = dict.fromkeys(line[index + 1] for line in lines[:100])
        return [value[:60] for value in found if bare(value) or value][:EXAMPLES]
