from odoo import api, models
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
    """Knows whether anybody has touched a contact since it was imported."""

    _inherit = "crm.profiling.import.change"  # pylint: disable=consider-merging-classes-inherited

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
