from odoo import api, models
from odoo.tools import SQL


class CrmProfilingChooser(models.AbstractModel):
    """Counts each night what contacts answered: how likely an answer is."""

    _inherit = "crm.profiling.chooser"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _cron_count(self):
        """Count what contacts answered: how likely an answer is, until tomorrow.

        Counting at each choice would read all responses again and again.
        """
        if self._count("answer") + self._count("question"):
            self.env["crm.profiling.question"].invalidate_model(["counted_contacts"])
            self.env["crm.profiling.answer"].invalidate_model(["counted_contacts"])
            self.env["crm.profiling.catalog"]._changed()

    @api.model
    def _count(self, kind):
        """Write how many contacts, or companies, answered; only what has changed.

        :return: how many answers or questions that were
        """
        self.env["crm.profiling.response"].flush_model()
        self.env.cr.execute(
            SQL(
                """UPDATE %(table)s kind
                      SET counted_contacts = COALESCE(counted.contacts, 0)
                     FROM %(table)s every
                LEFT JOIN (SELECT %(column)s AS id,
                                  count(DISTINCT partner_id) AS contacts
                             FROM crm_profiling_response
                            GROUP BY %(column)s) AS counted
                       ON counted.id = every.id
                    WHERE kind.id = every.id
                      AND kind.counted_contacts
                          IS DISTINCT FROM COALESCE(counted.contacts, 0)""",
                table=SQL.identifier(f"crm_profiling_{kind}"),
                column=SQL.identifier(f"{kind}_id"),
            )
        )
        return self.env.cr.rowcount
