from hashlib import sha256

from odoo import models

from ...groups import SALESMAN


class IrHttp(models.AbstractModel):
    """Tells the screens which database they belong to."""

    _inherit = "ir.http"

    def session_info(self):
        """Name the database, so that a browser keeps what is unsaved of each apart.

        Not by its name, which another one may have tomorrow, and not by its very id.
        """
        info = super().session_info()
        if self.env.user.has_group(SALESMAN):
            parameters = self.env["ir.config_parameter"].sudo()
            uuid = parameters.get_param("database.uuid", "")
            info["crm_profiling_database"] = sha256(uuid.encode()).hexdigest()[:16]
        return info
