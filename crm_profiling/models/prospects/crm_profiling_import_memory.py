from odoo import api, fields, models
from odoo.fields import Domain

from ...names import word
from .targets import ANSWER, QUESTION, id_of, kind_of

# What is kept of one import, and looked at for one
_MOST = 1000
_LOOKED_AT = 20_000

# Letters of a heading or a word that are kept
_LETTERS = 200


class CrmProfilingImportMemory(models.Model):
    """What a person said of headings, words and companies in a file.

    It holds for the next file of the same company. Who says otherwise is remembered
    instead; who deletes it is asked again.
    """

    _name = "crm.profiling.import.memory"
    _description = "Remembered from Files"
    _order = "kind, name, id"

    name = fields.Char(string="In files", required=True, readonly=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    kind = fields.Selection(
        selection=[
            ("heading", "Heading"),
            ("value", "Word in a column"),
            ("company", "Company"),
        ],
        required=True,
        readonly=True,
    )
    key = fields.Char(required=True, readonly=True, groups="base.group_system")
    # of a value, what its column is taken for
    about = fields.Char(readonly=True, groups="base.group_system")
    # what a heading is taken for, or the id of what a value or a company is
    choice = fields.Char(readonly=True, groups="base.group_system")
    question_id = fields.Many2one(
        comodel_name="crm.profiling.question", readonly=True, ondelete="cascade"
    )
    answer_id = fields.Many2one(
        comodel_name="crm.profiling.answer", readonly=True, ondelete="cascade"
    )

    _key_uniq = models.UniqueIndex("(company_id, kind, COALESCE(about, ''), key)")

    @api.model
    def _remember(self, said):
        """Keep what was said, in place of what was said before.

        :param said: ``{(kind, about, key): (name as written, choice)}``
        """
        memory = self.sudo()
        said = dict([*said.items()][:_MOST])
        keys = Domain("key", "in", [*{key for _kind, _about, key in said}])
        known = memory._of_company(keys)
        before = {(one.kind, one.about or "", one.key): one for one in known}
        new = []
        for (kind, about, key), (name, choice) in said.items():
            if known := before.get((kind, about, key)):
                if known.choice != choice:
                    known.write(self._vals(kind, about, choice))
                continue
            kept = {"kind": kind, "about": about, "key": key, "name": name[:_LETTERS]}
            new.append({**kept, **self._vals(kind, about, choice)})
        memory.create(new)

    @api.model
    def _vals(self, kind, about, choice):
        target = choice if kind == "heading" else about
        question = answer = False
        if kind_of(target) == QUESTION:
            question = id_of(target)
        elif kind_of(target) == ANSWER:
            answer = id_of(target)
        if kind == "value" and question and choice.isdecimal():
            answer = int(choice)
        return {"choice": choice, "question_id": question, "answer_id": answer}

    @api.model
    def _of_company(self, *domains):
        """Return what is remembered for the user's company."""
        mine = Domain("company_id", "=", self.env.company.id)
        return self.sudo().search(Domain.AND([mine, *domains]), limit=_LOOKED_AT)

    @api.model
    def _headings(self, headings):
        """Return ``{heading: what it was taken for}``, the last time."""
        keys = {word(heading): heading for heading in headings if word(heading)}
        found = self._of_company(
            Domain("kind", "=", "heading"), Domain("key", "in", list(keys))
        )
        return {keys[memory.key]: memory.choice or "" for memory in found}

    @api.model
    def _values(self, targets):
        """Return ``{target: {word: choice}}`` of what columns were said to hold."""
        about = Domain("about", "in", [*filter(None, targets)])
        found = {}
        for memory in self._of_company(Domain("kind", "=", "value"), about):
            choice = int(memory.choice) if memory.choice.isdecimal() else memory.choice
            found.setdefault(memory.about, {})[memory.key] = choice
        return found

    @api.model
    def _companies(self):
        """Return ``{company_key: id}`` of companies that names stood for."""
        found = self._of_company(Domain("kind", "=", "company"))
        return {memory.key: int(memory.choice) for memory in found}
