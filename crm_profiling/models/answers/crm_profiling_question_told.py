from odoo import models
from odoo.fields import Domain

from .told import Told


class CrmProfilingQuestion(models.Model):
    """What the conditions of a question come to."""

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
