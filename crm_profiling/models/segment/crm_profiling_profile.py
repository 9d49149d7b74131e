from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..catalog.kept import kept_by_version
from .profile_fields import activity_type, not_negative, one_of, template, user, whom
from .res_partner import PRIORITIES


class CrmProfilingProfile(models.Model):
    """What a profile does with a contact that enters it (see `crm.profiling.entry`)."""

    _inherit = "crm.profiling.profile"

    # when
    entry_in_time = fields.Boolean(
        string="Also when only time has passed",
        help="Do this, too, with contacts whom nothing but time brings in: found each"
        " night by a date, or by what has changed elsewhere.",
    )
    # what it is worth
    entry_priority = fields.Selection(
        selection=PRIORITIES,
        string="Raise the priority to",
        help="A contact with more stars keeps them.",
    )
    entry_campaign_id = one_of(
        "utm.campaign",
        "Add to the campaign",
        help="Contacts can be found by it, and opportunities created for this profile"
        " belong to it.",
    )
    # what to do
    entry_activity_type_id = activity_type("Schedule")
    entry_activity_summary = fields.Char(string="Summary", translate=True)
    entry_activity_days = fields.Integer(string="In how many days", default=1)
    entry_activity_whom = whom("Assigned to")
    entry_activity_user_id = user("Person")
    mail_template_id = template(
        "E-mail template", "Proposed when you e-mail the contacts of this profile."
    )
    entry_send_mail = fields.Boolean(
        string="Send the e-mail",
        help="To addresses that are not on the blacklist, by Odoo's queue.",
    )
    # how it went
    entry_error = fields.Text(copy=False, readonly=True, sealed=True)
    entry_is_set = fields.Boolean(compute="_compute_entry_is_set")

    _entry_days_not_negative = not_negative("entry_activity_days", "the entry")

    @api.depends(lambda self: self._entry_fields())
    def _compute_entry_is_set(self):
        for profile in self:
            profile.entry_is_set = profile._acts_on_entry()

    @api.model
    def _entry_fields(self):
        """Return the names of the fields by which profiles are told what to do."""
        return [
            name
            for action in self.env["crm.profiling.entry.action"]._all()
            for name in action._profile_fields
        ]

    def _acts_on_entry(self):
        self.ensure_one()
        return bool(self.env["crm.profiling.entry.action"]._of(self))

    def _acts(self):
        Action = self.env["crm.profiling.entry.action"]
        return any(Action._of(self, moment) for moment in ("enter", "leave"))

    @api.model
    @kept_by_version
    def _acting_ids(self, version):
        """Return the ids of the profiles that do anything when contacts come or go.

        :param version: of the catalog, which knows them
        """
        profiles = self.sudo().with_context(active_test=False).search(Domain.TRUE)
        return frozenset(profiles.filtered(lambda p: p._acts()).ids)

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & set(self._entry_fields()):
            self.env["crm.profiling.catalog"]._changed()
            self.sudo().filtered("entry_error").entry_error = False
        return result

    @api.constrains("entry_send_mail", "mail_template_id")
    def _check_entry_mail(self):
        for profile in self:
            if profile.entry_send_mail and not profile.mail_template_id:
                raise ValidationError(
                    self.env._(
                        "“%(profile)s” is to send an e-mail, but which one? Choose a"
                        " template.",
                        profile=profile.name,
                    )
                )

    def _is_named_on(self, contact):
        """Whether the profile may be named where all read who read a contact.

        What is one company's own is not told to the others on what they share.
        """
        return not self.company_id or self.company_id == contact.company_id
