from . import models
from . import wizard


def _fill_soon(env):
    """Note the costs of what has been posted before: in the background, at once."""
    env.ref("report_invoice_salesman.ir_cron_fill")._trigger()


def _forget_ancestors(env):
    """Forget the external ids of what our models inherit through another model.

    Odoo notes them as the other addon's, and they would outlive the models.
    """
    env["ir.model.data"].search(
        [
            ("module", "=", "crm_profiling"),
            ("model", "=", "ir.model.inherit"),
            ("name", "=like", "model\\_inherit\\_\\_invoice\\_salesman\\_%"),
        ]
    ).unlink()
