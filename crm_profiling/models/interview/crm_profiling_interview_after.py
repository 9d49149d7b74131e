from odoo import api, models

# In the context of what is made after an interview: the id of the interview. It opens
# no door, what was made is noted in an interview of the user's own.
INTERVIEW = "crm_profiling_interview_id"


class CrmProfilingInterviewAfter(models.AbstractModel):
    """Something to do for a contact right after the call, from its end screen.

    Each is a model that inherits from this one, and being there is all the registration
    it needs. It is done once for each interview: asked again it shows what was made.
    """

    _name = "crm.profiling.interview.after"
    _description = "Something To Do After an Interview"

    # Those with a lower number stand first.
    _rank = 100
    # The key that does it, and the icon of its button.
    _key = ""
    _icon = ""

    @api.model
    def _all(self):
        """Return what there is to do, in order.

        :rtype: list of models
        """
        base = "crm.profiling.interview.after"
        names = self.pool.descendants([base], "_inherit") - {base}
        return sorted(
            (self.env[name] for name in names), key=lambda one: (one._rank, one._name)
        )

    @api.model
    def _label(self):
        """Return the words on its button."""
        raise NotImplementedError

    @api.model
    def _made(self, interview):
        """Return what was made, in the words of the end screen; "" for nothing."""
        raise NotImplementedError

    @api.model
    def _why_not(self, interview):
        """Return why it cannot be done, "" where it can."""
        return ""

    @api.model
    def _trouble(self, interview):
        """Return what became of it that nobody wanted, "" for nothing."""
        return ""

    @api.model
    def _do(self, interview):
        """Do it, or return the action by which the user does it."""
        raise NotImplementedError

    @api.model
    def _show(self, interview):
        """Return the action that opens what was made, False where it is not theirs."""
        raise NotImplementedError

    @api.model
    def _entry(self, interview):
        """Return what the end screen says of it."""
        made = self._made(interview)
        return {
            "name": self._name,
            "key": self._key,
            "icon": self._icon,
            "label": self._label(),
            "made": made,
            "can_show": bool(made and self._show(interview)),
            "why_not": "" if made else self._why_not(interview),
            "trouble": self._trouble(interview),
        }

    @api.model
    def _open(self, record, **action):
        """Return the action that opens the form of a record, False if it is hidden."""
        if not record._filtered_access("read"):
            return False
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [[False, "form"]],
            **action,
        }
