from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from .grounds import Grounds, Hand, Said, Shown
from .masks import mask_of


class CrmProfilingExplainer(models.AbstractModel):
    """Reads what an explanation stands on."""

    _inherit = "crm.profiling.explainer"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _grounds(self, partner):
        """Return the `Grounds` to explain a contact's profiles.

        In one query, whatever there is: asking model after model for names would cost
        who only opens a contact more than the contact itself.
        """
        catalog = self.env["crm.profiling.catalog"]._get()
        self._flush_grounds()
        rows = self.env.execute_query(self._grounds_sql(partner))[0]
        answers, questions, profiles, said, hands, found = (part or () for part in rows)
        told = partner.profiling_answer_ids._origin.ids
        found = mask_of(found)
        return Grounds(
            catalog.evaluator,
            dict(answers),
            {id_: name for id_, name, _active in questions},
            {row[0]: Shown(*row) for row in profiles},
            {id_ for id_, _name, active in questions if not active},
            self._given([*told, *self._seen(found)], catalog),
            catalog.evaluator.mask(told) | found,
            {question.id for question in catalog.found},
            self._evidence(partner, catalog),
            self._said(said, catalog),
            {profile_id: self._hand(*how) for profile_id, *how in hands},
            self._leaving(partner),
        )

    @api.model
    def _said(self, rows, catalog):
        """Return ``{answer_id: Said}`` of rows of `_grounds_sql`."""
        Question = self.env["crm.profiling.question"].sudo()

        def number(answer_id, value):
            question = Question.browse(catalog.questions[answer_id].id)
            return "" if value is None else question._number_in_words(value)

        return {
            answer_id: Said(*how, number(answer_id, value))
            for answer_id, *how, value in rows
        }

    @api.model
    def _given(self, answer_ids, catalog):
        """Return ``{question_id: ids of its answers among these}``."""
        given = defaultdict(list)
        for answer_id in answer_ids:
            given[catalog.questions[answer_id].id].append(answer_id)
        return given

    @api.model
    def _hand(self, state, user_name, date):
        """Return the `Hand` of a row of `_grounds_sql`."""
        words = self.env["crm.profiling.membership"]._hand_words
        return Hand(state, words(state, user_name, fields.Datetime.to_datetime(date)))

    @api.model
    def _grounds_sql(self, partner):
        """Return the query of `_grounds`: a list for each table, as JSON."""
        return SQL(
            """
            SELECT (SELECT json_agg(json_build_array(
                               id, COALESCE(name->>%(lang)s, name->>'en_US')))
                      FROM crm_profiling_answer),
                   (SELECT json_agg(json_build_array(
                               id, COALESCE(name->>%(lang)s, name->>'en_US'), active))
                      FROM crm_profiling_question),
                   (SELECT json_agg(shown.row ORDER BY sequence, name, id)
                      FROM (%(profiles)s) shown),
                   (SELECT json_agg(json_build_array(
                               said.answer_id, COALESCE(person.name, ''),
                               to_char(said.date, 'YYYY-MM-DD HH24:MI:SS'),
                               COALESCE(said.comment, ''), said.is_stale, said.value))
                      FROM (%(said)s) said
                 LEFT JOIN res_users users ON users.id = said.user_id
                 LEFT JOIN res_partner person ON person.id = users.partner_id),
                   (SELECT json_agg(json_build_array(
                               membership.profile_id, membership.state, person.name,
                               to_char(membership.date, 'YYYY-MM-DD HH24:MI:SS')))
                      FROM crm_profiling_membership membership
                 LEFT JOIN res_users users ON users.id = membership.user_id
                 LEFT JOIN res_partner person ON person.id = users.partner_id
                     WHERE membership.partner_id = %(partner)s AND %(by_hand)s),
                   (SELECT found FROM crm_profiling_state WHERE id = %(partner)s)
            """,
            lang=self.env.lang or "en_US",
            profiles=self._profiles_sql(),
            said=self._said_sql(partner),
            partner=partner._origin.id or 0,
            by_hand=self.env["crm.profiling.membership"]._hand_sql(),
        )

    @api.model
    def _said_sql(self, partner):
        """Return a select of what `Said` holds, with the answer."""
        Response = self.env["crm.profiling.response"]
        return Response._counting_for_sql(
            partner,
            SQL("response.answer_id"),
            SQL("response.user_id"),
            SQL("response.date"),
            SQL("response.comment"),
            SQL("response.value"),
            SQL("%s AS is_stale", Response._stale_sql()),
        )

    @api.model
    def _flush_grounds(self):
        """Have in the database what `_grounds_sql` reads there."""
        for model, names in (
            ("crm.profiling.answer", ["name"]),
            ("crm.profiling.question", ["name", "active", "level", "validity_months"]),
            ("crm.profiling.response", None),
            ("crm.profiling.profile", None),
            ("crm.profiling.membership", None),
            ("res.partner.category", ["name", "color"]),
            ("res.partner", ["name"]),
            ("res.users", ["partner_id"]),
        ):
            self.env[model].flush_model(names)

    @api.model
    def _profiles_sql(self):
        """Return a select of what `Shown` holds of each profile, and its order."""
        lang = self.env.lang or "en_US"
        listed = self.env["crm.profiling.profile"]._search(
            [
                ("active", "=", True),
                ("company_id", "in", [False, *self.env.companies.ids]),
            ]
        )
        return SQL(
            """SELECT profile.id, profile.sequence,
                      COALESCE(profile.name->>%(lang)s, profile.name->>'en_US') AS name,
                      json_build_array(
                          profile.id,
                          COALESCE(profile.name->>%(lang)s, profile.name->>'en_US'),
                          array_length(
                              string_to_array(profile.parent_path, '/'), 1),
                          COALESCE(tag.color, 0),
                          COALESCE(tag.name->>%(lang)s, tag.name->>'en_US'),
                          COALESCE(profile.offer->>%(lang)s,
                                   profile.offer->>'en_US', ''),
                          profile.id IN %(listed)s
                      ) AS row
                 FROM crm_profiling_profile profile
            LEFT JOIN res_partner_category tag ON tag.id = profile.category_id""",
            lang=lang,
            listed=listed.subselect(),
        )

    @api.model
    def _leaving(self, partner):
        """Return the profiles that saving the form will keep the contact out of.

        Taking off a tag that they gave says so: the form shows it before it is saved.
        """
        taken_off = partner._origin.category_id - partner.category_id._origin
        if not taken_off:
            return set()
        return set(partner._origin._profiling_giving(taken_off.ids).profile_id.ids)
