"""How names, words and moments stand in a sentence."""

from odoo.tools import babel_locale_parse, format_datetime, get_lang, posix_to_ldml


def quoted(env, text):
    """Return a text in the quotation marks of the user's language."""
    # named: Odoo leaves texts out that have no two letters
    return env._("“%(words)s”", words=text)


def moment_words(env, value):
    """Return a moment as the user's language writes day and time, without seconds.

    :param datetime value: in UTC
    """
    lang = get_lang(env)
    written = f"{lang.date_format} {lang.time_format.replace(':%S', '')}"
    pattern = posix_to_ldml(written, locale=babel_locale_parse(lang.code))
    return format_datetime(env, value, dt_format=pattern)
