from odoo import api, models


class CrmProfilingRefusal(models.Model):
    """The numbers of those not to be called are blacklisted: no text messages, too."""

    _inherit = "crm.profiling.refusal"  # pylint: disable=consider-merging-classes-inherited

    def _block(self):
        """Put numbers on the blacklist that no other contact has.

        A number that is there already is somebody else's word, and stays theirs.
        """
        Blacklist = self.env["phone.blacklist"].sudo()
        Partner = self.env["res.partner"].sudo().with_context(active_test=False)
        refusals = self.sudo().filtered(
            lambda refusal: not refusal.number and refusal.partner_id.phone_sanitized
        )
        numbers = refusals.partner_id.mapped("phone_sanitized")
        is_one_of = [("phone_sanitized", "in", numbers)]
        having = dict(Partner._read_group(is_one_of, ["phone_sanitized"], ["__count"]))
        there = set(Blacklist.search([("number", "in", numbers)]).mapped("number"))
        for refusal in refusals:
            number = refusal.partner_id.phone_sanitized
            if having[number] == 1 and number not in there:
                Blacklist._add([number], message=refusal._note())
                refusal.number = number

    def _release(self):
        """Take off the blacklist what these put there."""
        refusals = self.sudo().filtered("number")
        numbers = refusals.mapped("number")
        refusals.number = False
        others = self.sudo().search([("number", "in", numbers)])
        if numbers := list(set(numbers) - set(others.mapped("number"))):
            self.env["phone.blacklist"].sudo()._remove(numbers)

    @api.model
    def _numbers_changed(self, partners):
        """Keep the blacklist true once these contacts have other numbers."""
        numbers = list(filter(None, partners.sudo().mapped("phone_sanitized")))
        stale = self.sudo().search(
            ["|", ("partner_id", "in", partners.ids), ("number", "in", numbers)]
        )
        stale = stale.filtered(lambda r: r.number != r.partner_id.phone_sanitized) | (
            stale.filtered(lambda r: r.partner_id not in partners)
        )
        stale._release()
        stale._block()
