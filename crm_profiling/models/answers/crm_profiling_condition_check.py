import psycopg2

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...groups import SALESMAN
from .crm_profiling_condition import IMPOSSIBLE


class CrmProfilingCondition(models.AbstractModel):
    """Whether a domain may be a condition on contacts."""

    _inherit = "crm.profiling.condition"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _check(self, text):
        """Return the `Domain` of a condition that may be one.

        :raise ValidationError: saying what is wrong with it
        """
        try:
            domain = self._parsed(text)
            if domain is None:
                return None
            for use in self._uses(domain):
                self._check_use(use)
            self._try([domain])
        except ValidationError:
            raise
        except IMPOSSIBLE as error:
            said = isinstance(error, psycopg2.Error) and error.diag.message_primary
            raise ValidationError(
                self.env._(
                    "This condition cannot be told of contacts (%(why)s). Choose the"
                    " fields in the editor; dates may be like “today -30d”.",
                    why=(said or str(error))[:200],
                )
            ) from error
        return domain

    @api.model
    def _check_use(self, use):
        """Refuse a field that does not do, or a value.

        :raise ValidationError: naming it
        :raise ValueError: for a pattern on which the database gives up half-way
        """
        if "like" in use.operator:
            for value in filter(lambda one: isinstance(one, str), use.values):
                if (len(value) - len(value.rstrip("\\"))) % 2:
                    raise ValueError(value)
        for position, field in enumerate(use.fields, start=1):
            if not field._description_searchable:
                self._refuse(
                    field, self.env._("it is worked out, and cannot be searched")
                )
            if field.company_dependent:
                self._refuse(field, self.env._("each company has its own"))
            if not self._is_for_salespeople(field):
                self._refuse(field, self.env._("salespeople may not read it"))
            if self._is_ours(field):
                self._refuse(field, self.env._("it follows from profiles itself"))
            if not self._is_seen_with_contact(field, position == len(use.fields)):
                self._refuse(
                    field,
                    self.env._("not everybody who sees the contact may see all of it"),
                )
        if any(field.comodel_name == "res.partner.category" for field in use.fields):
            self._check_tags(use)

    @api.model
    def _refuse(self, field, why):
        raise ValidationError(
            self.env._(
                "“%(field)s” cannot be part of a condition: %(why)s.",
                field=field._description_string(self.env) or field.name,
                why=why,
            )
        )

    @api.model
    def _is_for_salespeople(self, field):
        """Whether a salesperson may read a field, and what it points to."""
        theirs = self.env.ref(SALESMAN).sudo().all_implied_ids
        if field.groups:
            names = {group.strip() for group in field.groups.split(",")}
            ids = theirs._get_external_ids()
            if not names & {name for several in ids.values() for name in several}:
                return False
        if not field.comodel_name:
            return True
        rights = self.env["ir.model.access"].sudo()
        return bool(
            rights.search_count(
                [
                    ("model_id.model", "=", field.comodel_name),
                    ("perm_read", "=", True),
                    ("group_id", "in", [False, *theirs.ids]),
                ],
                limit=1,
            )
        )

    @api.model
    def _is_seen_with_contact(self, field, is_last):
        """Whether who reads a contact may read the records that a field points to.

        Conditions look at all of them, and answers are seen by all: what some people,
        or some companies, may not read would be told them by a profile. The company of
        a contact is read with it, and so are names.

        :param is_last: whether the condition looks no further than the name
        """
        if not field.relational or (field.type == "many2one" and is_last):
            return True
        if field.type == "many2one" and field.comodel_name == "res.partner":
            return True
        Model = self.env[field.comodel_name]
        rules = self.env["ir.rule"].sudo()
        is_ruled = rules.search_count(
            [("model_id.model", "=", Model._name), ("perm_read", "=", True)], limit=1
        )
        # a model may look at its records one by one, as that of messages
        ways = ("_search", "_check_access")
        looks = any(
            getattr(type(Model), way) != getattr(models.BaseModel, way) for way in ways
        )
        return not is_ruled and not looks

    @api.model
    def _is_ours(self, field):
        """Whether a field is one of these addons, or points to what is."""
        models_ = (field.model_name, field.comodel_name or "")
        return any(name.startswith("crm.profiling.") for name in models_) or (
            bool(field._modules)
            and all(name.startswith("crm_profiling") for name in field._modules)
        )

    @api.model
    def _check_tags(self, use):
        """Refuse tags that profiles give: who is in them would depend on itself."""
        last = use.fields[-1]
        chosen = use.operator in ("=", "!=", "in", "not in", "child_of", "parent_of")
        is_tag = last.comodel_name == "res.partner.category"
        if not is_tag or not chosen or not all(map(self._is_record, use.values)):
            self._refuse(last, self.env._("choose the tags themselves"))
        given = self._tags_given(use.values)
        if given:
            self._refuse(
                last,
                self.env._(
                    "profiles give the tag “%s”, or one above or below it",
                    given[0].display_name,
                ),
            )

    @api.model
    def _is_record(self, value):
        return isinstance(value, int) and not isinstance(value, bool)

    @api.model
    def _tags_given(self, tag_ids):
        """Return the tags that profiles give among these and those above or below."""
        if not tag_ids:
            return self.env["res.partner.category"]
        Profile = self.env["crm.profiling.profile"].sudo()
        given = Profile.with_context(active_test=False).search(Domain.TRUE).category_id
        Tag = self.env["res.partner.category"].sudo().with_context(active_test=False)
        ids = list(tag_ids)
        return given & Tag.search(
            Domain("id", "child_of", ids) | Domain("id", "parent_of", ids)
        )
