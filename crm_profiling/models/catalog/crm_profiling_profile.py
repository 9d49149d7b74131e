from odoo import api, fields, models

from .arguments import list_of


class CrmProfilingProfile(models.Model):
    """A kind of prospect: what answers it takes, and what to propose.

    A profile states criteria by naming answers, `required_answer_ids` and
    `excluded_answer_ids`; those of its parents count as well.  Required answers of
    one question are alternatives, questions add up (see `evaluator`).
    """

    _name = "crm.profiling.profile"
    _inherit = ["crm.profiling.named", "crm.profiling.guarded"]
    _description = "Profile"
    _parent_name = "parent_id"
    _parent_store = True
    _order = "sequence, name, id"
    _check_company_auto = True

    # what it is
    name = fields.Char(string="Profile", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        index=True,
        ondelete="restrict",  # empty, it would be everybody's
        help="Leave empty to look for this profile in every company. A profile of one"
        " company is seen there alone; but its tag, and what is noted on the chatter of"
        " contacts that enter it, are seen by all who may see the contact.",
    )
    # where it hangs
    parent_id = fields.Many2one(
        comodel_name="crm.profiling.profile",
        string="Part of",
        index=True,
        ondelete="restrict",
        check_company=True,
        help="A contact must match this profile too, archived or not.",
    )
    parent_path = fields.Char(index=True, sealed=True)
    child_ids = fields.One2many(
        comodel_name="crm.profiling.profile",
        inverse_name="parent_id",
        string="Narrower profiles",
    )
    # what it takes
    required_answer_ids = fields.Many2many(
        comodel_name="crm.profiling.answer",
        relation="crm_profiling_profile_required_answer_rel",
        column1="profile_id",
        column2="answer_id",
        string="Required answers",
        ondelete="restrict",
        context={"active_test": False},
        check_company=True,
        help="One of them for each question: answers to the same question are"
        " alternatives.",
    )
    excluded_answer_ids = fields.Many2many(
        comodel_name="crm.profiling.answer",
        relation="crm_profiling_profile_excluded_answer_rel",
        column1="profile_id",
        column2="answer_id",
        string="Excluded answers",
        ondelete="restrict",
        context={"active_test": False},
        check_company=True,
        help="None of them; the question must have been answered all the same.",
    )
    # what it gives
    category_id = fields.Many2one(
        comodel_name="res.partner.category",
        string="Contact tag",
        required=True,
        index=True,
        ondelete="restrict",
        help="Put on every contact in this profile. Left empty, it is one with the name"
        " of the profile. Tags are of no company: everybody reads their names.",
    )
    color = fields.Integer(related="category_id.color")
    offer = fields.Html(
        translate=True,
        help="What to propose to these contacts, in words ready to be read out.",
    )

    def _quoted(self):
        """Return the names in words: the profile “A”, the profile “B”."""
        return ", ".join(self.env._("the profile “%s”", p.name) for p in self)

    # ------------------------------------------------------------------
    # Changes
    # ------------------------------------------------------------------

    # Fields that decide who is in a profile, or what being in it gives.
    _RULE_FIELDS = frozenset(
        {
            "active",
            "parent_id",
            "company_id",
            "required_answer_ids",
            "excluded_answer_ids",
            "category_id",
        }
    )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = list_of(self.env, vals_list)
        profiles = super().create(self._with_categories(vals_list))
        profiles._rule_changed()
        return profiles

    def write(self, vals):
        self.check_access("write")
        self._check_told(vals)
        if vals.get("parent_id"):
            self._check_parent(self.browse(vals["parent_id"]))
        if "category_id" in vals:
            self._check_category(vals)
        result = super().write(vals)
        if self._RULE_FIELDS & vals.keys():
            self._rule_changed()
        return result

    def _rule_changed(self):
        """Hook: contacts are in other profiles than before, or get other tags."""
        self.env["crm.profiling.catalog"]._changed()

    def unlink(self):
        result = super().unlink()
        self.env["crm.profiling.catalog"]._changed()
        return result
