"""The databases that are measured: copies of one that has the addon."""

from console import say
from db import create_db, db_exists, drop_db, note, noted, rename_db
from dev import environment, install
from project import ADDON, LOGS
from stamps import addon_hash

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config

TEMPLATE = "crm_profiling-bench"


def prepare():
    """Have a database with the addon to copy from."""
    if not db_exists(TEMPLATE) or noted(TEMPLATE) != addon_hash():
        say("installing the addon in a database of its own")
        draft = f"{TEMPLATE}-draft"
        drop_db(draft)
        create_db(draft)
        addons = f"{ADDON},base_automation"
        install(environment(), LOGS / "bench.log", "-d", draft, "-i", addons)
        drop_db(TEMPLATE)
        rename_db(draft, TEMPLATE)
        note(TEMPLATE, addon_hash())


def on(database, work, *args):
    """Call something with the environment of a database."""
    config.parse_config(["-d", database, "--log-level=error"], setup_logging=True)
    with Registry(database).cursor() as cr:
        work(api.Environment(cr, SUPERUSER_ID, {}), *args)


def in_its_own(database, fill, then=None):
    """Make a database, fill it, measure, and drop it again."""
    drop_db(database)
    create_db(database, template=TEMPLATE)
    try:
        on(database, fill)
        if then:
            Registry.delete(database)
            then(database)
    finally:
        Registry.delete(database)
        drop_db(database)
