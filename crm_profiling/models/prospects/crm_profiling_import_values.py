from babel import Locale
from babel.core import get_global

from odoo import api, models
from odoo.fields import Domain

from ...opposites import NO, YES
from ...prospects import bare, word
from ...words import Words
from .plan import COMPANY, PERSON

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

_KINDS = (
    "question", "answer", "tags", "country", "state", "lang", "is_company"
)  # fmt: skip

# What a column says of companies, and of people, beside yes and no
_WORDS_FOR = {
    COMPANY: ("company", "organization", "organisation", "business", "unternehmen",
               "firma", "société", "empresa", "azienda", "bedrijf", "компания"),
    PERSON: ("person", "individual", "contact", "privatperson", "kontakt",
              "particulier", "persona", "individuo", "persoon", "человек", "лицо"),
}  # fmt: skip

# Tags to choose from for a value that is not known; who has more creates or finds them
_MAX_OPTIONS = 300


class CrmProfilingImportValues(models.AbstractModel):
    """Knows what the cells of a column can mean: answers, tags, countries…"""

    _name = "crm.profiling.import.values"
    _description = "Profiling Import Values"

    @api.model
    def _words(self, records, compare=word):
        words = Words(compare)
        Columns = self.env["crm.profiling.import.columns"]
        for record, name, rank in Columns._names(records):
            words.add(name, record.id, rank)
        return words

    @api.model
    def _values(self, target):
        """Return the `Words` for the values of a column; None for free text."""
        kind, _colon, id_ = target.partition(":")
        if kind == "new":
            return Words()  # it is created with whatever the cells say
        if kind in _KINDS:
            find = getattr(self, f"_values_of_{kind}")
            return find(int(id_)) if id_ else find()
        return None

    @api.model
    def _values_of_question(self, question_id):
        everything = self.env["crm.profiling.answer"].with_context(active_test=False)
        answers = everything.search([("question_id", "=", question_id)])
        words = self._words(answers)
        self._add_yes_and_no(words, answers.filtered("active"))
        return words

    @api.model
    def _add_yes_and_no(self, words, answers):
        """Let Yes and No be written in any language, and as forms tick them.

        Where these are the answers, and nothing else is like them.
        """
        yes, no = (
            {answer for answer in words.things() if words.named(answer) & ticks}
            for ticks in (YES, NO)
        )
        if len(yes) == len(no) == 1 and len(answers) <= 3 and yes != no:
            for ticks, found in ((YES, yes), (NO, no)):
                for tick in ticks:
                    words.add(tick, *found, rank=9)

    @api.model
    def _values_of_answer(self, answer_id):
        """Return what a cell of an answer's own column says: the answer, or 0."""
        answer = self.env["crm.profiling.answer"].browse(answer_id)
        words = self._words(answer)
        for tick in YES:
            words.add(tick, answer_id, rank=9)
        for tick in NO:
            words.add(tick, 0, rank=9)
        return words

    @api.model
    def _values_of_tags(self):
        tags = self.env["res.partner.category"].search(Domain.TRUE)
        words = self._words(tags)
        for tag in tags:
            words.add(tag.display_name, tag.id)
        return words

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

    @api.model
    def _values_of_is_company(self):
        words = Words(bare)
        for kind, ticks in ((COMPANY, YES), (PERSON, NO)):
            for name in (*_WORDS_FOR[kind], *ticks):
                words.add(name, kind)
        return words

    @api.model
    def _values_of_lang(self):
        words = Words(bare)
        for lang in self.env["res.lang"].search([("active", "=", True)]):
            for name in (lang.name, lang.name.split("(")[0], lang.iso_code):
                words.add(name, lang.code, rank=1)
            words.add(lang.code, lang.code)
            words.add(lang.code.split("_")[0], lang.code, rank=1)
        return words

    @api.model
    def _records(self, target, ids):
        """Return what values of a column stand for, as records."""
        if target.startswith(("question:", "answer:")):
            answers = self.env["crm.profiling.answer"].browse(ids)
            return answers.with_context(crm_profiling_hide_question=True)
        models_ = {
            "tags": "res.partner.category",
            "country": "res.country",
            "state": "res.country.state",
        }
        if target == "lang":
            return self.env["res.lang"].search([("code", "in", ids)])
        return self.env[models_[target]].browse(ids)

    @api.model
    def _options(self, target):
        """Return the records that a value which is not known may be taken for."""
        kind, _colon, id_ = target.partition(":")
        Answer = self.env["crm.profiling.answer"]
        if kind == "question":
            answers = Answer.search([("question_id", "=", int(id_))])
            return answers.with_context(crm_profiling_hide_question=True)
        if kind == "answer":
            answer = Answer.browse(int(id_)).exists()
            return answer.with_context(crm_profiling_hide_question=True)
        if target == "country":
            return self.env["res.country"].search(Domain.TRUE)
        tags = self.env["res.partner.category"]
        if target == "tags" and tags.search_count([], limit=_MAX_OPTIONS + 1) <= (
            _MAX_OPTIONS
        ):
            return tags.search(Domain.TRUE)
        return tags

    @api.model
    def _tag_names(self, tags):
        """Return ``{tag: name}``, with those above it where others have that name."""
        words = self._values("tags")
        return {
            tag: tag.name if len(words.find(tag.name)) == 1 else tag.display_name
            for tag in tags
        }
