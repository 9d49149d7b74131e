from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# Prospects looked at to find one that no colleague is taking right now.
LOOK_AHEAD = 50


class CrmProfilingQueue(models.Model):
    """Hands out the prospects of a call list: to each caller another one."""

    _inherit = "crm.profiling.queue"  # pylint: disable=consider-merging-classes-inherited

    def _take_next(self):
        """Return the line that the user calls now, none when nobody is left.

        It is the one taken before, if any; else the first that is free.
        """
        self.ensure_one()
        self._check_caller()
        Line = self.env["crm.profiling.queue.line"]
        mine = Line.search(
            self._callable_domain(busy=True)
            & Domain("state", "=", "taken")
            & Domain("user_id", "=", self.env.uid),
            limit=1,
        )
        return (
            mine
            or Line.search(
                self._callable_domain() & Line._free_domain(), limit=LOOK_AHEAD
            )._take()
        )

    def _take_contact(self, partner):
        """Return the line of one contact, taken by the user.

        :raise UserError: while a colleague calls them
        """
        self.ensure_one()
        self._check_caller()
        lines = self.line_ids.filtered(lambda line: line.partner_id == partner)
        if lines.state == "taken" and lines.user_id == self.env.user:
            return lines
        free = lines.state != "taken" or lines.filtered_domain(lines._free_domain())
        taken = lines._take() if free else lines.browse()
        if lines and not taken:
            raise UserError(
                self.env._(
                    "%(contact)s is being called by %(user)s. Call somebody else.",
                    contact=partner.display_name,
                    user=lines.user_id.name or self.env._("a colleague"),
                )
            )
        return taken

    def _callable_domain(self, busy=False):
        """Return the lines of contacts that this user can call at all.

        :param busy: also of those whom a colleague is talking to just now
        """
        return Domain("queue_id", "=", self.id) & Domain(
            "partner_id", "any", self.env["crm.profiling.whom"]._callable(busy)
        )

    @api.model
    def _open_to_caller_domain(self):
        """Return the call lists that are for this user: for nobody else alone."""
        return Domain("user_ids", "=", False) | Domain("user_ids", "in", self.env.uid)

    def _check_caller(self):
        if not self.filtered_domain(self._open_to_caller_domain()):
            raise UserError(
                self.env._(
                    "The call list “%(name)s” is for %(users)s. Ask one of them, or a"
                    " sales manager, to add you to its callers.",
                    name=self.name,
                    users=", ".join(self.user_ids.mapped("name")),
                )
            )
