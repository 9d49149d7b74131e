from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..catalog.arguments import LARGEST_ID
from ..catalog.settings import number

# Contacts up to which saving a profile brings everybody in line at once; system
# parameter of the same name.
APPLY_AT_ONCE = "crm_profiling.apply_at_once"

APPLY_AT_ONCE_DEFAULT = 5000


class CrmProfilingRun(models.Model):
    """A run is asked for: everybody is brought in line now, or in the background."""

    _inherit = "crm.profiling.run"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _start(self, profiles, look=False):
        """Bring all contacts in line with changed profiles: now, or in the background.

        :param profiles: those that changed, to be shown as stale meanwhile
        :param look: whether what is found of contacts may be other than what is kept;
            it is, too, where profiles mention something to find for the first time
        """
        found = self.env["crm.profiling.question"]._to_look_at()
        look = look or bool(found)
        applier = self.env["crm.profiling.applier"].sudo()
        # Runs look at what the rule says. Of those whom a person put in or keeps out
        # there are few: searched for, as the others may be a million.
        Membership = self.env["crm.profiling.membership"].sudo()
        hands = Membership.search(
            Membership._hand_domain() & Domain("profile_id", "in", profiles.ids)
        )
        hands.partner_id._profiling_quietly()._profiling_apply()
        total = applier._count_contacts(look)
        if total <= self._most_at_once():
            applier._apply_all(look)
            found._note_looked_at()
            # Answers saved since this transaction began are not in its sight, nor are
            # contacts of whom nothing is kept: the background job has a second look.
            profiles = profiles.browse()
        self._ask_for(profiles, total, look)
        self._wake()

    @api.model
    def _most_at_once(self):
        """Return how many contacts at most are not left to the background job."""
        default = APPLY_AT_ONCE_DEFAULT
        return int(number(self.env, APPLY_AT_ONCE, default, -1, LARGEST_ID))

    @api.model
    def _ask_for(self, profiles, total, look, in_time=False, sort=False):
        """Have all contacts looked at: in the open run, or in a new one if it began.

        What it did so far it did by the old profiles. But its row is the job's: written
        here too, the two would get in each other's way as long as the run lasts.
        """
        opened = self._open()
        begun = opened.filtered(lambda r: r.last_partner_id or r.done or r.sorted_id)
        run = opened[:1]
        vals = {
            "total": total,
            "look": look or any(opened.mapped("look")),
            "sort": sort or any(opened.mapped("sort")),
        }
        if begun or not run:
            in_time = in_time and not opened
            run = self.sudo().create({**vals, "in_time": in_time})
            profiles |= opened.profile_ids
        else:
            # and if it begins at this very moment, one of the two is tried again
            self.env.cr.execute(
                SQL(
                    "UPDATE crm_profiling_run SET last_partner_id = 0 WHERE id = %s",
                    run.id,
                )
            )
            in_time = run.in_time and in_time
            # a pause was meant for what it did before
            run.write({**vals, "in_time": in_time, "state": "running"})
        run.profile_ids |= profiles

    @api.model
    def _look_again(self):
        """Have the job see to what was saved while this transaction was under way."""
        self._start(self.env["crm.profiling.profile"])

    @api.model
    def _wake(self):
        self.env.ref("crm_profiling.ir_cron_apply_profiles").sudo()._trigger()
