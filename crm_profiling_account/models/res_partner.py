from odoo import models

# Written on a contact, these say to whose turnover it belongs.
BELONGS = {"parent_id", "is_company", "commercial_partner_id"}


class ResPartner(models.Model):
    """Takes along whether anybody was asked: of whom nobody was, nothing is known."""

    _inherit = "res.partner"

    def write(self, vals):
        """Note the companies that contacts leave, and those they come to."""
        if not BELONGS & vals.keys():
            return super().write(vals)
        before = self._profiling_buyers()
        result = super().write(vals)
        after = self._profiling_buyers()
        moved = {company_id for _id, company_id in before.items() ^ after.items()}
        self.env["crm.profiling.invoiced"]._note_asked(moved)
        return result

    def unlink(self):
        """Note the companies of those who go."""
        companies = {*self._profiling_buyers().values()} - {*self.ids}
        result = super().unlink()
        self.env["crm.profiling.invoiced"]._note_asked(companies)
        return result

    def _profiling_buyers(self):
        """Return ``{id: id of the commercial entity}`` of these."""
        return {one.id: one.commercial_partner_id.id for one in self.sudo().exists()}

    def _profiling_merge_into(self, target):
        """Look at the one that stays, once the invoices of the others are its own."""
        left = self.commercial_partner_id - self
        result = super()._profiling_merge_into(target)
        Invoiced = self.env["crm.profiling.invoiced"]
        Invoiced._note(target.commercial_partner_id.ids)
        Invoiced._note_asked(left.ids)
        return result
