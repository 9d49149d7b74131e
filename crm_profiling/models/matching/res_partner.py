from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain
from odoo.tools import SQL

SALESMAN = "sales_team.group_sale_salesman"

# They follow a contact's answers, and what the catalog makes of them.
DERIVED_FIELDS = [
    "profiling_response_ids",
    "profiling_answer_ids",
    "profiling_question_ids",
    "profiling_progress",
    "profiling_result",
    "profiling_why",
]

# Written on a contact, these change which answers or profiles concern it.
MOVES = {"parent_id", "is_company", "type", "company_id", "active"}


def commanded(commands):
    """Return the ids that x2many commands link, and those they unlink, one by one.

    Replacing all (``Command.set``, ``Command.clear``) says neither.
    """
    linked, unlinked = [], []
    for command in commands or []:
        if isinstance(command, (list, tuple)) and command:
            if command[0] == Command.LINK:
                linked.append(command[1])
            elif command[0] in (Command.UNLINK, Command.DELETE):
                unlinked.append(command[1])
    return linked, unlinked


class ResPartner(models.Model):
    _inherit = "res.partner"

    profiling_response_ids = fields.One2many(
        comodel_name="crm.profiling.response",
        inverse_name="partner_id",
        string="Responses",
        groups=SALESMAN,
    )
    profiling_answer_ids = fields.Many2many(
        comodel_name="crm.profiling.answer",
        string="Answers",
        compute="_compute_profiling_answer_ids",
        inverse="_inverse_profiling_answer_ids",
        search="_search_profiling_answer_ids",
        readonly=False,
        context={"active_test": False},
        groups=SALESMAN,
        help="What this contact answered, and what its company did.",
    )
    profiling_shown_company_id = fields.Many2one(
        comodel_name="res.partner",
        store=False,
        copy=False,
        groups=SALESMAN,
        help="In a form, the company whose answers are among those shown.",
    )
    profiling_question_ids = fields.Many2many(
        comodel_name="crm.profiling.question",
        string="Questions answered",
        compute="_compute_profiling_question_ids",
        search="_search_profiling_question_ids",
        context={"active_test": False},
        groups=SALESMAN,
    )
    profiling_membership_ids = fields.One2many(
        comodel_name="crm.profiling.membership",
        inverse_name="partner_id",
        string="Profile memberships",
        groups=SALESMAN,
    )
    profile_ids = fields.Many2many(
        comodel_name="crm.profiling.profile",
        string="Profiles",
        compute="_compute_profile_ids",
        search="_search_profile_ids",
        groups=SALESMAN,
    )
    profiling_progress = fields.Integer(
        string="Questions answered (%)",
        compute="_compute_profiling_progress",
        groups=SALESMAN,
        help="How many of the questions in use have been answered, in percent.",
    )
    profiling_result = fields.Json(
        string="Profiling result",
        compute="_compute_profiling_result",
        groups=SALESMAN,
    )

    # ------------------------------------------------------------------
    # Answers
    # ------------------------------------------------------------------

    @api.depends("profiling_response_ids.answer_id")
    def _compute_profiling_answer_ids(self):
        """Read what counts for each contact.

        Does not depend on the company: choosing one in a form would forget what has
        been ticked there and is not saved. `write` and the onchange below see to it.
        """
        Response = self.env["crm.profiling.response"]
        Catalog = self.env["crm.profiling.catalog"]
        questions, visible = (
            Catalog._get().questions,
            Catalog._visible_answers(),
        )
        # a new contact of a company knows what the company does
        commercial = {p: p.commercial_partner_id._origin or p._origin for p in self}
        facts = Response._read_facts(
            {r.id for p, company in commercial.items() for r in (p._origin, company)}
        )
        for partner, company in commercial.items():
            known = facts._replace(commercial={partner._origin.id: company.id}).known(
                partner._origin.id, questions
            )
            partner.profiling_answer_ids = self.env["crm.profiling.answer"].browse(
                answer_id for answer_id in known if answer_id in visible
            )

    @api.onchange("parent_id", "is_company")
    def _onchange_profiling_company(self):
        """Show what the company chosen answered; keep what has been ticked."""
        if not self.env.user.has_group(SALESMAN):
            return
        questions = self.env["crm.profiling.catalog"]._get().questions
        before = (
            self.profiling_shown_company_id or self._origin.commercial_partner_id
        )._origin
        company = self.commercial_partner_id._origin or self._origin
        held = self.env["crm.profiling.response"]._of_company(before)
        known = self.env["crm.profiling.response"]._of_company(
            company | self._profiling_on_its_own()
        )
        answered = {questions[answer_id].id for answer_id in known}
        kept = {
            answer_id
            for answer_id in self.profiling_answer_ids._origin.ids
            if not questions[answer_id].of_company
            or (answer_id not in held and questions[answer_id].id not in answered)
        }
        visible = self.env["crm.profiling.catalog"]._visible_answers()
        self.profiling_answer_ids = self.env["crm.profiling.answer"].browse(
            sorted((kept | known) & visible)
        )
        self.profiling_shown_company_id = company

    def _profiling_on_its_own(self):
        """Return the contact if, as it is saved, it answers for itself."""
        saved = self._origin
        return saved.filtered(lambda partner: partner.commercial_partner_id == partner)

    def _inverse_profiling_answer_ids(self):
        """Make the field writable; `create` and `write` take its values out before."""
        self._profiling_record(
            {p.id: [Command.set(p.profiling_answer_ids._origin.ids)] for p in self}
        )._profiling_apply()

    @api.depends("profiling_answer_ids")
    def _compute_profiling_question_ids(self):
        for partner in self:
            partner.profiling_question_ids = partner.profiling_answer_ids.question_id

    @api.model
    def _profiling_record(self, commands):
        """Store the answers that x2many commands give and take.

        :param commands: ``{partner_id: commands}``
        :return: the contacts to evaluate
        :raise ValidationError: naming what is wrong with them, and what to do
        """
        return self.env["crm.profiling.response"]._record(
            {
                partner_id: self._profiling_parse(value)
                for partner_id, value in commands.items()
            }
        )

    @api.model
    def _profiling_parse(self, commands):
        """Return the answers to give and to take (None: all others), as sets of ids."""
        if isinstance(commands, models.BaseModel):
            commands = [Command.set(commands.ids)]
        elif commands is False or commands is None:
            commands = [Command.clear()]
        elif not isinstance(commands, (list, tuple)):
            commands = [commands]
        give, take = set(), set()
        for command in commands:
            match command:
                case [Command.SET, _, list() | tuple() as ids] if all(
                    isinstance(answer_id, int) for answer_id in ids
                ):
                    give, take = set(ids), None
                case [Command.CLEAR, *_]:
                    give, take = set(), None
                case [Command.LINK, int() as answer_id, *_]:
                    give.add(answer_id)
                case [Command.UNLINK | Command.DELETE, int() as answer_id, *_]:
                    give.discard(answer_id)
                    if take is not None:
                        take.add(answer_id)
                case int():  # a plain list of ids means these and no others
                    give.add(command)
                    take = None
                case _:
                    raise ValidationError(
                        self.env._(
                            "“%(value)s” is not a list of answers. Link, unlink or set"
                            " answers by their ids.",
                            value=command,
                        )
                    )
        self._profiling_check_exist(give)
        return give, take

    @api.model
    def _profiling_check_exist(self, answer_ids):
        visible = self.env["crm.profiling.catalog"]._visible_answers()
        missing = [
            str(answer_id) for answer_id in answer_ids if answer_id not in visible
        ]
        if missing:
            raise ValidationError(
                self.env._(
                    "There is no answer number %(ids)s. It may have been deleted:"
                    " reload the page and choose again.",
                    ids=", ".join(missing),
                )
            )

    # ------------------------------------------------------------------
    # Profiles
    # ------------------------------------------------------------------

    @api.depends(
        "profiling_membership_ids.state", "profiling_membership_ids.profile_id"
    )
    def _compute_profile_ids(self):
        for partner in self:
            memberships = partner.profiling_membership_ids._is_in()
            partner.profile_ids = memberships.profile_id.filtered("active").sorted(
                lambda profile: (profile.sequence, profile.name or "", profile.id)
            )

    @api.depends("profiling_answer_ids", "company_id")
    def _compute_profiling_progress(self):
        questions = self.env["crm.profiling.question"].search_fetch(
            [("active", "=", True)], ["company_id"]
        )
        for partner in self:
            asked = questions.filtered(
                lambda question, partner=partner: (
                    not question.company_id
                    or not partner.company_id
                    or question.company_id == partner.company_id
                )
            )
            answered = asked & partner.profiling_answer_ids.question_id._origin
            partner.profiling_progress = asked and 100 * len(answered) // len(asked)

    @api.depends(
        "profiling_answer_ids",
        "profiling_membership_ids.state",
        "category_id",
        "type",
        "company_id",
    )
    def _compute_profiling_result(self):
        """Say for each profile whether it is matched, open or ruled out, and why.

        Follows the answers in cache, so that a form shows what they lead to before
        they are saved.
        """
        Explainer = self.env["crm.profiling.explainer"]
        for partner in self:
            evaluated = (partner.type or "contact") == "contact"
            partner.profiling_result = {
                "evaluated": evaluated,
                "profiles": Explainer._explain(partner) if evaluated else [],
                "stale_answer_ids": (
                    Explainer._stale_answer_ids(partner) if evaluated else []
                ),
            }

    def profiling_set_hand(self, profile_id, state):
        """Pin contacts to a profile, keep them out of it, or take that back.

        :param int profile_id: id of the profile
        :param state: ``"pinned"``, ``"barred"``, or a false value to let the answers
            decide again
        :raise ValidationError: for another state or a profile that does not exist
        """
        self.check_access("write")
        profile = self.env["crm.profiling.profile"]
        profile.check_access("read")
        if isinstance(profile_id, int):
            profile = profile.browse(profile_id).exists()
            profile.check_access("read")
        if not profile or state not in ("pinned", "barred", False, None, ""):
            raise ValidationError(
                self.env._(
                    "Choose an existing profile, and to pin the contact, to keep it"
                    " out, or to let the answers decide."
                )
            )
        # Salespeople may not write memberships at large; on contacts they may change,
        # their word counts.
        Membership = self.env["crm.profiling.membership"].sudo()
        if state:
            Membership.create(
                [
                    {"partner_id": p.id, "profile_id": profile.id, "state": state}
                    for p in self
                ]
            )
        else:
            Membership.search(
                [("partner_id", "in", self.ids), ("profile_id", "=", profile.id)]
            ).unlink()
        return True

    # ------------------------------------------------------------------
    # Search and group
    # ------------------------------------------------------------------

    @api.model
    def _profiling_rows_sql(self, field_name):
        """Return a subselect of ``(partner_id, value)`` for a computed many2many.

        A question comes once for each of its answers.

        :raise AccessError: for those who may not read the field
        """
        self._check_field_access(self._fields[field_name], "read")
        if field_name == "profile_ids":
            self.env["crm.profiling.membership"].flush_model()
            self.env["crm.profiling.profile"].flush_model(["active"])
            return SQL(
                """(SELECT membership.partner_id, membership.profile_id AS value
                      FROM crm_profiling_membership membership
                      JOIN crm_profiling_profile profile
                        ON profile.id = membership.profile_id AND profile.active
                     WHERE membership.state <> 'barred'
                       AND (%s OR profile.company_id IS NULL
                               OR profile.company_id = ANY(%s)))""",
                self.env.su,
                self.env.companies.ids,
            )
        column = {
            "profiling_answer_ids": "answer_id",
            "profiling_question_ids": "question_id",
        }[field_name]
        return SQL(
            "(SELECT partner_id, %s AS value FROM %s known WHERE answer_id = ANY(%s))",
            SQL.identifier(column),
            self.env["crm.profiling.response"]._known_sql(),
            list(self.env["crm.profiling.catalog"]._visible_answers()),
        )

    @api.model
    def _profiling_search(self, field_name, operator, value):
        """Search one of the computed many2many fields: records, names or a domain."""
        Comodel = self.env[self._fields[field_name].comodel_name].with_context(
            active_test=False
        )
        rows = self._profiling_rows_sql(field_name)
        if operator == "any":
            return self._profiling_having(rows, Comodel.search(value).ids)
        if operator not in ("in", "not in"):
            return NotImplemented
        ids = [v for v in value if isinstance(v, int) and v]
        names = [v for v in value if isinstance(v, str)]
        if names:
            ids += Comodel.search([("display_name", "in", names)]).ids
        is_nothing = False in value or None in value
        if operator == "in":
            lacking = self._profiling_lacking(rows) if is_nothing else Domain.FALSE
            return self._profiling_having(rows, ids) | lacking
        having = self._profiling_having(rows) if is_nothing else Domain.TRUE
        return self._profiling_lacking(rows, ids) & having

    @api.model
    def _profiling_having(self, rows, values=None):
        """Return the domain of who has one of some values, none given: any at all."""
        if values == []:
            return Domain.FALSE
        return self._profiling_domain(SQL("EXISTS"), rows, values)

    @api.model
    def _profiling_lacking(self, rows, values=None):
        """Return the domain of all others."""
        if values == []:
            return Domain.TRUE
        return self._profiling_domain(SQL("NOT EXISTS"), rows, values)

    @api.model
    def _profiling_domain(self, exists, rows, values):
        """Return the domain of whose value, of some or of any, exists or does not.

        Not by ``IN`` or ``NOT IN``: beside an ``OR``, and once what is inside does not
        fit into memory, PostgreSQL reads all of it anew for each contact.
        """
        where = SQL() if values is None else SQL("AND value = ANY(%s)", list(values))
        return Domain.custom(
            to_sql=lambda _model, alias, _query: SQL(
                "%s (SELECT FROM %s held WHERE partner_id = %s %s)",
                exists,
                rows,
                SQL.identifier(alias, "id"),
                where,
            )
        )

    @api.model
    def _search_profiling_answer_ids(self, operator, value):
        return self._profiling_search("profiling_answer_ids", operator, value)

    @api.model
    def _search_profiling_question_ids(self, operator, value):
        return self._profiling_search("profiling_question_ids", operator, value)

    @api.model
    def _search_profile_ids(self, operator, value):
        return self._profiling_search("profile_ids", operator, value)

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Group by the computed many2many fields as by stored ones."""
        if groupby_spec not in (
            "profile_ids",
            "profiling_answer_ids",
            "profiling_question_ids",
        ):
            return super()._read_group_groupby(alias, groupby_spec, query)
        rows = self._profiling_rows_sql(groupby_spec)
        if groupby_spec == "profiling_question_ids":
            rows = SQL("(SELECT DISTINCT partner_id, value FROM %s listed)", rows)
        rows_alias = query.make_alias(alias, groupby_spec)
        query.add_join(
            "LEFT JOIN",
            rows_alias,
            rows,
            SQL(
                "%s = %s",
                SQL.identifier(alias, "id"),
                SQL.identifier(rows_alias, "partner_id"),
            ),
        )
        return SQL.identifier(rows_alias, "value")

    # ------------------------------------------------------------------
    # Ways in
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Store answers once all contacts are there, and all at once."""
        given = [vals.get("profiling_answer_ids") for vals in vals_list]
        partners = super().create(
            [self._profiling_without_answers(vals) for vals in vals_list]
        )
        answered = {
            partner.id: commands
            for partner, commands in zip(partners, given, strict=True)
            if commands
        }
        # Contacts know what their company does, even if nobody asked them.
        concerned = self._profiling_record(answered) if answered else self.browse()
        inside = partners.filtered("parent_id")
        inside._profiling_meet_companies()
        (concerned | inside)._profiling_apply()
        return partners

    def write(self, vals):
        if "category_id" in vals:
            self._profiling_catch_up()
        linked, unlinked = commanded(vals.get("category_id"))
        self._profiling_tags_taken_off(unlinked)
        self._profiling_tags_put_on(linked)
        moved = MOVES & vals.keys()  # super takes some values out
        result = super().write(self._profiling_without_answers(vals))
        concerned = self.browse()
        if moved:
            concerned = self._profiling_moved()
        if "profiling_answer_ids" in vals:
            commands = vals["profiling_answer_ids"]
            concerned |= self._profiling_record(dict.fromkeys(self.ids, commands))
        if not moved and "category_id" in vals:
            concerned |= self
        concerned._profiling_apply()
        return result

    def _profiling_without_answers(self, vals):
        """Return the values less the answers, which the caller stores itself.

        Left to the field's inverse they would be read before and after, for every
        contact, and the commands be lost: that two answers were set at once.
        """
        if "profiling_answer_ids" not in vals:
            return vals
        self._check_field_access(self._fields["profiling_answer_ids"], "write")
        return {k: v for k, v in vals.items() if k != "profiling_answer_ids"}

    def unlink(self):
        """Evaluate the contacts that lose their company, once it is gone."""
        orphans = self._profiling_with_descendants() - self
        result = super().unlink()
        orphans.exists()._profiling_apply()
        return result

    def copy_data(self, default=None):
        """Leave out the tags that profiles gave: the copy has no answers."""
        vals_list = super().copy_data(default)
        for partner, vals in zip(self, vals_list, strict=True):
            given = partner.sudo().profiling_membership_ids.category_id
            if given and "category_id" in vals and "category_id" not in (default or {}):
                kept = partner.category_id - given
                vals["category_id"] = [Command.set(kept.ids)]
        return vals_list

    def _profiling_moved(self):
        """Hand over what those said of their company who have another one now.

        :return: the contacts to evaluate
        """
        self._profiling_refresh()
        partners = self._profiling_with_descendants()
        partners._profiling_meet_companies()
        # The answers follow the contact, whoever may change the company.
        Response = self.env["crm.profiling.response"].sudo()
        return partners | partners.browse(Response._hand_over(partners.ids))

    def _profiling_meet_companies(self):
        """Exclude that somebody answers for the companies of these just now."""
        questions = self.env["crm.profiling.catalog"]._get().questions.values()
        companies = self.sudo().commercial_partner_id - self
        if companies and any(question.of_company for question in questions):
            self.env["crm.profiling.applier"].sudo()._meet(companies.ids)

    def _profiling_with_descendants(self):
        Partner = self.sudo().with_context(active_test=False)
        return Partner.search([("id", "child_of", self.ids)])

    def _profiling_tags_taken_off(self, tag_ids):
        """Keep contacts out of the profiles whose tag a person takes off."""
        if tag_ids:
            memberships = self._profiling_giving(tag_ids)
            memberships._keep_out()

    def _profiling_tags_put_on(self, tag_ids):
        """Make tags the user's own, so that no profile takes them off again."""
        if tag_ids:
            given = [("partner_id", "in", self.ids), ("category_id", "in", tag_ids)]
            memberships = self.env["crm.profiling.membership"].sudo().search(given)
            memberships._hand_over_tag()

    def _profiling_giving(self, tag_ids):
        """Return the memberships by which these contacts have one of the tags."""
        # Anybody who may change the tags of a contact is heard, sales rights or not.
        return (
            self.env["crm.profiling.membership"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", self.ids),
                    ("profile_id.category_id", "in", tag_ids),
                    ("profile_id.active", "=", True),
                    ("state", "!=", "barred"),
                ]
            )
        )

    @api.model
    def _profiling_refresh(self):
        """Have what follows from answers worked out anew, in this transaction too."""
        self.env["res.partner"].invalidate_model(DERIVED_FIELDS, flush=False)
        self.env["crm.profiling.membership"].invalidate_model(["why"], flush=False)

    def _profiling_catch_up(self):
        """Have done here what waits for the background job, before a tag is said.

        Otherwise the tag that a person takes off might be one that a profile, changed
        just now, is yet to give; and would do, a moment later.
        """
        if self.env["crm.profiling.run"]._open():
            self._profiling_quietly()._profiling_apply()

    def _profiling_apply(self):
        """Bring profiles and tags of these contacts in line with their answers."""
        if self:
            # The rule decides here, not the user's rights: they were checked on the
            # change that leads to it.
            self.env["crm.profiling.applier"].sudo()._apply(self.ids)

    def _profiling_profiles_changed(self, entered, left):
        """Hook: these contacts entered or left profiles because of their answers.

        Called after the change is written, once for each batch of contacts, as
        superuser; once more, quietly, for those who enter because a profile changed
        and not what they answered. Override it, call super, and keep it set-based: a
        run over the database comes by here with thousands of contacts.

        :param dict entered: ``{profile: contacts}``
        :param dict left: ``{profile: contacts}``
        """
