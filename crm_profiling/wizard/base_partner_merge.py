from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

# States of a place in a call list: of two the first one stays.
PLACES = ("done", "taken", "waiting", "skipped")


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Merge what contacts answered, and what people said of their profiles.

    Left to itself the merge would lose answers: where one of them is on both
    contacts it deletes all those of the contact that goes.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        quiet = src_partners.sudo()._profiling_quietly()  # no answer is new
        sources, target = quiet, dst_partner.with_env(quiet.env)
        acted = self._profiling_acted(sources | target)
        if any(sources.mapped("is_company")) and not target.is_company:
            # Odoo comes to that later; the answers that move here are its own already
            target.is_company = True
        self._merge_profiling_responses(sources, target)
        self._merge_profiling_hands(sources, target)
        self._merge_profiling_interviews(sources, target)
        # Takes the profiles' tags off the sources: what is left is the user's own.
        sources._profiling_apply()
        target._profiling_tags_put_on(sources.category_id.ids)
        self._merge_profiling_acted(acted, target)
        self.env.cr.execute(
            SQL("DELETE FROM crm_profiling_state WHERE id = ANY(%s)", sources.ids)
        )
        self.env.flush_all()
        return super()._update_foreign_keys(src_partners, dst_partner)

    @api.model
    def _update_values(self, src_partners, dst_partner):
        result = super()._update_values(src_partners, dst_partner)
        self.env.invalidate_all()
        everybody = dst_partner._profiling_with_descendants()
        everybody._profiling_quietly()._profiling_apply()
        dst_partner._profiling_update_last_interview()
        return result

    @api.model
    def _merge_profiling_interviews(self, sources, target):
        """Close interviews, and let go places in call lists, that would be double.

        Left to itself the merge would delete them. The others follow the contact.
        """
        everybody = sources | target
        Interview = self.env["crm.profiling.interview"].sudo()
        ongoing = Interview.search(
            [("partner_id", "in", everybody.ids), ("state", "=", "ongoing")]
        )
        for of_user in ongoing.grouped("user_id").values():
            of_user[1:].write({"state": "done", "date_end": fields.Datetime.now()})
        Line = self.env["crm.profiling.queue.line"].sudo()
        lines = Line.search([("partner_id", "in", everybody.ids)])
        for in_queue in lines.grouped("queue_id").values():
            # whoever is called, or has been, is not called again
            kept = in_queue.sorted(lambda line: PLACES.index(line.state))[0]
            (in_queue - kept).unlink()

    @api.model
    def _profiling_acted(self, partners):
        """Return what profiles did with any of these, or are still to do.

        :rtype: list of ``(profile_id, date, whether they are to act)``
        """
        self.env["crm.profiling.membership"].flush_model()
        return self.env.execute_query(
            SQL(
                """SELECT profile_id, max(date_acted), bool_or(to_act)
                     FROM crm_profiling_membership
                    WHERE partner_id = ANY(%s)
                      AND (date_acted IS NOT NULL OR to_act)
                    GROUP BY profile_id""",
                partners.ids,
            )
        )

    @api.model
    def _merge_profiling_acted(self, acted, target):
        """Note it on the contact that stays, so that nothing is done to it twice."""
        profile_ids, dates, to_act = zip(*acted, strict=True) if acted else [()] * 3
        self.env.cr.execute(
            SQL(
                """UPDATE crm_profiling_membership membership
                      SET date_acted = acted.date, to_act = acted.to_act
                     FROM unnest(%s::int[], %s::timestamp[], %s::bool[])
                          AS acted(profile_id, date, to_act)
                    WHERE membership.profile_id = acted.profile_id
                      AND membership.partner_id = %s""",
                list(profile_ids),
                list(dates),
                list(to_act),
                target.id,
            )
        )
        self.env["crm.profiling.membership"].invalidate_model(["date_acted", "to_act"])

    @api.model
    def _merge_profiling_responses(self, sources, target):
        """Move the responses; of a single-choice question the newest answer stays."""
        Response = sources.env["crm.profiling.response"]
        everybody = sources | target | target.commercial_partner_id
        newest_first = Response.search(
            [("partner_id", "in", everybody.ids)], order="date desc, id desc"
        )
        kept, moved, dropped = set(), defaultdict(lambda: Response), Response
        for response in newest_first:
            question = response.question_id
            of_company = question.level == "company"
            holder = target.commercial_partner_id if of_company else target
            if response.partner_id not in sources | holder:
                continue
            single = question.selection_mode == "single"
            what = question if single else response.answer_id
            if what in kept:
                dropped |= response
            elif response.partner_id != holder:
                moved[holder] |= response
            kept.add(what)
        dropped.unlink()
        for holder, responses in moved.items():
            responses.write({"partner_id": holder.id})

    @api.model
    def _merge_profiling_hands(self, sources, target):
        """Give the pins and bars to the contact that stays; the newest one counts."""
        Membership = self.env["crm.profiling.membership"]
        Membership.flush_model()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_profiling_membership
                            (partner_id, profile_id, state, date, user_id)
                SELECT DISTINCT ON (profile_id)
                       %(target)s, profile_id, state, date, user_id
                  FROM crm_profiling_membership
                 WHERE partner_id = ANY(%(all)s) AND state <> 'matched'
                 ORDER BY profile_id, date DESC, id DESC
                    ON CONFLICT (partner_id, profile_id) DO UPDATE
                   SET state = EXCLUDED.state, date = EXCLUDED.date,
                       user_id = EXCLUDED.user_id
                """,
                target=target.id,
                all=(sources | target).ids,
            )
        )
        self.env.cr.execute(
            SQL(
                """UPDATE crm_profiling_membership SET state = 'matched'
                    WHERE partner_id = ANY(%s)""",
                sources.ids,
            )
        )
        Membership.invalidate_model()
        (sources | target).invalidate_recordset(["profiling_membership_ids"])
