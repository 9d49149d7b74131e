"""Which names of companies may stand for one company; nothing here knows Odoo.

To ask people whether two are one, never to take them for it.
"""

import re

from .names import key

# Words that say what kind of company it is, before or after its name
_FORMS = frozenset(
    """ab ad ag aps as asa ao bhd bt bv bvba co company corp corporation cv dba dd doo
    ead eg eirl ek ev eood eurl gbr gesmbh ges ggmbh gmbh gie inc incorporated jsc kft
    kg kgaa kk
    lda limited llc llp lp ltd ltda mbb mbh nv ohg ooo oü oy oyj partg pao plc pt pte
    pty pvt private rt sa sae saoc sapi sarl sas sasu sc sca scop scrl sdn se sia sl slu
    snc soc sociedad spa spk spol spzoo sprl srl sro ste stg tbk uab ug vof zao zrt
    ао ип зао оао ооо пао тов тоо фоп чп гк ευ αε επε""".split()
)
# Letters of those that are written apart: “e. K.”, “sp. z o.o.”, “s. r. o.”
_OF_FORMS = {("e", "k"), ("e", "v"), ("sp", "z", "oo"), ("sp", "z", "o", "o"),
             ("s", "r", "o"), ("z", "o", "o"), ("d", "o", "o"), ("s", "a"),
             ("spol", "s", "ro"), ("haftungsbeschränkt",)}  # fmt: skip


# Those that are written in one with the name, in East Asia
_FORMS_IN_ONE = re.compile(
    "株式会社|有限会社|合同会社|\\(株\\)|\\(有\\)|股份有限公司|有限责任公司|有限公司|주식회사|\\(주\\)"
)


def company(name):
    """Return what a company is called, without its legal form, blanks and signs.

    :param name: str, or a false value
    """
    said = key(name).replace(".", "")
    words = re.findall(r"\w+", _FORMS_IN_ONE.sub(" ", said)) or re.findall(r"\w+", said)
    while len(words) > 1:
        ending = next((f for f in _OF_FORMS if tuple(words[-len(f) :]) == f), None)
        if ending and len(words) > len(ending):
            del words[-len(ending) :]
        elif words[-1] in _FORMS:
            del words[-1]
        elif words[0] in _FORMS and len(words[0]) < 4:
            del words[0]
        else:
            break
    return "".join(words)


def is_slip(name, other):
    """Whether two names differ by one letter, or by two that changed places."""
    if abs(len(name) - len(other)) > 1 or name == other:
        return False
    if len(name) > len(other):
        name, other = other, name
    at = next((n for n, char in enumerate(name) if char != other[n]), len(name))
    if len(name) < len(other):
        return name[at:] == other[at + 1 :]
    return name[at + 1 :] == other[at + 1 :] or (
        name[at : at + 2] == other[at : at + 2][::-1]
        and name[at + 2 :] == other[at + 2 :]
    )


def without_a_letter(name):
    """Return a name, and all that is left of it without one of its letters.

    Two that differ by a slip have one of these in common.
    """
    return {name, *(name[:at] + name[at + 1 :] for at in range(len(name)))}
