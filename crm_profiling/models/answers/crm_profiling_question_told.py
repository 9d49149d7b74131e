from odoo import api, models
from odoo.fields import Domain

from .crm_profiling_condition import IMPOSSIBLE
from .crm_profiling_condition_uses import Use
from .crm_profiling_source_contact import Told
from .res_partner_follow import FOLLOWED

# Ways from a contact to its company, whose own data are heard of as well.
_TO_COMPANY = {"commercial_partner_id", "parent_id"}


class CrmProfilingQuestion(models.Model):
    """What the conditions of a question come to, and what they look at."""

    _inherit = "crm.profiling.question"  # pylint: disable=consider-merging-classes-inherited

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
        is_own = len(names) == 1 and names[0] in FOLLOWED
        return is_own and self._is_about_records(use)

    def _is_about_records(self, use):
        """Whether what a field points to is compared with records that are there.

        Others may get another name or another parent, or go, and no contact is told.
        """
        field = use.fields[-1]
        if not field.relational:
            return True
        ids = {value for value in use.values if value}
        chosen = use.operator in ("=", "!=", "in", "not in")
        if not chosen or not all(isinstance(value, int) for value in ids):
            return False
        return len(self.env[field.comodel_name].browse(ids).exists()) == len(ids)

    def _is_broken(self):
        """Whether a condition looks at something that is not there any more."""
        Condition = self.env["crm.profiling.condition"]
        try:
            told = self._told_now()
            domains = [domain for _id, domain in told.answers if domain is not None]
            Condition._try([told.known, *domains])
            if told.number and not self._number_use(told):
                return True
        except IMPOSSIBLE:
            return True
        return False

    @api.model
    def _archive_broken(self):
        """Archive the questions that look at what is not there any more."""
        found = self.sudo().search([("origin", "=", "contact")])
        broken = found.filtered(lambda question: question._is_broken())
        broken.active = False
        return broken
