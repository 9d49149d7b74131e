from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from ..catalog.arguments import check_values


class CrmProfilingRefusal(models.Model):
    """That somebody asked not to be called: who noted it, when and why.

    There is at most one of a contact; taking it back deletes it.
    """

    _name = "crm.profiling.refusal"
    _inherit = ["crm.profiling.guarded"]
    _description = "Contact Not to Be Called"
    _order = "date desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Contact",
        required=True,
        index=True,
        ondelete="cascade",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Noted by",
        default=lambda self: self.env.uid,
        sealed=True,
        ondelete="set null",
    )
    date = fields.Datetime(
        string="Since", required=True, default=fields.Datetime.now, sealed=True
    )
    reason = fields.Char(required=True)
    number = fields.Char(
        string="Phone number",
        sealed=True,
        copy=False,
        index="btree_not_null",
        # none where another contact has it, be it a hidden one
        groups="base.group_system",
        help="What this put on the blacklist of phone numbers, and will take off it.",
    )

    _partner_uniq = models.Constraint(
        "UNIQUE(partner_id)",
        "It is noted already that this contact is not to be called.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse to speak for contacts that the user may not change."""
        refusals = super().create(vals_list)
        refusals.partner_id.check_access("write")
        refusals._block()
        refusals._leave_lists()
        return refusals

    def write(self, vals):
        """Change the words: they are of whoever changes them, and of now.

        :raise UserError: for another contact: it is the first one's word
        """
        self.partner_id.check_access("write")
        check_values(self.env, vals)
        if not self.env.su and any(
            one.partner_id.id != vals.get("partner_id", one.partner_id.id)
            for one in self
        ):
            raise UserError(
                self.env._("Note it on the other contact: this one said it, or nobody.")
            )
        result = super().write(vals)
        if "reason" in vals and not self.env.su:
            said = {"user_id": self.env.uid, "date": fields.Datetime.now()}
            self.sudo().write(said)
        if "partner_id" in vals:
            self.partner_id.check_access("write")
            self._release()
            self._block()
        return result

    def unlink(self):
        self.partner_id.check_access("write")
        self._release()
        return super().unlink()

    def _leave_lists(self):
        """Leave the contacts out of the call lists in which they wait."""
        lines = self.env["crm.profiling.queue.line"].sudo()
        waiting = lines.search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("state", "in", ("waiting", "taken")),
            ]
        ).grouped("partner_id")
        for refusal in self.sudo():
            if theirs := waiting.get(refusal.partner_id):
                theirs.write({"state": "skipped", "reason": refusal.reason})

    def _note(self):
        """Return in words who is not to be called, since when and why."""
        self.ensure_one()
        return self._words(self.reason, self.sudo().user_id.name, self.date)

    @api.model
    def _words(self, reason, user_name, date):
        return self.env._(
            "Not to be called: %(reason)s (%(user)s, %(date)s)",
            reason=reason,
            user=user_name or self.env._("a colleague"),
            date=format_date(self.env, fields.Datetime.to_datetime(date)),
        )

    @api.model
    def _notice_sql(self):
        """Return what `_words` are made of, of a ``contact``, as JSON."""
        self.flush_model(["partner_id", "reason", "user_id", "date"])
        self.env["res.users"].flush_model(["partner_id"])
        self.env["res.partner"].flush_model(["name"])
        return SQL(
            """(SELECT json_build_array(
                           refusal.reason, person.name,
                           to_char(refusal.date, 'YYYY-MM-DD HH24:MI:SS'))
                  FROM crm_profiling_refusal refusal
             LEFT JOIN res_users users ON users.id = refusal.user_id
             LEFT JOIN res_partner person ON person.id = users.partner_id
                 WHERE refusal.partner_id = contact.id)"""
        )
