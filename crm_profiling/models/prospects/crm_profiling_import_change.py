import json

from odoo import api, fields, models
from odoo.tools import SQL


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
