from odoo import api, models

from ...cells import letter
from ...names import word
from ..catalog.wording import quoted
from .targets import ANSWER, NEW, QUESTION, id_of, kind_of


class CrmProfilingImportColumns(models.AbstractModel):
    """How the columns of a file are called, in the user's language."""

    _inherit = "crm.profiling.import.columns"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _labels(self):
        """Return ``{target: heading}`` in the user's language, in a file's order."""
        return {
            "name": self.env._("Full name"),
            "first_name": self.env._("First name"),
            "middle_name": self.env._("Middle name"),
            "last_name": self.env._("Last name"),
            "company": self.env._("Company"),
            "is_company": self.env._("Is a company"),
            "email": self.env._("E-mail"),
            "phone": self.env._("Phone"),
            "mobile": self.env._("Mobile"),
            "function": self.env._("Job position"),
            "street": self.env._("Street"),
            "street2": self.env._("Street 2"),
            "zip": self.env._("ZIP"),
            "city": self.env._("City"),
            "state": self.env._("State or region"),
            "country": self.env._("Country"),
            "website": self.env._("Website"),
            "lang": self.env._("Language"),
            "tags": self.env._("Tags"),
            "ref": self.env._("Reference"),
            "comment": self.env._("Notes"),
            "id": self.env._("Contact ID"),
        }

    @api.model
    def _example_name(self):
        """Return the name in the example line of the template."""
        return self.env._("Example: write over this line")

    @api.model
    def _example_names(self):
        return {
            word(self.with_context(lang=lang)._example_name())
            for lang, _name in self.env["res.lang"].get_installed()
        }

    @api.model
    def _reason_label(self):
        return self.env._("Why it was left out")

    @api.model
    def _warning_label(self):
        return self.env._("Imported in part")

    @api.model
    def _place(self, index, heading):
        """Return how messages name a column."""
        if heading:
            return f"{quoted(self.env, heading)} ({letter(index)})"
        return letter(index)

    @api.model
    def _target_name(self, target):
        """Return how what a column is taken for is called."""
        kind = kind_of(target)
        if kind == QUESTION:
            return self.env["crm.profiling.import.cells"]._question_of(target).name
        if kind == NEW:
            return self.env._("New question")
        if kind == ANSWER:
            answer = self.env["crm.profiling.answer"].browse(id_of(target))
            return f"{answer.question_id.name} {answer.name}"
        return self._labels()[target]
