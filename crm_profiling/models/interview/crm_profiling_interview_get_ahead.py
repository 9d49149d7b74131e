from odoo import api, models


class CrmProfilingInterview(models.Model):
    """What would come next, so that it is there before it is asked for."""

    _inherit = "crm.profiling.interview"  # pylint: disable=consider-merging-classes-inherited

    @api.readonly
    def get_ahead(self, question_id, choices, pending=()):
        """Return what follows a question, for each of several ways to go on from it.

        A screen asks while the caller listens: once something is said, the next
        question is there. The number of queries grows with nothing.

        :param list choices: each a list of ids of answers, ``"skip"`` or ``"decline"``
        :param list pending: ``[question_id, choice]`` of what is on its way here and
            not stored yet
        :return: ``basis`` names what it goes by (as that of the screen), and
            ``after`` has what changes on the screen for each of the choices
        :rtype: dict
        :raise UserError: for what is no choice
        """
        self.ensure_one()
        self.check_access("read")
        Ahead = self.env["crm.profiling.interview.ahead"]
        Ahead._check(question_id, choices, pending)
        return Ahead._build(self, question_id, choices, pending)
