from odoo import api, models


class CrmProfilingInterview(models.Model):
    """Before activities and events are deleted, interviews point to them no more."""

    _inherit = "crm.profiling.interview"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _let_go(self, activities, events):
        """Point no more to activities and events that are about to be deleted.

        The database deletes activities with their event, or with their user, in one
        statement. Which of the rows it looks at first follows from when constraints
        were made: an interview written in the same transaction, or with two of its
        pointers gone, may be looked at while it points to what is gone already.
        """
        for gone in (activities, events):
            for name in self._names_of_pointers(gone._name) if gone else ():
                # written by the time Odoo deletes anything
                self.sudo().search([(name, "in", gone.ids)])[name] = False

    @api.model
    def _names_of_pointers(self, comodel_name):
        """Return the names of the stored fields that point to a record of a model."""
        return [
            name
            for name, field in self._fields.items()
            if field.type == "many2one"
            and field.store
            and field.comodel_name == comodel_name
        ]
