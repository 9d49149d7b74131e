"""How names and words stand in a sentence."""


def quoted(env, text):
    """Return a text in the quotation marks of the user's language."""
    # named: Odoo leaves texts out that have no two letters
    return env._("“%(words)s”", words=text)
