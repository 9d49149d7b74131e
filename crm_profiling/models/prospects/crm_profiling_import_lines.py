from odoo import api, models

from ...names import word
from .plan import LineError

# What a line says of the company where it names one: contacts share its address.
_OF_COMPANY = ("street", "street2", "zip", "city", "state_id", "country_id", "website")


class CrmProfilingImportLines(models.AbstractModel):
    """Compares the lines of a file: who is there twice, and what contradicts."""

    _name = "crm.profiling.import.lines"
    _description = "Profiling Import Lines"

    @api.model
    def _compare(self, plan):
        """Leave out what lines say again, or otherwise than another one.

        What was said last counts; of one moment what stands first.
        """
        seen, said, kept = {}, {}, []
        addresses = {}
        of_company = self._of_company(plan.prospects)
        for prospect in sorted(plan.prospects, key=plan.asked, reverse=True):
            try:
                keys = self._check_twin(prospect, seen)
            except LineError as error:
                plan.errors[prospect.line] = str(error)
                continue
            seen.update(dict.fromkeys(keys, prospect.line))
            agreed = self._agree(prospect, said, of_company, plan)
            kept.append(self._share_address(agreed, addresses, plan))
        plan.prospects[:] = kept
        plan.companies.update(
            {
                key: {"name": name, **vals}
                for key, (_line, name, vals) in addresses.items()
            }
        )

    @api.model
    def _check_twin(self, prospect, seen):
        """Refuse a contact who was there already; return what it is known by."""
        keys = [("name", word(prospect.name), prospect.company_key)]
        if prospect.email:
            if not prospect.company:
                keys = []  # people of one name, told apart by their addresses
            keys.append((prospect.is_company, prospect.email))
        if prospect.id:
            keys = [("id", prospect.id)]
        known_by = {"name": self.env._("name and company"), "id": self.env._("ID")}
        for key in keys:
            if key in seen:
                raise LineError(
                    self.env._(
                        "The same contact as in line %(line)s: the same %(what)s.",
                        line=seen[key],
                        what=known_by.get(key[0]) or self.env._("e-mail"),
                    )
                )
        return keys

    @api.model
    def _of_company(self, prospects):
        """Return ``{answer_id: question}`` of single-choice questions of companies."""
        answers = self.env["crm.profiling.answer"].browse(
            {answer_id for p in prospects for answer_id in p.answer_ids}
        )
        return {
            answer.id: answer.question_id
            for answer in answers
            if answer.question_id.level == "company"
            and answer.question_id.selection_mode == "single"
        }

    @api.model
    def _agree(self, prospect, said, of_company, plan):
        """Leave out what contradicts a colleague whose line counts.

        :param said: ``{(company, question): (answer, line)}`` of the lines before
        """
        if not prospect.company:
            return prospect
        kept = []
        for answer_id in prospect.answer_ids:
            if question := of_company.get(answer_id):
                key = prospect.company_key, question.id
                counts, line = said.setdefault(key, (answer_id, prospect.line))
                if counts != answer_id:
                    warning = self._contradiction(prospect, answer_id, counts, line)
                    plan.warn(prospect.line, warning)
                    continue
            kept.append(answer_id)
        return prospect._replace(answer_ids=kept)

    @api.model
    def _contradiction(self, prospect, answer_id, other_id, line):
        mine, other = self.env["crm.profiling.answer"].browse([answer_id, other_id])
        return self.env._(
            "Without “%(mine)s” for “%(question)s”: that is about the company, and"
            " line %(line)s says “%(other)s” for %(company)s, which counts.",
            mine=mine.name,
            question=mine.question_id.name,
            line=line,
            other=other.name,
            company=prospect.company,
        )

    @api.model
    def _share_address(self, prospect, addresses, plan):
        """Give the company what a line says of it, unless one that counts does.

        In Odoo the contacts of a company share its address.
        """
        if not prospect.company:
            return prospect
        key, vals = prospect.company_key, prospect.vals
        shared = {k: v for k, v in vals.items() if k in _OF_COMPANY}
        line, name, before = addresses.get(key, (prospect.line, prospect.company, {}))
        is_other = any(before.get(k, v) != v for k, v in shared.items())
        if prospect.is_company:
            shared = {**before, **shared}
        elif is_other:
            shared = before
            plan.warn(
                prospect.line,
                self.env._(
                    "Without its address or website: line %(line)s gives another"
                    " of %(company)s, which counts.",
                    line=line,
                    company=prospect.company,
                ),
            )
        else:  # a line that says but the country leaves the rest to others
            shared = {**shared, **before}
        if shared != before:
            line = prospect.line
        addresses[key] = (line, name, shared)
        own = {k: v for k, v in vals.items() if k not in _OF_COMPANY}
        return prospect._replace(vals=own)
