from odoo import api, fields, models
from odoo.tools import SQL


class CrmProfilingTurn(models.Model):
    """Whose turn it is to do what two must not do at once.

    Two who look for what is not there yet both find nothing, and both create it: in
    Odoo's isolation neither sees what the other one does. Here the second one waits
    for the first, and then begins anew with what the first one did, for it changed
    a row that was committed since: Odoo tries such a request again.
    """

    _name = "crm.profiling.turn"
    _description = "Whose Turn It Is"

    name = fields.Char(required=True)
    date = fields.Datetime()

    _name_uniq = models.Constraint("UNIQUE(name)", "Somebody is at it already.")

    @api.model
    def _take(self, name, wait=True):
        """Take the turn until the end of the transaction; return whether it is ours.

        :param str name: of what is to be done by one at a time
        :param wait: for whoever has it; else False is returned at once
        :raise SerializationFailure: where somebody had it since this transaction
            began: what has been read since is out of date
        """
        if not wait and self._is_taken(name):
            return False
        self.env.cr.execute(
            SQL(
                """INSERT INTO crm_profiling_turn (name, date) VALUES (%s, %s)
                   ON CONFLICT (name) DO UPDATE SET date = EXCLUDED.date""",
                name,
                fields.Datetime.now(),
            )
        )
        return True

    @api.model
    def _is_taken(self, name):
        """Whether a transaction that has not ended has the turn."""
        rows = self.env.execute_query(
            SQL(
                """SELECT id IN (
                              SELECT id FROM crm_profiling_turn WHERE name = %s
                                 FOR UPDATE SKIP LOCKED
                          )
                     FROM crm_profiling_turn WHERE name = %s""",
                name,
                name,
            )
        )
        return bool(rows) and not rows[0][0]
