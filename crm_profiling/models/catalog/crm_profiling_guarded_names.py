from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .arguments import is_id


class CrmProfilingGuarded(models.AbstractModel):
    """Means and names records without telling of those that the user may not read."""

    _inherit = "crm.profiling.guarded"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _the(self, model, id_):
        """Return a record that somebody means by its id; none for a false value.

        :raise UserError: in the same words whether it is hidden from them or not there
        """
        Model = self.env[model].with_context(active_test=False)
        record = Model.search(Domain("id", "=", id_)) if is_id(id_) else Model.browse()
        if id_ and not record:
            raise UserError(
                self.env._(
                    "What you mean has been deleted meanwhile (%(what)s). Go back and"
                    " choose again.",
                    what=self.env["ir.model"]._get(model).name,
                )
            )
        return record.with_env(self.env)

    @api.model
    def _readable_names(self, records):
        """Return the names of records that were found as superuser, to be told.

        Those that the user may not read are counted: their names are not for them.
        """
        readable = records.with_env(self.env)._filtered_access("read")
        names = readable.mapped("display_name")
        if hidden := len(records) - len(readable):
            names.append(self.env._("%s of another company", hidden))
        return names

    @api.model
    def _check_company_of(self, records, names=None):
        """Check the companies of records that were found as superuser.

        :raise UserError: naming none of those that the user may not read
        """
        readable = records.with_env(self.env)._filtered_access("read")
        readable._check_company(names)
        hidden = records.sudo() - readable
        try:
            hidden._check_company(names)
        except UserError:
            raise UserError(
                self.env._(
                    "Another company makes use of this: it cannot become one company's"
                    " own."
                )
            ) from None
