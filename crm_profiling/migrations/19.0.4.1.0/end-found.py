from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Look at all contacts: the first condition that holds counts now.

    What was found of them is kept, and the night looks at what time changes alone. At
    the end, for only then the sources of other addons are there.
    """
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["crm.profiling.question"].with_context(active_test=False).search(
        [("origin", "=", "contact")]
    )._found_otherwise()
