import json

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.tools import SQL

# Columns of a contact that say nothing of what a person made of it
_NOT_A_WORD = {
    "id", "create_uid", "create_date", "write_uid", "write_date", "complete_name",
    "commercial_partner_id", "commercial_company_name", "email_normalized",
    "phone_sanitized", "message_bounce", "calendar_last_notification",
    "partner_latitude", "partner_longitude", "date_localization",
    "contact_address_inline", "signup_type", "supplier_rank", "customer_rank",
}  # fmt: skip


class CrmProfilingImportChange(models.Model):
    """What an import did to one contact: so that it can be taken back.

    Not tied to the contact: when it is merged into another one, the other was not
    created by this import, and its values are not what it changed.
    """

    _name = "crm.profiling.import.change"
    _description = "Change by an Import of Prospects"
    _order = "id"
    _rec_name = "import_id"

    import_id = fields.Many2one(
        comodel_name="crm.profiling.import",
        required=True,
        index=True,
        ondelete="cascade",
    )
    res_id = fields.Many2oneReference(
        string="Contact", model_field="res_model", required=True, index=True
    )
    res_model = fields.Char(default="res.partner")
    is_created = fields.Boolean(help="The import created this contact.")
    # of a contact created: a sum of its values then
    checksum = fields.Char()
    # {"fields": {name: [before, after]}, "tags": [ids], "answers": [[id, when]],
    #  "activities": [ids], "messages": [ids]}
    content = fields.Json()
    state = fields.Selection(
        selection=[
            ("done", "Done"),
            ("undone", "Taken back"),
            ("kept", "Not taken back"),
        ],
        required=True,
        default="done",
    )
    reason = fields.Char()
    sent = fields.Char(help="What had gone out to the contact when it was taken back.")

    def _did(self, name, nothing=()):
        """Return what the import did of one kind: see `content`."""
        return (self.content or {}).get(name) or nothing

    @api.model
    def _keep(self, import_, log, before):
        """Keep what a batch did.

        :param log: as of `Outcome`
        :param before: what `_marks` returned before it
        """
        if not log:
            return
        self.env.flush_all()
        by_id = {entry["res_id"]: dict(entry) for entry in log}
        self._add_side_effects(by_id, before)
        messages = self._tell(import_, by_id)
        for id_, message_id in messages.items():
            by_id[id_].setdefault("messages", []).append(message_id)
        sums = self._checksums([i for i, e in by_id.items() if e.get("created")])
        self._insert(import_, by_id, sums)

    @api.model
    def _insert(self, import_, by_id, sums):
        """Write what was done: past the ORM, which takes as long as for contacts."""
        rows = [
            (
                id_,
                entry.pop("created", False),
                sums.get(id_),
                json.dumps({k: v for k, v in entry.items() if k != "res_id"}),
            )
            for id_, entry in by_id.items()
        ]
        self.env.cr.execute(
            SQL(
                """INSERT INTO crm_profiling_import_change
                          (import_id, res_model, state, create_uid, write_uid,
                           create_date, write_date,
                           res_id, is_created, checksum, content)
                   SELECT %(import)s, 'res.partner', 'done', %(uid)s, %(uid)s,
                          %(now)s, %(now)s, row.*
                     FROM unnest(%(ids)s::int[], %(created)s::bool[],
                                 %(sums)s::varchar[], %(contents)s::jsonb[]) AS row""",
                **{"import": import_.id, "uid": self.env.uid, "now": self.env.cr.now()},
                **dict(
                    zip(
                        ("ids", "created", "sums", "contents"),
                        map(list, zip(*rows, strict=True)),
                        strict=True,
                    )
                ),
            )
        )
        self.invalidate_model(flush=False)
        import_.invalidate_recordset(["change_ids"], flush=False)

    @api.model
    def _merged(self, partners, target):
        """Note into whom contacts were merged, and how they were called."""
        for change in self.search([("res_id", "in", partners.ids)]):
            name = partners.browse(change.res_id).display_name
            change.content = {**(change.content or {}), "merged": [name, target.id]}

    # ------------------------------------------------------------------
    # What else came of it
    # ------------------------------------------------------------------

    @api.model
    def _marks(self):
        """Return the last activity and message: what comes later in the batch is ours.

        Nobody else's are seen in this transaction.
        """
        self.env.flush_all()
        [marks] = self.env.execute_query(
            SQL(
                """SELECT (SELECT COALESCE(max(id), 0) FROM mail_activity),
                          (SELECT COALESCE(max(id), 0) FROM mail_message)"""
            )
        )
        return marks

    @api.model
    def _add_side_effects(self, by_id, before):
        """Note the activities and messages of what profiles did on entry."""
        for name, table, column, mark in (
            ("activities", "mail_activity", "res_model", before[0]),
            ("messages", "mail_message", "model", before[1]),
        ):
            rows = self.env.execute_query(
                SQL(
                    "SELECT res_id, id FROM %s WHERE id > %s AND %s = 'res.partner'",
                    SQL.identifier(table),
                    mark,
                    SQL.identifier(column),
                )
            )
            for res_id, id_ in rows:
                if res_id in by_id:
                    by_id[res_id].setdefault(name, []).append(id_)

    @api.model
    def _tell(self, import_, by_id):
        """Tell on contacts' chatter what was changed; return ``{id: message}``."""
        changed = {
            id_: entry
            for id_, entry in by_id.items()
            if not entry.get("created") and (entry.get("fields") or entry.get("tags"))
        }
        if not changed:
            return {}
        partners = self.env["res.partner"].browse(changed)
        titles = self._titles(import_, partners)
        bodies = {
            id_: self._told(import_, entry, titles[id_])
            for id_, entry in changed.items()
        }
        messages = partners._message_log_batch(bodies)
        return {message.res_id: message.id for message in messages}

    @api.model
    def _titles(self, import_, partners):
        """Return ``{id: title of the note}``, which all see who read the contact.

        What one company's files are called is not told to others.
        """
        named = escape(self.env._("Changed by the import of “%s”", import_.name))
        unnamed = escape(self.env._("Changed by an import of prospects"))
        is_alone = self.env["res.company"].sudo().search_count([], limit=2) < 2
        return {
            partner.id: named if is_alone or partner.company_id else unnamed
            for partner in partners
        }

    @api.model
    def _told(self, import_, entry, title):
        Screen, partner = import_, self.env["res.partner"]
        lines = [
            Markup("<li>{}: <s>{}</s> {}</li>").format(
                partner._fields[name]._description_string(self.env),
                Screen._said(partner._fields[name], before)[:200],
                Screen._said(partner._fields[name], after)[:200],
            )
            for name, (before, after) in entry.get("fields", {}).items()
            if before != after
        ]
        if entry.get("tags"):
            tags = self.env["res.partner.category"].browse(entry["tags"])
            names = ", ".join(tags.mapped("name"))
            lines.append(Markup("<li>{}</li>").format(self.env._("Tags: %s", names)))
        return Markup("{}<ul>{}</ul>").format(title, Markup().join(lines))

    # ------------------------------------------------------------------
    # Whether anybody has touched a contact since
    # ------------------------------------------------------------------

    @api.model
    def _checksums(self, ids):
        """Return ``{id: sum}`` over what a person can have written of contacts."""
        if not ids:
            return {}
        Partner = self.env["res.partner"]
        # people have these of their company, whose they are
        shared = {*Partner._address_fields(), *Partner._commercial_fields()}
        columns = [
            SQL(
                "CASE WHEN parent_id IS NULL THEN %s END" if name in shared else "%s",
                SQL.identifier(name),
            )
            for name in sorted(
                field.name
                for field in Partner._fields.values()
                if field.store
                and field.column_type
                and field.name not in _NOT_A_WORD
                # what profiles did on entry
                and not field.name.startswith("profiling_")
                and not (field.compute and field.readonly)
            )
        ]
        return dict(
            self.env.execute_query(
                SQL(
                    "SELECT id, md5(ROW(%s)::text) FROM res_partner WHERE id = ANY(%s)",
                    SQL(", ").join(columns),
                    list(ids),
                )
            )
        )
