from typing import NamedTuple

from odoo import api, models
from odoo.tools import html2plaintext

from ...names import word
from .chosen import FILL, LEAVE, REPLACE

# What becomes of a value of the file: it is written, it is written below what is
# there, what is there stays, or is newer than the file and stays unless ticked.
WRITE, BELOW, STAY, NEWER = "write", "below", "stay", "newer"


class Difference(NamedTuple):
    """What a line says otherwise than the contact who is there."""

    field: str
    before: object
    after: object
    kind: str


class CrmProfilingImportChanges(models.AbstractModel):
    """Says what a file would change of contacts who are there already.

    Nothing that a person wrote is replaced unless that was chosen; notes are never
    replaced but go on below.
    """

    _name = "crm.profiling.import.changes"
    _description = "Profiling Import Changes"

    @api.model
    def _differences(self, plan, line, partner, vals, asked_on):
        """Return the `Difference`s between a contact and what a line says of it.

        :param vals: of the line
        :param asked_on: when that was said
        """
        changes = []
        for field, value in vals.items():
            if self._is_other(partner, field, value):
                before = self._plain(partner, field)
                kind = self._kind(plan, line, partner, field, before, asked_on)
                changes.append(Difference(field, before, value, kind))
        return changes

    @api.model
    def _kind(self, plan, line, partner, field, before, asked_on):
        mode = plan.modes.get(field, FILL)
        if mode == LEAVE:
            return STAY
        if field == "comment" and before:
            return BELOW
        if not before:
            return WRITE
        if mode != REPLACE:
            return STAY
        # to the second, as moments are kept
        changed = partner.write_date and partner.write_date.replace(microsecond=0)
        is_newer = changed and changed > asked_on
        return NEWER if is_newer and (line, field) not in plan.overwrite else WRITE

    @api.model
    def _written(self, changes, partner):
        """Return the values to write for changes."""
        vals = {}
        for change in changes:
            if change.kind == WRITE:
                vals[change.field] = change.after
            elif change.kind == BELOW:
                vals[change.field] = f"{partner.comment}{change.after}"
        return vals

    @api.model
    def _new_tags(self, partner, tag_ids):
        """Return the tags that a contact has not, nor another of that name."""
        if not tag_ids:
            return []
        tags = self.env["res.partner.category"].browse(tag_ids)
        names = {word(tag.display_name) for tag in partner.category_id}
        return [tag.id for tag in tags if word(tag.display_name) not in names]

    @api.model
    def _is_other(self, partner, field, value):
        if field == "name":
            return word(partner.name) != word(value)
        if field == "comment":
            return not self._has_note(partner.comment or "", value)
        if field == "website":
            value = partner._clean_website(value)
        if field == "phone" and partner.phone:
            return self._digits(partner.phone) != self._digits(value)
        before = self._plain(partner, field)
        if isinstance(value, str) and isinstance(before, str):
            return before != value and word(before) != word(value)
        return before != value

    @api.model
    def _has_note(self, note, value):
        """Whether a note says what another one says, links written out or not."""
        if value in note:  # as it is kept, mostly
            return True
        theirs = word(html2plaintext(value, include_references=False))
        return any(
            theirs in word(html2plaintext(note, include_references=is_written_out))
            for is_written_out in (True, False)
        )

    @api.model
    def _digits(self, phone):
        return "".join(char for char in phone if char.isdecimal() or char == "+")

    @api.model
    def _plain(self, partner, field):
        """Return a value as it is written."""
        return partner._fields[field].convert_to_write(partner[field], partner)
