from odoo import fields, models

# States of a place in a call list: of two the first one stays.
PLACES = ("done", "taken", "waiting", "skipped")


class ResPartner(models.Model):
    """A merge loses no interview, and calls nobody twice."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def _profiling_merge_into(self, target):
        """Close interviews, and let go places in call lists, that would be double.

        Left to itself the merge would delete them. The others follow the contact.
        """
        result = super()._profiling_merge_into(target)
        self._profiling_merge_refusals(target)
        theirs = [("partner_id", "in", (self | target).ids)]
        ongoing = self.env["crm.profiling.interview"].search(
            [*theirs, ("state", "=", "ongoing")]
        )
        for of_user in ongoing.grouped("user_id").values():
            of_user[1:].write({"state": "done", "date_end": fields.Datetime.now()})
        lines = self.env["crm.profiling.queue.line"].search(theirs)
        for in_queue in lines.grouped("queue_id").values():
            # whoever is called, or has been, is not called again
            kept = in_queue.sorted(lambda line: PLACES.index(line.state))[0]
            (in_queue - kept).try_ids.queue_line_id = kept
            (in_queue - kept).unlink()
        return result

    def _profiling_merge_refusals(self, target):
        """Of two words that they are not to be called the older one stays."""
        refusals = (self | target).profiling_refusal_ids.sorted("date")
        refusals._release()
        refusals[1:].unlink()
        refusals[:1].partner_id = target
        refusals[:1]._block()

    def _profiling_merged(self):
        self._profiling_update_last_interview()
        return super()._profiling_merged()
