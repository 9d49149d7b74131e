from odoo import api, models
from odoo.fields import Command


class CrmProfilingImportWriter(models.AbstractModel):
    """Changes contacts that are there, and keeps what was in them before."""

    _inherit = "crm.profiling.import.writer"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _update_contacts(self, job, log):
        for prospect in job.prospects:
            partner = job.matches.partners[prospect.line]
            more = {}
            if tags := job.tags.get(prospect.line):
                more["category_id"] = [Command.link(tag_id) for tag_id in tags]
            if prospect.line in job.moves:
                more["parent_id"] = job.matches.companies[prospect.company_key].id
            changes = job.changes.get(prospect.line)
            if changes or more:
                self._write_changes(partner, changes or (), more, log)

    @api.model
    def _write_changes(self, partner, changes, more, log):
        """Write changes of a contact, and keep what was there.

        :param more: other values to write
        """
        Changes = self.env["crm.profiling.import.changes"]
        vals = {**Changes._written(changes, partner), **more}
        tags = [command[1] for command in vals.get("category_id", ())]
        if not vals:
            return
        plain = [field for field in vals if field != "category_id"]
        if "parent_id" in vals:  # which gives its address
            plain += partner._address_fields()
        before = {field: Changes._plain(partner, field) for field in plain}
        partner.write(vals)
        after = {field: Changes._plain(partner, field) for field in plain}
        entry = log[partner.id]
        fields = entry.setdefault("fields", {})
        for field in plain:
            first = fields.get(field, [before[field]])[0]
            fields[field] = [first, after[field]]
        entry["tags"] = [*entry.get("tags", ()), *tags]
