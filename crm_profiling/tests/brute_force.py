"""The rule once more, in plain Python sets, written from the sentence in the README.

    A contact matches a profile when every question the profile mentions has been
    answered, with one of the required answers if any are listed, and with none of
    the excluded ones - and when it matches the profile's parent.

Slow, obvious, and without a line of the addon: `test_rule` compares the two.  An
answer is a pair ``(question, number)``; companies, contacts, questions and profiles
are plain objects.
"""

from dataclasses import dataclass, field

MATCHED, OPEN, RULED_OUT = "matched", "open", "ruled_out"


@dataclass(eq=False)
class Question:
    name: str
    size: int  # number of possible answers
    single: bool = True
    company: bool = False  # the company's answer counts for all its contacts
    gone: set = field(default_factory=set)  # numbers of answers deleted
    # of what is found and not asked: which contacts each answer is true of, None: all
    # others; and of which each can be told
    conditions: "dict | None" = None
    tellable: "dict | None" = None
    unused: set = field(default_factory=set)  # numbers of answers archived
    # of what takes a number: from which on each answer counts; others stand for none
    starts: "dict | None" = None
    number: "object" = None  # where it is found, from the contact; None: not known
    owner: str = ""  # whose profiles may mention it: "" those of every company

    @property
    def answers(self):
        return [(self, n) for n in range(self.size) if n not in self.gone]

    def band(self, number):
        """The answer that a number belongs to, None below the lowest."""
        begun = [
            (start, answer)
            for answer in self.answers
            if answer[1] not in self.unused
            and (start := self.starts.get(answer[1])) is not None
            and number is not None
            and start <= number
        ]
        return max(begun, key=lambda one: one[0])[1] if begun else None

    def found(self, holder):
        """The answers that the data of whoever holds them give."""
        if self.number:
            return {answer for answer in [self.band(self.number(holder))] if answer}
        told = [
            (answer, self.conditions.get(answer[1]))
            for answer in self.answers
            if answer[1] not in self.unused
        ]
        if not any(condition for _answer, condition in told):
            return set()
        true = []
        for answer, condition in told:
            if condition and not self.tellable[answer[1]](holder):
                return set()
            if condition and condition(holder):
                true.append(answer)
                if self.single:
                    break
        if not true:
            return {answer for answer, condition in told if not condition}
        return set(true)


@dataclass(eq=False)
class Profile:
    name: str
    required: set = field(default_factory=set)
    excluded: set = field(default_factory=set)
    parent: "Profile | None" = None
    active: bool = True
    tag: str = ""
    owner: str = ""  # whose contacts it looks at: "" those of every company

    @property
    def line(self):
        """The profile and all it is part of."""
        return [self, *(self.parent.line if self.parent else [])]

    @property
    def mentioned(self):
        return {question for question, _number in self.required | self.excluded}

    def concerns(self, contact):
        return not (self.owner and contact.owner) or self.owner == contact.owner


@dataclass(eq=False)
class Contact:
    name: str
    is_company: bool = False
    address: bool = False
    parent: "Contact | None" = None
    facts: dict = field(default_factory=dict)  # {answer held: when it was given}
    numbers: dict = field(default_factory=dict)  # {answer held: the number said}
    past: list = field(default_factory=list)  # (answer, when given, until when, why)
    hand_tags: set = field(default_factory=set)
    hands: dict = field(default_factory=dict)  # {profile: "pinned" or "barred"}
    hands_since: dict = field(default_factory=dict)  # {profile: when}
    active: bool = True
    owner: str = ""  # whose contact it is: "" everybody's
    ref: str = ""  # something of its own data
    job: str = ""  # something else
    north: "float | None" = None  # a number: None where none was ever written
    born: "object" = None  # when it was created

    @property
    def company(self):
        """The commercial entity: the nearest company upwards, or else the top."""
        if self.is_company or not self.parent:
            return self
        return self.parent.company

    @property
    def line(self):
        """The contact and all it is under."""
        return [self, *(self.parent.line if self.parent else [])]

    @property
    def known(self):
        """The answers that count for this contact."""
        own = {answer for answer in self.facts if not answer[0].company}
        return own | {answer for answer in self.company.facts if answer[0].company}

    def holder(self, question):
        return self.company if question.company else self

    def give(self, answer, when=0):
        """A new answer replaces the old one; one given already stays as it was."""
        holder = self.holder(answer[0])
        if answer not in holder.facts:
            holder.say(answer, when)

    def say(self, answer, when, number=None):
        """Said anew: what was said before is over; the same answer is confirmed.

        A number stays until another one, or another answer, is said.
        """
        number = self.numbers.get(answer) if number is None else number
        for other in [a for a in self.facts if subject(a) == subject(answer)]:
            self.end(other, when, "confirmed" if other == answer else "replaced")
        self.facts[answer] = when
        if number is not None:
            self.numbers[answer] = number

    def end(self, answer, when, reason):
        self.past.append((answer, self.facts.pop(answer), when, reason))
        self.numbers.pop(answer, None)

    def latest(self, answer):
        """Return when something was last said of that, and what: None if taken back."""
        about = subject(answer)
        words = [(d, 1, a) for a, d in self.facts.items() if subject(a) == about]
        words += [(end, 0, None) for a, _, end, _ in self.past if subject(a) == about]
        when, _counts, said = max(words, key=lambda word: word[:2], default=(0, 0, 0))
        return when, said

    def is_outdated(self, answer, when):
        """Whether something else was said of that at the same time or later."""
        last, said = self.holder(answer[0]).latest(answer)
        return bool(last) and last >= when and said != answer

    def hear_of(self, answer, when):
        """It was said then: it counts unless something was said since, or at once."""
        holder = self.holder(answer[0])
        last, _said = holder.latest(answer)
        if not last or last < when:
            holder.say(answer, when)

    def hear_taken_back(self, answer, when):
        holder = self.holder(answer[0])
        if answer in holder.facts and holder.latest(answer)[0] < when:
            holder.end(answer, when, "taken_back")

    def replace(self, answers, when=0):
        """Give these answers and no others, but leave those of the company."""
        asked = {question for question, _number in answers if question.single}
        for answer in list(self.facts):
            if answer in self.known and answer not in answers:
                if answer[0] not in asked:
                    self.end(answer, when, "taken_back")
        for answer in answers:
            if answer not in self.known:
                self.give(answer, when)

    def take_back(self, answer, when=0):
        holder = self.holder(answer[0])
        if answer in holder.facts:
            holder.end(answer, when, "taken_back")

    # profiles and tags

    def profiles(self, catalog):
        return {profile for profile in catalog if self._is_in(profile)}

    def _is_in(self, profile):
        if not profile.active:
            return False
        if profile in self.hands:
            return self.hands[profile] == "pinned"
        if self.address or not profile.concerns(self):
            return False
        return judge(profile, self.known | self.found(profile))[0] == MATCHED

    def found(self, profile):
        """The answers found to what a profile and those above it mention."""
        if self.address:
            return set()
        return {
            answer
            for one in profile.line
            for question in one.mentioned
            if question.conditions is not None
            for answer in question.found(self.holder(question))
        }

    def given_tags(self, catalog):
        """The tags of its profiles; what is pinned where it may not be waits."""
        if self.address:
            return set()
        return {p.tag for p in self.profiles(catalog) if p.concerns(self)}

    def tags(self, catalog):
        return self.hand_tags | self.given_tags(catalog)

    # what a person does to profiles and tags

    def set_hand(self, profile, state, when=0):
        if state:
            self.hands[profile], self.hands_since[profile] = state, when
        else:
            self.hands.pop(profile, None)

    def take_tag(self, tag, catalog, when=0):
        """Taking a tag off says: not this, whatever the answers."""
        for profile in self.profiles(catalog):
            if profile.tag == tag:
                self.set_hand(profile, "barred", when)
        self.hand_tags.discard(tag)

    def set_tags(self, tags, catalog):
        """Replacing all tags is about the person's own: the profiles' tags stay."""
        given = self.tags(catalog) - self.hand_tags
        self.hand_tags = set(tags) - given


def subject(answer):
    """What a word is about: a question, or one of several answers to it."""
    return answer[0] if answer[0].single else answer


def sort_numbers(question, contacts):
    """Known numbers belong to other answers; below the lowest they stay."""
    for contact in contacts:
        for answer in [a for a in contact.numbers if a[0] is question]:
            other = question.band(contact.numbers[answer])
            if other and other != answer:
                contact.facts[other] = contact.facts.pop(answer)
                contact.numbers[other] = contact.numbers.pop(answer)


def hand_over(contacts):
    """What is known of companies goes to the companies, where others hold it.

    What a company holds to which nothing comes stays as it is.
    """
    put_together(
        [
            (one, one.company, True)
            for one in contacts
            if one.company is not one
            if any(a[0].company for a in [*one.facts, *(line[0] for line in one.past)])
        ]
    )


def put_together(moves):
    """Of what contacts and who is to hold it say, what was said last stays.

    At a tie what the holder says does. Nothing that was said is lost.

    :param moves: triples of a contact, the holder to be, and whether it is about what
        is asked of companies, or else of each
    """
    for holder, company in {(holder, company) for _one, holder, company in moves}:
        others = [m[0] for m in moves if m[1:] == (holder, company)]
        facts = [
            (one, answer)
            for one in [holder, *others]
            for answer in one.facts
            if answer[0].company == company
        ]
        past = [
            (one, line)
            for one in [holder, *others]
            for line in one.past
            if line[0][0].company == company
        ]
        words = [
            (one.facts[answer], one is holder, 1, answer, one) for one, answer in facts
        ] + [(line[2], one is holder, 0, line[0], None) for one, line in past]
        numbers = {(one, a): one.numbers.pop(a, None) for one, a in facts}
        last = {}
        for word in words:
            about = subject(word[3])
            last[about] = max(last.get(about, word), word, key=lambda w: w[:3])
        for one, line in past:
            if one is not holder:
                one.past.remove(line)
                holder.past.append(line)
        for one, answer in facts:
            when, _own, counts, stays, by = last[subject(answer)]
            given = one.facts.pop(answer)
            if not (counts and one is by and answer == stays):
                holder.past.append((answer, given, when, "merged"))
        for when, _own, counts, answer, by in last.values():
            if counts:
                holder.facts[answer] = when
                if numbers[by, answer] is not None:
                    holder.numbers[answer] = numbers[by, answer]


def merge(source, target, contacts):
    """Make one contact of two, as Odoo does: what is set on the target stays."""
    target.is_company = target.is_company or source.is_company
    target.active = target.active or source.active
    target.ref, target.job = target.ref or source.ref, target.job or source.job
    target.north = target.north or source.north or target.north
    put_together([(source, target, False), (source, target.company, True)])
    target.hand_tags |= source.hand_tags
    for profile, state in source.hands.items():
        since = source.hands_since[profile]
        if profile not in target.hands or target.hands_since[profile] < since:
            target.set_hand(profile, state, since)
    for contact in contacts:
        if contact.parent is source:
            contact.parent = target
    contacts.remove(source)
    if owner := target.owner or source.owner:
        give(target, owner, contacts)
    if not target.parent and source.parent and target not in source.parent.line:
        target.parent = source.parent
    hand_over(contacts)


def give(contact, owner, contacts):
    """Make a contact that company's, with those under it as Odoo finds them."""
    contact.owner = owner
    for other in contacts:
        if other.parent is contact and other.active:
            give(other, owner, contacts)


def ask_of(question, company, contacts):
    """Ask a question of companies from now on, or of each contact."""
    if question.company and not company:
        for contact in contacts:
            if contact.company is not contact and not contact.address:
                for answer, when in contact.company.facts.items():
                    if answer[0] is question:
                        contact.facts[answer] = when
                        if answer in contact.company.numbers:
                            number = contact.company.numbers[answer]
                            contact.numbers[answer] = number
    question.company = company
    hand_over(contacts)


def criterion(profile, question, known):
    """What one profile says of one question it mentions itself."""
    given = {answer for answer in known if answer[0] is question}
    required = {answer for answer in profile.required if answer[0] is question}
    if not given:
        return OPEN
    if given & profile.excluded:
        return RULED_OUT
    if required and not given & required:
        return RULED_OUT
    return MATCHED


def judge(profile, known):
    """Return the state of a profile for a set of answers, and what is yet to ask."""
    said = [
        (question, criterion(one, question, known))
        for one in profile.line
        for question in one.mentioned
    ]
    missing = {question for question, verdict in said if verdict == OPEN}
    if not said or any(verdict == RULED_OUT for _question, verdict in said):
        return RULED_OUT, missing
    return (OPEN if missing else MATCHED), missing
