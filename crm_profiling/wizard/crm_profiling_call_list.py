from odoo import api, fields, models

from ..models.catalog.arguments import check_one, ids_of
from ..models.interview.crm_profiling_queue import ASK_ORDERS


class CrmProfilingCallList(models.TransientModel):
    """Asks what to ask before a call list is made of contacts that were chosen."""

    _name = "crm.profiling.call.list"
    _inherit = ["crm.profiling.guarded"]
    _description = "Call Through Contacts"

    name = fields.Char(required=True)
    questionnaire_id = fields.Many2one(
        comodel_name="crm.profiling.questionnaire",
        default=lambda self: self._last_questionnaire(),
        ondelete="set null",
        help="What is asked in every call; every question in use if empty.",
    )
    ask_order = fields.Selection(
        selection=ASK_ORDERS,
        string="Order of questions",
        required=True,
        default="best",
    )
    user_ids = fields.Many2many(
        comodel_name="res.users",
        relation="crm_profiling_call_list_user_rel",
        column1="call_list_id",
        column2="user_id",
        string="Callers",
        domain=[("share", "=", False)],
        help="Who calls; everybody in sales if empty.",
    )
    partner_ids = fields.Many2many(
        comodel_name="res.partner",
        relation="crm_profiling_call_list_partner_rel",
        column1="call_list_id",
        column2="partner_id",
        string="Contacts",
        context={"active_test": False},
    )
    lead_ids = fields.Many2many(
        comodel_name="crm.lead",
        relation="crm_profiling_call_list_lead_rel",
        column1="call_list_id",
        column2="lead_id",
        string="Leads and opportunities",
        context={"active_test": False},
    )
    chosen = fields.Json(help="Their ids, in the order in which they are called.")
    call_count = fields.Integer(string="To call", compute="_compute_who")
    left_out = fields.Text(compute="_compute_who")
    has_questionnaires = fields.Boolean(compute="_compute_has_questionnaires")

    @api.model
    def _last_questionnaire(self):
        """Return what the user's last call list asks: one calls for one thing."""
        mine = [("create_uid", "=", self.env.uid)]
        return self.env["crm.profiling.queue"].search(mine, limit=1).questionnaire_id

    @api.depends("partner_ids", "lead_ids")
    def _compute_who(self):
        Queue = self.env["crm.profiling.queue"]
        for wizard in self:
            unknown = wizard.lead_ids.filtered(lambda lead: not lead.partner_id)
            contacts = wizard.partner_ids | wizard.lead_ids._profiling_to_call()
            kept, left_out = contacts._origin._profiling_sort_out()
            wizard.call_count = len(kept) + len(unknown)
            wizard.left_out = Queue._left_out_text(left_out)

    def _compute_has_questionnaires(self):
        found = self.env["crm.profiling.questionnaire"].search([], limit=1)
        self.has_questionnaires = bool(found)

    def action_start(self):
        """Make the list, and open its first prospect."""
        check_one(self)
        if self.user_ids:
            self.user_ids |= self.env.user  # who starts to call is one of the callers
        return self._make().action_start()

    def action_create_list(self):
        """Make the list, and show it."""
        check_one(self)
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.profiling.queue",
            "res_id": self._make().id,
            "views": [[False, "form"]],
        }

    def _as_chosen(self, records):
        """Return records in the order in which they were chosen: Odoo sorts them."""
        ranks = {id_: rank for rank, id_ in enumerate(ids_of(self.chosen) or ())}
        return records.sorted(lambda record: ranks.get(record.id, len(ranks)))

    def _make(self):
        """Return the call list; contacts of leads that have none are created."""
        self.env["crm.profiling.queue"].check_access("create")
        for lead in self.lead_ids:
            lead._profiling_partner()
        leads = self._as_chosen(self.lead_ids).filtered("partner_id")
        contacts = self._as_chosen(self.partner_ids) | leads._profiling_to_call()
        kept, left_out = contacts._profiling_sort_out()
        return self.env["crm.profiling.queue"]._create_for(
            kept,
            left_out,
            leads=leads,
            name=self.name,
            questionnaire_id=self.questionnaire_id.id,
            ask_order=self.ask_order,
            user_ids=[fields.Command.set(self.user_ids.ids)],
        )
