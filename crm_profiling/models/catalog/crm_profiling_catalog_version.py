from odoo import api, models
from odoo.tools import SQL

# System parameter that names the state of the catalog; another after every change.
VERSION = "crm_profiling.catalog_version"

VERSION_XMLID = "crm_profiling.config_parameter_catalog_version"


class CrmProfilingCatalog(models.AbstractModel):
    """The catalog has a version: another after every change."""

    _inherit = "crm.profiling.catalog"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _parameter(self):
        # not by env.ref, which asks the database each time whether it exists
        id_ = self.env["ir.model.data"]._xmlid_to_res_id(VERSION_XMLID)
        return self.env["ir.config_parameter"].sudo().browse(id_)

    @api.model
    def _version(self):
        """Return what names the state of the catalog in this transaction."""
        return self._parameter().value

    @api.model
    def _version_sql(self):
        """Return a column for queries that are made anyway: see `_note_version`."""
        return SQL(
            "(SELECT value FROM ir_config_parameter WHERE id = %s)",
            self._parameter().id or 0,
        )

    @api.model
    def _note_version(self, version):
        """Take the version that a query has read along: none is made for it then."""
        parameter = self._parameter()
        parameter._fields["value"]._insert_cache(parameter, [version])

    @api.model
    def _lock(self):
        """Return the version, which then stays until the commit."""
        rows = self.env.execute_query(self._lock_sql())
        return rows[0][0] if rows else False

    @api.model
    def _lock_sql(self):
        """Return a select of the version, as `value`, with a share lock on it."""
        return SQL(
            "SELECT value FROM ir_config_parameter WHERE key = %s FOR SHARE", VERSION
        )

    @api.model
    def _changed(self):
        """Give the catalog another version.

        Who evaluates a contact holds a share lock on the version. So changing it waits
        for those who still evaluate by the old catalog, and makes those who started
        before it is committed start again.
        """
        parameter = self._parameter()
        self.env.cr.execute(
            SQL(
                """UPDATE ir_config_parameter SET value = gen_random_uuid()::text
                    WHERE id = %s""",
                parameter.id or 0,  # gone while the addon is uninstalled
            )
        )
        parameter.invalidate_recordset(["value"])
