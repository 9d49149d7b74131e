from odoo import api, models
from odoo.fields import Domain

from ...names import bare, word
from ...opposites import NO, YES
from ...words import Words
from .plan import COMPANY, PERSON
from .targets import NEW, id_of, kind_of

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
        kind, id_ = kind_of(target), id_of(target)
        if kind == NEW:
            return Words()  # it is created with whatever the cells say
        if kind in _KINDS:
            find = getattr(self, f"_values_of_{kind}")
            return find(id_) if id_ else find()
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
