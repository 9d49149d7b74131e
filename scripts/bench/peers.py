"""How others do it, written anew from what their code does."""

from odoo.fields import Command, Domain

# ----------------------------------------------------------------------
# The original module: each contact and each profile for itself
# ----------------------------------------------------------------------


def original(data, contacts):
    """Compute every profile for some contacts, as the segmentation's button did."""
    for profile in data.profiles:
        found = [
            contact for contact in contacts if original_test(data.cr, profile, contact)
        ]
        Partner = data.env["res.partner"]
        for partner in Partner.browse(contact for contact in found):
            if profile.category_id not in partner.category_id:
                data.cr.execute(
                    """INSERT INTO res_partner_res_partner_category_rel
                                   (category_id, partner_id) VALUES (%s, %s)""",
                    [profile.category_id.id, partner.id],
                )
                partner.invalidate_recordset(["category_id"])
    data.cr.commit()


def original_test(cr, profile, partner_id):
    """Whether a contact gave all answers required, and none of those excluded."""

    def ids(query, value):
        cr.execute(query, [value])
        return [row[0] for row in cr.fetchall()]

    given = ids(
        "SELECT DISTINCT answer_id FROM crm_profiling_response WHERE partner_id = %s",
        partner_id,
    )
    line, parents = [profile.id], [profile.id]
    while parents := ids(
        """SELECT DISTINCT parent_id FROM crm_profiling_profile
            WHERE parent_id IS NOT NULL AND id = ANY(%s)""",
        parents,
    ):
        line += parents
    required, excluded = (
        ids(
            f"""SELECT DISTINCT answer_id FROM crm_profiling_profile_{kind}_answer_rel
                 WHERE profile_id = ANY(%s)""",
            line,
        )
        for kind in ("required", "excluded")
    )
    return all(answer in given for answer in required) and not any(
        answer in excluded for answer in given
    )


# ----------------------------------------------------------------------
# A search for each rule, whose result replaces the contacts of a tag
# ----------------------------------------------------------------------


def domain_of(profile):
    """Return the rule of a profile as a domain on contacts."""
    domain = Domain.TRUE
    for line in profile._ancestors() + profile:
        for question, required, excluded in line._own_criteria():
            domain &= Domain("profiling_response_ids.question_id", "=", question.id)
            if required:
                domain &= Domain("profiling_response_ids.answer_id", "in", required.ids)
            if excluded:
                domain &= ~Domain(
                    "profiling_response_ids.answer_id", "in", excluded.ids
                )
    return domain


def search_per_rule(data):
    for profile in data.profiles:
        found = data.env["res.partner"].search(domain_of(profile))
        tag = profile.category_id
        # past our own overrides, which would evaluate once more
        type(tag).partner_ids.write_batch([(tag, [Command.set(found.ids)])])
        data.env.flush_all()
    data.cr.commit()
    data.env.invalidate_all()


# ----------------------------------------------------------------------
# An automation rule for each profile, which puts its tag on
# ----------------------------------------------------------------------


def rule_of(profile, model_id):
    """Return the values of the rule that does what a profile did."""
    action = {
        "name": profile.name,
        "model_id": model_id,
        "state": "object_write",
        "update_path": "category_id",
        "update_m2m_operation": "add",
        "resource_ref": f"res.partner.category,{profile.category_id.id}",
    }
    untagged = Domain("category_id", "not in", profile.category_id.ids)
    return {
        "name": profile.name,
        "model_id": model_id,
        "trigger": "on_create_or_write",
        "filter_domain": repr(list(untagged & domain_of(profile))),
        "action_server_ids": [Command.create(action)],
    }


def automate(data):
    """Have automation rules do what the profiles did; return what undoes it.

    They run at every change of a contact: answers are no column of it whose change a
    rule could wait for, and answers themselves are saved past the rules.  They leave
    alone whoever has the tag, and take none off: that would be as many rules again.
    """
    partner = data.env["ir.model"]._get_id("res.partner")
    rules = data.env["base.automation"].create(
        [rule_of(profile, partner) for profile in data.profiles]
    )
    data.profiles.action_archive()
    data.env["crm.profiling.run"].search([]).unlink()
    data.commit()

    def undo():
        rules.unlink()
        data.profiles.action_unarchive()
        data.env["crm.profiling.run"].search([]).unlink()
        data.commit()

    return undo
