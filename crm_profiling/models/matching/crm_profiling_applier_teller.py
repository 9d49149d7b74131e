"""Tells who entered and who left: quietly, where that is nobody's answer."""

from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ..catalog.ours import is_ours


class CrmProfilingApplier(models.AbstractModel):
    """Tells of what the applier has changed."""

    _inherit = "crm.profiling.applier"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _quieten(self, changes, contacts, evaluator):
        """Have those enter quietly whom a look that is on its way would bring in.

        A condition or time has changed what is found of them, and nobody's answer; they
        were saved before the run has come by.

        :param changes: ``{contact id: (Difference, State)}``, to be changed
        """
        entering = {
            contact.id: contact
            for contact in contacts
            if contact.found != contact.state.found and changes[contact.id][0].entered
        }
        if not entering or is_ours(self.env, "profiling_quiet"):
            return
        for id_ in self._not_looked_at_yet(entering):
            contact, (difference, state) = entering[id_], changes[id_]
            kept = contact.state.asked | contact.found
            quiet = difference.entered & {*evaluator.matched(kept, contact.company_id)}
            caught_up = quiet.union(difference.caught_up or ())
            changes[id_] = difference._replace(caught_up=caught_up), state

    @api.model
    def _not_looked_at_yet(self, partner_ids):
        """Return the ids of those whom an open run has yet to look at.

        Who was created since it began is none of them.
        """
        self.env["crm.profiling.run"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT partner.id
                     FROM crm_profiling_run run
                     JOIN res_partner partner
                       ON partner.id > COALESCE(run.last_partner_id, 0)
                      AND partner.create_date < run.create_date
                    WHERE run.state <> 'done' AND run.look
                      AND partner.id = ANY(%s)""",
                list(partner_ids),
            )
        )
        return [id_ for (id_,) in rows]

    @api.model
    def _tell(self, differences):
        """Call the hook, quietly for those whose entry is nobody's answer."""
        contacts = self.env["res.partner"].browse(differences)
        caught_up = self._by_profile({i: d.caught_up for i, d in differences.items()})
        entered = self._by_profile(
            {i: d.entered - d.caught_up for i, d in differences.items()}
        )
        left = self._by_profile({i: d.left for i, d in differences.items()})
        if entered or left:
            contacts._profiling_profiles_changed(entered, left)
        if caught_up:
            quiet = contacts.with_context(profiling_in_time=False)
            quiet._profiling_quietly()._profiling_profiles_changed(caught_up, {})

    @api.model
    def _by_profile(self, profile_ids):
        """Return ``{profile: contacts}`` of ``{partner_id: profile_ids}``."""
        partner_ids = defaultdict(list)
        for partner_id, its_profile_ids in profile_ids.items():
            for profile_id in its_profile_ids:
                partner_ids[profile_id].append(partner_id)
        return {
            self.env["crm.profiling.profile"].browse(profile_id): (
                self.env["res.partner"].browse(ids)
            )
            for profile_id, ids in partner_ids.items()
        }
