from odoo import api, models
from odoo.exceptions import ValidationError


class CrmProfilingProfile(models.Model):
    """A profile gives a tag: one of its own name, if it is told none."""

    _inherit = "crm.profiling.profile"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _with_categories(self, vals_list):
        """Have new profiles that are told no tag give one with their own name."""
        defaults = self.default_get(["category_id"])
        vals_list = [{**defaults, **vals} for vals in vals_list]
        names = [vals.get("name") for vals in vals_list]
        names = [name.strip() if isinstance(name, str) else "" for name in names]
        untold = [
            (vals, name)
            for vals, name in zip(vals_list, names, strict=True)
            if name and not vals.get("category_id")
        ]
        tags = self._tags_named({name for _vals, name in untold}) if untold else {}
        for vals, name in untold:
            vals["category_id"] = tags[name].id
        return vals_list

    @api.model
    def _tags_named(self, names):
        """Return ``{name: tag}``, new tags where there are none yet."""
        Tag = self.env["res.partner.category"]
        tags = {
            name: found[0]
            for name, found in Tag.search([("name", "in", names)])
            .grouped("name")
            .items()
        }
        new = [name for name in names if name not in tags]
        created = Tag.create([{"name": name} for name in new])
        return tags | dict(zip(new, created, strict=True))

    @api.model
    def _check_category(self, vals):
        if not vals.get("category_id"):
            raise ValidationError(
                self.env._(
                    "The profile “%(profile)s” needs a contact tag. Choose the tag its"
                    " contacts get.",
                    profile=vals.get("name") or self[:1].name or "",
                )
            )
