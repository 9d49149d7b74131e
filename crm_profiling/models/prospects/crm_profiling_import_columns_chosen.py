from odoo import api, models

from ...names import word
from .arguments import check
from .chosen import CREATE, CREATE_MANY, MODES, REJECT, SKIP, STOP, Column
from .plan import MANY_ANSWERS
from .targets import NEW, QUESTION, id_of, is_of_record, kind_of


class CrmProfilingImport(models.Model):
    """What a person chooses of columns, and of the values in them."""

    _inherit = "crm.profiling.import"  # pylint: disable=consider-merging-classes-inherited

    def set_column(self, index, target=None, policy=None, mode=None):
        """Choose what a column is, and what to do with its values.

        :param int index: of the column, from 0
        :param str target: what it is: a field, ``question:ID`` or "" for nothing
        :param str policy: what to do with values that do not exist
        :param str mode: what to do where the contact has a value already
        """
        self._check_mine("draft")
        self._check_index(index)
        known = [isinstance(one, str | None) for one in (target, policy, mode)]
        check(self.env, *known)
        columns = [dict(column) for column in self.sudo().columns]
        if target is not None:
            if target == "new" and self._may_create_questions():
                column = self._new_question(index)
            else:
                column = self._column(target if self._is_target(target) else "")
            columns[index] = {**column, "said": True}
        if policy is not None:
            target = columns[index]["target"]
            allowed = [*self._policies(target), CREATE_MANY]
            if CREATE not in allowed:
                allowed.remove(CREATE_MANY)
            policy = policy if policy in allowed else STOP
            again = {"policy": policy, "mode": "", "choices": {}}
            columns[index] = {**columns[index], **again}
        if mode is not None:
            columns[index]["mode"] = mode if mode in MODES else ""
        self.sudo().columns = columns
        return self.get_preview()

    def set_value(self, index, value, choice):
        """Choose what to do with one value that a column does not know.

        :param int index: of the column, from 0
        :param str value: as it is in the file
        :param choice: the id of what it is taken for, or a policy
        """
        self._check_mine("draft")
        self._check_index(index)
        check(
            self.env,
            isinstance(value, str),
            isinstance(choice, int | str) and not isinstance(choice, bool),
        )
        columns = [dict(column) for column in self.sudo().columns]
        target = columns[index]["target"]
        options = self.env["crm.profiling.import.values"]._options(target)
        if choice not in (*self._policies(target), *options.ids):
            choice = STOP
        before = columns[index].get("choices", {})
        columns[index]["choices"] = {**before, word(value): choice}
        self.sudo().columns = columns
        return self.get_preview()

    def accept_guesses(self, index):
        """Say that what is suggested for values of a column is right.

        :param int index: of the column, from 0
        """
        self._check_mine("draft")
        self._check_index(index)
        columns = [dict(column) for column in self.sudo().columns]
        unknown = self._plan().unknown.get(index, {})
        columns[index]["choices"] = {
            **columns[index].get("choices", {}),
            **{key: one.choice for key, one in unknown.items() if one.is_guess},
        }
        self.sudo().columns = columns
        return self.get_preview()

    def _check_index(self, index):
        known = isinstance(index, int) and not isinstance(index, bool)
        check(self.env, known and 0 <= index < len(self.sudo().columns or ()))

    def _is_target(self, target):
        """Whether a column can be taken for something."""
        Columns = self.env["crm.profiling.import.columns"]
        if not is_of_record(target):
            return target in ("", *Columns._labels())
        questions = Columns._questions()
        meant = questions if kind_of(target) == QUESTION else questions.answer_ids
        return id_of(target) in meant.ids

    @api.model
    def _column(self, target):
        """Return what is kept of a column: what is chosen for all of it."""
        return {"target": target, "policy": STOP, "mode": "", "choices": {}}

    def _columns(self):
        me = self.sudo()
        targets = {column["target"] for column in me.columns}
        remembered = self.env["crm.profiling.import.memory"]._values(targets)
        return [
            Column(
                index,
                heading,
                column["target"],
                column["policy"],
                column.get("choices", {}),
                column.get("mode", ""),
                remembered.get(column["target"], {}),
                column.get("question", {}),
            )
            for index, (heading, column) in enumerate(
                zip(me.headings, me.columns, strict=True)
            )
        ]

    @api.model
    def _policies(self, target, new=0):
        """Return what may be done with values that a column does not know.

        :param new: how many they are
        """
        if target == "tags":
            model = self.env["res.partner.category"]
        elif kind_of(target) in (QUESTION, NEW):
            model = self.env["crm.profiling.answer"]
        else:
            model = None
        create = []
        if model is not None and model.has_access("create"):
            create = [CREATE_MANY if new > MANY_ANSWERS else CREATE]
        return [STOP, *create, SKIP, REJECT]
