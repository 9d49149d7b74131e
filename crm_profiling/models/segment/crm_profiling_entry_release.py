import logging
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

_logger = logging.getLogger(__name__)


class CrmProfilingEntry(models.AbstractModel):
    """Does what waited for a conversation, once that is over."""

    _inherit = "crm.profiling.entry"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _conversation_ended(self, company):
        """Do what waited for a conversation, unless there is another one.

        Two that end at once must not leave it to each other: both write to what waits,
        so that the second of them fails, and begins again.

        :param company: commercial entity
        :return: the stays that waited
        """
        Stay = self._stays()
        Stay.flush_model()
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        rows = self.env.execute_query(
            SQL(
                """UPDATE crm_profiling_stay stay SET state = stay.state
                     FROM res_partner partner
                    WHERE partner.id = stay.partner_id
                      AND partner.commercial_partner_id = %s
                      AND stay.state IN ('waiting', 'leaving')
                RETURNING stay.id""",
                company.id,
            )
        )
        stays = Stay.browse(sorted(row[0] for row in rows))
        if not stays or self._active_interviews(company):
            return Stay
        stays.invalidate_recordset(flush=False)
        self._release(stays)
        return stays

    @api.model
    def _release(self, stays):
        """Do what waited, in the name and the words of who caused it."""
        inside = stays._is_inside()
        gone = (stays - inside).filtered(lambda stay: stay.state == "waiting")
        gone.unlink()  # archived or kept out meanwhile
        self._come_back(inside.filtered(lambda stay: stay.state == "leaving"))
        rest = (stays - gone).filtered(lambda stay: stay.state != "done")
        for (user, profile, state), some in rest.grouped(
            lambda stay: (stay.user_id, stay.profile_id, stay.state)
        ).items():
            entry = self._in_the_name_of(user)
            some = some.with_env(entry.env)
            left_out = some._left_out()
            if state == "waiting":
                entry._enter(profile, some.partner_id, left_out)
            else:
                entry._leave(profile, some, left_out=left_out)

    @api.model
    def _in_the_name_of(self, user):
        """Return self as a user would have done it; who has left does nothing more."""
        if user == self.env.user or not (user.active or user.id == SUPERUSER_ID):
            return self.sudo()
        context = {"lang": user.lang, "tz": user.tz}
        return self.with_env(self.env(user=user.id, context=context, su=True))

    @api.model
    def _cron_release(self):
        """Do what waited for conversations that are over, a company a transaction."""
        IrCron = self.env["ir.cron"]
        companies = self._quiet_companies()
        failed = companies.browse()
        IrCron._commit_progress(remaining=len(companies))
        for company in companies:
            try:
                self._release_quiet(company)
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                self.env.cr.rollback()
                _logger.info("Profiling: %s is being talked to, later", company)
            except Exception:  # the others are not to wait for that
                self.env.cr.rollback()
                _logger.exception("Profiling: what waits with %s fails", company)
                failed |= company
            if not IrCron._commit_progress(1):
                break
        waiting = self._stays().search(self._stays()._waiting()).partner_id
        # what failed is tried again with the job's next hour
        waiting = waiting.filtered(lambda c: c.commercial_partner_id not in failed)
        self._wake(self._talking(), waiting)

    @api.model
    def _quiet_companies(self):
        """Return the commercial entities for which something waits needlessly."""
        waiting = self._stays().search(self._stays()._waiting()).partner_id
        talking = self._talking()
        return waiting.commercial_partner_id.filtered(lambda c: c.id not in talking)

    @api.model
    def _release_quiet(self, company):
        """Do what waited for a company, unless somebody else is at it."""
        stays = self._stays().search(self._stays()._waiting(company))
        if not self._active_interviews(company):
            self._release(stays.try_lock_for_update())

    @api.model
    def _wake(self, talking, contacts):
        """Have the job look after contacts once their conversations may be over.

        :param talking: see `_talking`
        """
        if not contacts:
            return
        now = fields.Datetime.now()
        soon = now + timedelta(minutes=1)
        at = min(
            talking[company.id] + self._quiet_time() if company.id in talking else soon
            for company in contacts.commercial_partner_id
        )
        job = self.env.ref("crm_profiling.ir_cron_release").sudo()
        earlier = (
            Domain("cron_id", "=", job.id)
            & Domain("call_at", ">", now)
            & Domain("call_at", "<=", at)
        )
        # one that comes before looks when to come again
        if not self.env["ir.cron.trigger"].sudo().search_count(earlier, limit=1):
            job._trigger(at)
