import logging
from collections import defaultdict

from markupsafe import Markup

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL
from odoo.tools.misc import format_date

_logger = logging.getLogger(__name__)

# Contacts acted on in one transaction of the background job.
BATCH_SIZE = 200
# After so many contacts in a row it is not theirs but the profile's that is wrong.
GIVE_UP = 10


class CrmProfilingEntry(models.AbstractModel):
    """Acts on contacts that enter a profile.

    Once for each entry: in the transaction that writes the membership, so that both
    are there or neither is. E-mails are put into Odoo's queue, which is written in the
    same transaction, and sends what was committed.

    An action that fails takes nothing along, neither the answer nor the other actions
    nor the other contacts: it is told on the contact's chatter, in the log and on the
    profile's form.
    """

    _name = "crm.profiling.entry"
    _description = "Profiling: What Profiles Do on Entry"

    @api.model
    def _act(self, profile, contacts):
        """Do all that a profile says, and tell it on the contacts' chatter."""
        self = self.sudo()._alone()
        profile, contacts = profile.with_env(self.env), contacts.with_env(self.env)
        done, errors = defaultdict(list), []
        self.env.flush_all()  # what fails now is not ours
        for action in profile._entry_actions():
            said, failure = self._act_together(action, profile, contacts)
            for contact_id, line in said.items():
                done[contact_id].append(line)
            if failure:
                errors.append(failure)
        self._tell(profile, contacts, done)
        self._note_acted(profile, contacts)
        self._note_errors(profile, errors)

    @api.model
    def _act_together(self, action, profile, contacts):
        """Do one action to all contacts; where it fails, to one after the other.

        :return: what to tell ``{contact_id: sentence}``, and what failed or None
        """
        said, failure = self._try(action, profile, contacts)
        if not failure or len(contacts) == 1:
            return said, failure
        in_a_row = 0
        for contact in contacts:
            one, failed = self._try(action, profile, contact)
            del said[contact.id]
            said.update(one)
            in_a_row = in_a_row + 1 if failed else 0
            if in_a_row == GIVE_UP:
                break
        return said, failure

    @api.model
    def _try(self, action, profile, contacts):
        """Do one action, or nothing of it if it fails; return as `_act_together`."""
        try:
            with self.env.cr.savepoint():
                return getattr(self, f"_act_{action}")(profile, contacts), None
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise  # Odoo begins again, the answer included
        except Exception as error:
            _logger.exception(
                "Profiling: %s failed for %s, %s", action, profile, contacts
            )
            failure = self._failure(action, error)
            return dict.fromkeys(contacts.ids, failure), failure

    @api.model
    def _alone(self):
        """Return self with no more context than who is at work, and in what language.

        Defaults of a form or an import are not meant for what is created here. Users
        are not notified of each contact: an import would flood them.
        """
        kept = ("lang", "tz", "allowed_company_ids")
        context = {k: v for k, v in self.env.context.items() if k in kept}
        return self.with_env(self.env(context=context)).with_context(
            mail_auto_subscribe_no_notify=True,
            mail_activity_quick_update=True,
            mail_notrack=True,  # the note says it
        )

    # ------------------------------------------------------------------
    # Actions: do it to all contacts, return what to tell {contact_id: sentence}
    # ------------------------------------------------------------------

    @api.model
    def _act_assign(self, profile, contacts):
        """Give contacts without a salesperson to one."""
        orphans = contacts.filtered(lambda contact: not contact.user_id)
        candidates = profile._entry_candidates()
        if orphans and not candidates:
            nobody = self.env._(
                "no salesperson: nobody in “%s” takes contacts at the moment",
                profile.entry_team_id.name or profile.entry_user_id.name,
            )
            return dict.fromkeys(orphans.ids, nobody)
        said = {}
        for user, theirs in self._choose(profile, orphans, candidates).items():
            theirs.write({"user_id": user.id})
            line = self.env._("salesperson: %s", user.name)
            said.update(dict.fromkeys(theirs.ids, line))
        return said

    @api.model
    def _choose(self, profile, contacts, candidates):
        """Return ``{user: contacts}``: colleagues go to the same user.

        The next company goes to whoever has the fewest contacts of this profile.
        """
        load = profile._entry_load(candidates) if len(candidates) > 1 else {}
        known = self._salespeople(contacts.commercial_partner_id)
        chosen = defaultdict(contacts.browse)
        for company, theirs in contacts.grouped("commercial_partner_id").items():
            user = known.get(company) or min(
                candidates, key=lambda user: load.get(user, 0)
            )
            chosen[user] |= theirs
            load[user] = load.get(user, 0) + len(theirs)
        return chosen

    @api.model
    def _salespeople(self, companies):
        """Return ``{company: user}`` of those who have a salesperson already.

        The company's own; else whoever has most of its contacts.
        """
        rows = self.env["res.partner"]._read_group(
            [
                ("commercial_partner_id", "in", companies.ids),
                ("user_id.active", "=", True),
            ],
            ["commercial_partner_id", "user_id"],
            order="__count, user_id desc",
        )
        own = {c: c.user_id for c in companies if c.user_id.active}
        return dict(rows) | own

    @api.model
    def _act_prioritize(self, profile, contacts):
        """Raise the priority of those who have a lower one."""
        priority = profile.entry_priority
        lower = contacts.filtered(lambda c: (c.profiling_priority or "0") < priority)
        lower.write({"profiling_priority": priority})
        name = dict(
            contacts._fields["profiling_priority"]._description_selection(self.env)
        )[priority]
        return dict.fromkeys(lower.ids, self.env._("priority: %s", name))

    @api.model
    def _act_campaign(self, profile, contacts):
        campaign = profile.entry_campaign_id
        contacts.write({"profiling_campaign_ids": [fields.Command.link(campaign.id)]})
        line = self.env._("added to the campaign “%s”", campaign.title)
        return dict.fromkeys(contacts.ids, line)

    @api.model
    def _act_schedule(self, profile, contacts):
        """Schedule an activity for each contact, with the words for it."""
        deadline = fields.Date.add(
            fields.Date.context_today(self), days=profile.entry_activity_days
        )
        activity_type = profile.entry_activity_type_id
        said = {}
        by_user = contacts.grouped(lambda contact: self._responsible(profile, contact))
        for user, theirs in by_user.items():
            theirs.activity_schedule(
                activity_type_id=activity_type.id,
                date_deadline=deadline,
                summary=profile.entry_activity_summary or profile.name,
                note=profile.offer,
                user_id=user.id,
            )
            line = self.env._(
                "%(activity)s scheduled for %(user)s on %(date)s",
                activity=activity_type.name,
                user=user.name,
                date=format_date(self.env, deadline),
            )
            said.update(dict.fromkeys(theirs.ids, line))
        return said

    @api.model
    def _responsible(self, profile, contact):
        """Return the user who gets the activity."""
        if profile.entry_activity_whom == "user":
            user = profile.entry_activity_user_id
        else:
            user = contact.user_id
        return user.filtered("active") or self._at_work(profile)

    @api.model
    def _at_work(self, profile):
        """Return who noted the answer, or whose profile it is where a machine did."""
        user = self.env.user
        return user if user.active and not user.share else profile.create_uid

    @api.model
    def _act_mail(self, profile, contacts):
        """Queue the e-mail to those who have an address and did not object."""
        said = {}
        for contact in contacts:
            if not contact.email_normalized:
                said[contact.id] = self.env._("no e-mail: there is no valid address")
            elif contact.is_blacklisted:
                said[contact.id] = self.env._("no e-mail: the address is blacklisted")
        recipients = contacts.filtered(lambda contact: contact.id not in said)
        for mail in self._queue_mails(profile, recipients):
            if mail.state == "outgoing":
                line = self.env._(
                    "e-mail queued: “%s”", profile.mail_template_id.display_name
                )
            else:
                line = self._unsent(mail)
            said[mail.res_id] = line
        return said

    @api.model
    def _queue_mails(self, profile, recipients):
        """Have Odoo's composer write the e-mails, and leave them in the queue."""
        if not recipients:
            return self.env["mail.mail"]
        composer = self.env["mail.compose.message"].create(
            {
                "composition_mode": "mass_mail",
                "model": "res.partner",
                "res_ids": recipients.ids,
                "template_id": profile.mail_template_id.id,
                "use_exclusion_list": True,
                "force_send": False,
            }
        )
        mails, _messages = composer._action_send_mail()
        return mails

    @api.model
    def _unsent(self, mail):
        """Say why the composer would not send an e-mail."""
        if mail.failure_type == "mail_dup":
            return self.env._("no e-mail: another contact with this address got it")
        reasons = dict(mail._fields["failure_type"]._description_selection(self.env))
        return self.env._(
            "no e-mail: %s", reasons.get(mail.failure_type, mail.failure_type)
        )

    # ------------------------------------------------------------------
    # Tell
    # ------------------------------------------------------------------

    @api.model
    def _failure(self, action, error):
        error = str(error).strip().partition("\n")[0] or type(error).__name__
        failures = {
            "assign": self.env._("no salesperson could be set: %s", error),
            "prioritize": self.env._("the priority could not be raised: %s", error),
            "campaign": self.env._("not added to the campaign: %s", error),
            "schedule": self.env._("the activity could not be scheduled: %s", error),
            "mail": self.env._("the e-mail could not be written: %s", error),
        }
        return failures[action]

    @api.model
    def _tell(self, profile, contacts, done):
        """Leave one note on the chatter of each contact."""
        item = Markup("<li>%s</li>")
        bodies = {}
        for contact in contacts:
            entered = self.env._("Entered the profile “%s”.", profile.name)
            lines = Markup().join(item % line for line in done[contact.id])
            bodies[contact.id] = (
                Markup("<p>%s</p><ul>%s</ul>") % (entered, lines)
                if lines
                else Markup("<p>%s</p>") % entered
            )
        contacts._message_log_batch(bodies)

    @api.model
    def _note_acted(self, profile, contacts):
        """Remember of whom it is done."""
        Membership = self.env["crm.profiling.membership"]
        Membership.flush_model()
        self.env.cr.execute(
            SQL(
                """UPDATE crm_profiling_membership
                      SET date_acted = %s, to_act = NULL
                    WHERE profile_id = %s AND partner_id = ANY(%s)""",
                fields.Datetime.now(),
                profile.id,
                contacts.ids,
            )
        )
        Membership.invalidate_model(["date_acted", "to_act"], flush=False)

    @api.model
    def _note_errors(self, profile, errors):
        """Show the manager what failed, until something works again.

        Written only if it is another one: profiles are read by many at once.
        """
        text = "\n".join(errors) or False
        if (profile.entry_error or False) != text:
            profile.write({"entry_error": text})

    # ------------------------------------------------------------------
    # Those who are in already
    # ------------------------------------------------------------------

    @api.model
    def _cron_act(self):
        """Go on with those who are to be acted on, a batch a transaction."""
        IrCron = self.env["ir.cron"]
        waiting = [("to_act", "=", True)]
        Membership = self.env["crm.profiling.membership"]
        IrCron._commit_progress(remaining=Membership.search_count(waiting))
        while batch := (
            Membership.search(waiting, limit=BATCH_SIZE, order="profile_id, id")
            .try_lock_for_update()
            .filtered("to_act")
        ):
            for profile, memberships in batch.grouped("profile_id").items():
                if contacts := memberships._to_act_on():
                    self._act(profile, contacts)
            batch.filtered("to_act")._leave_alone()  # out meanwhile
            if not IrCron._commit_progress(len(batch)):
                break
