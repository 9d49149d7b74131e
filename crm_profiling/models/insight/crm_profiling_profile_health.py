from collections import defaultdict

from odoo import api, fields, models


class CrmProfilingProfile(models.Model):
    """What is wrong with a profile."""

    _inherit = "crm.profiling.profile"  # pylint: disable=consider-merging-classes-inherited

    warning = fields.Text(
        compute="_compute_warning",
        help="Why this profile matches nobody, or will soon.",
    )

    @api.depends(
        "parent_id",
        "required_answer_ids.active",
        "excluded_answer_ids.active",
        "active",
    )
    def _compute_warning(self):
        self._origin._prefetch_findings()
        for profile in self:
            profile.warning = "\n".join(note for _kind, note in profile._findings())

    def _findings(self):
        """Return what is wrong with this profile's criteria, its parents' included.

        :rtype: list of ``(kind, sentence)``, kinds as in `crm.profiling.finding`
        """
        self.ensure_one()
        stated, excluded = defaultdict(list), self._answers()
        for profile in self._ancestors() + self:
            excluded |= profile.excluded_answer_ids._origin
            for question, required, _excluded in profile._own_criteria():
                stated[question].append((profile, required))
        if not stated:
            return [
                (
                    "empty",
                    self.env._(
                        "This profile matches nobody: neither it nor what it is part of"
                        " mentions a question. Choose required or excluded answers."
                    ),
                )
            ]
        findings = [
            finding
            for question, by_profile in stated.items()
            if (finding := self._finding(question, by_profile, excluded))
        ]
        if not findings and not any(
            self._decides(question, by_profile, excluded)
            for question, by_profile in stated.items()
        ):
            findings.append(
                (
                    "always",
                    self.env._(
                        "Everybody who answers its questions matches: no answer is"
                        " left out."
                    ),
                )
            )
        return findings

    def _prefetch_findings(self):
        """Read what `_findings` looks at, for all these profiles at once."""
        paths = "".join(profile.parent_path or "" for profile in self)
        line = self.browse({int(id_) for id_ in paths.split("/") if id_})
        questions = line._own_answers().question_id
        questions.mapped("name")
        questions.answer_ids.mapped("name")
        questions.with_context(active_test=False).answer_ids.mapped("name")

    def _finding(self, question, by_profile, excluded):
        """Return what is wrong with all that is asked of one question, or None.

        :param by_profile: ``[(profile, required answers)]``, ancestors first
        :param excluded: answers that any of them excludes
        """
        if not self._possible(question, by_profile, excluded):
            return self._impossible(question, by_profile)
        if not question.active:
            return "archived", self.env._(
                "“%(question)s” is archived: contacts who have not answered it will not"
                " match.",
                question=question.name,
            )
        out_of_use = question.with_context(active_test=False).answer_ids.filtered(
            lambda answer: not answer.active
        )
        if not self._possible(question, by_profile, excluded | out_of_use):
            return "archived", self.env._(
                "The answers to “%(question)s” that fit are archived: only contacts who"
                " gave one of them before match.",
                question=question.name,
            )
        return None

    def _impossible(self, question, by_profile):
        """Return the finding that no answer to a question fits, and whose fault it is.

        It is a contradiction where this profile and those it is part of could each
        match without the other.
        """
        above = [(profile, req) for profile, req in by_profile if profile != self]
        own = [(profile, req) for profile, req in by_profile if profile == self]
        parents = self.browse(profile.id for profile, _required in above)
        if not parents:
            return "never", self.env._(
                "This profile can never match: no answer to “%(question)s” satisfies"
                " all its criteria.",
                question=question.name,
            )
        contradicts = (
            own
            and self._possible(question, own, self.excluded_answer_ids._origin)
            and self._possible(question, above, parents.excluded_answer_ids._origin)
        )
        return "contradiction" if contradicts else "never", self.env._(
            "This profile can never match: no answer to “%(question)s” satisfies its"
            " criteria and those of %(parents)s.",
            question=question.name,
            parents=parents._quoted(),
        )

    @api.model
    def _decides(self, question, by_profile, excluded):
        """Whether some answer to a question in use keeps a contact out."""
        answers = question.answer_ids
        return any(
            answers & excluded or (required and answers - required)
            for _profile, required in by_profile
        )

    @api.model
    def _possible(self, question, by_profile, excluded):
        """Whether some answers to a question satisfy all that is asked of it.

        :param by_profile: ``[(profile, required answers)]``, none required where it
            only excludes
        """
        alternatives = [required for _profile, required in by_profile]
        answers = question.with_context(active_test=False).answer_ids - excluded
        if question.selection_mode == "multiple":
            return answers and all(answers & one or not one for one in alternatives)
        for required in alternatives:
            if required:
                answers &= required
        return bool(answers)
