from odoo import api, fields, models
from odoo.fields import Domain

from .crm_profiling_queue_line import STATES

# Prospects to be called later who are named at the end of a list.
LATER_SHOWN = 8

# In which order questions are asked
ASK_ORDERS = [
    ("best", "Best next question"),
    ("questionnaire", "As in the questionnaire"),
    ("form", "Every question, as on a paper form"),
]


class CrmProfilingQueue(models.Model):
    """A list of prospects to call, worked through by one or several users.

    Nothing about progress is stored here: colleagues who finish their calls at the
    same moment would have to wait for each other.
    """

    _name = "crm.profiling.queue"
    _inherit = ["crm.profiling.guarded"]
    _description = "Call List"
    _order = "priority desc, create_date desc, id desc"

    # one may hand one's list over to others
    _right_after_write = "read"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        index=True,
        ondelete="cascade",  # empty, it would be everybody's
    )
    questionnaire_id = fields.Many2one(
        comodel_name="crm.profiling.questionnaire",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        help="What to ask; every question in use if empty.",
    )
    ask_order = fields.Selection(
        selection=ASK_ORDERS,
        string="Order of questions",
        required=True,
        default="best",
    )
    user_ids = fields.Many2many(
        comodel_name="res.users",
        relation="crm_profiling_queue_user_rel",
        column1="queue_id",
        column2="user_id",
        string="Callers",
        help="Who calls; everybody in sales if empty.",
    )
    line_ids = fields.One2many(
        comodel_name="crm.profiling.queue.line",
        inverse_name="queue_id",
        string="Prospects",
    )
    note = fields.Text()
    # How it is called through
    priority = fields.Selection(
        selection=[
            ("0", "Low"),
            ("1", "Medium"),
            ("2", "High"),
            ("3", "Very high"),
        ],
        required=True,
        default="0",
        help="“Call next” hands out the lists with more stars first.",
    )
    most_tries = fields.Integer(
        string="Most tries for a contact",
        default=6,
        help="Who was not reached in so many tries is left out. 0: no limit.",
    )
    most_tries_day = fields.Integer(
        string="Most tries a day",
        default=2,
        help="Who was called so many times today, for whatever list, is called again"
        " tomorrow. 0: no limit.",
    )
    minutes_between = fields.Integer(
        string="Minutes between tries",
        default=60,
        help="Who was not reached is left in peace for so long: a quarter of it if the"
        " line was busy, four times that after a message on the voicemail.",
    )
    try_ids = fields.One2many(
        comodel_name="crm.profiling.try",
        inverse_name="queue_id",
        string="Calls",
        sealed=True,
    )
    try_count = fields.Integer(string="Tries", compute="_compute_tries")
    reached_count = fields.Integer(string="Reached", compute="_compute_tries")
    total_count = fields.Integer(string="Prospects in all", compute="_compute_progress")
    done_count = fields.Integer(string="Called", compute="_compute_progress")
    progress = fields.Integer(string="Progress (%)", compute="_compute_progress")
    state = fields.Selection(
        selection=[("open", "In progress"), ("done", "Done")],
        compute="_compute_progress",
        search="_search_state",
    )

    _limits_positive = models.Constraint(
        "CHECK(most_tries BETWEEN 0 AND 1000 AND most_tries_day BETWEEN 0 AND 1000"
        " AND minutes_between BETWEEN 0 AND 100000)",
        "Tries and minutes between them are numbers from 0 on.",
    )

    @api.depends("try_ids.outcome")
    def _compute_tries(self):
        counts = {
            (queue.id, is_reached): count
            for queue, is_reached, count in self.env["crm.profiling.try"]
            .sudo()
            ._read_group(
                [("queue_id", "in", self.ids)], ["queue_id", "is_reached"], ["__count"]
            )
        }
        for queue in self:
            reached = counts.get((queue._origin.id, True), 0)
            queue.reached_count = reached
            queue.try_count = reached + counts.get((queue._origin.id, False), 0)

    @api.depends("line_ids.state")
    def _compute_progress(self):
        Line = self.env["crm.profiling.queue.line"]
        counts = {
            (queue.id, state): count
            for queue, state, count in Line._read_group(
                # nobody has to call those who were archived meanwhile
                [("queue_id", "in", self.ids), ("partner_id.active", "=", True)],
                ["queue_id", "state"],
                ["__count"],
            )
        }
        for queue in self:
            by_state = {s: counts.get((queue.id, s), 0) for s in STATES}
            total = sum(by_state.values())
            done = by_state["done"] + by_state["skipped"]
            queue.total_count, queue.done_count = total, done
            queue.progress = total and 100 * done // total
            queue.state = "done" if done == total else "open"

    @api.model
    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        is_open = Domain(
            "line_ids",
            "any",
            [("state", "in", ["waiting", "taken"]), ("partner_id.active", "=", True)],
        )
        domains = {"open": is_open, "done": ~is_open}
        return Domain.OR(domains[one] for one in value if one in domains)

    def action_start(self):
        """Open the interview of the next prospect."""
        self.ensure_one()
        return self.env["crm.profiling.interview"]._action(self.name, queue_id=self.id)

    def _progress_entry(self):
        """Return how far a call list has come, for the interview's screen."""
        self.invalidate_recordset(["total_count", "done_count"])
        return {
            "id": self.id,
            "name": self.name,
            "done": self.done_count,
            "total": self.total_count,
        }

    def _finished_entry(self):
        """Return what the screen shows a user for whom nobody is left at present."""
        Line = self.env["crm.profiling.queue.line"]
        mine = self._callable_domain(busy=True)
        put_off = Domain("state", "=", "waiting") & Domain("date_again", "!=", False)
        first = Line.search(mine & put_off, order="date_again, id", limit=LATER_SHOWN)
        return {
            **self._progress_entry(),
            "taken": Line.search_count(mine & Domain("state", "=", "taken")),
            "later": Line.search_count(mine & put_off),
            "first_later": self.env["crm.profiling.whom"]._later_entries(first),
        }
