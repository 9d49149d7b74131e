from odoo import models


class CrmProfilingSegment(models.AbstractModel):
    """A segment gets a mailing."""

    _inherit = "crm.profiling.segment"

    def action_segment_mailing(self):
        """Open a new mailing to these contacts, with the template of their profile.

        Of a profile or tag it goes to those who are in it when it is sent.
        """
        self._segment_contacts()
        profile = self._segment_profiles()[:1]
        template = self._segment_profiles().mail_template_id[:1]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Create a mailing"),
            "res_model": "mailing.mailing",
            "view_mode": "form",
            "context": {
                "default_mailing_type": "mail",
                "default_mailing_model_id": self.env["ir.model"]._get_id("res.partner"),
                "default_mailing_domain": repr(list(self._segment_domain())),
                "default_subject": template.subject or profile.name,
                "default_body_arch": template.body_html,
                "default_body_html": template.body_html,
                "default_campaign_id": profile.entry_campaign_id.id,
            },
        }
