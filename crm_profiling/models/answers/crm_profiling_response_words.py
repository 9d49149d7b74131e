from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

# How far the clocks of two computers may be apart.
SKEW = timedelta(minutes=1)


class CrmProfilingResponse(models.Model):
    """What was said later counts, whichever way it comes in.

    A word is that an answer was given, or taken back. Words about one single-choice
    question of one holder follow upon each other, and so do those about one answer to
    another question: the latest of them is what counts.
    """

    _inherit = "crm.profiling.response"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _record(self, wanted, vals=None, details=None):
        """Change what contacts answered; the caller has checked their rights.

        :param wanted: ``{partner_id: (answer_ids to give, answer_ids to take)}``, both
            sets; None to take means all that are not given
        :param vals: other create values of what is given. With them it is said anew:
            an answer the contact gave already gets them, and the date of now. With a
            ``date`` it was said then, and changes nothing where something was said
            since: see `_outdated`
        :param details: ``{(partner_id, answer_id): create values}`` besides, of what
            is given: a number, or words
        :return: the contacts to evaluate: the caller does
        :raise ValidationError: for two answers to one single-choice question, for one
            that nobody is asked for, and for a date that is yet to come
        """
        vals = dict(vals or {})
        moment = self._moment(vals.get("date"))
        if moment:
            vals["date"] = moment
        self._check_asked(set().union(*(give for give, _take in wanted.values())))
        facts = self._read_facts(wanted)
        given, ended = self._differences(wanted, facts, anew=bool(vals))
        if moment:
            given = self._still_new(given, moment)
            ended = self._still_new(ended, moment)
        # two contacts of one company may contradict each other
        self._check_one_each(given)
        if not given and not ended:
            return self.env["res.partner"]
        changed = {**given, **ended}
        self._check_holders({holder_id for holder_id, _a in changed} - wanted.keys())
        ended_ids = [facts.held[holder_id][answer_id] for holder_id, answer_id in ended]
        alike = self._told_alike(given, vals, details or {})
        self.sudo()._store(alike.pop((), {}), facts, ended_ids, moment)
        for some in alike.values():
            self.sudo()._store(some, facts)
        return self.env["res.partner"].browse(self._concerned_by(changed))

    @api.model
    def _told_alike(self, given, vals, details):
        """Return the create values of what is given, by the details they have.

        Apart, for what is said of some columns would be said of all in one statement.

        :param given: ``{(holder_id, answer_id): partner_ids}``
        :return: ``{names of details: {(holder_id, answer_id): values}}``
        """
        alike, same = defaultdict(dict), {}
        for (holder_id, answer_id), partner_ids in given.items():
            pairs = ((partner_id, answer_id) for partner_id in partner_ids)
            detail = next((details[pair] for pair in pairs if pair in details), {})
            key = tuple(sorted(detail.items()))
            alike[tuple(sorted(detail))][holder_id, answer_id] = same.setdefault(
                key, {**vals, **detail}
            )
        return alike

    @api.model
    def _outdated(self, wanted, date):
        """Return what of answers that were given then would not be taken, and why.

        Writes nothing. An answer that is what counts already is not among them.

        :param wanted: as for `_record`
        :return: ``{(partner_id, answer_id): the later `Word`}``
        """
        moment, facts = self._moment(date), self._read_facts(wanted)
        given, _ended = self._differences(wanted, facts, anew=True)
        latest = self._latest(holder_id for holder_id, _answer_id in given)
        subject = self._subjects()
        return {
            (partner_id, answer_id): word
            for (holder_id, answer_id), partner_ids in given.items()
            if (word := latest.get((holder_id, subject(answer_id))))
            and word.date >= moment
            and word.answer_id != answer_id
            for partner_id in partner_ids
        }

    @api.model
    def _store_new(self, given, facts):
        """Store what is not known yet, unless something was said since.

        :param given: ``{(holder_id, answer_id): create values}``
        :return: ``{(holder_id, answer_id): id of the response that counts}``
        :raise ValidationError: for what was taken back since
        """
        dated = [pair for pair, vals in given.items() if vals.get("date")]
        latest = self._latest({holder_id for holder_id, _a in dated}) if dated else {}
        ids, new, subject = {}, {}, self._subjects()
        for (holder_id, answer_id), vals in given.items():
            held, moment = facts.held[holder_id], self._moment(vals.get("date"))
            word = moment and latest.get((holder_id, subject(answer_id)))
            if answer_id in held:
                ids[holder_id, answer_id] = held[answer_id]
            elif word and word.date >= moment:
                ids[holder_id, answer_id] = held.get(word.answer_id)
            else:
                new[holder_id, answer_id] = {**vals, "date": moment} if moment else vals
        if not all(ids.values()):
            raise ValidationError(self.env._("This answer was taken back since."))
        return {**ids, **self._store(new, facts)}

    @api.model
    def _moment(self, date):
        """Return when something was said, or None for just now.

        :raise ValidationError: for a time that is yet to come
        """
        if not date:
            return None
        now, moment = fields.Datetime.now(), fields.Datetime.to_datetime(date)
        if moment > now + SKEW:
            raise ValidationError(
                self.env._(
                    "Nobody can have answered after today: choose an earlier date."
                )
            )
        return min(moment, now).replace(microsecond=0)  # as Odoo keeps it

    @api.model
    def _differences(self, wanted, facts, anew):
        """Return what is given and what is taken back that counted, by whom.

        :return: two dicts ``{(holder_id, answer_id): partner_ids}``
        """
        Catalog = self.env["crm.profiling.catalog"]
        questions, visible = Catalog._get().questions, Catalog._visible_answers()
        given, ended = defaultdict(set), defaultdict(set)
        for partner_id, (give, take) in wanted.items():
            self._check_one_each((partner_id, answer_id) for answer_id in give)
            known = facts.known(partner_id, questions)
            asked = {questions[a].id for a in give if questions[a].single}
            for answer_id in give if anew else give - known.keys():
                holder_id = facts.holder(partner_id, questions[answer_id])
                given[holder_id, answer_id].add(partner_id)
            for answer_id in (known.keys() & visible) - give:
                holder_id = facts.holder(partner_id, questions[answer_id])
                # Replacing all answers of a contact leaves those of its company; the
                # old answer to a question asked again is replaced, not taken back.
                taken = holder_id == partner_id if take is None else answer_id in take
                if taken and questions[answer_id].id not in asked:
                    ended[holder_id, answer_id].add(partner_id)
        return given, ended

    @api.model
    def _concerned_by(self, changed):
        """Return the ids of the contacts for whom other answers count now.

        :param changed: as `_differences` returns it
        """
        questions = self.env["crm.profiling.catalog"]._get().questions
        concerned = set().union(*changed.values())
        companies = {h for h, answer_id in changed if questions[answer_id].of_company}
        return concerned | set(self._contact_ids_of(companies) if companies else ())
