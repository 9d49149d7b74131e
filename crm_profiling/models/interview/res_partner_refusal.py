from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...groups import SALESMAN
from ..catalog.crm_profiling_searched import storable

# Characters of a reason: a sentence, shown wherever the number is.
REASON = 200


class ResPartner(models.Model):
    """Some contacts asked not to be called: it is shown, and no list has them."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    profiling_refusal_ids = fields.One2many(
        comodel_name="crm.profiling.refusal",
        inverse_name="partner_id",
        string="Not to be called",
        groups=SALESMAN,
    )
    profiling_refuses_calls = fields.Boolean(
        string="Do not call",
        compute="_compute_profiling_notices",
        search="_search_profiling_refuses_calls",
        groups=SALESMAN,
        help="The contact asked not to be called.",
    )
    profiling_refusal_note = fields.Char(
        compute="_compute_profiling_notices", groups=SALESMAN
    )

    @api.depends("profiling_refusal_ids.reason")
    def _compute_profiling_notices(self):
        return super()._compute_profiling_notices()

    @api.model
    def _profiling_notices_sql(self):
        Refusal = self.env["crm.profiling.refusal"]
        return {**super()._profiling_notices_sql(), "refusal": Refusal._notice_sql()}

    @api.model
    def _profiling_noticed(self, notices):
        refusal = notices.get("refusal")
        words = refusal and self.env["crm.profiling.refusal"]._words(*refusal)
        return {
            **super()._profiling_noticed(notices),
            "profiling_refuses_calls": bool(refusal),
            "profiling_refusal_note": words or False,
        }

    @api.model
    def _search_profiling_refuses_calls(self, operator, value):
        if operator != "in":
            return NotImplemented
        refusing = Domain("profiling_refusal_ids", "!=", False)
        domains = {True: refusing, False: ~refusing}
        return Domain.OR(domains[one] for one in {bool(one) for one in value})

    def profiling_refuse_calls(self, reason=""):
        """Note that these contacts are not to be called, by anybody.

        :raise UserError: where no reason is said
        """
        self.check_access("write")
        reason = storable(reason).strip() if isinstance(reason, str) else ""
        if not 0 < len(reason) <= REASON:
            raise UserError(
                self.env._("Say in a sentence why this contact is not to be called.")
            )
        self.env["crm.profiling.refusal"].check_access("create")
        new = self.sudo().filtered(lambda partner: not partner.profiling_refusal_ids)
        Refusal = self.env["crm.profiling.refusal"].with_user(self.env.user)
        Refusal.sudo().create(
            [{"partner_id": partner.id, "reason": reason} for partner in new]
        )
        for partner in new.with_env(self.env):
            partner.message_post(
                body=partner.profiling_refusal_note, subtype_xmlid="mail.mt_note"
            )
        return True

    def profiling_allow_calls(self):
        """Take back that these contacts are not to be called."""
        self.check_access("write")
        self.env["crm.profiling.refusal"].check_access("unlink")
        refusing = self.filtered("profiling_refuses_calls")
        refusing.sudo().profiling_refusal_ids.unlink()
        for partner in refusing:
            partner.message_post(
                body=self.env._("May be called again."), subtype_xmlid="mail.mt_note"
            )
        return True

    def _profiling_sort_out(self):
        kept, left_out = super()._profiling_sort_out()
        refusing = kept.filtered("profiling_refuses_calls")
        return kept - refusing, {**left_out, self.env._("Not to be called"): refusing}
