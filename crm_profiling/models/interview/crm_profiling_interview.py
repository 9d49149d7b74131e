from odoo import api, fields, models
from odoo.exceptions import UserError

from ..catalog.arguments import check_values
from .crm_profiling_queue import ASK_ORDERS


class CrmProfilingInterview(models.Model):
    """Somebody asks a contact questions, one after the other.

    Every answer is stored at once, as a response like any other: an interview only
    remembers what is no answer - what was skipped, declined or asked on request, in
    which order to go on, and how things stood before it began.

    The public methods are what the interview's screen calls. Each of them returns the
    whole state of the interview, see `crm.profiling.interview.screen`.
    """

    _name = "crm.profiling.interview"
    _inherit = ["crm.profiling.guarded", "crm.profiling.about.lead"]
    _description = "Profiling Interview"
    _order = "date_start desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Contact",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="partner_id.company_id")
    lead_id = fields.Many2one(copy=False, sealed=True)
    questionnaire_id = fields.Many2one(
        comodel_name="crm.profiling.questionnaire",
        index="btree_not_null",
        ondelete="set null",
    )
    queue_line_id = fields.Many2one(
        comodel_name="crm.profiling.queue.line",
        string="Place in a call list",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        sealed=True,
    )
    queue_id = fields.Many2one(related="queue_line_id.queue_id", string="Call list")
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Asked by",
        default=lambda self: self.env.user,
        index=True,
        ondelete="set null",
        copy=False,
        sealed=True,
    )
    state = fields.Selection(
        selection=[("ongoing", "Ongoing"), ("done", "Done")],
        required=True,
        default="ongoing",
        copy=False,
        sealed=True,
    )
    ask_order = fields.Selection(
        selection=ASK_ORDERS,
        string="Order of questions",
        required=True,
        default="best",
    )
    date_start = fields.Datetime(
        string="Begun",
        required=True,
        default=fields.Datetime.now,
        copy=False,
        sealed=True,
    )
    date_end = fields.Datetime(string="Finished", copy=False, sealed=True)
    duration = fields.Float(
        string="Minutes",
        compute="_compute_duration",
        store=True,
        sealed=True,
        aggregator="avg",
    )
    note = fields.Text()

    # What the contact did not answer
    skipped_question_ids = fields.Many2many(
        comodel_name="crm.profiling.question",
        relation="crm_profiling_interview_skipped_rel",
        column1="interview_id",
        column2="question_id",
        string="Skipped",
        context={"active_test": False},
    )
    declined_question_ids = fields.Many2many(
        comodel_name="crm.profiling.question",
        relation="crm_profiling_interview_declined_rel",
        column1="interview_id",
        column2="question_id",
        string="Declined",
        context={"active_test": False},
        help="Not asked of this contact again, until answered or asked on request.",
    )
    requested_question_id = fields.Many2one(
        comodel_name="crm.profiling.question",
        ondelete="set null",
        copy=False,
        groups="base.group_system",  # its name is shown to whoever reads the interview
        help="Asked next, because the user wants to.",
    )

    # What it led to
    response_ids = fields.One2many(
        comodel_name="crm.profiling.response",
        inverse_name="interview_id",
        string="Answers",
        sealed=True,
    )
    initial_profile_ids = fields.Many2many(
        comodel_name="crm.profiling.profile",
        relation="crm_profiling_interview_initial_rel",
        column1="interview_id",
        column2="profile_id",
        string="Profiles before",
        context={"active_test": False},
        copy=False,
        sealed=True,
    )

    _ongoing_uniq = models.UniqueIndex(
        "(user_id, partner_id) WHERE state = 'ongoing'",
        "You are interviewing this contact already, in another window. Reload the page"
        " to go on.",
    )

    def _is_paper(self):
        """Whether answers are typed in from paper: nobody is called."""
        return self.ask_order == "form"

    @api.depends("date_start", "date_end")
    def _compute_duration(self):
        for interview in self:
            end = interview.date_end
            seconds = end and (end - interview.date_start).total_seconds()
            interview.duration = (seconds or 0) / 60

    def _requested(self):
        """Return the question that the user wants to ask next."""
        return self.sudo().requested_question_id.with_env(self.env)

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse to interview contacts that the user may not change."""
        interviews = super().create(vals_list)
        interviews.partner_id.check_access("write")
        for interview in interviews.sudo():
            interview.initial_profile_ids = interview.partner_id.profile_ids
        interviews.filtered("date_end").partner_id._profiling_update_last_interview()
        return interviews

    def write(self, vals):
        """Keep up when its contact was last interviewed.

        :raise UserError: for another contact: what was answered is the first one's
        """
        check_values(self.env, vals)
        moved = "partner_id" in vals and not self.env.su
        if moved and any(one.partner_id.id != vals["partner_id"] for one in self):
            raise UserError(
                self.env._(
                    "An interview stays with its contact. Begin another one with the"
                    " other contact."
                )
            )
        result = super().write(vals)
        if {"state", "date_end"} & vals.keys():
            self.partner_id._profiling_update_last_interview()
        return result

    def unlink(self):
        partners = self.partner_id
        result = super().unlink()
        partners._profiling_update_last_interview()
        return result

    def action_open(self):
        """Open the interview's screen."""
        self.ensure_one()
        return self._action(interview_id=self.id)

    @api.model
    def _action(self, name="", **params):
        """Return the action that opens the interview's screen.

        :param name: of what is worked on, where it has one
        :param params: what to begin with, or to go on with
        """
        return {
            "type": "ir.actions.client",
            "tag": "crm_profiling.interview",
            "name": name or self.env._("Interview"),
            "params": params,
            "context": dict(params),
        }
