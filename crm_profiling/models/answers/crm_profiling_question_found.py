from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import ormcache

from ...evaluator import ASKED
from .crm_profiling_condition import Use
from .crm_profiling_question import FOUND_BY
from .crm_profiling_source_contact import Told
from .res_partner_follow import FOLLOWED

# Types of fields that hold a number, or a date that has an age.
NUMBERS = ("integer", "float", "monetary", "date", "datetime")

# Ways from a contact to its company, whose own data are heard of as well.
_TO_COMPANY = {"commercial_partner_id", "parent_id"}


class CrmProfilingQuestion(models.Model):
    """Questions whose answers are found in the contact's data, by conditions."""

    _inherit = "crm.profiling.question"  # pylint: disable=consider-merging-classes-inherited

    origin = fields.Selection(
        selection_add=[("contact", "The contact's data")],
        ondelete={"contact": lambda questions: questions._origin_gone()},
    )
    domain = fields.Char(
        string="Can be told of",
        help="Of which contacts the answer can be told at all. Empty: of those on whom"
        " the fields are filled in that the answers look at, from the first answer to"
        " the one that holds (of all answers, where several are possible).",
    )
    number_field = fields.Selection(
        selection="_number_fields",
        string="Number",
        help="The field whose number gives the answer. Of a date, it is the days that"
        " have gone by since.",
    )
    told_when = fields.Selection(
        selection=[
            ("now", "At once"),
            ("night", "At once, and every night"),
        ],
        string="Looked at",
        compute="_compute_told_when",
        help="At once: whenever these data of a contact, or of its company, change."
        " Every night as well, where time goes by or other records may change.",
    )

    _FOUND_BY = FOUND_BY | {"domain", "number_field"}

    @api.depends(
        "origin",
        "domain",
        "by_number",
        "number_field",
        "answer_ids.domain",
        "answer_ids.active",
    )
    def _compute_told_when(self):
        for question in self:
            found = question.origin == "contact"
            question.told_when = found and (
                "night" if question._is_nightly() else "now"
            )

    # ------------------------------------------------------------------
    # Conditions
    # ------------------------------------------------------------------

    @api.constrains(
        "origin", "domain", "answer_ids", "selection_mode", "by_number", "number_field"
    )
    def _check_conditions(self):
        for question in self.filtered(lambda one: one.origin == "contact"):
            told = question._checked_conditions()
            if question.by_number:
                continue
            if told.count(None) > 1:
                raise ValidationError(
                    self.env._(
                        "“%(question)s” has several answers without a condition. One"
                        " may have none: it stands for all others.",
                        question=question.name,
                    )
                )
            if told and not any(domain is not None for domain in told):
                raise ValidationError(
                    self.env._(
                        "“%(question)s” is found in the contact's data: say for its"
                        " answers of whom they are true.",
                        question=question.name,
                    )
                )
        self._check_circles()

    def _checked_conditions(self):
        """Return the `Domain` of each answer in use, None for those without.

        What is only looked at in a form is not saved, and checked all the same.

        :raise ValidationError: for what may be no condition
        """
        self.ensure_one()
        Condition = self.env["crm.profiling.condition"]
        Condition._check(self.domain)
        if self.by_number:
            self._check_number_field()
            return []
        answers = self.answer_ids.filtered("active")
        return [Condition._check(answer.domain) for answer in answers]

    @api.onchange("number_field")
    def _onchange_number_field(self):
        """The number of a date is its age."""
        field = self.env["res.partner"]._fields.get(self.number_field or "")
        if field is not None and field.type in ("date", "datetime"):
            self.number_unit = self.number_unit or self.env._("days")

    def _check_circles(self):
        """Hook: refuse conditions on what follows from the answers themselves."""

    def _check_number_field(self):
        """Refuse a question that takes a number, and does not say where it is."""
        if self.number_field not in dict(self._number_fields()):
            raise ValidationError(
                self.env._(
                    "“%(question)s” is answered by a number in the contact's data."
                    " Choose which.",
                    question=self.name,
                )
            )

    @api.model
    def _number_fields(self):
        """Return the fields of contacts that hold a number or a date, with labels."""
        Condition = self.env["crm.profiling.condition"]
        found = [
            (name, field._description_string(self.env) or name)
            for name, field in self.env["res.partner"]._fields.items()
            if field.type in NUMBERS
            and field.store
            and not field.company_dependent
            and not field.groups
            and name not in ("id", "color", "write_date")
            and not Condition._is_ours(field)
        ]
        return sorted(found, key=lambda one: one[1])

    def _conditions(self):
        """Return ``[(answer, Domain or None)]`` of the answers in use, in order.

        :raise ValueError: for what is no condition
        """
        self.ensure_one()
        Condition = self.env["crm.profiling.condition"]
        answers = self.answer_ids.filtered("active").sorted(
            lambda answer: (answer.sequence, answer._origin.id or 0)
        )
        return [(answer, Condition._parsed(answer.domain)) for answer in answers]

    def _told_now(self):
        """Return the `Told` of a question.

        :raise ValueError: for what is no condition, or not any more
        """
        Condition = self.env["crm.profiling.condition"]
        if self.by_number:
            return self._told_by_number()
        conditions = self._conditions()
        domains = [domain for _answer, domain in conditions if domain is not None]
        known, filled_in = Condition._parsed(self.domain), ()
        is_single = self.selection_mode == "single"
        if known is None:
            filled_in = Condition._filled_in(domains)
            known = Domain.TRUE if is_single else Domain.AND(filled_in)
        return Told(
            self._origin.id,
            is_single,
            known,
            [(answer._origin.id or None, domain) for answer, domain in conditions],
            tuple(filled_in) if is_single else (),
        )

    def _told_by_number(self):
        """Return the `Told` of a question that a number in some field answers."""
        known = self.env["crm.profiling.condition"]._parsed(self.domain)
        bands = tuple(
            (answer._origin.id or None, answer.value_from)
            for answer in self.answer_ids._bands()
        )
        known = Domain.TRUE if known is None else known
        number = self.number_field or ""
        return Told(self._origin.id, True, known, [], number=number, bands=bands)

    def _number_use(self, told):
        """Return the `Use` of the field that holds the number, if there is one."""
        field = self.env["res.partner"]._fields.get(told.number)
        if field is None:
            return []
        # the age of a date is of today
        return [Use(told.number, (field,), ">=", "today")]

    def _all_uses(self):
        """Return the `Use` of all fields that its conditions look at.

        None of what cannot be read.
        """
        Condition = self.env["crm.profiling.condition"]
        try:
            told = self._told_now()
            domains = [domain for _id, domain in told.answers if domain is not None]
            return self._number_use(told) + [
                use
                for domain in [told.known, *domains]
                for use in Condition._uses(domain)
            ]
        except ValueError:
            return []

    def _tag_ids(self):
        """Return the ids of the tags that its conditions look at."""
        return {
            tag_id
            for use in self._all_uses()
            if use.fields[-1].comodel_name == "res.partner.category"
            for tag_id in use.values
            if tag_id
        }

    def _paths(self):
        """Return the fields that its answers are found from, as paths, in order."""
        return list(dict.fromkeys(use.path for use in self._all_uses()))

    def _is_nightly(self):
        """Whether time, or what is not heard of, may change what is found."""
        Condition = self.env["crm.profiling.condition"]
        return any(
            Condition._is_of_time(use) or not self._is_heard_of(use)
            for use in self._all_uses()
        )

    def _is_heard_of(self, use):
        names = [field.name for field in use.fields]
        if len(names) > 1 and names[0] in _TO_COMPANY:
            names = names[1:]
        return len(names) == 1 and names[0] in FOLLOWED

    def _is_broken(self):
        """Whether a condition looks at something that is not there any more."""
        Condition = self.env["crm.profiling.condition"]
        try:
            told = self._told_now()
            domains = [domain for _id, domain in told.answers if domain is not None]
            Condition._sql([told.known, *domains])
            if told.number and not self._number_use(told):
                return True
        except (ValueError, UserError):
            return True
        return False

    @api.model
    def _archive_broken(self):
        """Archive the questions that look at what is not there any more."""
        found = self.sudo().search([("origin", "=", "contact")])
        broken = found.filtered(lambda question: question._is_broken())
        broken.active = False
        return broken

    # ------------------------------------------------------------------
    # Whether there are any
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        questions = super().create(vals_list)
        if any(question.origin != ASKED for question in questions):
            self.env.registry.clear_cache()
        return questions

    def write(self, vals):
        result = super().write(vals)
        if "origin" in vals:
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        found = any(question.origin != ASKED for question in self)
        result = super().unlink()
        if found:
            self.env.registry.clear_cache()
        return result

    @api.model
    @ormcache()
    def _is_any_found(self):
        """Whether there are any questions whose answers are found.

        Where there are none, contacts cost nothing more.
        """
        everything = self.sudo().with_context(active_test=False)
        return bool(everything.search_count(Domain("origin", "!=", ASKED), limit=1))
