from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...companies import company, is_slip, without_a_letter
from ...emails import domain
from ...words import numbers

# Letters of a name from which one that differs is a slip, and not another name
_SLIP_FROM = 6

# Letters at the beginning, after them and at the end of a name, of which a slip leaves
# some as they are: by these, names are found among all that there are
_PART = 4

# Signs that are no part of what a company is called
_SIGNS = " .,-&'\"/()+«»"

# Companies that one may choose from
_MOST = 5


class Similar(NamedTuple):
    """A company of the file that is not there, and others that may be it."""

    key: str
    # {id of a company: "name" or "domain"}, the likeliest first; of one that is in the
    # file as well, the number of its first line, below nought: "file"
    candidates: dict


class CrmProfilingImportSimilar(models.AbstractModel):
    """Finds companies that may be one of the file, though they are called otherwise.

    By the name without its legal form, by one letter, or by the domain of its people's
    e-mails. Whether they are one, a person decides.
    """

    _name = "crm.profiling.import.similar"
    _description = "Profiling Import Similar Companies"

    @api.model
    def _similar(self, plan):
        """Return ``{company_key: Similar}``, in one query however many they are."""
        if not plan.companies:
            return {}
        by_domain = self._domains(plan)
        emails = [prospect.email for prospect in plan.prospects if prospect.company]
        names = plan.companies.keys() | plan.joined.keys()
        rows = self._candidates(names, by_domain, emails)
        new = names - {key for _id, key, _domain in rows}
        if not new:
            return {}
        find = self._finder(names)
        found = defaultdict(dict)
        for id_, key, _domain in rows:
            for name in find(key) if key else ():
                if name in new:
                    found[name].setdefault(id_, "name")
        for id_, _key, domain_ in rows:
            for name in by_domain.get(domain_, ()) if domain_ else ():
                if name in new:
                    found[name].setdefault(id_, "domain")
        self._add_of_file(plan, new, find, found)
        return {
            key: Similar(key, dict([*candidates.items()][:_MOST]))
            for key, candidates in found.items()
        }

    @api.model
    def _add_of_file(self, plan, new, find, found):
        """Add companies that stand before them in the file, and are not there either.

        Or were not when somebody said that it is that one.
        """
        first = {key: lines[0] for key, lines in plan.company_lines().items()}
        for key in new & first.keys():
            for line, other in sorted((first.get(o, 0), o) for o in find(key)):
                is_chosen = plan.company_ids.get(key) == -line
                if 0 < line < first[key] and (other in new or is_chosen):
                    found[key].setdefault(-line, "file")

    @api.model
    def _domains(self, plan):
        """Return ``{domain: keys of companies whose people write from there}``."""
        found = defaultdict(set)
        for prospect in plan.prospects:
            if prospect.company and (own := domain(prospect.email)):
                found[own].add(prospect.company_key)
        return found

    @api.model
    def _finder(self, keys):
        """Return a function of a name, to those of keys that are nearly the same.

        What two names with a slip between them have in common is looked up: nobody
        compares each with each.
        """
        whole, parts = defaultdict(list), defaultdict(list)
        for key in keys:
            if name := company(key):
                whole[name].append(key)
        for name in whole:
            if len(name) >= _SLIP_FROM:
                # “Hall 1” is no slip of “Hall 2”, nor of a thousand others
                said = numbers(name)
                for part in without_a_letter(name):
                    parts[said, part].append(name)

        def find(key):
            name = company(key)
            found = [*whole.get(name, ())]
            if len(name) < _SLIP_FROM - 1:
                return found
            said, left = numbers(name), without_a_letter(name)
            others = {o for part in left for o in parts.get((said, part), ())}
            for other in others:
                if is_slip(name, other):
                    found += whole[other]
            return found

        return find

    @api.model
    def _candidates(self, keys, domains, emails):
        """Return ``[(id, key or None, domain or None)]`` of companies there are.

        As far as the user may see them and their people.

        :param emails: of the file, whose owners say nothing of their new company by
            where they are now
        """
        Partner = self.env["res.partner"]
        contact = Partner._profiling_answering_domain()
        companies = contact & Domain("is_company", "=", True)
        named, theirs = Partner._search(companies), Partner._search(companies)
        people = Partner._search(contact & Domain("email_normalized", "!=", False))
        named.add_where(self._alike_sql(keys))
        at = SQL("split_part(res_partner.email_normalized, '@', 2)")
        people.add_where(SQL("%s = ANY(%s)", at, [*domains]))
        people.add_where(
            SQL(
                """NOT EXISTS (SELECT 1 FROM unnest(%s::varchar[]) AS own (email)
                                WHERE own.email = res_partner.email_normalized)""",
                emails,
            )
        )
        people.add_where(
            SQL("res_partner.commercial_partner_id IN %s", theirs.subselect())
        )
        by_name = named.select(
            SQL("res_partner.id"), SQL("res_partner.profiling_name_key"), SQL("NULL")
        )
        by_domain = people.select(
            SQL("res_partner.commercial_partner_id"), SQL("NULL"), at
        )
        return self.env.execute_query(
            SQL("(%s) UNION (%s) ORDER BY 1, 2, 3", by_name, by_domain)
        )

    @api.model
    def _alike_sql(self, keys):
        """Return the condition that a name has a part in common with one of keys.

        Both are what `names.key` gives, the stored one and the file's; it chooses whom
        `_finder` looks at, and says nothing of whether they are the same.
        """
        plain = str.maketrans("", "", _SIGNS)
        starts, middles, ends = set(), set(), set()
        for key in keys:
            for name in {key.translate(plain), company(key)}:
                starts.add(name[:_PART])
                ends.add(name[-_PART:])
                for at in range(_PART - 1, _PART + 2):
                    middles.add(name[at : at + _PART])
        name = SQL("translate(res_partner.profiling_name_key, %s, '')", _SIGNS)
        return SQL(
            """(left(%(name)s, %(part)s) = ANY(%(starts)s)
                OR substr(%(name)s, %(after)s, %(part)s) = ANY(%(middles)s)
                OR right(%(name)s, %(part)s) = ANY(%(ends)s))""",
            name=name,
            part=_PART,
            after=_PART + 1,
            starts=[*starts - {""}],
            middles=[part for part in middles if len(part) == _PART],
            ends=[*ends - {""}],
        )
