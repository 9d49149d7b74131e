from odoo import api, fields, models


class CrmProfilingInterviewScreen(models.AbstractModel):
    """Says what is around the questions: who is asked, by whom else, and what of it."""

    _inherit = "crm.profiling.interview.screen"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _questionnaire_entries(self):
        questionnaires = self.env["crm.profiling.questionnaire"].search(
            [("company_id", "in", [False, *self.env.companies.ids])]
        )
        return [{"id": q.id, "name": q.name} for q in questionnaires]

    @api.model
    def _partner_entry(self, partner):
        company = partner.commercial_partner_id - partner
        return {
            "id": partner.id,
            "name": partner.name or partner.display_name,
            "company": company.sudo().name or partner.company_name or "",
            "function": partner.function or "",
            "phone": partner.phone or "",
            "company_phone": company.sudo().phone or "",
            "wrong_number": partner.profiling_wrong_number or "",
            "email": partner.email or "",
            "street": partner.street or "",
            "zip": partner.zip or "",
            "city": partner.city or "",
            "can_write": partner.has_access("write"),
            "refusal": partner.profiling_refusal_note or "",
        }

    @api.model
    def _lead_entry(self, interview):
        lead = interview.visible_lead_id
        return {"id": lead.id, "name": lead.name} if lead else False

    @api.model
    def _other_entries(self, interview, standing):
        """Return who else asks this contact now, or has since this one began."""
        ongoing = interview.sudo().search(
            [
                ("partner_id", "=", interview.partner_id.id),
                ("user_id", "!=", interview.user_id.id),
                ("state", "=", "ongoing"),
            ]
        )
        seen = {one.user_id: one.date_start for one in ongoing}
        for responses in standing.given.values():
            for response in responses:
                user, date = response.user_id, response.date
                if user != interview.user_id and date >= interview.date_start:
                    seen[user] = max(date, seen.get(user, date))
        return [
            {
                "user": user.name or "",
                "date": fields.Datetime.to_string(date),
                "is_asking": user in ongoing.user_id,
            }
            for user, date in seen.items()
        ]

    @api.model
    def _activity_type_entries(self, interview):
        model = "crm.lead" if interview.visible_lead_id else "res.partner"
        kinds = self.env["mail.activity.type"].search(
            [("res_model", "in", [False, model])]
        )
        return [
            {"id": k.id, "name": k.name, "is_call": k.category == "phonecall"}
            for k in kinds
        ]
