from odoo import models

from .arguments import check, is_id

# Values that are ticked one by one to be replaced though they are newer
_MAX_TICKED = 5000


class CrmProfilingImport(models.Model):
    """Which values are replaced though they are newer than the file."""

    _inherit = "crm.profiling.import"  # pylint: disable=consider-merging-classes-inherited

    def set_overwrite(self, line, field, is_ticked):
        """Choose whether a value that is newer than the file is replaced all the same.

        :param line: number of the line; None for all lines
        :param field: name of the contact's field; None for all of the line
        :param bool is_ticked: whether it is
        """
        self._check_mine("draft")
        check(
            self.env,
            line is None or is_id(line),
            isinstance(field, str | None),
            isinstance(is_ticked, bool),
        )
        pairs = {
            (update["line"], change["field"])
            for update in self._updates(*self._previewed())
            for change in update["changes"]
            if change["kind"] in ("newer", "write")
            and line in (None, update["line"])
            and field in (None, change["field"])
        }
        settings = dict(self.sudo().settings or {})
        ticked = {tuple(pair) for pair in settings.get("overwrite", ())}
        ticked = ticked | pairs if is_ticked else ticked - pairs
        settings["overwrite"] = sorted(ticked)[:_MAX_TICKED]
        self.sudo().settings = settings
        return self.get_preview()
