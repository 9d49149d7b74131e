import base64
import binascii
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tables import MAX_BYTES
from .arguments import check
from .packing import packed, unpacked

# Letters of a file's name that are kept
_NAME_LETTERS = 120


class CrmProfilingImport(models.Model):
    """The file: how it comes in, and how it is read."""

    _inherit = "crm.profiling.import"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def upload(self, name, content):
        """Read a file; return what `get_preview` does.

        :param str name: of the file
        :param str content: of the file, in base64
        :raise UserError: saying what is wrong with the file
        """
        self._check_rights()
        check(self.env, isinstance(name, str), isinstance(content, str | bytes))
        if len(content) > 4 * (MAX_BYTES // 3 + 1):
            content = base64.b64encode(b"\0" * (MAX_BYTES + 1))  # refused in words
        try:
            file = base64.b64decode(content, validate=True)
        except (binascii.Error, ValueError) as error:
            raise UserError(
                self.env._("The file did not arrive whole. Choose it again.")
            ) from error
        name = self._clean_name(name)
        if not file:
            raise UserError(self.env["crm.profiling.import.reader"]._empty(name))
        checksum = hashlib.sha256(file).hexdigest()
        before = self._same_file(checksum)
        vals = {
            "name": name,
            "checksum": checksum,
            "asked_on": before.asked_on or fields.Datetime.now(),
            "settings": self._settings_again(before),
        }
        self = self.sudo().create(vals).sudo(False)
        self._read(file)
        self.sudo().file = content
        return self.get_preview()

    @api.model
    def _clean_name(self, name):
        """Return the name of a file without what no file's name has."""
        name = "".join(char for char in name if char.isprintable())
        name = name.replace("\\", "/").rpartition("/")[2].strip()
        return name[-_NAME_LETTERS:] or self.env._("file")

    @api.model
    def _same_file(self, checksum):
        """Return the last import of the same file, which said when it was asked.

        Of the user's companies: whoever guesses a file learns nothing of others.
        """
        return self.sudo().search(
            [
                ("checksum", "=", checksum),
                ("state", "in", ("running", "done")),
                ("user_id.company_ids", "in", self.env.companies.ids),
            ],
            limit=1,
        )

    @api.model
    def _settings_again(self, before):
        """Return what was said of the same file before, and holds for it again."""
        said = before.settings or {}
        return {
            "is_dated": bool(said.get("is_dated")),
            "companies": said.get("companies", {}),
        }

    def _read(self, content=None):
        """Read the file as is chosen, and guess what its columns are.

        What was chosen of columns stays where the headings are what they were.
        """
        me = self.sudo()
        Reader, Columns = (
            self.env[f"crm.profiling.import.{name}"] for name in ("reader", "columns")
        )
        content = content or base64.b64decode(me.file)
        sheet = Reader._read(self.name, content, me.chosen)
        vals = {
            "options": sheet.options,
            "sheets": sheet.sheets,
            "headings": sheet.headings,
            "lines": packed(sheet.lines),
            "below": sorted(sheet.below.items()),
            "about": {
                **sheet.about,
                "when": Columns._when(sheet.headings, sheet.lines),
            },
        }
        if sheet.headings != me.headings:
            suggested = Columns._suggest(sheet.headings, sheet.lines)
            columns = [self._column(target) for target in suggested]
            vals["columns"] = self._as_last_time(sheet.headings, columns)
        me.write(vals)

    def _lines(self):
        return unpacked(self.sudo().lines)

    def _plan(self):
        planner = self.env["crm.profiling.import.planner"]
        return planner._plan(
            self._columns(),
            self._lines(),
            self._settings(),
            dict(self.sudo().below or ()),
        )
