"""Random histories of a database, each told in sentences.

Every rule does one thing twice: to records, as people do it, and to the plain objects
of `brute_force`.  After every step the two must agree on what has been answered and by
whom it is held, on profiles, tags and what a person said of them.
"""

from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from odoo import Command
from odoo.exceptions import UserError, ValidationError

from . import brute_force

TAGS = ["Red", "Green", "Blue"]
OWNERS = ["", "Here", "There"]  # companies of the database
MOST = 7  # contacts, profiles, questions: histories are long, worlds are small

one = st.integers(0, 30)  # which of the things there are
some = st.sets(st.integers(0, 30), max_size=4)
yes = st.booleans()


def pick(things, number):
    return things[number % len(things)]


def pick_some(things, numbers):
    """Return some of the things, each once, in order."""
    chosen = {number % len(things) for number in numbers} if things else ()
    return [things[number] for number in sorted(chosen)]


class Histories(RuleBasedStateMachine):
    """What can happen to questions, profiles and contacts, in any order."""

    case = None  # the test: set by who makes the class

    def __init__(self):
        super().__init__()
        self.env = self.case.env
        self.env.flush_all()
        self.savepoint = self.env.cr.savepoint(flush=False)
        self.story, self.record = [], {}
        self.questions, self.profiles, self.contacts = [], [], []
        self.clock, self.born = datetime(2026, 1, 1), 0
        self.case.clock = self
        self.tags = {name: self.case.tag(name) for name in TAGS}
        Company = self.env["res.company"]
        self.companies = {
            owner: owner and Company.search([("name", "=", owner)]).id
            for owner in OWNERS
        }

    def teardown(self):
        self.case.told = self.story
        self.savepoint.rollback()
        self.savepoint.close(rollback=False)
        self.env.transaction.clear()
        self.env.registry.clear_all_caches()

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    def tell(self, sentence):
        self.story.append(sentence)

    def now(self):
        """Return a time that nothing happened at before."""
        self.clock += timedelta(minutes=1)
        return self.clock

    def once(self, minutes):
        """Return a time that has gone by, at which nothing was said."""
        self.born += 1
        back = timedelta(minutes=minutes + 1)
        return self.clock - back + timedelta(seconds=self.born % 59 + 1)

    def name(self, letter):
        self.born += 1
        return f"{letter}{self.born}"

    def names(self, things):
        return ", ".join(map(self.called, things)) or "nothing"

    def called(self, thing):
        if isinstance(thing, tuple):
            return f"{thing[0].name}={thing[1]}"
        return thing.name if thing else "nothing"

    def ids(self, things):
        return [self.record[thing].id for thing in things]

    @property
    def answers(self):
        return [answer for question in self.questions for answer in question.answers]

    def answers_for(self, owner):
        """Return those that profiles of a company may mention."""
        return [a for a in self.answers if a[0].owner in ("", owner)]

    def fitting(self, numbers):
        """Return some answers, one at the most to a single-choice question."""
        chosen = {}
        asked = [a for a in self.answers if a[0].conditions is None]
        for answer in pick_some(asked, numbers):
            chosen[answer[0] if answer[0].single else answer] = answer
        return list(chosen.values())

    def attempt(self, function, *exceptions):
        """Do something that may be refused; return whether it was not."""
        try:
            with self.env.cr.savepoint():
                function()
                self.env.flush_all()
        except exceptions:
            return False
        return True

    # ------------------------------------------------------------------
    # Questions and answers
    # ------------------------------------------------------------------

    @initialize(background=yes)
    def begin(self, background):
        at_once = -1 if background else 1_000_000
        self.tell(f"apply_at_once is {at_once}")
        self.case.apply_at_once(at_once)
        self.new_question(True, False, 2)
        self.new_question(False, True, 2)
        self.new_contact(True, False, 0, False, set())
        self.new_contact(False, False, 0, True, {0})
        self.new_profile({0}, set(), None, 0)

    @precondition(lambda self: len(self.questions) < MOST)
    @rule(single=yes, company=yes, size=st.integers(1, 3))
    def new_question(self, single, company, size):
        question = brute_force.Question(self.name("Q"), size, single, company)
        self.tell(f"new {question.name}: {size} answers, {single=}, {company=}")
        self.questions.append(question)
        self.record[question] = self.case.question(
            question.name,
            [str(number) for number in range(size)],
            selection_mode="single" if single else "multiple",
            level="company" if company else "contact",
        )
        for answer, record in zip(
            question.answers, self.record[question].answer_ids, strict=True
        ):
            self.record[answer] = record

    @rule(which=one)
    def new_answer(self, which):
        question = pick(self.questions, which)
        if question.conditions is not None or question.starts:
            return  # another that stands for all others, or from 0 on, is refused
        self.tell(f"{question.name} gets another answer")
        answer = (question, question.size)
        question.size += 1
        self.record[answer] = self.env["crm.profiling.answer"].create(
            {"name": str(answer[1]), "question_id": self.record[question].id}
        )

    @rule(which=one)
    def delete_answer(self, which):
        answer = pick(self.answers, which)
        if self.leaves_no_band(answer):
            return
        said = {a for contact in self.contacts for a in contact.facts}
        said |= {line[0] for contact in self.contacts for line in contact.past}
        used = answer in said or any(
            answer in profile.required | profile.excluded for profile in self.profiles
        )
        self.tell(f"{self.called(answer)} is deleted, {used=}")
        last = len(answer[0].answers) == 1
        if answer[1] not in answer[0].unused:
            last = last or self.leaves_nothing_to_tell(answer)
        done = self.attempt(self.record[answer].unlink, UserError, ValidationError)
        self.case.assertEqual(done, not used and not last)
        if done:
            answer[0].gone.add(answer[1])
            self.sort_numbers(answer[0])

    @rule(which=one, company=yes)
    def ask_of(self, which, company):
        question = pick(self.questions, which)
        if question.owner:
            return
        self.tell(f"{question.name} is asked of {'companies' if company else 'each'}")
        brute_force.ask_of(question, company, self.contacts)
        self.record[question].level = "company" if company else "contact"

    @rule(which=one, single=yes)
    def change_choice(self, which, single):
        question = pick(self.questions, which)
        self.tell(f"{question.name} becomes {'single' if single else 'multiple'}")
        several = any(
            sum(answer[0] is question for answer in contact.facts) > 1
            for contact in self.contacts
        )
        mode = "single" if single else "multiple"
        done = self.attempt(
            lambda: self.record[question].write({"selection_mode": mode}),
            ValidationError,
        )
        by_number = bool(question.starts)
        self.case.assertEqual(done, not (several if single else by_number))
        if done:
            question.single = single

    @rule(which=one, whole=yes)
    def archive_or_restore(self, which, whole):
        answer = pick(self.answers, which)
        thing = answer[0] if whole else answer
        if self.leaves_nothing_to_tell(thing) or self.leaves_no_band(thing):
            return  # refused
        self.tell(f"{self.called(thing)} is archived, or restored")
        self.record[thing].active = not self.record[thing].active
        if thing is answer:
            answer[0].unused ^= {answer[1]}
            self.sort_numbers(answer[0])

    def sort_numbers(self, question):
        """Known numbers have other answers now, or once the job has come by.

        Before that, what is replaced is not yet what it would be.
        """
        if question.starts:
            brute_force.sort_numbers(question, self.contacts)
            if self.run.sort:
                self.finish()

    def leaves_no_band(self, thing):
        """Whether without an answer there would be none that a number gives."""
        if not isinstance(thing, tuple) or not thing[0].starts:
            return False
        question, number = thing
        left = {n for _q, n in question.answers if n not in question.unused}
        return bool(left) and not (left - {number}) & question.starts.keys()

    def leaves_nothing_to_tell(self, thing):
        """Whether archiving an answer would leave none that has a condition."""
        if not isinstance(thing, tuple) or thing[0].conditions is None:
            return False
        question, number = thing
        if question.number:
            return False
        unused = question.unused ^ {number}
        left = [a for a in question.answers if a[1] not in unused]
        return bool(left) and not any(question.conditions.get(n) for _q, n in left)

    # ------------------------------------------------------------------
    # Profiles
    # ------------------------------------------------------------------

    @precondition(lambda self: len(self.profiles) < MOST)
    @rule(required=some, excluded=some, parent=st.one_of(st.none(), one), tag=one)
    def new_profile(self, required, excluded, parent, tag):
        parent = pick([None, *self.profiles], parent or 0)
        owner = parent.owner if parent else ""
        profile = brute_force.Profile(
            self.name("P"),
            required=set(pick_some(self.answers_for(owner), required)),
            excluded=set(pick_some(self.answers_for(owner), excluded)),
            parent=parent,
            tag=pick(TAGS, tag),
            owner=owner,
        )
        self.tell(
            f"new {profile.name}: {self.names(profile.required)} but not"
            f" {self.names(profile.excluded)}, part of"
            f" {self.called(profile.parent)}, gives {profile.tag}"
        )
        self.record[profile] = self.case.profile(
            profile.name,
            tag=profile.tag,
            parent_id=profile.parent and self.record[profile.parent].id,
            company_id=self.companies[profile.owner],
            required_answer_ids=self.ids(profile.required),
            excluded_answer_ids=self.ids(profile.excluded),
        )
        self.profiles.append(profile)

    @precondition(lambda self: self.profiles)
    @rule(which=one, required=some, excluded=some)
    def change_criteria(self, which, required, excluded):
        profile = pick(self.profiles, which)
        answers = self.answers_for(profile.owner)
        profile.required = set(pick_some(answers, required))
        profile.excluded = set(pick_some(answers, excluded))
        self.tell(
            f"{profile.name} takes {self.names(profile.required)} but not"
            f" {self.names(profile.excluded)}"
        )
        self.record[profile].write(
            {
                "required_answer_ids": [Command.set(self.ids(profile.required))],
                "excluded_answer_ids": [Command.set(self.ids(profile.excluded))],
            }
        )

    @precondition(lambda self: self.profiles)
    @rule(which=one, parent=one)
    def move_profile(self, which, parent):
        profile = pick(self.profiles, which)
        parent = pick([None, *self.profiles], parent)
        self.tell(f"{profile.name} becomes part of {self.called(parent)}")
        done = self.attempt(
            lambda: self.record[profile].write(
                {"parent_id": parent and self.record[parent].id}
            ),
            UserError,
        )
        circle = parent and profile in parent.line
        crossed = parent and parent.owner not in ("", profile.owner)
        self.case.assertEqual(done, not circle and not crossed)
        if done:
            profile.parent = parent

    @precondition(lambda self: self.profiles)
    @rule(which=one)
    def archive_profile(self, which):
        profile = pick(self.profiles, which)
        profile.active = not profile.active
        self.tell(f"{profile.name} is {'restored' if profile.active else 'archived'}")
        self.record[profile].active = profile.active

    @precondition(lambda self: self.profiles)
    @rule(which=one, owner=one)
    def give_profile(self, which, owner):
        """Refused where it is part of another company's, or has parts of another's."""
        profile, owner = pick(self.profiles, which), pick(OWNERS, owner)
        self.tell(f"{profile.name} is for {owner or 'all'}")
        done = self.attempt(
            lambda: self.record[profile].write({"company_id": self.companies[owner]}),
            UserError,
        )
        above = {profile.parent.owner} if profile.parent else set()
        above |= {question.owner for question in profile.mentioned}
        below = {part.owner for part in self.profiles if part.parent is profile}
        self.case.assertEqual(
            done, above <= {"", owner} and (not owner or below <= {owner})
        )
        if done:
            profile.owner = owner

    @precondition(lambda self: self.profiles)
    @rule(which=one, tag=one)
    def retag_profile(self, which, tag):
        profile = pick(self.profiles, which)
        profile.tag = pick(TAGS, tag)
        self.tell(f"{profile.name} gives {profile.tag}")
        self.record[profile].category_id = self.tags[profile.tag]

    @precondition(lambda self: self.profiles)
    @rule(which=one)
    def delete_profile(self, which):
        profile = pick(self.profiles, which)
        self.tell(f"{profile.name} is deleted")
        parts = any(other.parent is profile for other in self.profiles)
        done = self.attempt(self.record[profile].unlink, UserError)
        self.case.assertEqual(done, not parts)
        if done:
            self.profiles.remove(profile)
            for contact in self.contacts:
                contact.set_hand(profile, None)

    # ------------------------------------------------------------------
    # Contacts
    # ------------------------------------------------------------------

    @precondition(lambda self: len(self.contacts) < MOST)
    @rule(is_company=yes, address=yes, parent=one, inside=yes, answers=some)
    def new_contact(self, is_company, address, parent, inside, answers):
        contact = brute_force.Contact(
            self.name("C"),
            is_company=is_company,
            address=address and inside and bool(self.contacts),
            parent=pick(self.contacts, parent) if self.contacts and inside else None,
            born=self.clock,
        )
        given, when = self.fitting(answers), self.now()
        self.tell(
            f"new {contact.name} in {self.called(contact.parent)}, {is_company=},"
            f" address={contact.address}, answered {self.names(given)}"
        )
        self.record[contact] = self.env["res.partner"].create(
            {
                "name": contact.name,
                "is_company": is_company,
                "type": "delivery" if contact.address else "contact",
                "parent_id": contact.parent and self.record[contact.parent].id,
                "profiling_answer_ids": [Command.link(a) for a in self.ids(given)],
            }
        )
        self.contacts.append(contact)
        for answer in given:
            contact.give(answer, when)

    @precondition(lambda self: self.contacts and len(self.contacts) < MOST)
    @rule(which=one)
    def copy_contact(self, which):
        contact = pick(self.contacts, which)
        copy = brute_force.Contact(
            self.name("C"),
            is_company=contact.is_company,
            address=contact.address,
            parent=contact.parent,
            hand_tags=set(contact.hand_tags),
            active=contact.active,
            owner=contact.owner,
            ref=contact.ref,
            job=contact.job,
            north=contact.north or 0.0,
            born=self.clock,
        )
        self.tell(f"{contact.name} is copied to {copy.name}")
        self.record[copy] = self.record[contact].copy({"name": copy.name})
        copy.active = self.record[copy].active
        self.contacts.append(copy)

    @precondition(lambda self: self.contacts)
    @rule(which=some, answers=some)
    def answer(self, which, answers):
        """Several contacts at once, unless they contradict each other."""
        contacts, when = pick_some(self.contacts, which), self.now()
        given = self.fitting(answers)
        self.tell(f"{self.names(contacts)} answer {self.names(given)}")
        self.partners(contacts).write(
            {"profiling_answer_ids": [Command.link(a) for a in self.ids(given)]}
        )
        for contact in contacts:
            for answer in given:
                contact.give(answer, when)

    @precondition(lambda self: self.contacts)
    @rule(which=one, answers=some)
    def replace_answers(self, which, answers):
        contact, when = pick(self.contacts, which), self.now()
        given = self.fitting(answers)
        self.tell(f"{contact.name}'s answers are now {self.names(given)}")
        self.record[contact].write(
            {"profiling_answer_ids": [Command.set(self.ids(given))]}
        )
        contact.replace(given, when)

    @precondition(lambda self: self.contacts)
    @rule(which=one, answers=some)
    def take_back(self, which, answers):
        contact, when = pick(self.contacts, which), self.now()
        taken = pick_some(self.answers, answers)
        self.tell(f"{contact.name} takes back {self.names(taken)}")
        self.record[contact].write(
            {"profiling_answer_ids": [Command.unlink(a) for a in self.ids(taken)]}
        )
        for answer in taken:
            contact.take_back(answer, when)

    @precondition(lambda self: self.contacts)
    @rule(which=one, answers=some)
    def confirm(self, which, answers):
        """Said in an interview, perhaps again."""
        contact, when = pick(self.contacts, which), self.now()
        given = self.fitting(answers)
        self.tell(f"{contact.name} says {self.names(given)} in an interview")
        self.record_words(contact, given, source="interview")
        for answer in given:
            contact.holder(answer[0]).say(answer, when)

    @precondition(lambda self: self.contacts)
    @rule(which=one, answers=some, minutes=st.integers(0, 20), tie=yes)
    def hear_of(self, which, answers, minutes, tie):
        """A file tells what was said long ago, perhaps at a moment known already."""
        contact, given = pick(self.contacts, which), self.fitting(answers)
        self.now()
        when = self.moment(contact, given, minutes, tie)
        self.tell(f"{contact.name} said {self.names(given)} at {when}, it turns out")
        outdated = {a for a in given if contact.is_outdated(a, when)}
        Response = self.env["crm.profiling.response"]
        found = Response._outdated(
            {self.record[contact].id: (set(self.ids(given)), set())}, when
        )
        self.case.assertEqual(
            {answer_id for _partner_id, answer_id in found}, set(self.ids(outdated))
        )
        self.record_words(contact, given, source="import", date=when)
        for answer in given:
            contact.hear_of(answer, when)

    @precondition(lambda self: self.contacts)
    @rule(which=one, answers=some, minutes=st.integers(0, 20), tie=yes)
    def hear_taken_back(self, which, answers, minutes, tie):
        contact, taken = pick(self.contacts, which), pick_some(self.answers, answers)
        self.now()
        when = self.moment(contact, taken, minutes, tie)
        self.tell(f"{contact.name} took {self.names(taken)} back at {when}")
        self.record_words(contact, (), taken, date=when)
        for answer in taken:
            contact.hear_taken_back(answer, when)

    def moment(self, contact, answers, minutes, tie):
        """Return a moment of the past: when something was said of that, or not."""
        known = [contact.holder(a[0]).latest(a)[0] for a in answers] if tie else []
        return max(filter(None, known), default=self.once(minutes))

    def record_words(self, contact, given, taken=(), **vals):
        wanted = {self.record[contact].id: (set(self.ids(given)), set(self.ids(taken)))}
        self.env["crm.profiling.response"]._record(wanted, vals)._profiling_apply()

    @precondition(lambda self: self.contacts)
    @rule(which=one, parent=one, answers=some)
    def move_contact(self, which, parent, answers):
        """To another company or none, and answer in the same breath."""
        contact = pick(self.contacts, which)
        parents = [c for c in self.contacts if contact not in c.line]
        contact.parent = pick([None, *parents], parent)
        given, when = self.fitting(answers), self.now()
        self.tell(
            f"{contact.name} comes to {self.called(contact.parent)}, and answers"
            f" {self.names(given)}"
        )
        self.record[contact].write(
            {
                "parent_id": contact.parent and self.record[contact.parent].id,
                "profiling_answer_ids": [Command.link(a) for a in self.ids(given)],
            }
        )
        self.moved(contact)
        brute_force.hand_over(self.contacts)
        for answer in given:
            contact.give(answer, when)

    @precondition(lambda self: self.contacts)
    @rule(which=one, is_company=yes)
    def become_company(self, which, is_company):
        contact = pick(self.contacts, which)
        contact.is_company = is_company
        self.tell(f"{contact.name} becomes a {'company' if is_company else 'person'}")
        self.record[contact].is_company = is_company
        brute_force.hand_over(self.contacts)

    @precondition(lambda self: self.contacts)
    @rule(which=one, address=yes)
    def become_address(self, which, address):
        contact = pick(self.contacts, which)
        contact.address = address
        self.tell(f"{contact.name} becomes {'an address' if address else 'a contact'}")
        self.record[contact].type = "invoice" if address else "contact"

    @precondition(lambda self: self.contacts)
    @rule(which=one, owner=one)
    def give_contact(self, which, owner):
        contact, owner = pick(self.contacts, which), pick(OWNERS, owner)
        if self.is_kept(contact):
            return
        self.tell(f"{contact.name} is {owner or 'everybody'}'s")
        self.record[contact].company_id = self.companies[owner]
        brute_force.give(contact, owner, self.contacts)

    @precondition(lambda self: self.contacts)
    @rule(which=one)
    def archive_contact(self, which):
        contact = pick(self.contacts, which)
        contact.active = not contact.active
        self.tell(f"{contact.name} is {'restored' if contact.active else 'archived'}")
        self.record[contact].active = contact.active

    @precondition(lambda self: self.contacts)
    @rule(which=one)
    def delete_contact(self, which):
        contact = pick(self.contacts, which)
        if self.is_kept(contact):
            return
        self.tell(f"{contact.name} is deleted")
        self.contacts.remove(contact)
        for other in self.contacts:
            if other.parent is contact:
                other.parent = None
        self.record[contact].unlink()

    @precondition(lambda self: len(self.contacts) > 1)
    @rule(which=one, into=one)
    def merge(self, which, into):
        source = pick(self.contacts, which)
        target = pick([c for c in self.contacts if c is not source], into)
        if source in target.line or target in source.line:
            return  # Odoo refuses
        if source.owner != target.owner and self.is_kept(source, target):
            return
        self.tell(f"{source.name} is merged into {target.name}")
        partners = self.record[source] | self.record[target]
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge(partners.ids, self.record[target])
        brute_force.merge(source, target, self.contacts)
        self.merged(source, target)

    def is_kept(self, *contacts):
        """Hook: whether some may not be deleted, nor given to another company."""
        return False

    def moved(self, contact):
        """Hook: a contact is somebody else's."""

    def merged(self, source, target):
        """Hook: a contact is part of another one from now on."""

    # ------------------------------------------------------------------
    # The user's hand
    # ------------------------------------------------------------------

    @precondition(lambda self: self.contacts and self.profiles)
    @rule(
        which=one,
        profile=one,
        state=st.sampled_from(["pinned", "barred", False]),
    )
    def set_hand(self, which, profile, state):
        contact, when = pick(self.contacts, which), self.now()
        profile = pick(self.profiles, profile)
        self.tell(f"{contact.name} in {profile.name}: {state or 'as answered'}")
        done = self.attempt(
            lambda: self.record[contact].profiling_set_hand(
                self.record[profile].id, state
            ),
            ValidationError,
        )
        holds = not contact.address and profile.concerns(contact)
        self.case.assertEqual(done, holds or not state)
        if done:
            contact.set_hand(profile, state, when)

    @precondition(lambda self: self.contacts)
    @rule(which=one, tag=one, put=yes, from_tag=yes)
    def put_or_take_tag(self, which, tag, put, from_tag):
        contact, tag, when = pick(self.contacts, which), pick(TAGS, tag), self.now()
        self.tell(
            f"{tag} is {'put on' if put else 'taken off'} {contact.name}"
            f"{' from the tag' if from_tag else ''}"
        )
        command = Command.link if put else Command.unlink
        if from_tag:
            self.tags[tag].partner_ids = [command(self.record[contact].id)]
        else:
            self.record[contact].category_id = [command(self.tags[tag].id)]
        if put:
            contact.hand_tags.add(tag)
        elif not from_tag or (
            # Odoo does not find archived ones there, nor those without it
            contact.active and tag in contact.tags(self.profiles)
        ):
            contact.take_tag(tag, self.profiles, when)

    @precondition(lambda self: self.contacts)
    @rule(which=one, tags=some)
    def replace_tags(self, which, tags):
        contact, tags = pick(self.contacts, which), pick_some(TAGS, tags)
        self.tell(f"{contact.name}'s tags are set to {tags}")
        self.record[contact].category_id = [
            Command.set([self.tags[tag].id for tag in tags])
        ]
        contact.set_tags(tags, self.profiles)

    # ------------------------------------------------------------------
    # What is found
    # ------------------------------------------------------------------

    def is_new(self, contact):
        return contact.born >= self.clock.replace(
            hour=0, minute=0, second=0, microsecond=0
        ) - timedelta(days=30)

    @property
    def kinds(self):
        """What can be found: of whom it is told, and the conditions of the answers.

        Conditions as Odoo writes them, as they are meant, and what has to be filled in.
        """

        def always(_contact):
            return True

        def has_ref(contact):
            return bool(contact.ref)

        def has_job(contact):
            return bool(contact.job)

        is_a = ([("ref", "=", "a")], lambda contact: contact.ref == "a", has_ref)
        is_a_or_b = (
            [("ref", "in", ["a", "b"])],
            lambda contact: contact.ref in ("a", "b"),
            has_ref,
        )
        is_not_a = ([("ref", "!=", "a")], lambda c: c.ref != "a", has_ref)
        is_unset = ([("ref", "=", False)], lambda contact: not contact.ref, always)
        is_new = ([("create_date", ">=", "today -30d")], self.is_new, always)
        works_at_b = ([("function", "=", "b")], lambda c: c.job == "b", has_job)
        is_a_at_a = (
            ["&", ("ref", "=", "a"), ("function", "!=", "b")],
            lambda contact: contact.ref == "a" and contact.job != "b",
            lambda contact: contact.ref and contact.job,
        )
        told = [("function", "!=", False)], has_job
        return [
            (None, [is_a, is_a_or_b, None]),
            (None, [is_not_a, is_a]),
            (None, [is_unset, None]),
            (None, [is_new, None]),
            (None, [is_a, works_at_b, None]),
            (None, [works_at_b, is_a_at_a, is_a_or_b]),
            (told, [is_not_a, works_at_b, None]),
        ]

    @precondition(lambda self: len(self.questions) < MOST)
    @rule(kind=one, single=yes, company=yes)
    def new_found_question(self, kind, single, company):
        told, conditions = pick(self.kinds, kind)
        question = brute_force.Question(
            self.name("F"),
            len(conditions),
            single,
            company,
            conditions={n: one and one[1] for n, one in enumerate(conditions)},
            tellable={
                n: told[1] if told else one[2]
                for n, one in enumerate(conditions)
                if one
            },
        )
        domains = [one and one[0] for one in conditions]
        self.tell(f"new {question.name}: {single=}, {company=}, found by {domains}")
        self.keep(
            question,
            {
                "domain": told and repr(told[0]),
                "answer_ids": [
                    Command.create(
                        {
                            "name": str(number),
                            "sequence": number,
                            "domain": domain and repr(domain),
                        }
                    )
                    for number, domain in enumerate(domains)
                ],
            },
        )

    def keep(self, question, vals):
        """Create a question as it is."""
        self.record[question] = self.env["crm.profiling.question"].create(
            {
                "name": question.name,
                "origin": "asked" if question.conditions is None else "contact",
                "selection_mode": "single" if question.single else "multiple",
                "level": "company" if question.company else "contact",
                **vals,
            }
        )
        self.questions.append(question)
        for answer, record in zip(
            question.answers,
            self.record[question].answer_ids.sorted("sequence"),
            strict=True,
        ):
            self.record[answer] = record

    # ------------------------------------------------------------------
    # Numbers
    # ------------------------------------------------------------------

    @property
    def fields_of_numbers(self):
        """Where numbers are found: a field, and the number in it."""
        return [
            ("partner_latitude", lambda contact: contact.north),
            ("create_date", lambda contact: (self.clock - contact.born).days),
        ]

    @precondition(lambda self: len(self.questions) < MOST)
    @rule(
        company=yes,
        starts=st.lists(st.integers(0, 4), min_size=1, max_size=3, unique=True),
        without=yes,
        found=st.one_of(st.none(), one),
    )
    def new_number_question(self, company, starts, without, found):
        """Asked, or found in a field; one of its answers stands for no number."""
        question = brute_force.Question(
            self.name("N"),
            len(starts) + without,
            True,
            company,
            starts={n: 10 * start for n, start in enumerate(starts)},
        )
        field = ""
        if found is not None:
            field, question.number = pick(self.fields_of_numbers, found)
            question.conditions = {}
        self.tell(f"new {question.name}: {company=}, numbers from {starts}, {field=}")
        self.keep(
            question,
            {
                "by_number": True,
                "number_field": field,
                "answer_ids": [
                    Command.create(
                        {
                            "name": str(number),
                            "sequence": number,
                            "value_from": question.starts.get(number, 0),
                            "without_number": number not in question.starts,
                        }
                    )
                    for number in range(question.size)
                ],
            },
        )

    def numbered(self, which, asked=False):
        """Return a question that takes a number, None where there is none."""
        some = [q for q in self.questions if q.starts]
        some = [q for q in some if not (asked and q.number)]
        return pick(some, which) if some else None

    @precondition(lambda self: self.contacts)
    @rule(which=one, question=one, number=st.integers(-5, 55))
    def say_number(self, which, question, number):
        """Below the lowest answer it is refused; said already, it is no news."""
        contact, question = pick(self.contacts, which), self.numbered(question, True)
        if not question:
            return
        when, holder = self.now(), contact.holder(question)
        self.tell(f"{contact.name} says {number} to {question.name}")
        known = {holder.numbers.get(a) for a in holder.facts if a[0] is question}
        answer = question.band(number)
        done = self.attempt(
            lambda: self.record[contact].write(
                {
                    "profiling_said": {
                        "numbers": {str(self.record[question].id): str(number)}
                    }
                }
            ),
            ValidationError,
        )
        is_refused = not answer or not self.record[question].active
        self.case.assertEqual(done, number in known or not is_refused)
        if done and number not in known:
            holder.say(answer, when, number)

    @rule(which=one, answer=one, start=st.integers(0, 5))
    def move_band(self, which, answer, start):
        question = self.numbered(which)
        if not question:
            return
        answers = [n for _q, n in question.answers if n in question.starts]
        if not answers or any(question.starts[n] == 10 * start for n in answers):
            return
        number = pick(answers, answer)
        self.tell(f"{question.name}={number} counts from {10 * start} on")
        self.record[question].write(
            {
                "answer_ids": [
                    Command.update(
                        self.record[question, number].id, {"value_from": 10 * start}
                    )
                ]
            }
        )
        question.starts[number] = 10 * start
        self.sort_numbers(question)

    # ------------------------------------------------------------------
    # What contacts are, and time
    # ------------------------------------------------------------------

    @precondition(lambda self: self.contacts)
    @rule(which=some, job=st.sampled_from(["", "a", "b"]))
    def set_job(self, which, job):
        contacts = pick_some(self.contacts, which)
        self.tell(f"{self.names(contacts)} work as {job!r}")
        for contact in contacts:
            contact.job = job
        self.partners(contacts).write({"function": job or False})

    @precondition(lambda self: self.contacts)
    @rule(which=some, north=st.integers(-1, 55))
    def set_number(self, which, north):
        contacts = pick_some(self.contacts, which)
        self.tell(f"{self.names(contacts)} are at {north}")
        for contact in contacts:
            contact.north = float(north)
        self.partners(contacts).write({"partner_latitude": north})

    @precondition(lambda self: self.contacts)
    @rule(which=some, ref=st.sampled_from(["", "a", "b", "c"]))
    def set_data(self, which, ref):
        contacts = pick_some(self.contacts, which)
        self.tell(f"{self.names(contacts)} get the reference {ref!r}")
        for contact in contacts:
            contact.ref = ref
        self.partners(contacts).write({"ref": ref or False})

    @rule(which=one)
    def other_conditions(self, which):
        """Its first and its last answer change places, all but what stands for all."""
        found = [q for q in self.questions if q.conditions]  # by conditions
        if not found:
            return
        question = pick(found, which)
        those = [n for _q, n in question.answers if question.conditions.get(n)]
        if len(those) < 2:
            return
        first, last = those[0], those[-1]
        self.tell(f"{question.name}: {first} and {last} change conditions")
        one, other = (self.record[question, n] for n in (first, last))
        self.record[question].write(
            {
                "answer_ids": [
                    Command.update(one.id, {"domain": other.domain}),
                    Command.update(other.id, {"domain": one.domain}),
                ]
            }
        )
        conditions = question.conditions
        conditions[first], conditions[last] = conditions[last], conditions[first]
        told = question.tellable
        told[first], told[last] = told[last], told[first]

    @rule(days=st.integers(1, 40))
    def days_pass(self, days):
        self.tell(f"{days} days pass")
        for _day in range(days if days < 3 else 1):
            self.clock += timedelta(days=1 if days < 3 else days)
            self.finish()
            self.env["crm.profiling.run"].sudo()._cron_look()
        self.finish()
        before = self.case.rows()
        self.env["crm.profiling.run"].sudo()._cron_look()
        self.finish()
        self.case.assertEqual(self.case.rows(), before, "a second night wrote")

    def partners(self, contacts):
        return self.env["res.partner"].browse(self.ids(contacts))

    @property
    def run(self):
        runs = self.env["crm.profiling.run"].sudo()
        return runs.search([("state", "!=", "done")], limit=1)

    @rule()
    def work(self):
        if self.run:
            self.tell("the job does a batch")
            self.case.do_batches(2)

    @rule()
    def let_the_scheduler(self):
        self.tell("the scheduler comes by")
        self.case.run_job()

    @rule()
    def finish(self):
        while self.run:
            self.case.do_batches(3)

    @rule()
    def run_again(self):
        """A run over what is in line writes nothing."""
        self.finish()
        before = self.case.rows()
        self.env["crm.profiling.applier"].sudo()._apply_all()
        self.env["crm.profiling.applier"].sudo()._apply(self.ids(self.contacts))
        self.case.assertEqual(self.case.rows(), before, "a second run wrote something")

    # ------------------------------------------------------------------
    # Compare
    # ------------------------------------------------------------------

    @invariant()
    def agrees(self):
        if not self.record or (self.run and len(self.story) % 3):
            return
        self.finish()
        self.env.flush_all()
        self.env.invalidate_all()
        for contact in self.contacts:
            self.case.assertEqual(
                self.actual(contact), self.wanted(contact), contact.name
            )

    def actual(self, contact):
        """Return what the database makes of a contact, in words."""
        partner = self.record[contact]
        called = {record: self.called(thing) for thing, record in self.record.items()}
        hands = partner.profiling_membership_ids._by_a_person()
        return {
            "company": called[partner.commercial_partner_id],
            "owner": partner.company_id.name or "",
            "active": partner.active,
            "holds": {
                called[r.answer_id]: r.date for r in partner.profiling_response_ids
            },
            "numbers": {
                called[answer]: number
                for answer, number in self.numbers_of(partner).items()
            },
            "past": sorted(
                (called[past.answer_id], past.date, past.date_end, past.end_reason)
                for past in self.env["crm.profiling.response.history"].search(
                    [("partner_id", "=", partner.id)]
                )
            ),
            "answers": sorted(called[a] for a in partner.profiling_answer_ids),
            "found": sorted(called[a] for a in partner.profiling_found_answer_ids),
            "hands": {called[hand.profile_id]: hand.state for hand in hands},
            "profiles": sorted(partner.profile_ids.mapped("name")),
            "found in": sorted(
                profile.name
                for profile in self.profiles
                if partner
                in partner.with_context(active_test=False).search(
                    [("profile_ids", "in", self.record[profile].ids)]
                )
            ),
            "tags": sorted(partner.category_id.mapped("name")),
        }

    def numbers_of(self, partner):
        """Return ``{answer: the number said}`` of what a contact holds."""
        held = partner.profiling_response_ids
        numbers = held._values_said()
        return {r.answer_id: numbers[r.id] for r in held if r.id in numbers}

    def wanted(self, contact):
        """Return the same as brute force has it."""
        profiles = sorted(p.name for p in contact.profiles(self.profiles))
        return {
            "company": contact.company.name,
            "owner": contact.owner,
            "active": contact.active,
            "holds": {self.called(a): when for a, when in contact.facts.items()},
            "numbers": {self.called(a): n for a, n in contact.numbers.items()},
            "past": sorted((self.called(a), *line) for a, *line in contact.past),
            "answers": sorted(self.called(a) for a in contact.known),
            "found": sorted(
                self.called(a)
                for a in {
                    a for p in self.profiles if p.active for a in contact.found(p)
                }
            ),
            "hands": {p.name: state for p, state in contact.hands.items()},
            "profiles": profiles,
            "found in": profiles,
            "tags": sorted(contact.tags(self.profiles)),
        }
