"""Whose answer counts: the rule for what has been read, and the same for SQL.

An answer to a question that is asked of each contact is held by the contact, one to a
question that is asked of companies by the commercial entity, whichever contact gave it.
"""

from typing import NamedTuple

from odoo.tools import SQL


class Facts(NamedTuple):
    """What contacts, and the companies that answer for them, have answered."""

    commercial: dict[int, int]  # {partner_id: id of its commercial entity}
    held: dict[int, dict[int, int]]  # {holder_id: {answer_id: response_id}}

    def holder(self, partner_id, question):
        """Return who holds an answer of a contact: itself, or its company.

        :param question: one of the `Catalog`
        """
        return self.commercial[partner_id] if question.of_company else partner_id

    def known(self, partner_id, questions):
        """Return ``{answer_id: response_id}`` of all that counts for a contact.

        :param questions: those of the `Catalog`
        """
        return {
            answer_id: response_id
            for holder_id in {partner_id, self.commercial[partner_id]}
            for answer_id, response_id in self.held.get(holder_id, {}).items()
            if self.holder(partner_id, questions[answer_id]) == holder_id
        }


# The column of a contact that says who holds its answers, by level of the question.
HELD_BY = {"contact": "id", "company": "commercial_partner_id"}


def held_by(question):
    """Return the column of a contact that says who holds its answers to a question.

    :param question: one of the `Catalog`
    """
    return HELD_BY["company" if question.of_company else "contact"]


def holder_of(partner, level):
    """Return who holds the answers of a contact to questions of a level.

    :param partner: one contact, saved or not
    """
    return partner if HELD_BY[level] == "id" else partner[HELD_BY[level]]


# The same as one expression, of a `contact` and a `question`.
HOLDER = SQL(
    "CASE question.level %s END",
    SQL(" ").join(
        SQL("WHEN %s THEN %s", level, SQL.identifier("contact", column))
        for level, column in HELD_BY.items()
    ),
)
