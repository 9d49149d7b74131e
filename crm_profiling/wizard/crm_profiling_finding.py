from odoo import api, fields, models

IN_USE = [("active", "=", True)]


class CrmProfilingFinding(models.TransientModel):
    """Something a manager should look at among questions, answers and profiles.

    Found anew each time the health check is opened.
    """

    _name = "crm.profiling.finding"
    _inherit = ["crm.profiling.guarded"]
    _description = "Profiling Health Finding"
    _order = "severity, kind, profile_id, question_id, id"

    kind = fields.Selection(
        selection=[
            ("empty", "Mentions nothing"),
            ("never", "Never matches"),
            ("contradiction", "Contradicts what it is part of"),
            ("always", "Always matches"),
            ("archived", "Mentions something archived"),
            ("same", "Same contacts as another profile"),
            ("unused_question", "Question no profile uses"),
            ("unused_answer", "Answer no profile uses"),
            ("no_answers", "Question without answers"),
            ("gone", "Looks at what is not there any more"),
        ],
        string="Finding",
        required=True,
    )
    severity = fields.Selection(
        selection=[("1", "To mend"), ("2", "To look at"), ("3", "To know")],
        required=True,
    )
    profile_id = fields.Many2one(comodel_name="crm.profiling.profile")
    question_id = fields.Many2one(comodel_name="crm.profiling.question")
    note = fields.Char(string="What to do")

    @api.model
    def action_check(self):
        """Look for findings and open them."""
        self.search([("create_uid", "=", self.env.uid)]).unlink()
        self.create(
            self._profile_findings() + self._twin_findings() + self._question_findings()
        )
        return self.env["ir.actions.act_window"]._for_xml_id(
            "crm_profiling.crm_profiling_finding_action"
        )

    @api.model
    def _profile_findings(self):
        severity = {"archived": "2", "always": "2"}
        profiles = self.env["crm.profiling.profile"].search(IN_USE)
        profiles._prefetch_findings()
        return [
            {
                "kind": kind,
                "severity": severity.get(kind, "1"),
                "profile_id": profile.id,
                "note": note,
            }
            for profile in profiles
            for kind, note in profile._findings()
        ]

    @api.model
    def _twin_findings(self):
        """Find profiles that hold the same contacts."""
        profiles = self.env["crm.profiling.profile"].search(IN_USE)
        return [
            {
                "kind": "same",
                "severity": "2",
                "profile_id": profile.id,
                "note": twins._twins_note(),
            }
            for profile, twins in profiles._same_contacts().items()
        ]

    @api.model
    def _question_findings(self):
        Question = self.env["crm.profiling.question"]
        questions = Question.search(IN_USE)
        used = self.env["crm.profiling.profile"].search(IN_USE)._own_answers()
        gone = Question.with_context(active_test=False).search(
            [("origin", "=", "contact")]
        )
        return [
            {
                "kind": "gone",
                "severity": "1",
                "question_id": question.id,
                "note": self.env._(
                    "A condition looks at a field that is not there any more: nothing"
                    " is found. Change the condition and restore the question."
                ),
            }
            for question in gone.filtered(lambda one: one._is_broken())
        ] + [
            {
                "kind": kind,
                "severity": "1" if kind == "no_answers" else "3",
                "question_id": question.id,
                "note": note,
            }
            for question in questions
            for kind, note in question._findings(used)
        ]

    def action_open_record(self):
        """Open the profile or question to mend."""
        self.ensure_one()
        record = self.profile_id or self.question_id
        return record.get_formview_action()
