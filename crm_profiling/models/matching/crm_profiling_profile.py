from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, formatLang

from ..catalog.crm_profiling_guarded import ids_of
from ..catalog.crm_profiling_sealed import check_values
from .crm_profiling_preview import LISTED


class CrmProfilingProfile(models.Model):
    """Who is in a profile, and who would be if it were saved as it stands."""

    _inherit = "crm.profiling.profile"  # pylint: disable=consider-merging-classes-inherited

    membership_ids = fields.One2many(
        comodel_name="crm.profiling.membership", inverse_name="profile_id"
    )
    run_ids = fields.Many2many(
        comodel_name="crm.profiling.run",
        relation="crm_profiling_run_profile_rel",
        column1="profile_id",
        column2="run_id",
        copy=False,
        sealed=True,
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
    # Members and runs
    # ------------------------------------------------------------------

    @api.depends("membership_ids.state")
    def _compute_member_count(self):
        Membership = self.env["crm.profiling.membership"]
        counts = dict(
            Membership._read_group(
                Membership._member_domain() & Domain("profile_id", "in", self.ids),
                ["profile_id"],
                ["__count"],
            )
        )
        for profile in self:
            profile.member_count = counts.get(profile._origin, 0)

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
        """Let the job wait that brings contacts in line with the profile."""
        self.check_access("write")
        self.run_id.action_pause()

    def action_resume_run(self):
        """Go on with the job that brings contacts in line with the profile."""
        self.check_access("write")
        self.run_id.action_resume()

    def _rule_changed(self):
        """Bring contacts in line: now, or in the background."""
        result = super()._rule_changed()
        self.env["crm.profiling.run"]._start(self)
        return result

    def write(self, vals):
        check_values(self.env, vals)
        if vals.get("category_id"):
            self.filtered(
                lambda profile: profile.category_id.id != vals["category_id"]
            )._retag_members()
        return super().write(vals)

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

    def unlink(self):
        """Take the profiles' tags off their contacts before they go.

        At once, however many: afterwards nobody knows whose the tags were.
        """
        self.filtered("active").action_archive()
        self.sudo().membership_ids.partner_id._profiling_apply()
        return super().unlink()

    def action_view_members(self):
        """Open the contacts in this profile."""
        self.ensure_one()
        return self.env["res.partner"]._action_profiling_contacts(
            [("profile_ids", "in", self.ids)], self.name
        )

    # ------------------------------------------------------------------
    # Preview
    # ------------------------------------------------------------------

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
    def _make_draft(self, values):
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
        draft = self._make_draft(values)
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
