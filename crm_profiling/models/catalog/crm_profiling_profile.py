from collections import defaultdict
from textwrap import shorten

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, formatLang, html2plaintext

from ..matching.crm_profiling_preview import LISTED


class CrmProfilingProfile(models.Model):
    """A kind of prospect: what answers it takes, and what to propose.

    A profile states criteria by naming answers, `required_answer_ids` and
    `excluded_answer_ids`; those of its parents count as well.  Required answers of
    one question are alternatives, questions add up (see `evaluator`).
    """

    _name = "crm.profiling.profile"
    _inherit = ["crm.profiling.named"]
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
        help="Leave empty to look for this profile in every company.",
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
    parent_path = fields.Char(index=True)
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
    criteria_summary = fields.Char(
        string="Criteria", compute="_compute_criteria_summary"
    )
    inherited_criteria = fields.Json(compute="_compute_inherited_criteria")
    warning = fields.Text(
        compute="_compute_warning",
        help="Why this profile matches nobody, or will soon.",
    )
    twin_warning = fields.Char(compute="_compute_twin_warning")
    # what it gives
    category_id = fields.Many2one(
        comodel_name="res.partner.category",
        string="Contact tag",
        required=True,
        index=True,
        ondelete="restrict",
        help="Put on every contact in this profile. Left empty, it is one with the name"
        " of the profile.",
    )
    color = fields.Integer(related="category_id.color")
    offer = fields.Html(
        translate=True,
        help="What to propose to these contacts, in words ready to be read out.",
    )
    # who is in it
    membership_ids = fields.One2many(
        comodel_name="crm.profiling.membership", inverse_name="profile_id"
    )
    run_ids = fields.Many2many(
        comodel_name="crm.profiling.run",
        relation="crm_profiling_run_profile_rel",
        column1="profile_id",
        column2="run_id",
    )
    run_id = fields.Many2one(
        comodel_name="crm.profiling.run",
        string="Open run",
        compute="_compute_run_id",
        help="The background job that brings contacts in line with this profile.",
    )
    stale_since = fields.Datetime(compute="_compute_run_id")
    run_done = fields.Integer(string="Progress", compute="_compute_run_id")
    run_total = fields.Integer(string="Contacts to look at", compute="_compute_run_id")
    run_state = fields.Char(compute="_compute_run_id")
    member_count = fields.Integer(string="Contacts", compute="_compute_member_count")
    preview = fields.Json(
        compute="_compute_preview",
        help="How many contacts match the criteria as they stand in the form, and what"
        " saving them would change.",
    )

    # ------------------------------------------------------------------
    # Fields
    # ------------------------------------------------------------------

    @api.depends("required_answer_ids", "excluded_answer_ids")
    def _compute_criteria_summary(self):
        self._own_answers().mapped("question_id.name")  # all in one query
        for profile in self:
            profile.criteria_summary = "; ".join(
                profile._criterion_text(question, required, excluded)
                for question, required, excluded in profile._own_criteria()
            )

    @api.depends("parent_id")
    def _compute_inherited_criteria(self):
        for profile in self:
            profile.inherited_criteria = [
                {
                    "question_id": question.id,
                    "question": question.name,
                    "required": required.mapped("name"),
                    "excluded": excluded.mapped("name"),
                    "profile": ancestor.name,
                }
                for ancestor in profile._ancestors()
                for question, required, excluded in ancestor._own_criteria()
            ]

    @api.depends("membership_ids.state")
    def _compute_member_count(self):
        counts = dict(
            self.env["crm.profiling.membership"]._read_group(
                [
                    ("profile_id", "in", self.ids),
                    ("profile_id.active", "=", True),
                    ("state", "!=", "barred"),
                    ("partner_id.active", "=", True),
                ],
                ["profile_id"],
                ["__count"],
            )
        )
        for profile in self:
            profile.member_count = counts.get(profile._origin, 0)

    @api.depends(
        "active",
        "parent_id",
        "company_id",
        "required_answer_ids",
        "excluded_answer_ids",
    )
    def _compute_preview(self):
        for profile in self:
            profile.preview = self.env["crm.profiling.preview"]._preview(
                profile._draft()
            )

    @api.depends("run_ids.state", "run_ids.done", "run_ids.total")
    def _compute_run_id(self):
        for profile in self:
            run = profile.run_ids.filtered(lambda run: run.state != "done")[:1]
            profile.run_id = run
            profile.stale_since = run.date_start
            profile.run_done = run.done
            profile.run_total = run.total
            profile.run_state = run.state

    def action_pause_run(self):
        self.run_id.action_pause()

    def action_resume_run(self):
        self.run_id.action_resume()

    def _draft(self):
        """Return the profile as it stands in the form.

        :rtype: `Draft`
        """
        self.ensure_one()
        parent = self.parent_id._origin
        return self.env["crm.profiling.preview"]._make_draft(
            self._origin.id or 0,
            parent.id or 0,
            self.active,
            self.company_id.id or 0,
            self.required_answer_ids._origin.ids,
            self.excluded_answer_ids._origin.ids,
        )

    @api.depends(
        "parent_id",
        "required_answer_ids.active",
        "excluded_answer_ids.active",
        "active",
    )
    def _compute_warning(self):
        for profile in self:
            profile.warning = "\n".join(note for _kind, note in profile._findings())

    @api.depends("membership_ids")
    def _compute_twin_warning(self):
        for profile in self:
            twins = profile._origin._twins()
            profile.twin_warning = bool(twins) and self.env._(
                "The same contacts as %(others)s. Do you need both?",
                others=twins._quoted(),
            )

    def _twins(self):
        """Return the other profiles in use that the rule has the same contacts in."""
        if not self.active:
            return self.browse()
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT matched FROM crm_profiling_state
                    WHERE %s = ANY(matched)""",
                self.id or 0,
            )
        )
        if not rows:
            return self.browse()
        beside = set.intersection(*(set(matched) for (matched,) in rows)) - {self.id}
        alone = (
            self.env.execute_query(
                SQL(
                    """SELECT DISTINCT unnest(matched) FROM crm_profiling_state
                    WHERE matched && %s AND NOT %s = ANY(matched)""",
                    sorted(beside),
                    self.id,
                )
            )
            if beside
            else []
        )
        twins = beside - {profile_id for (profile_id,) in alone}
        return self.search([("id", "in", sorted(twins)), ("active", "=", True)])

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

    # ------------------------------------------------------------------
    # Criteria
    # ------------------------------------------------------------------

    def _quoted(self):
        """Return the names in words: the profile “A”, the profile “B”."""
        return ", ".join(self.env._("the profile “%s”", p.name) for p in self)

    @api.model
    def _answers(self):
        return self.env["crm.profiling.answer"].with_context(active_test=False)

    def _own_answers(self):
        """Return the answers these profiles mention themselves."""
        return self.required_answer_ids._origin | self.excluded_answer_ids._origin

    def _own_criteria(self):
        """Return ``[(question, required answers, excluded answers)]``, in order."""
        self.ensure_one()
        answers = self._own_answers().sorted(
            lambda a: (a.question_id.sequence, a.question_id.id, a.sequence, a.id)
        )
        return [
            (
                question,
                mentioned & self.required_answer_ids._origin,
                mentioned & self.excluded_answer_ids._origin,
            )
            for question, mentioned in answers.grouped("question_id").items()
        ]

    def _ancestors(self):
        """Return what this profile is part of, from the root down."""
        self.ensure_one()
        ancestors = self.browse()
        parent = self.parent_id._origin
        while parent and parent not in ancestors:
            ancestors = parent + ancestors
            parent = parent.parent_id
        return ancestors

    def _offer_headline(self, size):
        """Return how the offer begins, in plain text of so many characters."""
        self.ensure_one()
        text = html2plaintext(self.offer or "").strip()
        return shorten(text.splitlines()[0], size, placeholder="…") if text else ""

    @api.model
    def _criterion_text(self, question, required, excluded):
        """Say one criterion in words: “Sector: IT or Services, not Others”."""
        parts = []
        if required:
            parts.append(self.env._(" or ").join(required.mapped("name")))
        if excluded:
            parts.append(
                self.env._(
                    "not %(answers)s",
                    answers=", ".join(excluded.mapped("name")),
                )
            )
        return f"{question.name} {', '.join(parts)}"

    @api.model
    def _mentions_domain(self, answer_ids):
        """Return the domain of the profiles that mention one of these answers."""
        return Domain("required_answer_ids", "in", answer_ids) | Domain(
            "excluded_answer_ids", "in", answer_ids
        )

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
        profiles = super().create(self._with_categories(vals_list))
        self.env["crm.profiling.catalog"]._changed()
        self.env["crm.profiling.run"]._start(profiles)
        return profiles

    def write(self, vals):
        if vals.get("parent_id"):
            self._check_parent(self.browse(vals["parent_id"]))
        if "category_id" in vals:
            self._check_category(vals)
            self.filtered(
                lambda profile: profile.category_id.id != vals["category_id"]
            )._retag_members()
        result = super().write(vals)
        if "company_id" in vals:
            # Odoo looks upwards only; they must not hold whom this one may not
            self.with_context(active_test=False).child_ids._check_company(["parent_id"])
        if self._RULE_FIELDS & vals.keys():
            self.env["crm.profiling.catalog"]._changed()
            self.env["crm.profiling.run"]._start(self)
        return result

    @api.model
    def _with_categories(self, vals_list):
        """Have new profiles that are told no tag give one with their own name."""
        defaults = self.default_get(["category_id"])
        vals_list = [{**defaults, **vals} for vals in vals_list]
        names = [(vals.get("name") or "").strip() for vals in vals_list]
        untold = [
            (vals, name)
            for vals, name in zip(vals_list, names, strict=True)
            if name and not vals.get("category_id")
        ]
        tags = self._tags_named({name for _vals, name in untold}) if untold else {}
        for vals, name in untold:
            vals["category_id"] = tags[name].id
        return vals_list

    @api.model
    def _tags_named(self, names):
        """Return ``{name: tag}``, new tags where there are none yet."""
        Tag = self.env["res.partner.category"]
        tags = {
            name: found[0]
            for name, found in Tag.search([("name", "in", names)])
            .grouped("name")
            .items()
        }
        new = [name for name in names if name not in tags]
        created = Tag.create([{"name": name} for name in new])
        return tags | dict(zip(new, created, strict=True))

    @api.model
    def _check_category(self, vals):
        if not vals.get("category_id"):
            raise ValidationError(
                self.env._(
                    "The profile “%(profile)s” needs a contact tag. Choose the tag its"
                    " contacts get.",
                    profile=vals.get("name") or self[:1].name or "",
                )
            )

    def _check_parent(self, parent):
        """Refuse to hang profiles below themselves."""
        for ancestor in parent._ancestors() | parent:
            if ancestor in self:
                raise ValidationError(
                    self.env._(
                        "“%(profile)s” cannot be part of “%(parent)s”, which is itself"
                        " part of it. Choose another profile, or none.",
                        profile=ancestor.name,
                        parent=parent.name,
                    )
                )

    def _retag_members(self):
        """Have the next run look again at who is in these profiles.

        They are in the same profiles as before, and yet need another tag. No profile
        has the number 0: whatever they will match, it is not what is kept.
        """
        self.env.cr.execute(
            SQL(
                """UPDATE crm_profiling_state SET matched = 0 || matched
                    WHERE matched && %s AND NOT 0 = ANY(matched)""",
                self.ids,
            )
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_parent(self):
        parts = self.with_context(active_test=False).child_ids - self
        if parts:
            raise UserError(
                self.env._(
                    "“%(profile)s” cannot be deleted: %(parts)s are part of it. Move"
                    " or delete them first, or archive it.",
                    profile=parts[0].parent_id.name,
                    parts=", ".join(parts.mapped("name")),
                )
            )

    def unlink(self):
        """Take the profiles' tags off their contacts before they go.

        At once, however many: afterwards nobody knows whose the tags were.
        """
        self.filtered("active").action_archive()
        self.sudo().membership_ids.partner_id._profiling_apply()
        result = super().unlink()
        self.env["crm.profiling.catalog"]._changed()
        return result

    @api.model
    def _make_draft(self, values):
        """Return the `Draft` of what a form holds, see `action_preview`."""
        return self.env["crm.profiling.preview"]._make_draft(
            values["id"] or 0,
            values["parent_id"] or 0,
            values["active"],
            values["company_id"] or 0,
            values["required_answer_ids"],
            values["excluded_answer_ids"],
        )

    @api.model
    def _preview_name(self, kind, count):
        """Say what a list of contacts is, and if it is not all of them."""
        name = {
            "matching": self.env._("Contacts that match"),
            "added": self.env._("Contacts that would enter"),
            "removed": self.env._("Contacts that would leave"),
        }[kind]
        if count < LISTED:
            return name
        count = formatLang(self.env, count, digits=0)
        return self.env._(
            "%(contacts)s: the first %(count)s", contacts=name, count=count
        )

    @api.model
    def action_preview(self, values, kind):
        """Open the contacts that saving a profile with these values would concern.

        :param dict values: what a form holds: ``id`` (0 for a new profile),
            ``active``, ``parent_id``, ``company_id``, ``required_answer_ids`` and
            ``excluded_answer_ids``
        :param kind: ``"matching"``, ``"added"`` or ``"removed"``
        """
        self.check_access("write")
        try:
            draft = self._make_draft(values)
            contact_ids = self.env["crm.profiling.preview"]._contact_ids(draft, kind)
        except (KeyError, TypeError) as error:
            raise ValidationError(
                self.env._(
                    "This cannot be previewed: “%(what)s” is unknown. Reload the page:"
                    " an answer or profile may have been deleted.",
                    what=error.args[0] if error.args else "",
                )
            ) from error
        return {
            "type": "ir.actions.act_window",
            "name": self._preview_name(kind, len(contact_ids)),
            "res_model": "res.partner",
            "views": [
                [
                    self.env.ref("crm_profiling.res_partner_view_list_by_category").id,
                    "list",
                ]
            ],
            "domain": [("id", "in", contact_ids)],
            "target": "new",
            "context": {"create": False, "dialog_size": "extra-large"},
        }

    def action_view_members(self):
        """Open the contacts in this profile."""
        self.ensure_one()
        action = self.env["res.partner"]._action_profiling_contacts(
            [("profile_ids", "in", self.ids)], self.name
        )
        action["context"]["profiling_profile_id"] = self.id
        return action
