"""What is written where there is nothing to say; nothing here knows Odoo."""

from .names import bare, word

# What people, and programs, write where they have nothing to say; none is longer than
# so many letters
_LONGEST_NOTHING = 20
_NOTHING = {
    "-", "--", "---", ".", "..", "...", "/", "?", "??", "n/a", "n.a.", "n.a", "na",
    "n/d", "n.d.", "n.n.", "n. n.", "k.a.", "k. a.", "null", "nil", "none", "nan",
    "#n/a", "#null!", "#ref!",
    "#value!", "#name?", "#div/0!", "#num!", "undefined", "unknown", "not available",
    "not provided", "not applicable", "no data", "(blank)", "(empty)", "(none)",
    "[blank]", "<null>", "(null)", "blank", "leer", "keine angabe", "unbekannt",
    "entfällt", "nicht angegeben", "inconnu", "non renseigné", "sin datos",
    "no disponible", "desconocido", "sconosciuto", "нет данных", "не указано",
    "неизвестно", "н/д", "brak", "xxx", "tbd", "tba", "-none-", "no value", "not set",
    "not specified", "info requested", "anonymous", "* mycontacts", "* starred",
    "* friends", "* family", "* coworkers",
}  # fmt: skip

# What people who have no company write in its place, as LinkedIn asks them to
_NO_COMPANY = {
    "selfemployed", "selfemployment", "freelance", "freelancer", "freelancing",
    "unemployed", "retired", "selbständig", "selbstständig", "selbstandig",
    "freiberuflich", "freiberufler", "freiberuflerin", "arbeitslos", "privatperson",
    "rentner", "rentnerin", "indépendant", "indépendante", "autoentrepreneur",
    "particulier", "retraité", "retraitée", "autónomo", "autónoma", "porcuentapropia",
    "jubilado", "jubilada", "particular", "autônomo", "autônoma",
    "liberoprofessionista", "privato", "zelfstandig", "zelfstandige", "zzp", "zzper",
    "egenföretagare",
    "самозанятый", "самозанятая", "самозанятость", "фриланс", "фрилансер",
    "физлицо", "физическоелицо", "частноелицо", "безработный", "безработная",
    "пенсионер", "osvč", "samozatrudnienie", "ditto", "dto", "idem",
}  # fmt: skip

_NAMES = {"na", "nan", "nil", "none", "brak", "leer", "blank"}


def says_nothing(cell, is_name=False):
    """Whether a cell holds a placeholder for what somebody did not say.

    :param is_name: of people, some of whom are called Na
    """
    if not cell or len(cell) > _LONGEST_NOTHING:
        return not cell
    said = word(cell)
    plain = said.strip("()[]<> ")
    return (said in _NOTHING or plain in _NOTHING) and not (is_name and said in _NAMES)


def is_nobodys(company):
    """Whether a company is what people write who have none.

    Or what stands for the one above, in lists that were written by hand.
    """
    if not company or len(company) > _LONGEST_NOTHING:
        return False
    said = bare(company)
    return not said or said in _NO_COMPANY
