from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

IN_USE = [("active", "=", True)]


class CrmProfilingFinding(models.TransientModel):
    """Something a manager should look at among questions, answers and profiles.

    Found anew each time the health check is opened.
    """

    _name = "crm.profiling.finding"
    _description = "Profiling Health Finding"
    _order = "severity, kind, profile_id, question_id, id"

    kind = fields.Selection(
        selection=[
            ("empty", "Mentions nothing"),
            ("never", "Never matches"),
            ("always", "Always matches"),
            ("archived", "Mentions something archived"),
            ("same", "Same contacts as another profile"),
            ("unused_question", "Question no profile uses"),
            ("unused_answer", "Answer no profile uses"),
            ("no_answers", "Question without answers"),
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
        severity = {"empty": "1", "never": "1", "archived": "2", "always": "2"}
        return [
            {
                "kind": kind,
                "severity": severity[kind],
                "profile_id": profile.id,
                "note": note,
            }
            for profile in self.env["crm.profiling.profile"].search(IN_USE)
            for kind, note in profile._findings()
        ]

    @api.model
    def _twin_findings(self):
        """Find profiles that hold the same contacts.

        Compares the combinations of profiles that contacts are in, of which there are
        few, not the contacts.
        """
        combinations = self.env.execute_query(
            SQL(
                "SELECT DISTINCT matched FROM crm_profiling_state WHERE matched <> '{}'"
            )
        )
        signature = defaultdict(set)
        for rank, (matched,) in enumerate(combinations):
            for profile_id in matched:
                signature[profile_id].add(rank)
        twins = defaultdict(list)
        profiles = self.env["crm.profiling.profile"].search(IN_USE)
        for profile in profiles.filtered(lambda profile: profile.id in signature):
            twins[frozenset(signature[profile.id])].append(profile)
        return [
            {
                "kind": "same",
                "severity": "2",
                "profile_id": profile.id,
                "note": self.env._(
                    "The same contacts as %(others)s. Do you need both?",
                    others=", ".join(
                        self.env._("the profile “%s”", p.name)
                        for p in group
                        if p != profile
                    ),
                ),
            }
            for group in twins.values()
            if len(group) > 1
            for profile in group
        ]

    @api.model
    def _question_findings(self):
        used = self.env["crm.profiling.profile"].search(IN_USE)._own_answers()
        findings = []
        for question in self.env["crm.profiling.question"].search(IN_USE):
            unused = question.answer_ids - used
            if not question.answer_ids:
                kind, note = (
                    "no_answers",
                    self.env._("Nobody can answer it. Add answers."),
                )
            elif not question.answer_ids & used:
                kind, note = (
                    "unused_question",
                    self.env._(
                        "It decides nothing. Archive it, or use it in a profile."
                    ),
                )
            elif unused and not self._all_told(question, used):
                kind, note = (
                    "unused_answer",
                    self.env._(
                        "No profile mentions %s.", ", ".join(unused.mapped("name"))
                    ),
                )
            else:
                continue
            findings.append(
                {
                    "kind": kind,
                    "severity": "1" if kind == "no_answers" else "3",
                    "question_id": question.id,
                    "note": note,
                }
            )
        return findings

    @api.model
    def _all_told(self, question, used):
        """Whether a question of two answers is decided by naming one of them."""
        return len(question.answer_ids) == 2 and question.selection_mode == "single"

    def action_open_record(self):
        """Open the profile or question to mend."""
        self.ensure_one()
        record = self.profile_id or self.question_id
        return record.get_formview_action()
