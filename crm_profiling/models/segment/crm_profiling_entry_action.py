from typing import NamedTuple

from odoo import api, models


class Outcome(NamedTuple):
    """What an action did to a contact, or is going to do."""

    said: str  # for the chatter
    record: models.BaseModel | None = None  # what it made, to be withdrawn on leaving
    is_done: bool = True  # False: there was nothing to do, and why

    @classmethod
    def of(cls, value):
        """Return what an action returns for a contact; a sentence will do."""
        return value if isinstance(value, cls) else cls(value)


class CrmProfilingEntryAction(models.AbstractModel):
    """Something that a profile does with the contacts that enter or leave it.

    An action is a model that inherits from this one: it says by which fields of the
    profile it is set, whether it is to be done, what to do, and how to tell of it, and
    that it failed. Nothing else has to know of it; its fields need a place on the form.

    What is made on entry and can be withdrawn is withdrawn when the contact leaves,
    unless somebody has touched it.
    """

    _name = "crm.profiling.entry.action"
    _description = "Profiling: Something Done on Entry"

    # Those with a lower number are done before.
    _rank = 100
    # When it is done: when a contact comes to "enter" or to "leave".
    _moment = "enter"
    # Whether somebody who wants it left out has to say why.
    _needs_reason = False
    # Names of the profile's fields that it looks at; they begin with ``entry_`` or
    # ``leave_``, but for those that other features use as well.
    _profile_fields = ()
    # Fields of contacts that it writes: nothing that its profile goes by is found there
    _writes = frozenset()

    @api.model
    def _all(self):
        """Return the actions there are, in order.

        :rtype: list of models
        """
        base = "crm.profiling.entry.action"
        names = self.pool.descendants([base], "_inherit") - {base}
        actions = [self.env[name] for name in names]
        return sorted(actions, key=lambda action: (action._rank, action._name))

    @api.model
    def _of(self, profile, moment="enter"):
        """Return the actions that a profile wants at a moment, in order."""
        return [
            action
            for action in self._all()
            if action._moment == moment and action._is_wanted(profile)
        ]

    @api.model
    def _is_wanted(self, profile):
        """Whether a profile is to do it."""
        raise NotImplementedError

    @api.model
    def _told(self, profile):
        """Return what a profile has it do, for who decides whether it is done.

        By the field that is the first it is set by.

        :return: a label, and what is chosen or ""
        """
        return self._chosen_in(profile, *self._profile_fields[:1])

    @api.model
    def _chosen_in(self, profile, name="", value_name=""):
        """Return the label of a field, and what a profile says in it.

        Names of records are those that the user may read.

        :param value_name: the field that says it, where it is another one
        """
        if not name:
            return self._description, ""
        field = profile._fields[value_name or name]
        value, said = profile[field.name], ""
        if field.relational:
            said = ", ".join(value._filtered_access("read").mapped("display_name"))
        elif field.type == "selection":
            said = dict(field._description_selection(self.env)).get(value, "")
        elif field.type != "boolean":
            said = str(value or "")
        return profile._fields[name]._description_string(self.env), said

    @api.model
    def _act(self, profile, contacts):
        """Do it to all contacts, as superuser in a savepoint.

        :return: what to tell on their chatter, ``{contact_id: sentence or Outcome}``
        """
        raise NotImplementedError

    @api.model
    def _foresee(self, profile, contacts):
        """Say what doing it would do, and change nothing.

        :return: ``{contact_id: sentence or Outcome}``
        """
        return dict.fromkeys(contacts.ids, self._description)

    @api.model
    def _withdraw(self, deeds):
        """Undo what it did, where nobody has touched that since.

        :param deeds: `crm.profiling.stay.deed` of contacts that left the profile
        :return: two dicts ``{deed: sentence}``: what was withdrawn, and what stays
        """
        return {}, {deed: self.env._("stays: %s", deed.said) for deed in deeds}

    @api.model
    def _at_work(self, profile):
        """Return who noted the answer, or whose profile it is where a machine did."""
        user = self.env.user
        return user if user.active and not user.share else profile.create_uid

    @api.model
    def _failure(self, reason):
        """Return the sentence that tells that it failed, and why.

        :param reason: the first line of the error
        """
        return self.env._("something could not be done: %s", reason)
