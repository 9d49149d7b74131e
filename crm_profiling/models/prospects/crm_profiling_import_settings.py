from datetime import datetime, timedelta

from odoo import models
from odoo.exceptions import UserError

from ...moments import moment
from ...tables import csvs, encodings
from ..catalog.days import day_begins
from .arguments import check, is_id
from .chosen import FILL, MODES, Settings

# How a file is read; the rest is chosen for what it says
_READING = ("sheet", "encoding", "separator", "heading")
_FOR_ALL = ("tags", "salesperson", "are_companies", "contact_country_id")
_OPTIONS = (*_READING, "asked_on", "asked_column", "mode", "country_id", *_FOR_ALL)


class CrmProfilingImport(models.Model):
    """What a person chooses for the whole file."""

    _inherit = "crm.profiling.import"  # pylint: disable=consider-merging-classes-inherited

    def set_options(self, options):
        """Choose how the file is read, and what holds for all of it.

        :param dict options: some of
            ``sheet`` (its name), ``encoding``, ``separator``,
            ``heading`` (number of the line with the headings),
            ``asked_on`` (a day in the user's time zone, or a moment in UTC),
            ``asked_column`` (index of the column that says so, False for none),
            ``mode`` (fill, replace or leave what contacts have already),
            ``country_id`` (whose phone numbers are meant; False for nobody's),
            ``tags`` (names of tags for all, separated by semicolons),
            ``salesperson`` (``user:ID``, or ``team:ID`` for its members in turn),
            ``are_companies`` (whether the names are those of companies),
            ``contact_country_id`` (of contacts whose lines say none)
        """
        self._check_mine("draft")
        check(self.env, isinstance(options, dict))
        check(self.env, *map(_is_text, options))
        me, read = self.sudo(), {}
        settings = dict(me.settings or {})
        for name, value in options.items():
            check(self.env, name in _OPTIONS)
            value = getattr(self, f"_set_{name}")(value)
            if name in _READING:
                read[name] = value
            elif name == "asked_on":
                me.asked_on = value
                settings.update(asked_column=None, is_dated=True)
            else:
                settings[name] = value
        me.settings = settings
        if read:
            me.chosen = {**(me.chosen or {}), **read}
            self._read()
        return self.get_preview()

    def _settings(self):
        """Return the `Settings` of the file."""
        me = self.sudo()
        kept = me.settings or {}
        shift = datetime.now(self.env.tz).utcoffset() or timedelta()
        column = kept.get("asked_column")
        return Settings(
            asked_on=me.asked_on,
            is_dated=bool(kept.get("is_dated")) or column is not None,
            asked_column=column if column in (me.about or {}).get("when", ()) else None,
            month_first=self._is_month_first(),
            shift=shift,
            mode=kept.get("mode") or FILL,
            country_id=kept.get("country_id", self.env.company.country_id.id) or 0,
            overwrite=frozenset(map(tuple, kept.get("overwrite", ()))),
            company_ids={
                **self.env["crm.profiling.import.memory"]._companies(),
                **kept.get("companies", {}),
            },
        )

    def _is_month_first(self):
        """Whether the user's language writes the month before the day."""
        lang = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        return (lang.date_format or "").lower().startswith(("%m", "%b"))

    # ------------------------------------------------------------------
    # What may be chosen
    # ------------------------------------------------------------------

    def _set_sheet(self, value):
        check(self.env, value in (self.sudo().sheets or ()))
        return value

    def _set_encoding(self, value):
        check(self.env, value in ("utf-8", *encodings.OTHERS, *self._encodings()))
        return value

    def _set_separator(self, value):
        check(self.env, value in csvs.SEPARATORS)
        return value

    def _set_heading(self, value):
        top = [row[0] for row in (self.sudo().about or {}).get("top", ())]
        check(self.env, is_id(value) and value in top)
        return value

    def _set_asked_on(self, value):
        """Return the moment that is meant: of a bare day, its start."""
        check(self.env, isinstance(value, str) and len(value) < 40)
        at = moment(value)
        if not at:
            raise UserError(self.env._("“%s” is no date.", value))
        if len(value.strip()) <= 10:
            at = day_begins(self.env, at)
        return self.env["crm.profiling.response"]._moment(at)

    def _set_asked_column(self, value):
        if value is False or value is None:
            return None
        known = isinstance(value, int) and not isinstance(value, bool)
        check(self.env, known and value in (self.sudo().about or {}).get("when", ()))
        return value

    def _set_mode(self, value):
        check(self.env, value in MODES)
        return value

    def _set_country_id(self, value):
        if value is False or value is None:
            return 0
        country = self.env["res.country"].browse(value if is_id(value) else [])
        check(self.env, country.exists())
        return country.id

    def _encodings(self):
        me = self.sudo()
        readings = (me.about or {}).get("readings", ())
        return [(me.options or {}).get("encoding"), *(one[0] for one in readings)]


def _is_text(value):
    return isinstance(value, str)
