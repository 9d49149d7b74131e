from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from .holder import HELD_BY, HOLDER, Facts


class CrmProfilingResponse(models.Model):
    """Reads what counts as answered by whom."""

    _inherit = "crm.profiling.response"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _counting_sql(self, *columns, where=None):
        """Return a subselect of the answers that count, a row for each contact.

        The caller flushes what it reads.

        :param SQL columns: what to return beside ``partner_id``, of `response` and
            `question`
        :param SQL where: of which of them
        """
        where = where or SQL("TRUE")
        parts = [
            self._counting_at_sql(level, column, columns, where)
            for level, column in HELD_BY.items()
        ]
        return SQL("(%s)", SQL(" UNION ALL ").join(parts))

    @api.model
    def _counting_at_sql(self, level, column, columns, where):
        """Return the answers that count to questions of one level."""
        # who holds its own answers need not be looked up
        contact, join = SQL("response.partner_id"), SQL()
        if column != "id":
            contact = SQL("contact.id AS partner_id")
            join = SQL(
                "JOIN res_partner contact ON %s = response.partner_id",
                SQL.identifier("contact", column),
            )
        return SQL(
            """SELECT %s
                 FROM crm_profiling_response response
                 JOIN crm_profiling_question question
                   ON question.id = response.question_id AND question.level = %s
                   %s
                WHERE %s""",
            SQL(", ").join([contact, *columns]),
            level,
            join,
            where,
        )

    @api.model
    def _counting_for_sql(self, partner, *columns):
        """Return a select of the answers that count for one contact as it stands.

        In a form it may have another company than it is saved with. The caller
        flushes what it reads.

        :param SQL columns: what to return, of `response` and `question`
        """
        saved = partner._origin
        company = partner._profiling_company()
        return SQL(
            """SELECT %s
                 FROM (VALUES (%s, %s)) AS contact (id, commercial_partner_id)
                 JOIN crm_profiling_response response
                   ON response.partner_id IN (contact.id, contact.commercial_partner_id)
                 JOIN crm_profiling_question question
                   ON question.id = response.question_id
                WHERE response.partner_id = %s""",
            SQL(", ").join(columns),
            saved.id or 0,
            company.id or 0,
            HOLDER,
        )

    @api.model
    def _counting(self, partner):
        """Return the responses that count for a contact, and that the user may know.

        As superuser: who may read a contact knows what its company answered, whoever
        may read the company. What other companies ask is left out.

        :param partner: one contact, saved or not
        """
        return self._held_for(partner, self)

    @api.model
    def _earlier(self, partner):
        """Return what counted for a contact before, as far as the user may know.

        Newest first; of questions that its company answers, what the company said.

        :param partner: one contact, saved or not
        :return: records of the history, as superuser
        """
        return self._held_for(partner, self.env["crm.profiling.response.history"])

    @api.model
    def _held_for(self, partner, Model):
        """Return what a contact holds, and its company for it, of now or of before."""
        saved = partner._origin
        company = partner._profiling_company()
        facts = Facts({saved.id: company.id}, {})
        catalog = self.env["crm.profiling.catalog"]
        questions, visible = catalog._get().questions, catalog._visible_answers()
        return (
            Model.sudo()
            .search([("partner_id", "in", (saved | company).ids)])
            .filtered(
                lambda said: (
                    said.answer_id.id in visible
                    and said.partner_id.id
                    == facts.holder(saved.id, questions[said.answer_id.id])
                )
            )
        )

    @api.model
    def _read_facts(self, partner_ids):
        """Return the `Facts` of contacts, in one query, and note the catalog's version.

        :param partner_ids: iterable of ids; those of nobody are left out
        """
        facts = Facts({}, defaultdict(dict))
        partner_ids = [partner_id for partner_id in partner_ids if partner_id]
        if not partner_ids:
            return facts
        catalog = self.env["crm.profiling.catalog"]
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT %s, partner.id, partner.commercial_partner_id,
                          response.partner_id, response.answer_id, response.id
                     FROM res_partner partner
                LEFT JOIN crm_profiling_response response
                       ON response.partner_id
                          IN (partner.id, partner.commercial_partner_id)
                    WHERE partner.id = ANY(%s)""",
                catalog._version_sql(),
                partner_ids,
            )
        )
        if rows:
            catalog._note_version(rows[0][0])
        for _version, partner_id, commercial_id, *response in rows:
            facts.commercial[partner_id] = commercial_id or partner_id
            holder_id, answer_id, response_id = response
            if response_id:
                facts.held[holder_id][answer_id] = response_id
        return facts

    def _concerned_ids(self):
        """Return the ids of the contacts for whom these responses count."""
        company = self.filtered(lambda r: r.question_id.level == "company")
        ids = (self - company).partner_id.ids
        if company:
            ids += self._contact_ids_of(company.partner_id.ids)
        return ids

    @api.model
    def _contact_ids_of(self, commercial_ids):
        """Return the ids of companies and of their contacts."""
        Partner = self.env["res.partner"].sudo().with_context(active_test=False)
        return Partner.search(
            [("commercial_partner_id", "in", list(commercial_ids))]
        ).ids
