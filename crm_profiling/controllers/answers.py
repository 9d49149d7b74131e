import json

from odoo.http import Controller, content_disposition, request, route


class AnswersController(Controller):
    """What is known of one contact, as a file for that person."""

    @route(
        "/crm_profiling/answers/<model('res.partner'):partner>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def answers(self, partner):
        """Download it as JSON.

        :raise AccessError: for those who may not see answers, or not this contact
        """
        if not partner.exists():  # 0 is a number, too
            raise request.not_found()
        partner.check_access("read")
        request.env["crm.profiling.response"].check_access("read")
        text = json.dumps(partner._profiling_dossier(), ensure_ascii=False, indent=2)
        name = f"{partner.display_name or 'contact'}.json"
        return request.make_response(
            text,
            headers=[
                ("Content-Type", "application/json; charset=utf-8"),
                ("Content-Disposition", content_disposition(name)),
            ],
        )
