"""Fed to `odoo shell` by the cycle test: uninstalls the addon, the way the Apps screen does."""

env["ir.module.module"].search([("name", "=", "crm_profiling")]).button_immediate_uninstall()  # noqa: F821
