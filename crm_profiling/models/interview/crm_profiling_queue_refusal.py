from odoo import api, fields, models


class CrmProfilingQueue(models.Model):
    """A call list says how many in it asked not to be called."""

    _inherit = "crm.profiling.queue"  # pylint: disable=consider-merging-classes-inherited

    refusing_count = fields.Integer(
        string="Not to be called", compute="_compute_refusing_count"
    )

    @api.depends("line_ids.partner_id.profiling_refusal_ids")
    def _compute_refusing_count(self):
        counts = dict(
            self.env["crm.profiling.queue.line"]._read_group(
                [
                    ("queue_id", "in", self._origin.ids),
                    ("partner_id.profiling_refuses_calls", "=", True),
                ],
                ["queue_id"],
                ["__count"],
            )
        )
        for queue in self:
            queue.refusing_count = counts.get(queue._origin, 0)
