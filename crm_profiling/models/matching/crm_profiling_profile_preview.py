from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import formatLang

from ..catalog.arguments import ids_of
from .crm_profiling_preview import LISTED


class CrmProfilingProfile(models.Model):
    """Who would be in a profile if it were saved as it stands in the form."""

    _inherit = "crm.profiling.profile"  # pylint: disable=consider-merging-classes-inherited

    preview = fields.Json(
        compute="_compute_preview",
        help="How many contacts match the criteria as they stand in the form, and what"
        " saving them would change.",
    )

    @api.depends(
        "active",
        "parent_id",
        "company_id",
        "required_answer_ids",
        "excluded_answer_ids",
    )
    def _compute_preview(self):
        for profile in self:
            draft, Preview = profile._draft(), self.env["crm.profiling.preview"]
            profile.preview = not Preview._is_hidden(draft) and Preview._preview(draft)

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

    @api.model
    def _draft_of(self, values):
        """Return the `Draft` of what a form holds, see `action_preview`.

        :raise ValidationError: for what is not there for the user
        """
        kept = values if isinstance(values, dict) and "active" in values else {"id": -1}
        company_id = kept.get("company_id") or 0
        required, excluded = (
            ids_of(kept.get(name))
            for name in ("required_answer_ids", "excluded_answer_ids")
        )
        pointed = [kept.get("id"), kept.get("parent_id")]
        if (
            required is None
            or excluded is None
            or not self._are_readable(self._name, [one for one in pointed if one])
            or not self._are_readable("crm.profiling.answer", required + excluded)
            or (company_id and company_id not in self.env.companies.ids)
        ):
            raise ValidationError(
                self.env._(
                    "This cannot be previewed: an answer or a profile may have been"
                    " deleted. Reload the page."
                )
            )
        return self.env["crm.profiling.preview"]._make_draft(
            kept.get("id") or 0,
            kept.get("parent_id") or 0,
            bool(kept.get("active")),
            company_id,
            required,
            excluded,
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
        if kind not in ("matching", "added", "removed"):
            raise ValidationError(
                self.env._("Choose who matches, who would enter, or who would leave.")
            )
        draft = self._draft_of(values)
        if self.env["crm.profiling.preview"]._is_hidden(draft):
            raise AccessError(
                self.env._(
                    "This profile asks for answers that you may not see, so you may not"
                    " see who gives them either."
                )
            )
        contact_ids = self.env["crm.profiling.preview"]._contact_ids(draft, kind)
        return {
            "type": "ir.actions.act_window",
            "name": self._preview_name(kind, len(contact_ids)),
            "res_model": "res.partner",
            "views": [[False, "list"]],
            "domain": [("id", "in", contact_ids)],
            "target": "new",
            "context": {"create": False, "dialog_size": "extra-large"},
        }
