from odoo import models


class CrmProfilingNamed(models.AbstractModel):
    """What cannot be copied under its own name: that would be taken, or misleading."""

    _name = "crm.profiling.named"
    _description = "Profiling Record With a Name of Its Own"

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        if "name" in (default or {}) or "name" not in self._fields:
            return vals_list
        return [
            dict(vals, name=self.env._("%s (copy)", record.name))
            for record, vals in zip(self, vals_list, strict=True)
        ]

    def copy_translations(self, new, excluded=()):
        """Leave the copy the name it got: the original's is taken, in any language."""
        return super().copy_translations(new, (*excluded, "name"))
