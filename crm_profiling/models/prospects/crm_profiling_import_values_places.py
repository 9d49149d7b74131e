from babel import Locale
from babel.core import get_global

from odoo import api, models
from odoo.fields import Domain

from ...names import bare

# In which countries are named by programs, whatever language Odoo is in
_LANGUAGES = (
    "en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "ru", "uk", "sv", "da", "hu",
    "tr",
)  # fmt: skip

# and after them in
_MORE_LANGUAGES = (
    "el", "ro", "bg", "fi", "nb", "sk", "hr", "sl", "sr", "lt", "lv", "et", "ja", "zh",
    "ko",
)  # fmt: skip

# What people call them besides, and the signs that cars of neighbours have
_OTHER_NAMES = {
    "AE": ("UAE", "ОАЭ"),
    "AT": ("A",),
    "BE": ("B",),
    "BY": ("РБ", "Белоруссия"),
    "CH": ("Swiss",),
    "CN": ("PRC", "КНР"),
    "CZ": ("Česká republika", "ČR", "Czech Republic", "Tschechien"),
    "DE": ("D", "BRD", "Bundesrepublik Deutschland"),
    "ES": ("E",),
    "FR": ("F",),
    "GB": (
        "England", "Scotland", "Wales", "Northern Ireland", "Great Britain", "Britain",
        "Großbritannien", "Angleterre", "Grande-Bretagne", "Inglaterra", "Inghilterra",
        "Англия", "Engeland",
    ),
    "HU": ("H",),
    "IT": ("I",),
    "KR": ("Republic of Korea", "Korea"),
    "LU": ("L",),
    "NL": ("Holland", "The Netherlands", "Голландия", "Hollande"),
    "NO": ("N",),
    "PT": ("P",),
    "RU": ("РФ", "Российская Федерация", "Russian Federation"),
    "SE": ("S",),
    "SK": ("Slovenská republika",),
    "US": ("America", "United States of America", "США", "Америка", "Estados Unidos"),
    "VN": ("Vietnam", "Viet Nam"),
}  # fmt: skip


class CrmProfilingImportValues(models.AbstractModel):
    """Knows how countries and states are called."""

    _inherit = "crm.profiling.import.values"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _values_of_country(self):
        """Return the words for countries, in languages that are not installed, too."""
        countries = self.env["res.country"].search(Domain.TRUE)
        words = self._places(countries)
        by_code = {country.code: country.id for country in countries}
        for rank, languages in ((10, _LANGUAGES), (13, _MORE_LANGUAGES)):
            for language in languages:
                for code, name in Locale(language).territories.items():
                    if code in by_code:
                        words.add(name, by_code[code], rank=rank)
        for code, names in _OTHER_NAMES.items():
            for name in names if code in by_code else ():
                words.add(name, by_code[code], rank=11)
        # of three letters as well, and those that have another code now: UK
        for alias, codes in get_global("territory_aliases").items():
            if alias.isalpha() and len(codes) == 1 and codes[0] in by_code:
                words.add(alias, by_code[codes[0]], rank=12)
        return words

    @api.model
    def _values_of_state(self):
        states = self.env["res.country.state"].search_fetch(Domain.TRUE)
        words = self._places(states)
        for state in states:  # as Odoo exports them: “California (US)”
            words.add(f"{state.name} ({state.country_id.code})", state.id, rank=1)
        return words

    @api.model
    def _places(self, places):
        words = self._words(places, bare)
        for place in places:
            words.add(place.code, place.id, rank=9)
        return words
