from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

# What may hold targets: field of the holder, and of what has been achieved
REFS = {
    "user": "user_id",
    "team": "team_id",
    "industry": "industry_id",
    "profile": "profile_id",
    "categ": "categ_id",
}


class InvoiceSalesmanHolder(models.Model):
    """Somebody, or something, that has targets in a plan; and for how long."""

    _name = "invoice.salesman.holder"
    _description = "Holder of Sales Targets"
    _inherit = ["mail.thread", "mail.activity.mixin", "crm.profiling.guarded"]
    _order = "plan_id, sequence, name, id"

    plan_id = fields.Many2one(
        "invoice.salesman.plan", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(compute="_compute_name", store=True, sealed=True)
    user_id = fields.Many2one(
        "res.users",
        string="Salesperson",
        index="btree_not_null",
        ondelete="cascade",
        domain="[('share', '=', False)]",
    )
    team_id = fields.Many2one(
        "crm.team", string="Sales Team", index="btree_not_null", ondelete="cascade"
    )
    industry_id = fields.Many2one(
        "res.partner.industry",
        string="Industry",
        index="btree_not_null",
        ondelete="cascade",
    )
    profile_id = fields.Many2one(
        "crm.profiling.profile",
        string="Profile",
        index="btree_not_null",
        ondelete="cascade",
    )
    categ_id = fields.Many2one(
        "product.category",
        string="Product Category",
        index="btree_not_null",
        ondelete="cascade",
        help="With the categories below it that have no targets themselves.",
    )
    date_from = fields.Date(
        string="Joins On", help="What is spread over the months begins here, pro rata."
    )
    date_to = fields.Date(
        string="Leaves On", help="What is spread over the months ends here, pro rata."
    )
    target_ids = fields.One2many("invoice.salesman.target", "holder_id", readonly=True)
    company_id = fields.Many2one(
        related="plan_id.company_id",
        store=True,
        index=True,
        precompute=True,
        sealed=True,
    )
    held_by = fields.Selection(related="plan_id.held_by")
    state = fields.Selection(related="plan_id.state")

    _holder_uniq = models.UniqueIndex(
        "(plan_id, COALESCE(user_id, 0), COALESCE(team_id, 0),"
        " COALESCE(industry_id, 0), COALESCE(profile_id, 0), COALESCE(categ_id, 0))",
        "This plan has targets of theirs already.",
    )
    _dates_check = models.Constraint(
        "CHECK (date_from <= date_to)", "Nobody leaves before they join."
    )

    @api.depends(
        "user_id.name",
        "team_id.name",
        "industry_id.name",
        "profile_id.name",
        "categ_id.complete_name",
    )
    def _compute_name(self):
        for holder in self:
            holder.name = holder._ref().sudo().display_name or ""

    def _ref(self):
        """Return who or what it is: a user, a team, an industry, a profile..."""
        self.ensure_one()
        return next((self[name] for name in REFS.values() if self[name]), self.user_id)

    @api.constrains("plan_id", *REFS.values())
    def _check_kind(self):
        kinds = dict(self.plan_id._fields["held_by"]._description_selection(self.env))
        for holder in self:
            wanted = REFS[holder.plan_id.held_by]
            given = [name for name in REFS.values() if holder[name]]
            if given != [wanted]:
                raise ValidationError(
                    self.env._(
                        "The targets of “%(plan)s” are held by: %(kind)s. Choose one"
                        " for each line.",
                        plan=holder.plan_id.name,
                        kind=kinds[holder.plan_id.held_by],
                    )
                )

    @api.constrains("plan_id", *REFS.values())
    def _check_company(self):
        for holder in self:
            company = holder.plan_id.company_id
            ref = holder._ref().sudo()
            if holder.user_id and company not in ref.company_ids:
                raise ValidationError(
                    self.env._(
                        "%(user)s does not work for %(company)s.",
                        user=ref.name,
                        company=company.name,
                    )
                )
            if "company_id" in ref._fields and not holder.user_id:
                if ref.company_id and ref.company_id != company:
                    raise ValidationError(
                        self.env._(
                            "“%s” belongs to another company than the plan.",
                            holder.name,
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        holders = super().create(vals_list)
        holders.plan_id._check_open()
        return holders

    def write(self, vals):
        self.plan_id._check_open()
        if self.filtered(
            lambda one: one.plan_id.id != vals.get("plan_id", one.plan_id.id)
        ):
            raise UserError(
                self.env._("Targets stay in their plan. Add them to the other one.")
            )
        result = super().write(vals)
        self.plan_id._check_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self.plan_id._check_open()
