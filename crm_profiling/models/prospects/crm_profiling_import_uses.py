from odoo import api, models
from odoo.tools import SQL

# What refers to a contact and is no work of anybody: it came with it, and goes with it
_OWN = (
    "crm_profiling_response", "crm_profiling_response_history", "crm_profiling_state",
    "crm_profiling_membership", "mail_followers",
    "res_partner_res_partner_category_rel",
    # of whom a message goes to: see `_written_to`
    "mail_notification", "mail_message_res_partner_rel", "mail_mail_res_partner_rel",
)  # fmt: skip


class CrmProfilingImportUses(models.AbstractModel):
    """Tells who uses contacts that an import created: then they stay."""

    _name = "crm.profiling.import.uses"
    _description = "Profiling Import Uses"

    @api.model
    def _uses(self, changes, staying):
        """Return ``{contact: why it stays}``.

        :param changes: of contacts that were created
        :param staying: those of them that stay for another reason
        """
        ids = changes.mapped("res_id")
        messages, activities = (
            {id_ for change in changes for id_ in change._did(name)}
            for name in ("messages", "activities")
        )
        used = staying | self._answered(changes)
        used |= self._spoken_of("mail_message", "model", ids, messages)
        used |= self._written_to(ids, messages)
        used |= self._spoken_of("mail_activity", "res_model", ids, activities)
        used |= self._spoken_of("ir_attachment", "res_model", ids, ())
        for table, column in self._references():
            if table != "res_partner":
                used |= self._referring(table, column, ids)
        used |= self._tagged(changes)
        self._add_referred_by_contacts(used, ids)
        return dict.fromkeys(used, self.env._("It is used: something is with it now."))

    @api.model
    def _spoken_of(self, table, model, ids, own):
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT res_id FROM %s
                    WHERE %s = 'res.partner' AND res_id = ANY(%s) AND id <> ALL(%s)
                    %s""",
                SQL.identifier(table),
                SQL.identifier(model),
                list(ids),
                list(own),
                # what the system notes of itself is nobody's word
                SQL("AND message_type NOT IN ('notification', 'user_notification')")
                if table == "mail_message"
                else SQL("AND res_field IS NULL")
                if table == "ir_attachment"
                else SQL(),
            )
        )
        return {row[0] for row in rows}

    @api.model
    def _written_to(self, ids, own):
        """Return the contacts whom messages went to that are not the import's own."""
        rows = self.env.execute_query(
            SQL(
                """SELECT res_partner_id FROM mail_notification
                    WHERE res_partner_id = ANY(%(ids)s)
                      AND mail_message_id <> ALL(%(own)s)
                    UNION
                   SELECT res_partner_id FROM mail_message_res_partner_rel
                    WHERE res_partner_id = ANY(%(ids)s)
                      AND mail_message_id <> ALL(%(own)s)
                    UNION
                   SELECT res_partner_id
                     FROM mail_mail_res_partner_rel
                     JOIN mail_mail ON mail_mail.id = mail_mail_id
                    WHERE res_partner_id = ANY(%(ids)s)
                      AND mail_message_id <> ALL(%(own)s)""",
                ids=list(ids),
                own=list(own),
            )
        )
        return {row[0] for row in rows}

    @api.model
    def _own_tables(self):
        """Hook: return the tables whose rows come with a contact, and go with it."""
        return [*_OWN]

    @api.model
    def _references(self):
        """Return ``[(table, column)]`` of all that refers to contacts."""
        relations = [
            field.relation
            for field in self.env["res.partner"]._fields.values()
            if field.type == "many2many" and field.name.startswith("profiling_")
        ]
        own = {*self._own_tables(), *relations}
        return [
            (table, column)
            for table, column in self._foreign_keys("res_partner")
            if table not in own
            and (table, column) != ("res_partner", "commercial_partner_id")
        ]

    @api.model
    def _add_referred_by_contacts(self, used, ids):
        """Add those whom a contact refers to that stays: companies of their people."""
        referred = []
        for table, column in self._references():
            if table == "res_partner":
                referred += self.env.execute_query(
                    SQL(
                        """SELECT id, %(column)s FROM res_partner
                            WHERE %(column)s = ANY(%(ids)s) AND id <> %(column)s""",
                        column=SQL.identifier(column),
                        ids=list(ids),
                    )
                )
        going, grows = set(ids), True
        while grows:
            more = {to for by, to in referred if by not in going or by in used} - used
            used |= more
            grows = bool(more)

    @api.model
    def _answered(self, changes):
        """Return the contacts who were asked since, by somebody or another import."""
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT partner_id FROM crm_profiling_response
                    WHERE partner_id = ANY(%s)
                      AND (source <> 'import' OR create_date > %s)
                    UNION
                   SELECT partner_id FROM crm_profiling_membership membership
                    WHERE partner_id = ANY(%s) AND %s""",
                changes.mapped("res_id"),
                changes.import_id.date_end or changes.import_id.write_date,
                changes.mapped("res_id"),
                self.env["crm.profiling.membership"]._hand_sql(),
            )
        )
        return {row[0] for row in rows}

    @api.model
    def _tagged(self, changes):
        """Return the contacts with a tag that is neither the file's nor a profile's."""
        partners = self.env["res.partner"].sudo().browse(changes.mapped("res_id"))
        memberships = self.env["crm.profiling.membership"].sudo()
        memberships = memberships.search([("partner_id", "in", partners.ids)])
        given = memberships.grouped("partner_id")
        used = set()
        for change in changes:
            partner = partners.browse(change.res_id)
            known = set(change._did("tags"))
            theirs = given.get(partner)
            known |= set(theirs.profile_id.category_id.ids if theirs else ())
            if set(partner.category_id.ids) - known:
                used.add(partner.id)
        return used
