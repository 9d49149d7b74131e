from markupsafe import Markup, escape

from odoo import api, models


class CrmProfilingImportChange(models.Model):
    """Tells on their chatter what an import changed of contacts."""

    _inherit = "crm.profiling.import.change"  # pylint: disable=consider-merging-classes-inherited

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
