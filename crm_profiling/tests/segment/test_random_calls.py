"""Random days at the phone: at each moment the database holds what was said."""

import random
from collections import Counter

from odoo.tests import tagged

from .test_entry_waiting import TalkCase

DAYS = 6
STEPS = 24
OUTCOMES = ["not_reached", "busy", "voicemail", "refused"]


@tagged("post_install", "-at_install")
class TestRandomCalls(TalkCase):
    """Two callers, two firms, and one sentence for each rule.

    - What was said last about a firm counts.
    - Its people have one e-mail in the queue each if the firm is in the profile, and
      none else; while somebody talks to one of them nothing is queued or withdrawn.
    - Each call that was ended is counted, with what came of it.
    - Who waits in the call list, whoever found them, waits on while nobody was spoken
      to, and no longer than that.
    - What arrives twice is said once: the history holds what was said, and no more.
    """

    def setUp(self):
        super().setUp()
        self.ask("Sector?").level = "company"
        self.cid = self.prospect("Cid", email="cid@example.com")
        self.people = self.ann | self.bob | self.cid
        self.callers = {"Sam": self.salesman, "Ivy": self.ivy}

    def firm(self, contact):
        return contact.commercial_partner_id

    def start_day(self):
        self.said = {self.firm(one): False for one in self.people}
        self.queued = dict.fromkeys(self.said, False)
        self.talks = {}
        self.tries = Counter()
        self.story = []
        queue = self.env["crm.profiling.queue"]._create_for(self.people)
        queue.write({"most_tries": 0, "most_tries_day": 0, "minutes_between": 0})
        self.lines = {line.partner_id: line for line in queue.line_ids}
        self.waiting = dict.fromkeys(self.people, True)
        self.told_in = {}
        self.ended = Counter()

    def step(self, pick):
        self.minutes_later(1)
        caller, contact = pick.choice(list(self.callers)), pick.choice(self.people)
        talk = self.talks.get((caller, contact))
        if not talk:
            what = f"{caller} calls {contact.name}"
            self.talks[caller, contact] = self.begin(contact, self.callers[caller])
            if pick.random() < 0.3:
                outcome = pick.choice(OUTCOMES)
                what += f": {outcome}"
                self.talks.pop((caller, contact)).skip_prospect(outcome)
                self.tries[contact, outcome] += 1
                if outcome == "refused":
                    self.waiting[contact] = False
        elif pick.random() < 0.6:
            answer = pick.choice(["IT", "Services", None])
            what = f"{contact.name} tells {caller}: {answer}"
            before, firm = self.said[self.firm(contact)], self.firm(contact)
            is_same = before == answer and self.told_in.get(firm) == talk
            if before and not is_same:
                self.ended[firm, before] += 1
            for _time in range(pick.choice([1, 1, 2])):
                self.say(talk, "Sector?", *([answer] if answer else []))
                self.minutes_later(0, seconds=1)
            self.said[firm], self.told_in[firm] = answer, talk
        else:
            what = f"{caller} finishes with {contact.name}"
            self.talks.pop((caller, contact)).finish()
            self.tries[contact, "reached"] += 1
            self.waiting[contact] = False
        self.story.append(what)
        talking = {self.firm(contact) for _caller, contact in self.talks}
        for firm in self.queued.keys() - talking:
            self.queued[firm] = self.said[firm] == "IT"

    def check(self):
        self.env.flush_all()
        self.env.invalidate_all()
        for firm, answer in self.said.items():
            # what was said is the firm's
            self.assertEqual(
                firm.profiling_answer_ids.mapped("name"), [answer] if answer else []
            )
        for contact in self.people:
            mails = self.mails(contact).filtered(lambda m: m.state == "outgoing")
            self.assertEqual(len(mails), int(self.queued[self.firm(contact)]))
        tries = self.env["crm.profiling.try"].sudo()
        tries = tries.search([("partner_id", "in", self.people.ids)])
        counted = Counter((one.partner_id, one.outcome) for one in tries)
        self.assertEqual(counted, self.tries)
        self.assertEqual(
            {one: line.state == "waiting" for one, line in self.lines.items()},
            self.waiting,
        )
        past = self.env["crm.profiling.response.history"].sudo()
        past = past.search([("partner_id", "in", [one.id for one in self.said])])
        ended = Counter((one.partner_id, one.answer_id.name) for one in past)
        self.assertEqual(ended, self.ended)

    def test_the_database_holds_what_was_said(self):
        for seed in range(DAYS):
            with self.subTest(seed=seed), self.env.cr.savepoint() as day:
                self.start_day()
                pick = random.Random(seed)
                for _step in range(STEPS):
                    self.step(pick)
                    try:
                        self.check()
                    except AssertionError as error:
                        told = "; ".join(self.story)
                        raise AssertionError(f"{told}: {error}") from error
                day.rollback()
                self.env.invalidate_all()
