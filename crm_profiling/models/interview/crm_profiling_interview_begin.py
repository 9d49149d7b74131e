from odoo import api, models
from odoo.exceptions import UserError


class CrmProfilingInterview(models.Model):
    """How an interview is begun, or gone on with."""

    _inherit = "crm.profiling.interview"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def begin(
        self, partner_id=False, lead_id=False, questionnaire_id=False, queue_id=False
    ):
        """Begin to interview a contact, or go on with the user's ongoing interview.

        :param int queue_id: without a contact, the next prospect of this call list
        :return: the screen; ``{"queue": ..., "finished": True}`` when nobody of the
            call list is left
        """
        self.check_access("create")
        queue = self._the("crm.profiling.queue", queue_id)
        partner = self._the("res.partner", partner_id)
        line = self.env["crm.profiling.queue.line"]
        if queue and partner:
            line = queue._take_contact(partner)
        elif queue:
            line = queue._take_next()
            if not line:
                return {"queue": queue._finished_entry(), "finished": True}
        # a colleague's lead does not keep anybody from calling the contact
        lead = line.visible_lead_id or self._the("crm.lead", lead_id)
        partner = line.partner_id or self._partner_to_ask(partner, lead)
        questionnaire = self._the(
            "crm.profiling.questionnaire",
            questionnaire_id or queue.questionnaire_id.id,
        )
        vals = {
            "lead_id": lead.id,
            "queue_line_id": line.id,
            "questionnaire_id": questionnaire.id,
            "ask_order": queue.ask_order,
        }
        return self._begin(partner, {k: v for k, v in vals.items() if v}).get_screen()

    @api.model
    def _partner_to_ask(self, partner, lead):
        """Return the contact to interview: for a lead its own, new if need be."""
        partner = partner or lead._profiling_partner()
        if partner._profiling_is_address():
            partner = partner.parent_id  # addresses are not profiled
        if not partner:
            raise UserError(
                self.env._("Choose a contact, a lead or a call list to interview.")
            )
        return partner

    @api.model
    def _begin(self, partner, vals):
        """Return the user's ongoing interview of a contact, a new one if need be.

        :param vals: for what the user may read, see `begin`
        """
        partner.check_access("write")
        ongoing = self.search(
            [
                ("partner_id", "=", partner.id),
                ("user_id", "=", self.env.uid),
                ("state", "=", "ongoing"),
            ],
            limit=1,
        )
        if ongoing:
            changed = {
                name: id_
                for name, id_ in vals.items()
                # the user may have chosen another order
                if name != "ask_order" and not ongoing.sudo()._is_now(name, id_)
            }
            if changed:
                ongoing.sudo().write(changed)
            return ongoing
        vals = {**vals, "partner_id": partner.id}
        interview = self.sudo().create(vals).with_env(self.env)
        interview.check_access("write")
        return interview
