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

    @property
    def answers(self):
        return [(self, n) for n in range(self.size) if n not in self.gone]


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
    hand_tags: set = field(default_factory=set)
    hands: dict = field(default_factory=dict)  # {profile: "pinned" or "barred"}
    hands_since: dict = field(default_factory=dict)  # {profile: when}
    active: bool = True
    owner: str = ""  # whose contact it is: "" everybody's

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
            holder.forget(answer[0], answer[0].single)
            holder.facts[answer] = when

    def replace(self, answers, when=0):
        """Give these answers and no others, but leave those of the company."""
        asked = {question for question, _number in answers if question.single}
        for answer in list(self.facts):
            if answer in self.known and answer not in answers:
                if answer[0] not in asked:
                    del self.facts[answer]
        for answer in answers:
            if answer not in self.known:
                self.give(answer, when)

    def take_back(self, answer):
        self.holder(answer[0]).facts.pop(answer, None)

    def forget(self, question, everything=True):
        if everything:
            for answer in [a for a in self.facts if a[0] is question]:
                del self.facts[answer]

    def take_over(self, answer, when):
        """Of two answers to a single-choice question the newest counts."""
        rivals = {
            other: given
            for other, given in self.facts.items()
            if other == answer or (answer[0].single and other[0] is answer[0])
        }
        if not rivals or max(rivals.values()) < when:
            for other in rivals:
                del self.facts[other]
            self.facts[answer] = when

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
        return judge(profile, self.known)[0] == MATCHED

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


def hand_over(contacts):
    """What is known of companies goes to the companies, where others hold it."""
    for contact in contacts:
        if contact.company is not contact:
            for answer in [a for a in contact.facts if a[0].company]:
                contact.company.take_over(answer, contact.facts.pop(answer))


def merge(source, target, contacts):
    """Make one contact of two, as Odoo does: what is set on the target stays."""
    target.is_company = target.is_company or source.is_company
    target.active = target.active or source.active
    for answer, when in source.facts.items():
        target.holder(answer[0]).take_over(answer, when)
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
