from odoo import api, fields, models
from odoo.tools import SQL


class CrmProfilingBit(models.Model):
    """Which bit of a mask stands for which answer.

    Bits are given out densely, lowest first, and have nothing to do with ids: what is
    kept of a contact grows with the answers in use, while ids grow with every answer
    that was ever tried, refused creations included.

    The bit of an answer that was deleted stays here, without one, until no contact's
    state holds it any more: given to another answer before, it would make contacts
    say what they never said.  The room that keeps states sees to that.
    """

    _name = "crm.profiling.bit"
    _description = "Profiling: Bit of an Answer"
    _log_access = False
    _order = "rank"
    _rec_name = "rank"

    rank = fields.Integer(required=True, help="From 0: how far the bit is shifted.")
    answer_id = fields.Many2one(
        comodel_name="crm.profiling.answer",
        ondelete="set null",
        help="Empty once the answer is deleted.",
    )

    _rank_uniq = models.Constraint("UNIQUE(rank)", "A bit stands for one answer.")
    _answer_uniq = models.Constraint("UNIQUE(answer_id)", "An answer has one bit.")
    _rank_positive = models.Constraint("CHECK(rank >= 0)", "Bits count from 0.")

    @api.model
    def _give(self, answer_ids):
        """Give answers that have none yet the lowest bits that are free.

        The caller has changed the catalog's version before (see `_changed` there):
        of two who do so at once, the second is tried again.  Otherwise both would
        take the same bit.

        :param answer_ids: list of ids
        """
        self.env["crm.profiling.answer"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                WITH new AS (
                    SELECT id, row_number() OVER (ORDER BY id) AS number
                      FROM unnest(%(ids)s::int[]) AS answer(id)
                     WHERE NOT EXISTS (SELECT FROM crm_profiling_bit
                                        WHERE answer_id = answer.id)
                ), free AS (
                    SELECT rank, row_number() OVER (ORDER BY rank) AS number
                      FROM generate_series(0,
                               (SELECT count(*) FROM crm_profiling_bit)
                               + (SELECT count(*) FROM new)) AS every(rank)
                     WHERE NOT EXISTS (SELECT FROM crm_profiling_bit
                                        WHERE rank = every.rank)
                )
                INSERT INTO crm_profiling_bit (rank, answer_id)
                SELECT free.rank, new.id FROM new JOIN free USING (number)
                """,
                ids=list(answer_ids),
            )
        )
        self.invalidate_model(flush=False)
