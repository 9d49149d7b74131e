from odoo import api, fields, models
from odoo.fields import Domain

from ...groups import SALESMAN
from ...names import normalized
from ..catalog.crm_profiling_sealed import check_one


class ResPartner(models.Model):
    """Contacts are interviewed, one by one or by a call list."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    profiling_interview_ids = fields.One2many(
        comodel_name="crm.profiling.interview",
        inverse_name="partner_id",
        string="Interviews",
        groups=SALESMAN,
    )
    # Not computed: adding a stored computed field to a large database takes minutes.
    profiling_last_interview = fields.Datetime(
        string="Last interview",
        readonly=True,
        copy=False,
        sealed=True,
        groups=SALESMAN,
        help="When an interview of this contact was last finished.",
    )
    profiling_has_stale_answers = fields.Boolean(
        string="Stale answers",
        compute="_compute_profiling_has_stale_answers",
        search="_search_profiling_has_stale_answers",
        groups=SALESMAN,
        help="Some answer is older than its question says answers are valid.",
    )

    @api.depends("profiling_response_ids.date")
    def _compute_profiling_has_stale_answers(self):
        stale = self.with_context(active_test=False).search(
            [("id", "in", self._origin.ids), ("profiling_has_stale_answers", "=", True)]
        )
        for partner in self:
            partner.profiling_has_stale_answers = partner._origin in stale

    @api.model
    def _search_profiling_has_stale_answers(self, operator, value):
        self._check_field_access(self._fields["profiling_has_stale_answers"], "read")
        if operator != "in":
            return NotImplemented
        stale = self.env["crm.profiling.source"]._of("asked")._expired_sql()
        domains = {
            True: Domain("id", "in", stale),
            False: Domain("id", "not in", stale),
        }
        return Domain.OR(domains[bool(one)] for one in value)

    def _profiling_update_last_interview(self):
        """Note when these contacts were last interviewed."""
        last = dict(
            self.env["crm.profiling.interview"]
            .sudo()
            ._read_group(
                [("partner_id", "in", self.ids), ("state", "=", "done")],
                ["partner_id"],
                ["date_end:max"],
            )
        )
        # Who leads an interview says so on the contact, whatever else they may write.
        for partner in self.sudo():
            if partner.profiling_last_interview != last.get(partner, False):
                partner.profiling_last_interview = last.get(partner, False)

    def action_profiling_interview(self):
        """Interview this contact."""
        check_one(self)
        return self.env["crm.profiling.interview"]._action(partner_id=self.id)

    def action_profiling_call_list(self):
        """Ask what to ask, and make a call list of these contacts."""
        Queue = self.env["crm.profiling.queue"]
        Queue.check_access("create")
        kept, left_out = self._profiling_sort_out()
        Queue._check_anybody(kept, left_out)
        seen = kept.union(*left_out.values())
        return Queue._action_new(
            Queue._name_for(len(kept), kept._profiling_in_common()),
            partners=self & seen,
        )

    def _profiling_in_common(self):
        """Hook: return in words what these contacts have in common, "" for nothing."""
        return ""

    def _profiling_sort_out(self):
        """Return whom of these to call, and who is left out and why.

        Those whom the user may not see are none of them: not even counted.

        :rtype: tuple of contacts and ``{reason: contacts}``
        """
        Partner = self.with_context(active_test=False)
        visible = Partner.search(Domain("id", "in", self.ids)).with_env(self.env)
        visible = self & visible  # in the order chosen
        writable = visible._filtered_access("write")
        archived = writable.filtered(lambda partner: not partner.active)
        addresses = (writable - archived).filtered(
            lambda partner: partner._profiling_is_address()
        )
        rest = writable - archived - addresses
        first = {partner._profiling_twin_key(): partner for partner in rest[::-1]}
        twins = rest.filtered(lambda p: first[p._profiling_twin_key()] != p)
        return rest - twins, {
            self.env._("Not yours to change"): visible - writable,
            self.env._("Archived"): archived,
            self.env._("Addresses, not contacts"): addresses,
            self.env._("Twice in the list"): twins,
        }

    def _profiling_twin_key(self):
        """Return what two records of one person have in common."""
        name, reach = self.name, self.email_normalized or self.phone
        return (normalized(name), reach) if name and reach else self.id
