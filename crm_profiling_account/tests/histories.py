"""Random histories in which documents are posted, reset, credited, handed over."""

from dataclasses import dataclass
from datetime import timedelta

from dateutil.relativedelta import relativedelta
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from odoo import Command

from odoo.addons.crm_profiling.tests import brute_force
from odoo.addons.crm_profiling.tests.histories import (
    MOST,
    OWNERS,
    TAGS,
    Histories,
    one,
    pick,
    yes,
)

MOST_DOCUMENTS = 6
KINDS = {"turnover": "out", "purchases": "in"}


@dataclass(eq=False)
class Document:
    """An invoice, bill or credit note, as brute force knows it."""

    name: str
    kind: str  # "turnover" or "purchases"
    owner: str  # whose it is
    amount: float  # in the company's currency; less for credit notes
    date: "object"
    partner: brute_force.Contact
    holder: brute_force.Contact  # whose turnover it is
    of_lines: brute_force.Contact  # who stands on its lines: Odoo moves by these
    posted: bool = True


class InvoiceHistories(Histories):
    """What can happen to contacts, and to documents of two companies."""

    def __init__(self):
        super().__init__()
        self.documents = []

    # ------------------------------------------------------------------
    # What a turnover is
    # ------------------------------------------------------------------

    def amount(self, holder, kind, owner, months):
        """Return the sum of a holder's documents, None where it is not known."""
        theirs = [
            document
            for document in self.documents
            if document.posted
            and (document.kind, document.owner) == (kind, owner)
            and document.holder is holder
        ]
        asked = any(one.facts for one in self.contacts if one.company is holder)
        if not theirs and not asked:
            return None
        today = self.clock.date()
        since = today - relativedelta(months=months)
        return sum(
            document.amount
            for document in theirs
            if document.date <= today and (not months or document.date > since)
        )

    @precondition(lambda self: len(self.questions) < MOST)
    @rule(
        kind=st.sampled_from(list(KINDS)),
        owner=st.sampled_from(OWNERS[1:]),
        months=st.sampled_from([0, 1, 12]),
        tag=one,
    )
    def new_invoice_question(self, kind, owner, months, tag):
        """With a profile of that company which asks for a turnover."""
        question = brute_force.Question(
            self.name("I"),
            3,
            True,
            True,
            conditions={},
            starts={0: -1_000_000, 1: 1, 2: 100},
            number=lambda holder: self.amount(holder, kind, owner, months),
            owner=owner,
        )
        self.tell(f"new {question.name}: {kind} of {owner} in {months} months")
        self.keep(
            question,
            {
                "origin": kind,
                "by_number": True,
                "company_id": self.companies[owner],
                "period_months": months,
                "answer_ids": [
                    Command.create({"name": str(n), "sequence": n, "value_from": start})
                    for n, start in question.starts.items()
                ],
            },
        )
        profile = brute_force.Profile(
            self.name("P"), {(question, 2)}, tag=pick(TAGS, tag), owner=owner
        )
        self.tell(f"new {profile.name}: {question.name}=2, gives {profile.tag}")
        self.record[profile] = self.case.profile(
            profile.name,
            tag=profile.tag,
            company_id=self.companies[owner],
            required_answer_ids=self.ids(profile.required),
        )
        self.profiles.append(profile)

    # ------------------------------------------------------------------
    # Documents
    # ------------------------------------------------------------------

    @precondition(lambda self: self.contacts and len(self.documents) < MOST_DOCUMENTS)
    @rule(
        which=one,
        kind=st.sampled_from(list(KINDS)),
        owner=st.sampled_from(OWNERS[1:]),
        amount=st.sampled_from([30, 70, 120]),
        credit=yes,
        foreign=yes,
        days=st.integers(-5, 400),
    )
    def new_document(self, which, kind, owner, amount, credit, foreign, days):
        contact = pick(self.contacts, which)
        addresses = [
            c for c in self.contacts if c.address and c.company is contact.company
        ]
        owners = {one.owner for one in (contact, contact.company, *addresses)}
        if owners - {"", owner}:
            return  # Odoo refuses, and it delivers to one of the addresses
        document = Document(
            self.name("D"),
            kind,
            owner,
            (-1 if credit else 1) * (2 if foreign else 1) * amount,
            self.clock.date() - timedelta(days=days),
            contact,
            contact.company,
            contact.company,
        )
        self.tell(
            f"new {document.name}: {kind} of {owner} with {contact.name}, {amount},"
            f" {credit=}, {foreign=}, on {document.date}"
        )
        move = self._document(document, kind, owner, amount, credit, foreign)
        move._post(soft=False)
        self.record[document] = move
        self.documents.append(document)

    def _document(self, document, kind, owner, amount, credit, foreign):
        move = self.env["account.move"].sudo()
        return move.with_company(self.companies[owner]).create(
            {
                "move_type": KINDS[kind] + ("_refund" if credit else "_invoice"),
                "partner_id": self.record[document.partner].id,
                "invoice_date": document.date,
                "company_id": self.companies[owner],
                "currency_id": self.case.currencies[owner, foreign].id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Work",
                            "quantity": 1,
                            "price_unit": amount,
                            "tax_ids": False,
                        }
                    )
                ],
            }
        )

    @precondition(lambda self: self.documents)
    @rule(which=one)
    def reset_or_post(self, which):
        document = pick(self.documents, which)
        move = self.record[document]
        self.tell(f"{document.name} is {'reset' if document.posted else 'posted'}")
        if document.posted:
            move.button_draft()
        else:
            move._post(soft=False)
        document.posted = not document.posted

    @precondition(lambda self: self.documents)
    @rule(which=one)
    def credit(self, which):
        """All of it, today."""
        document = pick(self.documents, which)
        if not document.posted or "credit" in document.name:
            return
        self.tell(f"{document.name} is credited")
        move = self.record[document]
        today = self.clock.date()
        note = Document(
            f"{document.name} credit",
            document.kind,
            document.owner,
            -document.amount,
            today,
            document.partner,
            document.partner.company,
            document.partner.company,
        )
        self.record[note] = move._reverse_moves([{"invoice_date": today}])
        self.record[note]._post(soft=False)
        self.documents.append(note)

    # ------------------------------------------------------------------
    # What becomes of them when contacts change
    # ------------------------------------------------------------------

    def is_kept(self, *contacts):
        concerned = {
            contact
            for document in self.documents
            for who in (document.partner, document.holder, document.of_lines)
            for contact in who.line
        }
        inside = [one for one in self.contacts if set(one.line) & set(contacts)]
        return bool(concerned & {*contacts, *inside})

    def moved(self, contact):
        """As Odoo does: those whose lines are the contact's own go along."""
        for document in self.documents:
            if document.of_lines is contact:
                document.of_lines = contact.company
                if document.partner is contact:
                    document.holder = contact.company

    def merged(self, source, target):
        for document in self.documents:
            for name in ("partner", "holder", "of_lines"):
                if getattr(document, name) is source:
                    setattr(document, name, target)
        if target.parent:
            self.moved(target)

    # ------------------------------------------------------------------
    # The jobs
    # ------------------------------------------------------------------

    @rule()
    def finish(self):
        """Within the minute, whoever was invoiced is looked at."""
        self.env.cr.flush()
        self.env["crm.profiling.invoiced"].sudo()._look()
        return super().finish()

    @rule(days=st.integers(1, 40))
    def days_pass(self, days):
        """A night may be missed, not more than seven of them."""
        self.tell(f"{days} days pass")
        Run = self.env["crm.profiling.run"].sudo()
        while days:
            step = min(days, 7)
            days -= step
            self.clock += timedelta(days=step)
            self.finish()
            Run._cron_look()
        self.finish()
        before = self.case.rows()
        Run._cron_look()
        self.finish()
        self.case.assertEqual(self.case.rows(), before, "a second night wrote")
