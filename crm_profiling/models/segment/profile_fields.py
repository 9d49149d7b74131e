"""The fields by which a profile is told what to do, by what is chosen in them."""

from odoo import fields, models

WHOM = [
    ("salesperson", "The contact's salesperson"),
    ("user", "Always the same person"),
]


def one_of(comodel_name, string, domain=(), **attrs):
    """Return the field of what a profile uses: without it, it does without."""
    return fields.Many2one(
        comodel_name=comodel_name,
        string=string,
        domain=list(domain),
        ondelete="set null",
        **attrs,
    )


def user(string):
    return one_of("res.users", string, [("share", "=", False)])


def template(string, what):
    return one_of("mail.template", string, [("model", "=", "res.partner")], help=what)


def activity_type(string):
    kinds = [("res_model", "in", [False, "res.partner"])]
    return one_of("mail.activity.type", string, kinds)


def whom(string):
    return fields.Selection(
        selection=WHOM,
        string=string,
        default="salesperson",
        required=True,
        help="Where the contact has no salesperson: whoever noted the answer.",
    )


def not_negative(days, since):
    return models.Constraint(
        f"CHECK({days} >= 0)",
        "An activity cannot be scheduled for a day that has passed. Give the number of"
        f" days from {since} on, or 0 for the same day.",
    )
