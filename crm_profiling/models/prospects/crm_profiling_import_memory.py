from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

from ...prospects import word
from .plan import SKIP

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
    column_name = fields.Char(string="Column", compute="_compute_means")
    means = fields.Char(string="Is taken for", compute="_compute_means")

    _key_uniq = models.UniqueIndex("(company_id, kind, COALESCE(about, ''), key)")

    def _compute_means(self):
        """Say it in the words of the screen, as far as the user may read them.

        However many they are it takes as many queries.
        """
        kept = self.sudo()
        columns = self._column_names({one._target() for one in kept})
        words = defaultdict(set)
        for one in kept:
            words[one._kind_of_word()].add(one.choice)
        names = {kind: self._names_of(kind, words[kind]) for kind in words if kind}
        for memory, me in zip(self, kept, strict=True):
            column = columns.get(me._target(), False)
            memory.column_name = column if me.kind == "value" else False
            if me.kind == "heading":
                ignored = self.env._("Ignored") if not me.choice else False
                memory.means = column or ignored
            elif me.choice == SKIP:
                memory.means = self.env._("Leave the cell out")
            elif me.kind == "value" and not column:
                memory.means = False
            else:
                gone = self.env._("No longer there")
                memory.means = names[me._kind_of_word()].get(me.choice, gone)

    def _target(self):
        """Return what the column is taken for that is remembered, or the word's."""
        return (self.choice if self.kind == "heading" else self.about) or ""

    def _kind_of_word(self):
        """Return what kind of thing is remembered to be meant; "" where none is."""
        if self.kind == "value":
            return "" if self.choice == SKIP else self._target().partition(":")[0]
        return "company" if self.kind == "company" else ""

    @api.model
    def _column_names(self, targets):
        """Return ``{what a column is taken for: name}``, of what the user may see."""
        Columns = self.env["crm.profiling.import.columns"]
        questions = Columns._questions()
        there = {*Columns._labels()}
        there.update(f"question:{question.id}" for question in questions)
        there.update(f"answer:{answer.id}" for answer in questions.answer_ids)
        for names in ("name", "answer_ids.name"):
            questions.mapped(names)  # read all of them at once
        name = self.env["crm.profiling.import.planner"]._target_name
        return {target: name(target) for target in targets & there}

    @api.model
    def _names_of(self, kind, choices):
        """Return ``{choice: name}`` of what words stand for and is still there.

        Of what is hidden from the user, False.
        """
        if kind == "lang":
            langs = self.env["res.lang"].search([("code", "in", list(choices))])
            return {lang.code: lang.display_name for lang in langs}
        ids = sorted({int(choice) for choice in choices if choice.isdecimal()})
        if kind == "company":
            records = self.env["res.partner"].browse(ids)
        else:
            of = f"{kind}:" if kind in ("question", "answer") else kind
            records = self.env["crm.profiling.import.values"]._records(of, ids)
        there = records.exists()
        names = dict.fromkeys(map(str, there.ids), False)
        readable = there._filtered_access("read")
        names.update((str(record.id), record.display_name) for record in readable)
        return names

    # ------------------------------------------------------------------
    # To remember
    # ------------------------------------------------------------------

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
        what, _colon, id_ = target.partition(":")
        question = answer = False
        if what == "question":
            question = int(id_)
        elif what == "answer":
            answer = int(id_)
        if kind == "value" and question and choice.isdecimal():
            answer = int(choice)
        return {"choice": choice, "question_id": question, "answer_id": answer}

    # ------------------------------------------------------------------
    # To know again
    # ------------------------------------------------------------------

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
