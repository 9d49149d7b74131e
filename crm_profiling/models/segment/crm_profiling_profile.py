from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..catalog.kept import kept_by_version
from .res_partner import PRIORITIES

WHOM = [
    ("salesperson", "The contact's salesperson"),
    ("user", "Always the same person"),
]


def _one_of(comodel_name, string, domain=(), **attrs):
    """Return the field of what a profile uses: without it, it does without."""
    return fields.Many2one(
        comodel_name=comodel_name,
        string=string,
        domain=list(domain),
        ondelete="set null",
        **attrs,
    )


def _user(string):
    return _one_of("res.users", string, [("share", "=", False)])


def _template(string, what):
    return _one_of("mail.template", string, [("model", "=", "res.partner")], help=what)


def _activity_type(string):
    kinds = [("res_model", "in", [False, "res.partner"])]
    return _one_of("mail.activity.type", string, kinds)


def _whom(string):
    return fields.Selection(
        selection=WHOM,
        string=string,
        default="salesperson",
        required=True,
        help="Where the contact has no salesperson: whoever noted the answer.",
    )


def _not_negative(days, since):
    return models.Constraint(
        f"CHECK({days} >= 0)",
        "An activity cannot be scheduled for a day that has passed. Give the number of"
        f" days from {since} on, or 0 for the same day.",
    )


class CrmProfilingProfile(models.Model):
    """What a profile does with a contact that enters it (see `crm.profiling.entry`)."""

    _inherit = "crm.profiling.profile"

    # whom to give the contact to
    entry_assign = fields.Selection(
        selection=[
            ("user", "One salesperson"),
            ("team", "The members of a team, in turn"),
        ],
        string="Give it to",
        help="Only contacts without a salesperson. Colleagues go to the same one.",
    )
    entry_user_id = _user("Salesperson")
    entry_team_id = _one_of(
        "crm.team",
        "Sales team",
        help="The member with the fewest contacts of this profile comes next. Members"
        " whose assignment is paused are left out.",
    )
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
    entry_campaign_id = _one_of(
        "utm.campaign",
        "Add to the campaign",
        help="Contacts can be found by it, and opportunities created for this profile"
        " belong to it.",
    )
    # what to do
    entry_activity_type_id = _activity_type("Schedule")
    entry_activity_summary = fields.Char(string="Summary", translate=True)
    entry_activity_days = fields.Integer(string="In how many days", default=1)
    entry_activity_whom = _whom("Assigned to")
    entry_activity_user_id = _user("Person")
    mail_template_id = _template(
        "E-mail template", "Proposed when you e-mail the contacts of this profile."
    )
    entry_send_mail = fields.Boolean(
        string="Send the e-mail",
        help="To addresses that are not on the blacklist, by Odoo's queue.",
    )
    # what to do when they leave
    leave_activity_type_id = _activity_type("Schedule on leaving")
    leave_activity_summary = fields.Char(string="Summary on leaving", translate=True)
    leave_activity_days = fields.Integer(string="Days after leaving", default=1)
    leave_activity_whom = _whom("Assigned on leaving to")
    leave_activity_user_id = _user("Person on leaving")
    leave_mail_template_id = _template(
        "Send on leaving",
        "To addresses that are not on the blacklist, by Odoo's queue.",
    )
    # how it went
    entry_error = fields.Text(copy=False, readonly=True, sealed=True)
    entry_is_set = fields.Boolean(compute="_compute_entry_is_set")

    _entry_days_not_negative = _not_negative("entry_activity_days", "the entry")
    _leave_days_not_negative = _not_negative("leave_activity_days", "leaving")

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
