"""What an addon leaves in a database that it is uninstalled from, or takes along."""

from db import sql
from project import ADDON

UNINSTALL = """
module = env["ir.module.module"].search([("name", "=", "{addon}")])
module.button_immediate_uninstall()
"""


def uninstall(step, addon=ADDON):
    """As the Apps screen does it, in Odoo's shell."""
    step.shell(f"uninstall {addon}", UNINSTALL.format(addon=addon))


def compare(step, before, what_of):
    """Say what uninstalling left behind, or took along."""
    after = snapshot(step.db)
    for what, names in before.items():
        if left := after[what] - names:
            step.fail(f"uninstall {what_of} left {what}: {some(left)}")
        if lost := names - after[what]:
            step.fail(f"uninstall {what_of} took away {what}: {some(lost)}")


def some(names):
    return ", ".join(sorted(names)[:20])


def snapshot(db):
    """What a database is made of. An addon once uninstalled leaves all as it was."""
    name = "COALESCE(name->>'en_US', '')"
    queries = {
        "columns": "SELECT table_name || '.' || column_name || ' ' || data_type"
        " FROM information_schema.columns WHERE table_schema = 'public'",
        "constraints": "SELECT conrelid::regclass || ' ' || conname || ' '"
        " || pg_get_constraintdef(oid) FROM pg_constraint",
        "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "sequences": "SELECT sequencename FROM pg_sequences",
        "triggers": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
        "models": "SELECT model FROM ir_model",
        "fields": "SELECT model || '.' || name FROM ir_model_fields",
        "relations": "SELECT name FROM ir_model_relation",
        "access rights": "SELECT name FROM ir_model_access",
        "rules": "SELECT name FROM ir_rule",
        "groups": f"SELECT {name} FROM res_groups",
        "views": "SELECT name || ' of ' || COALESCE(model, '') FROM ir_ui_view",
        "menus": f"SELECT parent_path || ' ' || {name} FROM ir_ui_menu",
        "actions": f"SELECT type || ' ' || {name} FROM ir_actions",
        "jobs": "SELECT cron_name FROM ir_cron",
        "settings": "SELECT key FROM ir_config_parameter",
        "contacts": "SELECT COALESCE(complete_name, '') FROM res_partner",
        "contact tags": f"SELECT {name} FROM res_partner_category",
        # without those by which Odoo's own addons note what they add to a model with a
        # chatter: they stay when any such model goes
        "external ids": "SELECT module || '.' || name FROM ir_model_data"
        " WHERE module LIKE 'crm_profiling%' OR module LIKE 'report_invoice%'"
        " OR model NOT IN ('ir.model.inherit', 'ir.model.fields.selection')",
    }
    return {
        what: {row[0] for row in sql(query, db=db)} for what, query in queries.items()
    }
