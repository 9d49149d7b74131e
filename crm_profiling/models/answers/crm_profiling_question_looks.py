from odoo import models

from .crm_profiling_condition_uses import Use
from .res_partner_follow import FOLLOWED

# Ways from a contact to its company, whose own data are heard of as well.
_TO_COMPANY = {"commercial_partner_id", "parent_id"}


class CrmProfilingQuestion(models.Model):
    """What the conditions of a question look at."""

    _inherit = "crm.profiling.question"  # pylint: disable=consider-merging-classes-inherited

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
