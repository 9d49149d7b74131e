from markupsafe import Markup, escape

from odoo import api, models
from odoo.tools import SQL


class CrmProfilingImportChange(models.Model):
    """Finds what else came of an import, and tells contacts of it on their chatter."""

    _inherit = "crm.profiling.import.change"  # pylint: disable=consider-merging-classes-inherited

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
